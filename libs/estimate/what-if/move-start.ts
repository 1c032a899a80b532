import { addDays, type CivilDate, daysBetween, isCivilDate } from '@openvob/benefits';
import type { Cadence, ProgramPlan } from '@openvob/programs';
import type { EstimateCase } from '../estimate-case';
import { LAST_DATE, refuseLateProgram } from '../parse-case';
import { type ChangeAssumption, changeAssumption } from './change-assumption';
import { refuseChange } from './change-fault';

/**
 * A case that starts on another date. Services on listed dates keep their distance from the start; the dates on which the program
 * is closed or the patient is away are dates of the calendar and stay.
 *
 * Throws a ChangeFault `no_such_date` or `out_of_range`.
 */
export function moveStart(given: EstimateCase, startDate: CivilDate): EstimateCase {
  if (!isCivilDate(startDate)) return refuseChange('no_such_date', '/startDate', 'a date YYYY-MM-DD is expected');
  const days = daysBetween(given.startDate, startDate);
  const moved = { ...given, startDate, program: moveListedDates(given.program, days) };
  refuseLateProgram(moved);
  return moved;
}

/** Names that listed dates moved, where any did. */
export function movedDatesAssumed(before: EstimateCase, after: EstimateCase): ChangeAssumption[] {
  if (before.startDate === after.startDate) return [];
  const at = after.program.services.findIndex(({ on }) => 'dates' in on && on.dates.length > 0);
  return at < 0 ? [] : [changeAssumption('listed_dates_move_with_start', `/program/services/${at}/on/dates`)];
}

function moveListedDates(program: ProgramPlan, days: number): ProgramPlan {
  if (days === 0 || !program.services.some(({ on }) => 'dates' in on)) return program;
  const move = (on: Cadence): Cadence => ('dates' in on ? { dates: on.dates.map((date) => moveDate(date, days)) } : on);
  return { ...program, services: program.services.map((service) => ({ ...service, on: move(service.on) })) };
}

function moveDate(date: CivilDate, days: number): CivilDate {
  if (daysBetween(date, LAST_DATE) >= days) return addDays(date, days);
  return refuseChange(
    'out_of_range',
    '/startDate',
    `a start so early that every listed date lies before ${LAST_DATE} is expected`,
  );
}
