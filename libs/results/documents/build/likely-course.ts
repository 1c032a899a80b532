import type { Cents, CivilDate } from '@openvob/benefits';
import type { Accumulator, Amounts, BenefitPeriod, Day, Estimate, EstimateCase, Line } from '@openvob/estimate';

/** How the likely figures run through one benefit period. */
export interface PeriodCourse {
  readonly from: CivilDate;
  readonly deductibleCents: Cents;
  /** The last day that takes deductible, where days after it no longer do. */
  readonly deductibleEndsOn?: CivilDate;
  /** What a program day costs after that. */
  readonly dayAfterCents?: Cents;
  /** The day that reaches the out-of-pocket maximum. */
  readonly maximumReachedOn?: CivilDate;
}

/** The likely course, period by period; a period is one of the first coverage that holds a service. */
export function likelyCourse(estimate: Estimate, estimateCase: EstimateCase | undefined): PeriodCourse[] {
  return estimate.perPeriod.map(({ from, to, deductibleCents, outOfPocketCents }) => {
    const days = estimate.days.filter(({ date }) => date >= from && date <= to);
    const end = deductibleEnd(days);
    const after = end === undefined ? [] : programDayCosts(days.filter(({ date }) => date > end));
    const dayAfterCents = median(after);
    const reached = maximumDay(days, outOfPocketCents, periodOf(estimateCase, from));
    return {
      from,
      deductibleCents,
      ...(end ? { deductibleEndsOn: end } : {}),
      ...(dayAfterCents === undefined ? {} : { dayAfterCents }),
      ...(reached ? { maximumReachedOn: reached } : {}),
    };
  });
}

/** The middle one of a usual stretch: the first and the last week are left out where there are four or more. */
export function usualWeekCents({ perWeek }: Pick<Estimate, 'perWeek'>): Cents | undefined {
  const weeks = perWeek.length >= 4 ? perWeek.slice(1, -1) : perWeek;
  return median(weeks.map(({ patientCents }) => patientCents));
}

/** What is left, as the likely figures take it: of two statements the larger. */
export function leftOf(amounts: Amounts | undefined): Cents | undefined {
  if (!amounts) return undefined;
  const { limitCents, usedCents, remainingCents } = amounts;
  const unused = limitCents !== undefined && usedCents !== undefined ? Math.max(limitCents - usedCents, 0) : undefined;
  return remainingCents === undefined ? (unused ?? limitCents) : Math.max(remainingCents, unused ?? 0);
}

/** The amounts that a family is told of: its own where only the family counts, else the person's. */
export function tellingAmounts(accumulator: Accumulator | undefined): Amounts | undefined {
  if (!accumulator) return undefined;
  const { structure, individual, family } = accumulator;
  return structure === 'aggregate' ? (family ?? individual) : (individual ?? family);
}

/** The period of the first coverage that begins on a date, on the side that the likely figures use. */
export function periodOf(
  estimateCase: EstimateCase | undefined,
  from: CivilDate | undefined,
): BenefitPeriod | undefined {
  const coverage = estimateCase?.coverages[0];
  const side = coverage?.network === 'out' ? (coverage.outOfNetwork ?? coverage) : coverage;
  return side?.periods.find((period) => period.from === from);
}

function deductibleEnd(days: readonly Day[]): CivilDate | undefined {
  const taking = days.filter(({ lines }) => lines.some(({ deductibleCents }) => deductibleCents > 0));
  const last = taking.at(-1);
  if (!last) return undefined;
  const codes = new Set(taking.flatMap(({ lines }) => lines.filter(takes).map(({ code }) => code)));
  const goesOn = days.some(
    ({ date, lines }) => date > last.date && lines.some((line) => codes.has(line.code) && isShared(line)),
  );
  return goesOn ? last.date : undefined;
}

function takes({ deductibleCents }: Line): boolean {
  return deductibleCents > 0;
}

/** The plan took part in it. */
function isShared({ allowedCents, nonCoveredCents, planPaidCents, copayCents, coinsuranceCents }: Line): boolean {
  return allowedCents > 0 && nonCoveredCents === 0 && planPaidCents + copayCents + coinsuranceCents > 0;
}

function maximumDay(
  days: readonly Day[],
  postedCents: Cents,
  period: BenefitPeriod | undefined,
): CivilDate | undefined {
  const rooms = [...boundsOf(period?.outOfPocket), period?.selfOnlyCapRemainingCents].filter(
    (room): room is Cents => room !== undefined,
  );
  const room = rooms.length === 0 ? undefined : Math.min(...rooms);
  if (room === undefined || room === 0 || postedCents < room) return undefined;
  return days.findLast(({ lines }) =>
    lines.some((line) => line.deductibleCents + line.copayCents + line.coinsuranceCents > 0),
  )?.date;
}

function boundsOf(accumulator: Accumulator | undefined): (Cents | undefined)[] {
  if (!accumulator) return [];
  const { structure, individual, family } = accumulator;
  if (structure === 'individual') return [leftOf(individual)];
  return structure === 'aggregate' ? [leftOf(family)] : [leftOf(individual), leftOf(family)];
}

function programDayCosts(days: readonly Day[]): Cents[] {
  return days
    .filter(({ lines }) => lines.some(({ kind }) => kind === 'iop_day'))
    .map(({ patientCents }) => patientCents);
}

/** The lower of the two in the middle. */
function median(amounts: readonly Cents[]): Cents | undefined {
  return [...amounts].sort((a, b) => a - b)[Math.floor((amounts.length - 1) / 2)];
}
