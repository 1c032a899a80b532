import { WEEKDAYS, type Weekday, weekdayOf } from '@openvob/benefits';
import type { OpeningHours } from '@openvob/payers/directory';
import { localTime } from '@openvob/platform';

type Spans = OpeningHours['open'];

const time = '((?:[01]?\\d|2[0-3]):[0-5]\\d|24:00)';
const days = '(?:[a-z]{3}(?: ?[-–] ?[a-z]{3})?)';
const written = new RegExp(`^(${days}(?: ?, ?${days})*) ${time} ?[-–] ?${time}$`, 'i');

/**
 * Opening hours as people write them; undefined for what cannot be read with certainty.
 *
 * @example
 * readHours('Mon-Fri 8:00-18:00; Sat 09:00-12:00')?.length // 2
 */
export function readHours(text: string): Spans | undefined {
  const spans = text.split(';').map((part) => spanOf(part.trim()));
  return spans.every((span) => span !== undefined) ? spans : undefined;
}

function spanOf(text: string): Spans[number] | undefined {
  const [, named, begins, ends] = written.exec(text) ?? [];
  if (!named || !begins || !ends) return undefined;
  const [from, to] = [begins.padStart(5, '0'), ends.padStart(5, '0')];
  const listed = named.split(',').map((part) => daysOf(part.trim()));
  if (from >= to || !listed.every((one) => one !== undefined)) return undefined;
  return { days: listed.flat(), from, to };
}

function daysOf(text: string): Weekday[] | undefined {
  const [first, last = first] = text.split(/ ?[-–] ?/).map((day) => WEEKDAYS.indexOf(day.toLowerCase() as Weekday));
  if (first === undefined || last === undefined || first < 0 || last < 0 || first > last) return undefined;
  return WEEKDAYS.slice(first, last + 1);
}

/** As people read them: `Mon-Fri 08:00-18:00; Sat 09:00-12:00`. */
export function hoursText(open: Spans): string {
  return open.map((span) => `${dayNames(span.days)} ${span.from}-${span.to}`).join('; ');
}

function dayNames(named: readonly Weekday[]): string {
  const runs: Weekday[][] = [];
  for (const day of WEEKDAYS.filter((one) => named.includes(one))) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && WEEKDAYS.indexOf(day) === WEEKDAYS.indexOf(last) + 1) run.push(day);
    else runs.push([day]);
  }
  return runs.map((run) => [...new Set([run[0], run.at(-1)])].map(capital).join('-')).join(', ');
}

function capital(day: Weekday | undefined): string {
  return day ? `${day.charAt(0).toUpperCase()}${day.slice(1)}` : '';
}

/** Whether somebody answers at that moment by the hours, which know no holidays; undefined for a time zone that there is not. */
export function isOpenAt(open: Spans, timeZone: string, at: Date): boolean | undefined {
  const local = localTimeIn(timeZone, at);
  if (!local) return undefined;
  const weekday = weekdayOf(local.date);
  return open.some(
    ({ days: on, from, to }) => on.includes(weekday) && minuteOf(from) <= local.minute && local.minute < minuteOf(to),
  );
}

function localTimeIn(timeZone: string, at: Date): ReturnType<typeof localTime> | undefined {
  try {
    return localTime(timeZone, at);
  } catch (error) {
    // what was set up by hand may name a zone that there is not
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
