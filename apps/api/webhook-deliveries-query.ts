import { isInstant } from '@openvob/intake';
import { testEvent, webhookEvents } from '@openvob/notifications';
import { Problem } from '@openvob/platform';
import { type DeliveryFilter, deliveryStates, type WebhookDelivery } from '@openvob/store';
import { cursorOf, readCursor } from './cursor';
import { pageSizeOf } from './worklist-query';

/** Query parameters of the list of deliveries, as they come. */
export interface DeliveryQuery {
  state?: string;
  type?: string;
  verification?: string;
  since?: string;
  limit?: string;
  cursor?: string;
}

/** @throws Problem `malformed_request` naming what cannot be used */
export function deliveryFilter(query: DeliveryQuery): DeliveryFilter {
  const states = wordsOf('state', query.state, deliveryStates);
  const types = wordsOf('type', query.type, [...webhookEvents, testEvent]);
  const { verification: verificationId, since, cursor } = query;
  if (since && !isInstant(since)) throw malformed('since must be an instant, e.g. 2026-11-20T15:00:00Z');
  return {
    limit: pageSizeOf(query.limit),
    ...(states ? { states } : {}),
    ...(types ? { types } : {}),
    ...(verificationId ? { verificationId } : {}),
    ...(since ? { since: new Date(since) } : {}),
    ...(cursor ? { after: placeOf(cursor) } : {}),
  };
}

/** One item more than a page was asked for: it says whether there is another. */
export function deliveryPage(found: readonly WebhookDelivery[], limit: number): object {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const isMore = found.length > limit && last !== undefined;
  return {
    items: items.map(presentDelivery),
    ...(isMore ? { nextCursor: cursorOf([last.createdAt.toISOString(), last.id]) } : {}),
  };
}

/** A delivery as it is told. */
export function presentDelivery({ createdAt, nextTryAt, settledAt, verificationId, ...rest }: WebhookDelivery): object {
  return {
    ...rest,
    ...(verificationId === null ? {} : { verificationId }),
    createdAt: createdAt.toISOString(),
    ...(nextTryAt ? { nextTryAt: nextTryAt.toISOString() } : {}),
    ...(settledAt ? { settledAt: settledAt.toISOString() } : {}),
  };
}

function wordsOf<T extends string>(name: string, text: string | undefined, known: readonly T[]): T[] | undefined {
  if (text === undefined || text === '') return undefined;
  const words = text.split(',');
  const found = known.filter((word) => words.includes(word));
  if (found.length !== new Set(words).size) throw malformed(`${name} must be one or several of ${known.join(', ')}`);
  return found;
}

function placeOf(cursor: string): { at: Date; id: string } {
  const [at = '', id = ''] = readCursor(cursor, 2);
  if (!isInstant(at)) throw malformed('cursor must be the nextCursor of an earlier page');
  return { at: new Date(at), id };
}

function malformed(detail: string): Problem {
  return new Problem('malformed_request', { detail });
}
