/**
 * An X12 date (`CCYYMMDD`) as a civil date `YYYY-MM-DD`.
 *
 * @returns undefined when it is no day of the calendar.
 */
export function readDate(value: string | undefined): string | undefined {
  if (value === undefined || !isDate(value)) return undefined;
  return `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}`;
}

/** Whether a text is a day of the calendar as X12 writes it (`CCYYMMDD`). */
export function isDate(value: string): boolean {
  if (value.length !== 8) return false;
  const year = digitsAt(value, 0, 4);
  const day = digitsAt(value, 6, 2);
  // what is no digit comes out as -1
  return year >= 0 && day >= 1 && day <= daysInMonth(year, digitsAt(value, 4, 2));
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
 * A civil date `YYYY-MM-DD` as an X12 date (`CCYYMMDD`).
 *
 * @returns undefined when it is no day of the calendar.
 */
export function writeDate(value: string): string | undefined {
  const digits = /^\d{4}-\d{2}-\d{2}$/.test(value) ? value.replaceAll('-', '') : '';
  return readDate(digits) === undefined ? undefined : digits;
}

/**
 * A time `HH:MM` as an X12 time (`HHMM`).
 *
 * @returns undefined when it is no time of a day.
 */
export function writeTime(value: string): string | undefined {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value) ? value.replace(':', '') : undefined;
}

/** By month, 1 to 12; those of February depend on the year. */
const DAYS = [0, 31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return DAYS[month] ?? 0;
}
