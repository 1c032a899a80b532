import { addDays } from '@openvob/benefits';
import type { EstimateCase } from '@openvob/estimate';
import { localTime } from '@openvob/platform';
import fc from 'fast-check';
import { nextRecheck, type RecheckSituation } from './next-recheck';
import { recheckInstant } from './recheck-time';
import { statuses } from './status';

const caseOf = (periodTo: string, activeTo?: string): EstimateCase => ({
  startDate: '2026-11-16',
  program: { track: 'mh', phases: [{ weeks: 8, weekdays: ['mon'] }], services: [] },
  rates: [],
  coverages: [
    {
      network: 'in',
      active: [{ from: '2026-01-01', ...(activeTo ? { to: activeTo } : {}) }],
      periods: [
        { from: '2026-01-01', to: periodTo },
        { from: addDays(periodTo, 1), to: addDays(periodTo, 365) },
      ],
      costShares: [],
    },
  ],
});
const situation = (change: Partial<RecheckSituation> = {}): RecheckSituation => ({
  to: 'verified',
  today: '2026-11-20',
  startDate: '2026-11-16',
  lastDay: '2027-01-08',
  isElectronic: true,
  estimateCase: caseOf('2026-12-31'),
  daysBeforeReset: 5,
  ...change,
});

describe('when a payer is asked again by itself', () => {
  it.each<[string, Partial<RecheckSituation>, string | undefined]>([
    ['on the first of the next month', {}, '2026-12-01 first_of_month'],
    ['in December too', { today: '2026-12-29', estimateCase: undefined }, '2027-01-01 first_of_month'],
    [
      'on the first itself: on the next one',
      { today: '2026-12-01', daysBeforeReset: 0 },
      '2027-01-01 benefit_period_reset',
    ],
    ['some days before the benefits begin anew', { today: '2026-12-01' }, '2026-12-27 before_benefit_period_reset'],
    ['that has passed: on the day they do', { today: '2026-12-28' }, '2027-01-01 benefit_period_reset'],
    [
      'not before them when nothing is used yet',
      { today: '2026-12-01', startDate: '2027-01-01' },
      '2027-01-01 benefit_period_reset',
    ],
    [
      'on the first of the admission’s month, no earlier',
      { startDate: '2027-01-04' },
      '2027-01-01 benefit_period_reset',
    ],
    [
      'on the day behind the coverage’s end',
      { estimateCase: caseOf('2026-12-31', '2026-11-24') },
      '2026-11-25 coverage_end',
    ],
    [
      'in the middle of a month where the plan year begins there',
      { estimateCase: caseOf('2026-11-22'), daysBeforeReset: 0 },
      '2026-11-23 benefit_period_reset',
    ],
    ['not behind the program', { lastDay: '2026-11-30' }, undefined],
    ['on its last day still', { lastDay: '2026-12-01' }, '2026-12-01 first_of_month'],
    ['of a payer that is only phoned, when what it said lapses', { isElectronic: false }, '2026-12-01 first_of_month'],
    [
      'of a payer that is only phoned, not some days before the benefits begin anew',
      { isElectronic: false, today: '2026-12-01' },
      '2027-01-01 benefit_period_reset',
    ],
    ['not of a payer that nobody has phoned yet', { isElectronic: false, estimateCase: undefined }, undefined],
    ['while calls are to be made as well', { to: 'needs_call', estimateCase: undefined }, '2026-12-01 first_of_month'],
    [
      'for the admission, where today’s date was asked about',
      { named: { on: '2026-11-25', askedForToday: true } },
      '2026-11-25 asked_for_today',
    ],
    [
      'weightiest reason first',
      { startDate: '2026-12-03', named: { on: '2026-12-01', askedForToday: true } },
      '2026-12-01 asked_for_today',
    ],
    [
      'when the payer’s patience has passed',
      { to: 'not_found', named: { on: '2026-11-30', askedForToday: false } },
      '2026-11-30 payer_asked_for_patience',
    ],
    ['of a member that was not found, without a day', { to: 'not_found' }, undefined],
    ['of coverage that ended, without a day', { to: 'inactive' }, undefined],
    ['of one that failed', { to: 'failed', named: { on: '2026-11-30', askedForToday: false } }, undefined],
    ['of one that failed after a good answer', { to: 'failed', hasEarlierAnswer: true }, '2026-12-01 first_of_month'],
    [
      'of one that failed after a good answer, on no day of the round that failed',
      { to: 'failed', hasEarlierAnswer: true, named: { on: '2026-11-30', askedForToday: false } },
      '2026-12-01 first_of_month',
    ],
    ['of one that waits for consent', { to: 'needs_consent' }, undefined],
    ['of one that was cancelled', { to: 'cancelled' }, undefined],
  ])('%s', (_when, change, expected) => {
    const plan = nextRecheck(situation(change));
    expect(plan && `${plan.on} ${plan.because}`).toBe(expected);
  });

  it('is never today, never before it, and never behind the program', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays('2026-01-01', days));
    fc.assert(
      fc.property(
        fc.constantFrom(...statuses),
        day,
        day,
        day,
        day,
        fc.integer({ min: 0, max: 60 }),
        (to, today, startDate, lastDay, reset, daysBeforeReset) => {
          const plan = nextRecheck(
            situation({ to, today, startDate, lastDay, daysBeforeReset, estimateCase: caseOf(reset, reset) }),
          );
          if (plan) expect([plan.on > today, plan.on <= lastDay]).toEqual([true, true]);
        },
      ),
    );
  });
});

describe('the moment of a re-check', () => {
  const hours = { timeZone: 'America/Los_Angeles', fromMinute: 120, untilMinute: 420 };

  it('lies in the facility’s hours by its own clock, the same each time', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const at = recheckInstant('2026-12-01', hours, seed);
        const { date, minute } = localTime(hours.timeZone, at);
        expect([date, minute >= 120, minute < 420]).toEqual(['2026-12-01', true, true]);
        expect(recheckInstant('2026-12-01', hours, seed)).toEqual(at);
      }),
    );
  });

  it('is spread: of a thousand no minute has more than twice its share, nearly', () => {
    const minutes = Array.from(
      { length: 3000 },
      (_, at) => localTime(hours.timeZone, recheckInstant('2026-12-01', hours, `ver_${at}`)).minute,
    );
    const most = Math.max(...[...new Set(minutes)].map((minute) => minutes.filter((one) => one === minute).length));
    expect(new Set(minutes).size).toBe(300);
    expect(most).toBeLessThan(30);
  });
});
