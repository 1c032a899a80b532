import { type CivilDate, datesFrom, daysBetween, mondayOf, WEEKDAYS, type Weekday } from '@openvob/benefits';
import type { Phase, ProgramPlan, ProgramService, Setting } from './program-plan';

/** A date on which the program does something for the patient. */
export interface ScheduledDay {
  readonly date: CivilDate;
  /** The Monday of its week. */
  readonly weekOf: CivilDate;
  readonly setting: Setting;
  readonly isProgramDay: boolean;
  /** Program days earlier than this date, counted from the start. */
  readonly programDaysBefore: number;
  /** What is billed on the date, in the order of the plan. */
  readonly services: readonly ProgramService[];
}

export interface Schedule {
  /** Program days and dates with a service, in order. */
  readonly days: readonly ScheduledDay[];
  readonly programDays: number;
}

/** A date that may be billed, before it is known whether any service falls on it. */
interface OpenDate {
  readonly date: CivilDate;
  readonly weekOf: CivilDate;
  readonly daysFromStart: number;
  /** Both are not there after the last program week. */
  readonly weekday: Weekday | undefined;
  readonly phase: Phase | undefined;
}

/** A service of the plan, and the dates that it lists. */
interface ListedService {
  readonly service: ProgramService;
  readonly dates: ReadonlySet<CivilDate>;
}

/**
 * Lays a plan out on the calendar. Weeks start on Monday and the first program week is the one that holds `startDate`;
 * nothing falls before `startDate` or on a closed or missed date, and nothing moves to another date.
 *
 * Throws a RangeError when the program runs past 9999-12-31.
 * Source: estimate contract, Rules, "Dates".
 *
 * @example
 * expandSchedule({ track: 'sud', phases: [{ weeks: 8, weekdays: ['mon', 'wed', 'fri'] }], services: [] }, '2026-01-05').programDays // 24
 */
export function expandSchedule(plan: ProgramPlan, startDate: CivilDate): Schedule {
  const ofPlan = schedules.get(plan) ?? new Map<CivilDate, Schedule>();
  const known = ofPlan.get(startDate) ?? sharedSchedule(plan, startDate);
  schedules.set(plan, ofPlan.set(startDate, known));
  return known;
}

/** Plans are never changed, and one is laid out several times for one estimate. */
const schedules = new WeakMap<ProgramPlan, Map<CivilDate, Schedule>>();

/** A facility has few programs and admits many into each: plans that say the same share their schedule. */
const shared = new Map<string, Schedule>();
const mostShared = 200;

function sharedSchedule(plan: ProgramPlan, startDate: CivilDate): Schedule {
  const { phases, closedOn, missedOn, services } = plan;
  const said = JSON.stringify([startDate, phases, closedOn, missedOn, services]);
  const schedule = shared.get(said) ?? laidOut(plan, startDate);
  shared.delete(said);
  shared.set(said, schedule);
  const [longestUnused] = shared.keys();
  if (shared.size > mostShared && longestUnused !== undefined) shared.delete(longestUnused);
  return schedule;
}

function laidOut(plan: ProgramPlan, startDate: CivilDate): Schedule {
  const unbilled = new Set([...(plan.closedOn ?? []), ...(plan.missedOn ?? [])]);
  const listed = plan.services.map((service) => ({ service, dates: new Set(listedDates(service)) }));
  const days: ScheduledDay[] = [];
  let programDays = 0;
  for (const open of openDates(plan, startDate)) {
    if (unbilled.has(open.date)) continue;
    const isProgramDay = isWeekdayOf(open, open.phase?.weekdays);
    const services = servicesOn(listed, open, isProgramDay);
    if (isProgramDay || services.length > 0) {
      const { date, weekOf } = open;
      days.push({ date, weekOf, setting: settingOn(open), isProgramDay, programDaysBefore: programDays, services });
    }
    if (isProgramDay) programDays += 1;
  }
  return { days, programDays };
}

/** Weeks of all phases together. */
export function programWeeks(plan: Pick<ProgramPlan, 'phases'>): number {
  return plan.phases.reduce((weeks, phase) => weeks + phase.weeks, 0);
}

function servicesOn(listed: readonly ListedService[], open: OpenDate, isProgramDay: boolean): ProgramService[] {
  const services: ProgramService[] = [];
  for (const candidate of listed) if (fallsOn(candidate, open, isProgramDay)) services.push(candidate.service);
  return services;
}

function fallsOn({ service: { on }, dates }: ListedService, open: OpenDate, isProgramDay: boolean): boolean {
  if ('every' in on) return isProgramDay;
  if ('weekly' in on) return open.weekday === on.weekly;
  if ('dates' in on) return dates.has(open.date);
  return open.weekday !== undefined && open.daysFromStart % on.everyDays === 0;
}

function isWeekdayOf({ weekday }: OpenDate, weekdays: readonly Weekday[] | undefined): boolean {
  return weekday !== undefined && (weekdays?.includes(weekday) ?? false);
}

/** Virtual when its week's phase says so of the weekday, program day or not. */
function settingOn(open: OpenDate): Setting {
  return isWeekdayOf(open, open.phase?.virtualOn) ? 'virtual' : 'in_person';
}

/** Every date from the start to the last program Sunday, then the later dates that services list. */
function openDates(plan: ProgramPlan, startDate: CivilDate): OpenDate[] {
  const monday = mondayOf(startDate);
  const daysIntoWeek = daysBetween(monday, startDate);
  const calendar = datesFrom(monday, 7 * programWeeks(plan));
  const phases = plan.phases.flatMap((phase) => Array.from({ length: phase.weeks }, () => phase));
  const inProgram = calendar.map((date, day) => ({
    date,
    weekOf: calendar[day - (day % 7)] ?? date,
    daysFromStart: day - daysIntoWeek,
    weekday: WEEKDAYS[day % 7],
    phase: phases[Math.floor(day / 7)],
  }));
  return inProgram.slice(daysIntoWeek).concat(laterDates(plan, startDate, calendar.at(-1)));
}

/** Dates that services list after the last program week, in order, each once. */
function laterDates(plan: ProgramPlan, startDate: CivilDate, lastSunday: CivilDate | undefined): OpenDate[] {
  const isLater = (date: CivilDate) => (lastSunday === undefined ? date >= startDate : date > lastSunday);
  const dates = new Set(plan.services.flatMap(listedDates).filter(isLater));
  return [...dates].sort().map((date) => ({
    date,
    weekOf: mondayOf(date),
    daysFromStart: daysBetween(startDate, date),
    weekday: undefined,
    phase: undefined,
  }));
}

function listedDates({ on }: ProgramService): readonly CivilDate[] {
  return 'dates' in on ? on.dates : [];
}
