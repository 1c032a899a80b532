import type { AuthorizationTimeline, Estimate, EstimateCase } from '@openvob/estimate';
import { goodUntil } from './good-until';

const estimateCase = (to?: string, periodTo = '2026-12-31'): EstimateCase => ({
  startDate: '2026-03-02',
  program: { track: 'sud', phases: [{ weeks: 8, weekdays: ['mon'] }], services: [] },
  rates: [],
  coverages: [
    {
      network: 'in',
      active: [{ from: '2026-01-01', ...(to ? { to } : {}) }],
      periods: [{ from: '2026-01-01', to: periodTo }],
      costShares: [],
    },
  ],
});
const until = (date: string): Estimate => ({ days: [{ date }] }) as unknown as Estimate;
const approved = (lastApprovedDay: string, approvedDays = 10): AuthorizationTimeline => ({
  required: 'yes',
  status: 'approved',
  programDays: 24,
  approvedDays,
  lastApprovedDay,
});

describe('how long an answer stays good', () => {
  it.each([
    [
      'to the end of the month',
      '2026-03-04',
      estimateCase(),
      until('2026-04-24'),
      undefined,
      '2026-03-31',
      'end_of_month',
    ],
    [
      'in December too',
      '2026-12-04',
      estimateCase(),
      until('2027-01-24'),
      undefined,
      '2026-12-31',
      'benefit_period_reset',
    ],
    [
      'to the end of the coverage',
      '2026-03-04',
      estimateCase('2026-03-15'),
      until('2026-04-24'),
      undefined,
      '2026-03-15',
      'coverage_end',
    ],
    [
      'to the reset',
      '2026-03-04',
      estimateCase(undefined, '2026-03-20'),
      until('2026-04-24'),
      undefined,
      '2026-03-20',
      'benefit_period_reset',
    ],
    [
      'to the end of the program',
      '2026-03-04',
      estimateCase(),
      until('2026-03-13'),
      undefined,
      '2026-03-13',
      'program_end',
    ],
    [
      'to the last approved day',
      '2026-03-04',
      estimateCase(),
      until('2026-04-24'),
      approved('2026-03-23'),
      '2026-03-23',
      'authorization_end',
    ],
    [
      'past an approval of every day',
      '2026-03-04',
      estimateCase(),
      until('2026-04-24'),
      approved('2026-03-23', 24),
      '2026-03-31',
      'end_of_month',
    ],
    [
      'past an approval that is over',
      '2026-03-24',
      estimateCase(),
      until('2026-04-24'),
      approved('2026-03-23'),
      '2026-03-31',
      'end_of_month',
    ],
    ['without an estimate', '2026-03-04', undefined, undefined, undefined, '2026-03-31', 'end_of_month'],
  ] as const)('%s', (_name, today, given, estimate, authorization, date, because) => {
    expect(goodUntil(today, given, estimate, authorization)).toEqual({ date, because });
  });
});
