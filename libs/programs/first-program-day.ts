import { addDays, type CivilDate, weekdayOf } from '@openvob/benefits';
import type { ProgramPlan } from './program-plan';

/**
 * The day on which somebody who could begin on `from` begins: the first weekday of the first phase, on or after it, on which the
 * program is neither closed nor missed. A start between two program days, say on a Saturday, would make the rest of that week the
 * first program week, and so shorten the program by one.
 *
 * `from` itself for a program without weekdays. Throws a RangeError when the day lies past 9999-12-31.
 * Source: estimate contract, `startDate` and Rules, "Dates".
 *
 * @example
 * firstProgramDay({ phases: [{ weeks: 8, weekdays: ['mon', 'wed', 'fri'] }] }, '2026-01-10') // '2026-01-12'
 */
export function firstProgramDay(
  plan: Pick<ProgramPlan, 'phases' | 'closedOn' | 'missedOn'>,
  from: CivilDate,
): CivilDate {
  const weekdays = plan.phases.find(({ weeks }) => weeks > 0)?.weekdays ?? [];
  if (weekdays.length === 0) return from;
  const unbilled = new Set([...(plan.closedOn ?? []), ...(plan.missedOn ?? [])]);
  let date = from;
  while (unbilled.has(date) || !weekdays.includes(weekdayOf(date))) date = addDays(date, 1);
  return date;
}
