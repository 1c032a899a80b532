import { addDays, type CivilDate, datesFrom, daysInMonth, type Weekday, weekdayOf } from '@openvob/benefits';

/** A legal public holiday of the United States: its date, and the weekday on which offices keep it. */
export interface FederalHoliday {
  readonly name: string;
  readonly date: CivilDate;
  readonly observedOn: CivilDate;
}

/** Fixed dates, or the n-th weekday of a month (-1 the last). Source: 5 U.S.C. 6103(a). */
type HolidayRule = { readonly name: string } & (
  | { readonly on: string }
  | { readonly month: number; readonly weekday: Weekday; readonly nth: number }
);

const HOLIDAYS: readonly HolidayRule[] = [
  { name: 'New Year’s Day', on: '01-01' },
  { name: 'Birthday of Martin Luther King, Jr.', month: 1, weekday: 'mon', nth: 3 },
  { name: 'Washington’s Birthday', month: 2, weekday: 'mon', nth: 3 },
  { name: 'Memorial Day', month: 5, weekday: 'mon', nth: -1 },
  { name: 'Juneteenth National Independence Day', on: '06-19' },
  { name: 'Independence Day', on: '07-04' },
  { name: 'Labor Day', month: 9, weekday: 'mon', nth: 1 },
  { name: 'Columbus Day', month: 10, weekday: 'mon', nth: 2 },
  { name: 'Veterans Day', on: '11-11' },
  { name: 'Thanksgiving Day', month: 11, weekday: 'thu', nth: 4 },
  { name: 'Christmas Day', on: '12-25' },
];

/**
 * The eleven federal holidays of a year, in order. One on a Saturday is kept on the Friday before, one on a Sunday on the
 * Monday after.
 *
 * Years 2021 (Juneteenth) to 9998. Source: 5 U.S.C. 6103; Executive Order 11582, section 3.
 *
 * @example
 * federalHolidays(2026).find(({ name }) => name === 'Thanksgiving Day')?.date // '2026-11-26'
 */
export function federalHolidays(year: number): FederalHoliday[] {
  return HOLIDAYS.map((rule) => {
    const date = 'on' in rule ? `${year}-${rule.on}` : nthWeekday(year, rule);
    return { name: rule.name, date, observedOn: observed(date) };
  });
}

/**
 * The dates from `from` to `to`, both included, on which a program that keeps the federal holidays is closed: the days on
 * which they are kept. For `closedOn` of a program plan.
 */
export function federalClosures(from: CivilDate, to: CivilDate): CivilDate[] {
  const years = Array.from({ length: yearOf(to) - yearOf(from) + 2 }, (_, index) => yearOf(from) + index);
  const kept = years.flatMap((year) => federalHolidays(year).map(({ observedOn }) => observedOn));
  return kept.filter((date) => date >= from && date <= to);
}

function nthWeekday(
  year: number,
  { month, weekday, nth }: { month: number; weekday: Weekday; nth: number },
): CivilDate {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const matching = datesFrom(first, daysInMonth(year, month)).filter((date) => weekdayOf(date) === weekday);
  const date = matching.at(nth > 0 ? nth - 1 : nth);
  if (!date) throw new RangeError(`month ${month} has no ${nth}. ${weekday}, expected 1 to 4 or -1`);
  return date;
}

function observed(date: CivilDate): CivilDate {
  const weekday = weekdayOf(date);
  if (weekday === 'sat') return addDays(date, -1);
  return weekday === 'sun' ? addDays(date, 1) : date;
}

function yearOf(date: CivilDate): number {
  return Number(date.slice(0, 4));
}
