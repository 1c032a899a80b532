import { type Attempt, testEvent, type WebhookEventType } from '@openvob/notifications';
import { type FieldCipher, newId } from '@openvob/platform';
import type { Database, FacilityTransaction } from '../database';
import { writeAudit } from '../repositories/audit';
import { SealedRow } from '../sealed-row';
import type { WebhookActing } from './endpoints';

export const deliveryStates = ['pending', 'delivered', 'failed', 'withheld'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One try, as it is kept. */
export interface KeptAttempt {
  at: string;
  durationMs: number;
  status?: number;
  failure?: Extract<Attempt, { kind: 'failed' }>['why'];
}

/** An event for one endpoint, and how it went. */
export interface WebhookDelivery {
  id: string;
  /** The `webhook-id`. */
  eventId: string;
  type: WebhookEventType | typeof testEvent;
  verificationId: string | null;
  state: DeliveryState;
  attempts: KeptAttempt[];
  response?: string;
  createdAt: Date;
  nextTryAt: Date | null;
  settledAt: Date | null;
}

export interface DeliveryFilter {
  states?: readonly DeliveryState[];
  types?: readonly string[];
  verificationId?: string;
  since?: Date;
  after?: { at: Date; id: string };
  limit: number;
}

type Row = Omit<WebhookDelivery, 'response'> & { response: Buffer | null };

const columns = `d.id, d.event_id AS "eventId", d.type, d.verification_id AS "verificationId", d.state, d.attempts, d.response,
  d.created_at AS "createdAt", d.next_try_at AS "nextTryAt", d.settled_at AS "settledAt"`;

const listed = `SELECT ${columns} FROM webhook_delivery d WHERE d.endpoint_id = $1
  AND ($2::text[] IS NULL OR d.state = ANY ($2)) AND ($3::text[] IS NULL OR d.type = ANY ($3))
  AND ($4::text IS NULL OR d.verification_id = $4) AND ($5::timestamptz IS NULL OR d.created_at >= $5)
  AND ($6::timestamptz IS NULL OR (d.created_at, d.id) < ($6, $7)) ORDER BY d.created_at DESC, d.id DESC LIMIT $8`;

/** A delivery as if it had not been tried yet. */
const afresh = `state = 'pending', tries = 0, settled_at = NULL, disclosed_under = NULL`;

const replayedSince = `INSERT INTO webhook_delivery (id, facility_id, endpoint_id, event_id, verification_id, type, asked_at, next_try_at, created_at)
  SELECT 'whd_' || replace(gen_random_uuid()::text, '-', ''), v.facility_id, e.id, v.id, v.verification_id, v.type, $3, $3, $3
  FROM webhook_endpoint e JOIN webhook_event v ON v.facility_id = e.facility_id AND v.type = ANY (e.events)
  WHERE e.id = $1 AND v.at >= $2
  ON CONFLICT (endpoint_id, event_id) DO UPDATE SET ${afresh}, asked_at = $3, next_try_at = $3
    WHERE webhook_delivery.state <> 'delivered' OR $4 RETURNING id`;

/** Why something cannot be sent now. */
export type Unsendable = 'not_found' | 'disabled';

/** What was sent to endpoints, what was not, and sending it again. */
export class WebhookDeliveryList {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Newest first; undefined for an endpoint that is not there. */
  find(facilityId: string, endpointId: string, filter: DeliveryFilter): Promise<WebhookDelivery[] | undefined> {
    const { states, types, verificationId, since, after, limit } = filter;
    return this.database.inFacility(facilityId, async (tx) => {
      if ((await standingOf(tx, endpointId)) === 'not_found') return undefined;
      const rows = await tx.manager.query<Row[]>(listed, [
        ...[endpointId, states ?? null, types ?? null, verificationId ?? null, since ?? null],
        ...[after?.at ?? null, after?.id ?? null, limit],
      ]);
      return rows.map((row) => this.deliveryOf(facilityId, row));
    });
  }

  /** Tries an endpoint out: sent as every other event is. */
  test({ facilityId, actor, now }: WebhookActing, endpointId: string): Promise<WebhookDelivery | Unsendable> {
    return this.database.inFacility(facilityId, async (tx) => {
      const standing = await standingOf(tx, endpointId);
      if (standing !== 'enabled') return standing;
      const [eventId, id] = [newId('evt', now), newId('whd', now)];
      await tx.manager.query('INSERT INTO webhook_event (id, facility_id, type, at) VALUES ($1, $2, $3, $4)', [
        ...[eventId, facilityId, testEvent, now],
      ]);
      await tx.manager.query(
        `INSERT INTO webhook_delivery (id, facility_id, endpoint_id, event_id, type, asked_at, next_try_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $6)`,
        [id, facilityId, endpointId, eventId, testEvent, now],
      );
      await writeAudit(tx, { actor, action: 'webhook_endpoint.tested', subjectId: endpointId }, now);
      return (await this.one(tx, endpointId, id)) ?? 'not_found';
    });
  }

  /** Sends one again under its `webhook-id`, whatever came of it. */
  replay(
    { facilityId, actor, now }: WebhookActing,
    { endpointId, id }: { endpointId: string; id: string },
  ): Promise<WebhookDelivery | Unsendable> {
    return this.database.inFacility(facilityId, async (tx) => {
      const standing = await standingOf(tx, endpointId);
      if (standing === 'not_found' || !(await this.one(tx, endpointId, id))) return 'not_found';
      if (standing !== 'enabled') return standing;
      await tx.manager.query(`UPDATE webhook_delivery SET ${afresh}, asked_at = $2, next_try_at = $2 WHERE id = $1`, [
        id,
        now,
      ]);
      const detail = { delivery: id };
      await writeAudit(tx, { actor, action: 'webhook_endpoint.replayed', subjectId: endpointId, detail }, now);
      return (await this.one(tx, endpointId, id)) ?? 'not_found';
    });
  }

  /**
   * Sends again what happened since then: what did not arrive, also what happened while the endpoint was disabled; with `all` everything.
   *
   * @returns how many
   */
  replaySince(
    { facilityId, actor, now }: WebhookActing,
    endpointId: string,
    { since, all }: { since: Date; all: boolean },
  ): Promise<number | Unsendable> {
    return this.database.inFacility(facilityId, async (tx) => {
      const standing = await standingOf(tx, endpointId);
      if (standing !== 'enabled') return standing;
      const rows = await tx.manager.query<unknown[]>(replayedSince, [endpointId, since, now, all]);
      const detail = { since: since.toISOString(), all, deliveries: rows.length };
      await writeAudit(tx, { actor, action: 'webhook_endpoint.replayed', subjectId: endpointId, detail }, now);
      return rows.length;
    });
  }

  /** Removes what is older, a few at a time. @returns how many deliveries went */
  forget(facilityId: string, before: Date, most: number): Promise<number> {
    return this.database.asKeeper(facilityId, async ({ manager }) => {
      const [, gone] = await manager.query<[unknown, number]>(
        `DELETE FROM webhook_delivery WHERE id IN (
           SELECT id FROM webhook_delivery WHERE facility_id = $1 AND created_at < $2 LIMIT $3)`,
        [facilityId, before, most],
      );
      await manager.query(
        `DELETE FROM webhook_event v WHERE id IN (SELECT e.id FROM webhook_event e WHERE e.facility_id = $1 AND e.at < $2
           AND NOT EXISTS (SELECT FROM webhook_delivery d WHERE d.event_id = e.id) LIMIT $3)`,
        [facilityId, before, most],
      );
      return gone;
    });
  }

  private async one(
    { manager, facilityId }: FacilityTransaction,
    endpointId: string,
    id: string,
  ): Promise<WebhookDelivery | undefined> {
    const [row] = await manager.query<Row[]>(
      `SELECT ${columns} FROM webhook_delivery d WHERE d.id = $1 AND d.endpoint_id = $2`,
      [id, endpointId],
    );
    return row && this.deliveryOf(facilityId, row);
  }

  private deliveryOf(facilityId: string, { response: sealed, ...row }: Row): WebhookDelivery {
    const response = sealedDelivery(this.cipher, facilityId, row.id).open('response', sealed);
    return { ...row, ...(response === undefined ? {} : { response }) };
  }
}

export function sealedDelivery(cipher: FieldCipher, facilityId: string, id: string): SealedRow {
  return new SealedRow(cipher, facilityId, 'webhook_delivery', id);
}

async function standingOf({ manager }: FacilityTransaction, id: string): Promise<'enabled' | Unsendable> {
  const [row] = await manager.query<{ disabled: boolean }[]>(
    'SELECT disabled_at IS NOT NULL AS disabled FROM webhook_endpoint WHERE id = $1 AND deleted_at IS NULL',
    [id],
  );
  if (!row) return 'not_found';
  return row.disabled ? 'disabled' : 'enabled';
}
