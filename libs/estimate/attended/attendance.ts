import { type CivilDate } from '@openvob/benefits';
import { expandSchedule, type ProgramPlan, type ProgramService } from '@openvob/programs';

/** Whether the patient was there on a date, and for what. */
export interface AttendanceDay {
  readonly date: CivilDate;
  readonly attended: boolean;
  /** Procedure codes of the program; without them what was planned for the date. */
  readonly services?: readonly string[];
}

/**
 * The plan as it was attended: absent days are missed, and what was done on a date that was planned otherwise stands on that date. Dates of
 * which nothing was recorded stay as planned. With no days it is the same plan.
 */
export function asAttended(plan: ProgramPlan, startDate: CivilDate, days: readonly AttendanceDay[]): ProgramPlan {
  if (days.length === 0) return plan;
  const missed = days.filter(({ attended }) => !attended).map(({ date }) => date);
  const there = new Set(days.filter(({ attended }) => attended).map(({ date }) => date));
  const open = (dates: readonly CivilDate[] | undefined) => (dates ?? []).filter((date) => !there.has(date));
  const closedOn = open(plan.closedOn);
  const missedOn = [...new Set([...open(plan.missedOn), ...missed])].sort();
  const { closedOn: _, missedOn: __, ...rest } = plan;
  const present: ProgramPlan = {
    ...rest,
    ...(closedOn.length > 0 ? { closedOn } : {}),
    ...(missedOn.length > 0 ? { missedOn } : {}),
  };
  return withServices(present, startDate, days);
}

/** Services that were attended otherwise than planned are billed on their dates. */
function withServices(plan: ProgramPlan, startDate: CivilDate, days: readonly AttendanceDay[]): ProgramPlan {
  const planned = new Map(
    expandSchedule(plan, startDate).days.map(({ date, services }) => [date, services.map(({ code }) => code)]),
  );
  const daily = plan.services.filter(({ on }) => 'every' in on).map(({ code }) => code);
  const changes = days.flatMap(({ date, attended, services }) => {
    if (!attended || date < startDate) return [];
    const before = planned.get(date) ?? [];
    const isProgramDay = daily.some((code) => before.includes(code));
    const after = services ?? (isProgramDay || daily.length === 0 ? before : [...daily, ...before]);
    return isSame(before, after) ? [] : [{ date, before, after }];
  });
  if (changes.length === 0) return plan;
  return { ...plan, services: plan.services.map((service) => changedService(service, planned, changes)) };
}

interface Change {
  readonly date: CivilDate;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function changedService(
  service: ProgramService,
  planned: ReadonlyMap<CivilDate, readonly string[]>,
  changes: readonly Change[],
): ProgramService {
  const { code } = service;
  if (changes.every(({ before, after }) => before.includes(code) === after.includes(code))) return service;
  const dates = new Set([...planned].filter(([, codes]) => codes.includes(code)).map(([date]) => date));
  for (const { date, after } of changes) {
    if (after.includes(code)) dates.add(date);
    else dates.delete(date);
  }
  return { ...service, on: { dates: [...dates].sort() } };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...new Set(a)].sort()) === JSON.stringify([...new Set(b)].sort());
}

/** How a program was attended up to a day. */
export interface AttendanceSummary {
  readonly planned: number;
  readonly attended: number;
  readonly missed: number;
  /** Program days before today of which nothing was recorded. */
  readonly notRecorded: readonly CivilDate[];
}

/** Counts program days before `today` by what was recorded of them; extra days count as attended. */
export function attendanceSummary(
  plan: ProgramPlan,
  startDate: CivilDate,
  days: readonly AttendanceDay[],
  today: CivilDate,
): AttendanceSummary {
  const programDays = programDaysOf(plan, startDate).filter((date) => date < today);
  const recorded = new Set(days.map(({ date }) => date));
  return {
    planned: programDays.length,
    attended: days.filter(({ attended }) => attended).length,
    missed: days.filter(({ attended }) => !attended).length,
    notRecorded: programDays.filter((date) => !recorded.has(date)),
  };
}

/** The dates of a program's days, in order. */
export function programDaysOf(plan: ProgramPlan, startDate: CivilDate): CivilDate[] {
  return expandSchedule(plan, startDate).days.flatMap(({ date, isProgramDay }) => (isProgramDay ? [date] : []));
}
