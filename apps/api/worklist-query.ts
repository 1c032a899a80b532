import { addDays } from '@openvob/benefits';
import { isInstant } from '@openvob/intake';
import { instantOf, Problem, todayIn } from '@openvob/platform';
import type { ListedView } from '@openvob/results';
import type { CountBounds, ListFilter } from '@openvob/store';
import { statuses } from '@openvob/verification';
import { cursorOf, readCursor } from './cursor';

/** Parameters of the list, as they come. */
export interface ListQuery {
  status?: string | string[];
  payer?: string;
  program?: string;
  batch?: string;
  assignee?: string;
  needs?: string;
  open?: string;
  due?: string;
  dueBefore?: string;
  sort?: string;
  limit?: string;
  q?: string;
  cursor?: string;
}

export const needKinds = ['information', 'consent', 'call', 'level_of_care_review', 'approval', 'sent_back'];
export const dueBuckets = ['overdue', '30_minutes', '2_hours', 'today', 'later'];

const usualPage = 50;
const longestPage = 200;
const minuteMs = 60_000;

/** The moments between which the worklist counts and filters. */
export function boundsOf(now: Date, timeZone: string): CountBounds {
  return {
    now,
    in30Minutes: new Date(now.getTime() + 30 * minuteMs),
    in2Hours: new Date(now.getTime() + 120 * minuteMs),
    endOfDay: instantOf(timeZone, { date: addDays(todayIn(timeZone, now), 1), minute: 0 }),
  };
}

/** @throws Problem `malformed_request` */
export function pageSizeOf(limit: string | undefined): number {
  if (!limit) return usualPage;
  const size = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (size < 1 || size > longestPage)
    throw new Problem('malformed_request', { detail: `limit must be 1 to ${longestPage}` });
  return size;
}

/** The place behind the last item of a page. */
export function cursorBehind({ id, createdAt, dueAt }: ListedView, order: ListFilter['order']): string {
  return cursorOf([(order === 'due' ? dueAt : createdAt).toISOString(), id]);
}

/**
 * An empty parameter says nothing: forms send those of fields that were left empty.
 *
 * @throws Problem `malformed_request` naming what cannot be used
 */
export function filterOf(given: ListQuery, bounds: CountBounds): Omit<ListFilter, 'limit'> {
  const query: ListQuery = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const status = [query.status ?? []].flat().flatMap((text) => (text === '' ? [] : text.split(',')));
  refuseUnknown('status', status, statuses);
  refuseUnknown('needs', query.needs, needKinds);
  refuseUnknown('open', query.open, ['true', 'false']);
  refuseUnknown('due', query.due, dueBuckets);
  refuseUnknown('sort', query.sort, ['newest', 'due']);
  if (query.dueBefore !== undefined && !isInstant(query.dueBefore))
    throw new Problem('malformed_request', { detail: 'dueBefore must be an instant, e.g. 2026-11-20T15:00:00Z' });
  const { payer, program, batch, assignee, needs, q } = query;
  const plain = { payer, program, batch, assignee, needs, q: q?.slice(0, 100) };
  return {
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
    ...(status.length > 0 ? { status } : {}),
    ...(query.open === undefined ? {} : { isOpen: query.open === 'true' }),
    ...(query.due === undefined ? {} : { due: bucketOf(query.due, bounds) }),
    ...(query.dueBefore === undefined ? {} : { dueBefore: new Date(query.dueBefore) }),
    ...(query.sort === 'due' ? { order: 'due' as const } : {}),
    ...afterOf(query.cursor),
  };
}

function refuseUnknown(name: string, given: string | string[] | undefined, known: readonly string[]): void {
  if ([given ?? []].flat().every((one) => known.includes(one))) return;
  throw new Problem('malformed_request', { detail: `${name} must be among ${known.join(', ')}` });
}

/** As the counts tell them apart: a day that ends sooner than in two hours has no `today`. */
function bucketOf(due: string, { now, in30Minutes, in2Hours, endOfDay }: CountBounds): NonNullable<ListFilter['due']> {
  switch (due) {
    case 'overdue':
      return { to: now };
    case '30_minutes':
      return { from: now, to: in30Minutes };
    case '2_hours':
      return { from: in30Minutes, to: in2Hours };
    case 'today':
      return { from: in2Hours, to: endOfDay };
    default:
      return { from: in2Hours > endOfDay ? in2Hours : endOfDay };
  }
}

function afterOf(cursor: string | undefined): Pick<ListFilter, 'after'> {
  if (cursor === undefined) return {};
  const [at = '', id = ''] = readCursor(cursor, 2);
  if (!isInstant(at))
    throw new Problem('malformed_request', { detail: 'cursor must be the nextCursor of an earlier page' });
  return { after: { at: new Date(at), id } };
}
