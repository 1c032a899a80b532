import { type CivilDate, datesFrom, daysBetween } from '@openvob/benefits';
import { CaseFault } from '../case-fault';
import type { EstimateCase } from '../estimate-case';
import { totalOf, type WorkedOut, workOut } from '../worked-out';
import type { Estimate } from '../worksheet';
import { carryOn } from './carry-on';
import type { ChangeAssumption } from './change-assumption';
import { type ChangeError, ChangeFault } from './change-fault';
import { movedDatesAssumed, moveStart } from './move-start';

/** What a program costs from one start date. */
export interface SweptStart {
  readonly kind: 'worked_out';
  readonly startDate: CivilDate;
  readonly total: Estimate['total'];
  /** How much care it is: a start late in a week, or before a holiday, has less of it. */
  readonly programDays: number;
  /** How often each service falls, by procedure code. */
  readonly services: Readonly<Record<string, number>>;
  readonly assumptions: readonly ChangeAssumption[];
}

/** A start date from which the program cannot be worked out. */
export interface RefusedStart {
  readonly kind: 'refused';
  readonly startDate: CivilDate;
  readonly error: ChangeError;
}

export type Start = SweptStart | RefusedStart;

/** A sweep has at most so many dates. */
export const MOST_STARTS = 366;

/**
 * The total from every start date, `from` to `to`, both included: the figures of `estimate` without its sentences. Benefit periods
 * carry on past those stated, as in `whatIf`.
 *
 * Throws a RangeError when `to` lies before `from` or there are more than `MOST_STARTS` dates.
 */
export function sweepStarts(base: EstimateCase, from: CivilDate, to: CivilDate): Start[] {
  const count = daysBetween(from, to) + 1;
  if (count < 1 || count > MOST_STARTS) throw new RangeError(`${count} start dates, expected 1 to ${MOST_STARTS}`);
  return datesFrom(from, count).map((startDate) => startOn(base, startDate));
}

function startOn(base: EstimateCase, startDate: CivilDate): Start {
  try {
    return sweptStart(base, startDate);
  } catch (thrown) {
    if (!(thrown instanceof ChangeFault || thrown instanceof CaseFault)) throw thrown;
    return { kind: 'refused', startDate, error: thrown.fault };
  }
}

function sweptStart(base: EstimateCase, startDate: CivilDate): SweptStart {
  const moved = moveStart(base, startDate);
  const { case: given, assumptions } = carryOn(moved, base.startDate);
  const worked = workOut(given);
  return {
    kind: 'worked_out',
    startDate,
    total: totalOf(worked),
    ...careIn(worked),
    assumptions: [...movedDatesAssumed(base, given), ...assumptions],
  };
}

function careIn({ episode }: WorkedOut): Pick<SweptStart, 'programDays' | 'services'> {
  const services: Record<string, number> = {};
  let programDays = 0;
  for (const { day } of episode.serviceDates) {
    if (day.isProgramDay) programDays += 1;
    for (const { code } of day.services) services[code] = (services[code] ?? 0) + 1;
  }
  return { programDays, services };
}
