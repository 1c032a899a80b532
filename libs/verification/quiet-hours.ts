import { addDays, type CivilDate, WEEKDAYS, type Weekday, weekdayOf } from '@openvob/benefits';
import { instantOf, localTime } from '@openvob/platform';

/** When a payer connection is left alone by bulk work; people who wait are never held up by it. */
export interface QuietHours {
  /** IANA, e.g. `America/New_York`. */
  timeZone: string;
  windows: readonly QuietWindow[];
}

/**
 * A span of the days that `on` names, by the clock there. One that ends before it begins goes on past midnight. Medicare's HETS, for one, wants
 * what is not urgent outside 7:00 to 19:00 Eastern and not on the first day and the first Monday of a month (cms.gov, HETS rules of behavior).
 */
export interface QuietWindow {
  on: 'every_day' | 'first_of_month' | 'first_monday' | readonly Weekday[];
  /** `HH:MM`; from midnight when left out. */
  from?: string;
  /** `HH:MM`; to midnight when left out. */
  to?: string;
}

const minutesOfDay = 24 * 60;
/** Windows that follow each other without a gap are followed for so long; beyond it, it is looked at again. */
const farthestDays = 40;

/** Until when bulk work has to wait; undefined when it may be sent now. */
export function quietUntil(quiet: QuietHours | undefined, now: Date): Date | undefined {
  if (!quiet) return undefined;
  const farthest = now.getTime() + farthestDays * minutesOfDay * 60_000;
  let until = now;
  for (let end = endOfQuiet(quiet, until); end && until.getTime() < farthest; end = endOfQuiet(quiet, until))
    until = end;
  return until === now ? undefined : until;
}

/** The end of the window that a moment lies in, the latest of several. */
function endOfQuiet({ timeZone, windows }: QuietHours, at: Date): Date | undefined {
  const today = localTime(timeZone, at).date;
  const spans = [addDays(today, -1), today].flatMap((date) =>
    windows.filter((window) => isOn(window.on, date)).map((window) => spanOf(timeZone, window, date)),
  );
  const ends = spans.filter(({ from, to }) => from <= at && at < to).map(({ to }) => to.getTime());
  return ends.length > 0 ? new Date(Math.max(...ends)) : undefined;
}

function spanOf(
  timeZone: string,
  { from = '00:00', to = '24:00' }: QuietWindow,
  date: CivilDate,
): { from: Date; to: Date } {
  const [begins, ends] = [minuteOf(from), minuteOf(to)];
  const last = ends > begins ? { date, minute: ends } : { date: addDays(date, 1), minute: ends };
  return { from: instantOf(timeZone, { date, minute: begins }), to: instantOf(timeZone, last) };
}

function isOn(on: QuietWindow['on'], date: CivilDate): boolean {
  const day = Number(date.slice(8));
  switch (on) {
    case 'every_day':
      return true;
    case 'first_of_month':
      return day === 1;
    case 'first_monday':
      return day <= 7 && weekdayOf(date) === 'mon';
    default:
      return on.includes(weekdayOf(date));
  }
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

const clockTime = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/**
 * Quiet hours as somebody wrote them.
 *
 * @returns what is wrong with them, when something is; never throws
 */
export function readQuietHours(value: unknown): { quiet: QuietHours } | { fault: { pointer: string; detail: string } } {
  if (!isRecord(value)) return fault('', 'must be an object with timeZone and windows');
  const { timeZone, windows } = value;
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone))
    return fault('/timeZone', 'must be an IANA time zone, e.g. America/New_York');
  if (!Array.isArray(windows) || windows.length > 20) return fault('/windows', 'must be a list of at most 20 windows');
  for (const [index, window] of windows.entries()) {
    const wrong = faultOfWindow(window);
    if (wrong) return fault(`/windows/${index}${wrong.pointer}`, wrong.detail);
  }
  return { quiet: { timeZone, windows: windows as QuietWindow[] } };
}

function faultOfWindow(window: unknown): { pointer: string; detail: string } | undefined {
  if (!isRecord(window)) return { pointer: '', detail: 'must be an object with on, and from and to where they matter' };
  const { on, from, to } = window;
  const named = on === 'every_day' || on === 'first_of_month' || on === 'first_monday';
  const listed =
    Array.isArray(on) && on.length > 0 && on.every((day) => (WEEKDAYS as readonly unknown[]).includes(day));
  if (!named && !listed)
    return { pointer: '/on', detail: 'must be every_day, first_of_month, first_monday or a list of mon to sun' };
  for (const [key, time] of Object.entries({ from, to }))
    if (time !== undefined && !(typeof time === 'string' && clockTime.test(time)))
      return { pointer: `/${key}`, detail: 'must be a time from 00:00 to 24:00' };
  return from !== undefined && from === to ? { pointer: '/to', detail: 'must differ from from' } : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTimeZone(text: string): boolean {
  try {
    localTime(text, new Date(0));
    return true;
  } catch {
    // That is how an unknown one shows.
    return false;
  }
}

function fault(pointer: string, detail: string): { fault: { pointer: string; detail: string } } {
  return { fault: { pointer, detail } };
}
