import type { Estimate } from '@openvob/results';
import { figuresOf, rangeOf } from './headline';
import { moneyWeeks } from './money-weeks';

type Line = Estimate['days'][number]['lines'][number];

const line = (given: Partial<Line>): Line => ({
  code: 'H0015',
  kind: 'iop_day',
  allowedCents: 30_000,
  deductibleCents: 0,
  copayCents: 0,
  coinsuranceCents: 0,
  nonCoveredCents: 0,
  penaltyCents: 0,
  balanceBillCents: 0,
  planPaidCents: 0,
  secondaryPaidCents: 0,
  patientCents: 0,
  why: [],
  ...given,
});

const dayOf = (date: string, given: Partial<Line>): Estimate['days'][number] => ({
  date,
  setting: 'in_person',
  patientCents: given.patientCents ?? 0,
  lines: [line(given)],
});

const estimate: Estimate = {
  total: { lowCents: 90_000, likelyCents: 90_000, highCents: 120_000 },
  firstDayCents: 30_000,
  perWeek: [
    { weekOf: '2026-12-21', patientCents: 36_000 },
    { weekOf: '2026-12-28', patientCents: 54_000 },
  ],
  perPeriod: [
    { from: '2026-01-01', to: '2026-12-31', patientCents: 60_000, deductibleCents: 30_000, outOfPocketCents: 60_000 },
    { from: '2027-01-01', to: '2027-12-31', patientCents: 30_000, deductibleCents: 30_000, outOfPocketCents: 30_000 },
  ],
  days: [
    dayOf('2026-12-21', { deductibleCents: 30_000, patientCents: 30_000 }),
    dayOf('2026-12-23', { coinsuranceCents: 6_000, patientCents: 6_000, planPaidCents: 24_000 }),
    dayOf('2026-12-30', {
      patientCents: 24_000,
      planPaidCents: 5_000,
      secondaryPaidCents: 1_000,
      why: ["Your plan's out-of-pocket maximum is met today: $240.00 instead of $300.00."],
    }),
    dayOf('2027-01-01', { deductibleCents: 30_000, patientCents: 30_000 }),
  ],
  atRiskCents: 0,
  assumptions: [],
  questions: [],
  warnings: [],
};

describe('the money over time', () => {
  test('adds up by weeks what patient and plans pay', () => {
    expect(moneyWeeks(estimate).map(({ patientCents, planCents }) => [patientCents, planCents])).toEqual([
      [36_000, 24_000],
      [54_000, 6_000],
    ]);
  });

  test('names where the deductible ends, where the maximum is met and where a new period begins, in order', () => {
    const [first, second] = moneyWeeks(estimate);
    expect(first?.events.map(({ kind }) => kind)).toEqual(['deductible_ends']);
    expect(second?.events.map(({ kind, date }) => [kind, date])).toEqual([
      ['maximum_reached', '2026-12-30'],
      ['reset', '2027-01-01'],
    ]);
  });

  test('a deductible that is taken to the last day has no end', () => {
    expect(
      moneyWeeks(estimate).flatMap(({ events }) => events.filter(({ kind }) => kind === 'deductible_ends')),
    ).toHaveLength(1);
  });
});

describe('the figures at the top', () => {
  test('are the first day, a typical week and the whole with its range', () => {
    expect(figuresOf(estimate).map(({ name, value, note }) => [name, value, note])).toEqual([
      ['First day', '$300', 'Dec 21, 2026'],
      ['A typical week', '$360', '$360 to $540 a week'],
      ['Whole program', '$900', 'between $900 and $1,200'],
    ]);
  });

  test('a share that nobody stated leaves a range and no likely amount', () => {
    const open = { ...estimate, total: { lowCents: 0, highCents: 890_000 } };
    expect(figuresOf(open)).toMatchObject([{ name: 'Whole program', value: '$0 to $8,900' }]);
    expect(rangeOf({ lowCents: 5, highCents: 5 })).toBe('$0.05');
  });
});
