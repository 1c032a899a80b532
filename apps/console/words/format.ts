/** Made when it is first wanted: making one takes longer than all that it writes on a page. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const inDollars = { style: 'currency', currency: 'USD' } as const;
const dollars = once(() => new Intl.NumberFormat('en-US', inDollars));
const wholeDollars = once(() => new Intl.NumberFormat('en-US', { ...inDollars, maximumFractionDigits: 0 }));

/** `145000` is `$1,450`; cents are shown where there are any. */
export function money(cents: number): string {
  return cents % 100 === 0 ? wholeDollars().format(cents / 100) : dollars().format(cents / 100);
}

const dayOfYear = { month: 'short', day: 'numeric', timeZone: 'UTC' } as const;
const dayForm = once(() => new Intl.DateTimeFormat('en-US', { ...dayOfYear, year: 'numeric' }));
const weekdayForm = once(() => new Intl.DateTimeFormat('en-US', { ...dayOfYear, weekday: 'short' }));
const shortForm = once(() => new Intl.DateTimeFormat('en-US', dayOfYear));

/** A civil date belongs to no time zone. */
const noonOf = (date: string): Date => new Date(`${date}T12:00:00Z`);

/** Whether a text is a day of the calendar, in years of four digits: a date field holds others while somebody types. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(noonOf(text).getTime());

/** What is no day stays as it was typed. */
const written =
  (form: () => Intl.DateTimeFormat) =>
  (date: string): string =>
    isDay(date) ? form().format(noonOf(date)) : date;

/** `Jan 4, 2027` */
export const day = written(dayForm);

/** `Mon, Jan 4` */
export const weekday = written(weekdayForm);

/** `Jan 4` */
export const shortDay = written(shortForm);

/** An instant at the facility: `Jan 4, 3:15 PM`. */
export function moment(instant: string, timeZone: string | undefined): string {
  return momentForm(timeZone).format(new Date(instant));
}

const momentForms = new Map<string | undefined, Intl.DateTimeFormat>();

/** Made once for each time zone. */
function momentForm(timeZone: string | undefined): Intl.DateTimeFormat {
  const known = momentForms.get(timeZone);
  if (known) return known;
  const parts = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const;
  const form = new Intl.DateTimeFormat('en-US', { ...parts, ...(timeZone ? { timeZone } : {}) });
  momentForms.set(timeZone, form);
  return form;
}

/** The civil date of an instant in a time zone. */
export function dateIn(timeZone: string | undefined, instant: Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone ? { timeZone } : {}),
  }).formatToParts(instant);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** So many days after a civil date. */
export function addDays(date: string, days: number): string {
  return new Date(noonOf(date).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** How long, in the two largest units that matter: `2 h 5 min`, `3 days`. */
export function duration(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 1) return 'under a minute';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.round(hours / 24);
  return days === 1 ? '1 day' : `${days} days`;
}

/** `one, two and three` */
export function list(items: readonly string[]): string {
  return new Intl.ListFormat('en-US', { type: 'conjunction' }).format(items);
}

/** The value in the middle; of two, the smaller. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
