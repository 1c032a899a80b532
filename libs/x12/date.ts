/**
 * An X12 date (`CCYYMMDD`) as a civil date `YYYY-MM-DD`.
 *
 * @returns undefined when it is no day of the calendar.
 */
export function readDate(value: string | undefined): string | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(value ?? '');
  if (parts === null) return undefined;
  const [, year = '', month = '', day = ''] = parts;
  const exists = Number(day) >= 1 && Number(day) <= daysInMonth(Number(year), Number(month));
  return exists ? `${year}-${month}-${day}` : undefined;
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

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
