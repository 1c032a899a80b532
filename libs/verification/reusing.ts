import type { CivilDate, Snapshot } from '@openvob/benefits';
import type { Answer, Inquiry } from '@openvob/payers';
import { instantOf, localTime } from '@openvob/platform';

/** What may stand in for an exchange: an answer to the same question, given lately. */
export interface ReuseWish {
  inquiryId: string;
  /** Equal texts are the same question; holds patient data and is only ever kept as a keyed hash. */
  about: string;
  /** Benefits that were answered before are too old. */
  benefitsSince: Date;
  /** A refusal may be put right within the hour, so it is not used again for as long. */
  refusalsSince: Date;
  /** Whether what was said then is still so. */
  holds(snapshot: Snapshot, answeredAt: Date): boolean;
}

export type Reuse =
  | { kind: 'answer'; answer: Answer; answeredAt: Date }
  /** The same question is being asked just now. */
  | { kind: 'under_way' }
  | { kind: 'none' };

const longestForRefusals = 3_600_000;

/**
 * When an earlier answer to this inquiry may be used instead of asking: not older than `maxAgeMs`, of this month (eligibility is known to a month's
 * end), and nothing that it speaks of has ended since.
 */
export function reuseWish(
  inquiry: Inquiry,
  connectionId: string,
  at: { now: Date; timeZone: string; maxAgeMs: number },
): ReuseWish {
  const { now, timeZone, maxAgeMs } = at;
  const today = localTime(timeZone, now).date;
  const month = instantOf(timeZone, { date: `${today.slice(0, 7)}-01`, minute: 0 });
  const since = (ageMs: number): Date => new Date(Math.max(now.getTime() - ageMs, month.getTime()));
  return {
    inquiryId: inquiry.id,
    about: questionOf(inquiry, connectionId),
    benefitsSince: since(maxAgeMs),
    refusalsSince: since(Math.min(maxAgeMs, longestForRefusals)),
    holds: (snapshot, answeredAt) => nothingEnded(snapshot, localTime(timeZone, answeredAt).date, today),
  };
}

/** Whom and what an inquiry asks about, the service date by its month; its own id and trace left out. */
export function questionOf({ id: _id, trace: _trace, ...inquiry }: Inquiry, connectionId: string): string {
  const { serviceDate, ...rest } = inquiry;
  const first = typeof serviceDate === 'string' ? serviceDate : serviceDate.from;
  return JSON.stringify(sorted({ ...rest, connectionId, month: first.slice(0, 7) }));
}

/** No coverage, plan or benefit period came to its end from the day of the answer to the day before today; a single day is the one asked about. */
export function nothingEnded(snapshot: Snapshot, answeredOn: CivilDate, today: CivilDate): boolean {
  const spans = [...snapshot.spans, ...(snapshot.basis?.planDates ?? []), ...snapshot.accumulators];
  return !spans.some(({ from, to }) => to !== undefined && from !== to && answeredOn <= to && to < today);
}

/** Keys in one order, names as they are compared: without regard to case and blanks around them. */
function sorted(value: unknown): unknown {
  if (typeof value === 'string') return value.trim().toUpperCase();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}
