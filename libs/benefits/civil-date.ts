/** A calendar date without time or zone, `YYYY-MM-DD`. */
export type CivilDate = string & { readonly __unit?: 'civil-date' };

/** Days of the week as programs write them; weeks start on Monday. */
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** A span of civil dates, both ends included; an end left out is open. */
export interface DateSpan {
  from?: CivilDate;
  to?: CivilDate;
}

/** Monday first. */
export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const DASHED = /^(\d{4})-(\d{2})-(\d{2})$/;
const SHORT_MONTHS = [4, 6, 9, 11];
/** Days of 400 Gregorian years: 400 * 365 + 97 leap days. */
const DAYS_IN_ERA = 146_097;
/** Day number of 1970-01-01 counted from 0000-03-01, so that day 0 of this file is 1970-01-01, a Thursday. */
const EPOCH_OFFSET = 719_468;

/** True for a date of the Gregorian calendar written `YYYY-MM-DD`, years 0001 to 9999. */
export function isCivilDate(value: unknown): value is CivilDate {
  return typeof value === 'string' && DASHED.test(value) && parseCivilDate(value) === value;
}

/**
 * Reads a date written `YYYY-MM-DD` or `CCYYMMDD` (X12 format D8), surrounding blanks ignored.
 * `undefined` for anything that is not a date of the calendar, e.g. `20250229`.
 */
export function parseCivilDate(text: string | undefined): CivilDate | undefined {
  const trimmed = text?.trim() ?? '';
  const dashed = trimmed.length === 10;
  if (dashed ? trimmed[4] !== '-' || trimmed[7] !== '-' : trimmed.length !== 8) return undefined;
  const year = digitsAt(trimmed, 0, 4);
  const month = digitsAt(trimmed, dashed ? 5 : 4, 2);
  const day = digitsAt(trimmed, dashed ? 8 : 6, 2);
  // what is no digit comes out as -1
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return dashed ? trimmed : `${trimmed.slice(0, 4)}-${trimmed.slice(4, 6)}-${trimmed.slice(6)}`;
}

/** The number that so many digits make, or -1 when one of them is none. */
function digitsAt(text: string, start: number, count: number): number {
  let number = 0;
  for (let at = start; at < start + count; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/**
 * Reads `CCYYMMDD-CCYYMMDD` (X12 format RD8), also with dashed dates and blanks around the hyphen.
 * An end that is no date is left out; `undefined` when neither is one or they stand in the wrong order.
 */
export function parseDateSpan(text: string | undefined): DateSpan | undefined {
  const ends = /^(\d{4}-?\d{2}-?\d{2})?\s{0,9}-\s{0,9}(\d{4}-?\d{2}-?\d{2})?$/.exec(text?.trim() ?? '');
  const from = parseCivilDate(ends?.[1]);
  const to = parseCivilDate(ends?.[2]);
  if (from === undefined && to === undefined) return undefined;
  if (from !== undefined && to !== undefined && from > to) return undefined;
  const span: DateSpan = {};
  if (from !== undefined) span.from = from;
  if (to !== undefined) span.to = to;
  return span;
}

/** The date `days` later (earlier when negative). Throws a RangeError outside the years 0001 to 9999. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** `count` dates in a row, the first is `date`. Throws a RangeError outside the years 0001 to 9999. */
export function datesFrom(date: CivilDate, count: number): CivilDate[] {
  const first = dayNumber(date);
  return Array.from({ length: count }, (_, days) => dateOfDayNumber(first + days));
}

/** Days from `from` to `to`; negative when `to` is earlier, 0 on the same day. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Negative, zero or positive as `a` is before, on or after `b`: for sorting. */
export function compareDates(a: CivilDate, b: CivilDate): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The day of the week, e.g. `weekdayOf('2026-01-05')` is `mon`. */
export function weekdayOf(date: CivilDate): Weekday {
  return WEEKDAYS[mondayIndex(date)] ?? 'mon';
}

/** The Monday of the date's week; a Monday is its own. */
export function mondayOf(date: CivilDate): CivilDate {
  return addDays(date, -mondayIndex(date));
}

/** True when the date lies in the span; an open end excludes nothing. */
export function isWithin(date: CivilDate, span: { readonly [K in keyof DateSpan]: DateSpan[K] | undefined }): boolean {
  return (span.from === undefined || date >= span.from) && (span.to === undefined || date <= span.to);
}

/** Number of days of a month, 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return SHORT_MONTHS.includes(month) ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** 0 on Monday to 6 on Sunday. 1970-01-01 was a Thursday, hence the 3. */
function mondayIndex(date: CivilDate): number {
  return (((dayNumber(date) + 3) % 7) + 7) % 7;
}

/** Days since 1970-01-01. Years are counted from March so that the leap day is the last of its year. */
function dayNumber(date: CivilDate): number {
  if (!isCivilDate(date)) throw new RangeError(`not a civil date: ${String(date)}, expected YYYY-MM-DD`);
  const month = Number(date.slice(5, 7));
  const year = Number(date.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + Number(date.slice(8, 10)) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_IN_ERA + dayOfEra - EPOCH_OFFSET;
}

function dateOfDayNumber(number: number): CivilDate {
  const shifted = number + EPOCH_OFFSET;
  const era = Math.floor(shifted / DAYS_IN_ERA);
  const dayOfEra = shifted - era * DAYS_IN_ERA;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  if (!Number.isInteger(number) || year < 1 || year > 9999) {
    throw new RangeError(`no civil date at day ${number} from 1970-01-01, expected the years 0001 to 9999`);
  }
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
