import { type Cents, type CivilDate, formatUsd, WEEKDAYS, weekdayOf } from '@openvob/benefits';
import type { DocumentLanguage } from './content';

const locales: Readonly<Record<DocumentLanguage, string>> = { en: 'en-US', es: 'es-US' };

type DateStyle = 'long' | 'with_weekday' | 'short';

const styles: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  with_weekday: { weekday: 'long', month: 'long', day: 'numeric' },
  short: { month: 'short', day: 'numeric' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** A civil date in words: `March 2, 2026`, `Monday, March 2`, `Mar 2`; `2 de marzo de 2026`. */
export function dateIn(language: DocumentLanguage, date: CivilDate, style: DateStyle = 'long'): string {
  const key = `${language} ${style}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locales[language], { ...styles[style], timeZone: 'UTC' });
  formats.set(key, format);
  return format.format(new Date(`${date}T12:00:00Z`));
}

/** A moment by the clock of the facility: `March 2, 2026 at 10:15 AM`. */
export function momentIn(language: DocumentLanguage, at: Date, timeZone: string): string {
  return at.toLocaleString(locales[language], { timeZone, dateStyle: 'long', timeStyle: 'short' });
}

/** Dollars as families read them: `$1,480`, `$40.50`. */
export function plainUsd(cents: Cents): string {
  return formatUsd(cents).replace(/\.00$/, '');
}

/** Names of the weekdays, in their order: `Monday, Wednesday and Friday` without the `and`. */
export function weekdayNames(dates: readonly CivilDate[], names: readonly string[]): string {
  const found = new Set(dates.map(weekdayOf));
  return WEEKDAYS.flatMap((weekday, index) => (found.has(weekday) ? [names[index] ?? weekday] : [])).join(', ');
}
