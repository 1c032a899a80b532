const minuteMs = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Today's civil date (`YYYY-MM-DD`) in an IANA time zone. */
export function todayIn(timeZone: string, now: Date): string {
  return localTime(timeZone, now).date;
}

/** A moment by the clock on the wall of a place. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  date: string;
  /** Since midnight by that clock, 0 to 1439. */
  minute: number;
}

/** What date and time it is somewhere. @throws RangeError for a time zone that IANA does not know */
export function localTime(timeZone: string, at: Date): LocalTime {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute } = parts;
  return { date: `${year}-${month}-${day}`, minute: Number(hour) * 60 + Number(minute) };
}

/**
 * When it is that time by the clock of a place. A time that is skipped in spring is the moment after the gap; of one that comes twice in autumn,
 * the first.
 */
export function instantOf(timeZone: string, { date, minute }: LocalTime): Date {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minute * minuteMs;
  const candidates = [-dayMs, dayMs].map((shift) => wanted - offsetMs(timeZone, wanted + shift));
  const right = candidates.filter((candidate) => candidate + offsetMs(timeZone, candidate) === wanted);
  return new Date(right.length > 0 ? Math.min(...right) : Math.max(...candidates));
}

const dayMs = 24 * 60 * minuteMs;

/** How far the clock of a place is ahead of UTC at a moment. */
function offsetMs(timeZone: string, at: number): number {
  const { date, minute } = localTime(timeZone, new Date(at));
  return Date.parse(`${date}T00:00:00Z`) + minute * minuteMs - Math.floor(at / minuteMs) * minuteMs;
}

/** Making one takes longer than using it a hundred times. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}
