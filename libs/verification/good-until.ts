import { addDays, type CivilDate } from '@openvob/benefits';
import type { AuthorizationTimeline, Estimate, EstimateCase } from '@openvob/estimate';

export type GoodUntilReason =
  | 'end_of_month'
  | 'benefit_period_reset'
  | 'coverage_end'
  | 'authorization_end'
  | 'program_end';

/**
 * How long an answer can be relied on: eligibility is known to the end of the month at most (CAQH CORE data content rule), accumulators to
 * the end of their period, and nothing beyond the coverage or the program.
 *
 * @param answeredOn the day on which the payer answered, not the one on which it is worked out
 */
export function goodUntil(
  answeredOn: CivilDate,
  estimateCase: EstimateCase | undefined,
  estimate: Estimate | undefined,
  authorization?: AuthorizationTimeline,
): { date: CivilDate; because: GoodUntilReason } {
  const coverage = estimateCase?.coverages[0];
  const ends: { date: CivilDate | undefined; because: GoodUntilReason }[] = [
    {
      date: coverage?.active.find((span) => span.from <= answeredOn && span.to !== undefined && span.to >= answeredOn)
        ?.to,
      because: 'coverage_end',
    },
    {
      date: coverage?.periods.find((period) => period.from <= answeredOn && period.to >= answeredOn)?.to,
      because: 'benefit_period_reset',
    },
    { date: authorizationEnd(authorization), because: 'authorization_end' },
    { date: estimate?.days.at(-1)?.date, because: 'program_end' },
    { date: endOfMonth(answeredOn), because: 'end_of_month' },
  ];
  const ahead = ends.filter(
    (end): end is { date: CivilDate; because: GoodUntilReason } => end.date !== undefined && end.date >= answeredOn,
  );
  return ahead.reduce((first, end) => (end.date < first.date ? end : first));
}

/** The last approved day, where the approvals end before the program does. */
function authorizationEnd(authorization: AuthorizationTimeline | undefined): CivilDate | undefined {
  const { approvedDays, programDays = 0, lastApprovedDay } = authorization ?? {};
  return approvedDays !== undefined && approvedDays < programDays ? lastApprovedDay : undefined;
}

function endOfMonth(date: CivilDate): CivilDate {
  const [year = 0, month = 1] = date.split('-').map(Number);
  const first = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  return addDays(first, -1);
}
