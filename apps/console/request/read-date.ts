const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A date however it is typed: `4/12/1990`, `04121990`, `041290`, `4-12-90`, `1990-04-12`, `Apr 12 1990`, `12 April 1990`. Month first, as
 * Americans write. A year of two digits is the last one that is not after `latest`.
 *
 * @returns `YYYY-MM-DD`, or undefined for what is no date of the calendar
 */
export function readDate(text: string, latest: string): string | undefined {
  const parts = partsOf(text.trim().toLowerCase());
  if (!parts) return undefined;
  const [year, month, day] = parts;
  const full = year < 100 ? century(year, latest) : year;
  return calendarDate(full, month, day);
}

function partsOf(text: string): [year: number, month: number, day: number] | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso) return numbers(iso[1], iso[2], iso[3]);
  const american = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})$/.exec(text);
  if (american) return numbers(american[3], american[1], american[2]);
  const digits = /^(\d{2})(\d{2})(\d{2}|\d{4})$/.exec(text);
  if (digits) return numbers(digits[3], digits[1], digits[2]);
  return namedMonth(text);
}

function namedMonth(text: string): [number, number, number] | undefined {
  const name = /[a-z]{3,}/.exec(text)?.[0].slice(0, 3);
  const month = months.indexOf(name ?? '') + 1;
  const rest = text.match(/\d+/g) ?? [];
  const year = rest.find((one) => one.length === 4) ?? rest[1];
  const day = rest.find((one) => one !== year);
  return month > 0 && rest.length === 2 ? numbers(year, String(month), day) : undefined;
}

function numbers(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): [number, number, number] {
  return [Number(year), Number(month), Number(day)];
}

function century(year: number, latest: string): number {
  const now = Number(latest.slice(0, 4));
  const guess = Math.floor(now / 100) * 100 + year;
  return guess > now ? guess - 100 : guess;
}

function calendarDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 1900 ? date.toISOString().slice(0, 10) : undefined;
}
