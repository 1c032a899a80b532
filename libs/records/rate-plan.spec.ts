import { type KeptRate, planRates, type RateEntry } from './rate-plan';

const rate = (change: Partial<RateEntry> = {}): RateEntry => ({
  payerId: 'pay_1',
  network: 'in',
  code: 'H0015',
  allowedCents: 30_000,
  source: 'your contract',
  ...change,
});
const kept = (id: string, change: Partial<RateEntry> = {}): KeptRate => ({ id, ...rate(change) });
const told = (existing: KeptRate[], entries: RateEntry[]): string[] => {
  const { lines, faults } = planRates(existing, entries);
  return [
    ...lines.map(
      ({ kind, rate: { from = '', to = '' }, ends }) => `${kind} ${from}..${to}${ends ? ` ends ${ends.id}` : ''}`,
    ),
    ...faults.map(({ index, field, code }) => `${index} ${field} ${code}`),
  ];
};

describe('entering prices', () => {
  it.each<[string, KeptRate[], RateEntry[], string[]]>([
    ['adds what is new', [], [rate()], ['added ..']],
    ['changes what begins on the same day', [kept('a')], [rate({ allowedCents: 1 })], ['changed ..']],
    ['leaves the same as it is', [kept('a')], [rate()], ['unchanged ..']],
    [
      'ends the price before one that begins later',
      [kept('a')],
      [rate({ from: '2027-01-01' })],
      ['added 2027-01-01.. ends a'],
    ],
    [
      'closes one that begins before a kept one',
      [kept('a', { from: '2027-01-01' })],
      [rate({ from: '2026-01-01' })],
      ['added 2026-01-01..2026-12-31'],
    ],
    [
      'keeps other payers, networks and codes apart',
      [kept('a')],
      [rate({ network: 'out' }), rate({ code: 'S9480' }), rate({ payerId: 'pay_2' })],
      ['added ..', 'added ..', 'added ..'],
    ],
    [
      'refuses days that another price holds on',
      [kept('a', { from: '2026-01-01', to: '2026-12-31' })],
      [rate({ from: '2026-06-01' })],
      ['0 from overlap'],
    ],
    ['refuses the same twice', [], [rate(), rate({ allowedCents: 1 })], ['added ..', '1 from duplicate']],
    [
      'takes a list of years in any order',
      [],
      [rate({ from: '2027-01-01' }), rate({ from: '2026-01-01' }), rate({ from: '2028-01-01' })],
      ['added 2027-01-01..', 'added 2026-01-01..2026-12-31', 'added 2028-01-01..'],
    ],
  ])('%s', (_name, existing, entries, expected) => {
    expect(told(existing, entries)).toEqual(expected);
  });
});
