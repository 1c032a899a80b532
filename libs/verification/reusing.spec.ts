import type { Snapshot } from '@openvob/benefits';
import type { Inquiry } from '@openvob/payers';
import { nothingEnded, questionOf, reuseWish } from './reusing';

const inquiry: Inquiry = {
  id: 'inq_1',
  trace: 'T1',
  payer: { name: 'Northwind', id: 'NW001' },
  provider: { name: 'Testwood', npi: '1999999984' },
  subscriber: { firstName: 'Marlow', lastName: 'Quillfeather', birthDate: '1988-03-14', memberId: 'NWH0010001' },
  serviceTypes: ['30'],
  serviceDate: '2026-11-20',
};
const question = (change: Partial<Inquiry> = {}, connection = 'con_1'): string =>
  questionOf({ ...inquiry, ...change }, connection);

describe('whether two inquiries ask the same', () => {
  test.each<[string, string]>([
    ['id and trace', question({ id: 'inq_2', trace: 'T2' })],
    ['the day within a month', question({ serviceDate: '2026-11-30' })],
    ['capitals and blanks', question({ subscriber: { ...inquiry.subscriber, lastName: ' QUILLFEATHER ' } })],
    ['the order of fields', question({ subscriber: Object.fromEntries(Object.entries(inquiry.subscriber).reverse()) })],
  ])('%s makes no difference', (_what, other) => {
    expect(other).toBe(question());
  });

  test.each<[string, string]>([
    ['the connection', question({}, 'con_2')],
    ['the member id', question({ subscriber: { ...inquiry.subscriber, memberId: 'NWH0010002' } })],
    ['a name left out', question({ subscriber: { lastName: 'Quillfeather', birthDate: '1988-03-14' } })],
    ['a dependent', question({ dependent: { firstName: 'Wren', relationship: 'child' } })],
    ['the service type', question({ serviceTypes: ['MH'] })],
    ['the provider asking', question({ provider: { name: 'Testwood', npi: '1888888882' } })],
    ['the month', question({ serviceDate: { from: '2026-12-01', to: '2026-12-31' } })],
  ])('%s does', (_what, other) => {
    expect(other).not.toBe(question());
  });
});

describe('how old an answer may be', () => {
  const at = { timeZone: 'America/New_York', maxAgeMs: 24 * 3_600_000 };
  const since = (now: string): [string, string] => {
    const wish = reuseWish(inquiry, 'con_1', { ...at, now: new Date(now) });
    return [wish.benefitsSince.toISOString(), wish.refusalsSince.toISOString()];
  };

  test('is the age that was set, an hour for refusals', () => {
    expect(since('2026-11-20T15:00:00Z')).toEqual(['2026-11-19T15:00:00.000Z', '2026-11-20T14:00:00.000Z']);
  });

  test('never reaches over the end of a month at the facility', () => {
    expect(since('2026-12-01T05:30:00Z')).toEqual(['2026-12-01T05:00:00.000Z', '2026-12-01T05:00:00.000Z']);
  });

  test('reaches over no end of what the answer speaks of, but for the very day that was asked about', () => {
    const source = {};
    const spans = (from: string, to: string): Snapshot['spans'] => [{ from, to, what: 'plan', source }];
    const snapshot = (parts: Partial<Snapshot>): Snapshot =>
      ({ spans: [], accumulators: [], ...parts }) as unknown as Snapshot;
    expect(nothingEnded(snapshot({}), '2026-11-19', '2026-11-20')).toBe(true);
    expect(nothingEnded(snapshot({ spans: spans('2026-01-01', '2026-11-19') }), '2026-11-19', '2026-11-20')).toBe(
      false,
    );
    expect(nothingEnded(snapshot({ spans: spans('2026-01-01', '2026-11-20') }), '2026-11-19', '2026-11-20')).toBe(true);
    expect(nothingEnded(snapshot({ spans: spans('2025-01-01', '2025-12-31') }), '2026-11-19', '2026-11-20')).toBe(true);
    expect(nothingEnded(snapshot({ spans: spans('2026-11-19', '2026-11-19') }), '2026-11-19', '2026-11-20')).toBe(true);
    const basis = { planDates: [{ from: '2025-11-16', to: '2026-11-15' }], rows: [], forOthers: [] };
    expect(nothingEnded(snapshot({ basis }), '2026-11-15', '2026-11-16')).toBe(false);
  });
});
