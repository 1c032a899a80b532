import type { WebhookEventType } from '@openvob/notifications';
import { type FieldCipher, newId, newWebhookSecret } from '@openvob/platform';
import type { Database, FacilityTransaction } from '../database';
import { type Actor, writeAudit } from '../repositories/audit';
import { SealedRow } from '../sealed-row';

/** Who does something to endpoints, and when. */
export interface WebhookActing {
  facilityId: string;
  actor: Actor;
  now: Date;
}

/** A receiver, without its secrets. */
export interface WebhookEndpoint {
  id: string;
  url: string;
  recipient: string;
  events: WebhookEventType[];
  createdAt: Date;
  disabled?: { at: Date; because: 'asked' | 'gone' | 'failing' };
  failingSince?: Date;
  /** Until when the former secret signs too. */
  formerSecretUntil?: Date;
}

export type NewWebhookEndpoint = Pick<WebhookEndpoint, 'url' | 'recipient' | 'events'>;
export type WebhookEndpointChange = Partial<NewWebhookEndpoint> & { enabled?: boolean };

/** Newest first; those that are being replaced end. */
interface Secret {
  secret: string;
  until?: string;
}

interface Row {
  id: string;
  url: Buffer;
  secrets: Buffer;
  recipient: string;
  events: WebhookEventType[];
  createdAt: Date;
  disabledAt: Date | null;
  disabledBecause: 'asked' | 'gone' | 'failing' | null;
  failingSince: Date | null;
}

const columns = `id, url, secrets, recipient, events, created_at AS "createdAt", disabled_at AS "disabledAt",
  disabled_because AS "disabledBecause", failing_since AS "failingSince"`;

/** Every move writes a row for each of them. */
export const mostEndpoints = 100;
/** Whoever rotates again and again signs by so many at most. */
const mostSecrets = 3;
const hourMs = 3_600_000;

/** Receivers of a facility's webhooks. Addresses and secrets are encrypted: either may open a door. */
export class WebhookEndpoints {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Oldest first. */
  list(facilityId: string, now: Date): Promise<WebhookEndpoint[]> {
    return this.database.inFacility(facilityId, async (tx) => {
      const rows = await tx.manager.query<Row[]>(
        `SELECT ${columns} FROM webhook_endpoint WHERE facility_id = $1 AND deleted_at IS NULL ORDER BY created_at, id`,
        [facilityId],
      );
      return rows.map((row) => this.endpointOf(facilityId, row, now));
    });
  }

  get(facilityId: string, id: string, now: Date): Promise<WebhookEndpoint | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const row = await readEndpoint(tx, id);
      return row && this.endpointOf(facilityId, row, now);
    });
  }

  /** @returns the endpoint with its secret, which is not shown again; undefined where there are as many as may be */
  add(
    { facilityId, actor, now }: WebhookActing,
    { url, recipient, events }: NewWebhookEndpoint,
  ): Promise<{ endpoint: WebhookEndpoint; secret: string } | undefined> {
    const id = newId('whe', now);
    const secret = newWebhookSecret();
    const sealed = sealedEndpoint(this.cipher, facilityId, id);
    const secrets: Secret[] = [{ secret }];
    return this.database.inFacility(facilityId, async (tx) => {
      const others = await tx.manager.query<unknown[]>(
        'SELECT FROM webhook_endpoint WHERE facility_id = $1 AND deleted_at IS NULL',
        [facilityId],
      );
      if (others.length >= mostEndpoints) return undefined;
      await tx.manager.query(
        `INSERT INTO webhook_endpoint (id, facility_id, recipient, url, secrets, events, created_at, created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          ...[id, facilityId, recipient, sealed.seal('url', url), sealed.sealJson('secrets', secrets)],
          ...[events, now, actor.id],
        ],
      );
      const detail = { events: events.join(' ') };
      await writeAudit(tx, { actor, action: 'webhook_endpoint.added', subjectId: id, detail }, now);
      return { endpoint: { id, url, recipient, events, createdAt: now }, secret };
    });
  }

  /** @returns undefined for one that is not there */
  change(who: WebhookActing, id: string, change: WebhookEndpointChange): Promise<WebhookEndpoint | undefined> {
    const { facilityId, actor, now } = who;
    return this.database.inFacility(facilityId, async (tx) => {
      const before = await readEndpoint(tx, id, 'FOR NO KEY UPDATE');
      if (!before) return undefined;
      const { url, recipient, events, enabled } = change;
      await tx.manager.query(
        `UPDATE webhook_endpoint SET url = coalesce($2, url), recipient = coalesce($3, recipient), events = coalesce($4, events)
         WHERE id = $1`,
        [
          ...[id, url === undefined ? null : sealedEndpoint(this.cipher, facilityId, id).seal('url', url)],
          ...[recipient ?? null, events ?? null],
        ],
      );
      if (enabled !== undefined) await setEnabled(tx, id, enabled, now);
      const detail = { fields: Object.keys(change).sort().join(',') };
      await writeAudit(tx, { actor, action: 'webhook_endpoint.changed', subjectId: id, detail }, now);
      const after = await readEndpoint(tx, id);
      return after && this.endpointOf(facilityId, after, now);
    });
  }

  /** Nothing more is sent, and its address and secrets are gone. @returns false for one that is not there */
  remove({ facilityId, actor, now }: WebhookActing, id: string): Promise<boolean> {
    return this.database.inFacility(facilityId, async (tx) => {
      const [, removed] = await tx.manager.query<[unknown, number]>(
        'UPDATE webhook_endpoint SET deleted_at = $2, url = NULL, secrets = NULL WHERE id = $1 AND deleted_at IS NULL',
        [id, now],
      );
      if (removed !== 1) return false;
      await writeAudit(tx, { actor, action: 'webhook_endpoint.removed', subjectId: id }, now);
      return true;
    });
  }

  /** Signs by a fresh secret, and for the overlap by the former one too. */
  rotate(
    { facilityId, actor, now }: WebhookActing,
    id: string,
    overlapHours: number,
  ): Promise<{ endpoint: WebhookEndpoint; secret: string } | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const before = await readEndpoint(tx, id, 'FOR NO KEY UPDATE');
      if (!before) return undefined;
      const sealed = sealedEndpoint(this.cipher, facilityId, id);
      const ends = new Date(now.getTime() + overlapHours * hourMs).toISOString();
      const former = liveSecrets(sealed, before.secrets, now).map(({ secret, until }) => ({
        secret,
        until: until !== undefined && until < ends ? until : ends,
      }));
      const secret = newWebhookSecret();
      const kept = [{ secret }, ...(overlapHours > 0 ? former : [])].slice(0, mostSecrets);
      const secrets = sealed.sealJson('secrets', kept) ?? before.secrets;
      await tx.manager.query('UPDATE webhook_endpoint SET secrets = $2 WHERE id = $1', [id, secrets]);
      const detail = { overlapHours };
      await writeAudit(tx, { actor, action: 'webhook_endpoint.secret_rotated', subjectId: id, detail }, now);
      return { endpoint: this.endpointOf(facilityId, { ...before, secrets }, now), secret };
    });
  }

  private endpointOf(facilityId: string, row: Row, now: Date): WebhookEndpoint {
    const { id, recipient, events, createdAt, disabledAt, disabledBecause, failingSince } = row;
    const sealed = sealedEndpoint(this.cipher, facilityId, id);
    const [, former] = liveSecrets(sealed, row.secrets, now);
    return {
      id,
      url: sealed.open('url', row.url) ?? '',
      recipient,
      events,
      createdAt,
      ...(disabledAt && disabledBecause ? { disabled: { at: disabledAt, because: disabledBecause } } : {}),
      ...(failingSince ? { failingSince } : {}),
      ...(former?.until ? { formerSecretUntil: new Date(former.until) } : {}),
    };
  }
}

export function sealedEndpoint(cipher: FieldCipher, facilityId: string, id: string): SealedRow {
  return new SealedRow(cipher, facilityId, 'webhook_endpoint', id);
}

/** The secrets that sign now, newest first. */
export function liveSecrets(sealed: SealedRow, bytes: Buffer | null, now: Date): Secret[] {
  const secrets = sealed.openJson<Secret[]>('secrets', bytes) ?? [];
  return secrets.filter(({ until }) => until === undefined || new Date(until) > now);
}

async function readEndpoint(
  { manager }: FacilityTransaction,
  id: string,
  lock: '' | 'FOR NO KEY UPDATE' = '',
): Promise<Row | undefined> {
  const [row] = await manager.query<Row[]>(
    `SELECT ${columns} FROM webhook_endpoint WHERE id = $1 AND deleted_at IS NULL ${lock}`,
    [id],
  );
  return row;
}

/** One that is enabled again begins with a clean record. */
async function setEnabled({ manager }: FacilityTransaction, id: string, enabled: boolean, now: Date): Promise<void> {
  await manager.query(
    enabled
      ? `UPDATE webhook_endpoint SET disabled_at = NULL, disabled_because = NULL, failing_since = NULL, not_before = NULL
         WHERE id = $1 AND $2::timestamptz IS NOT NULL`
      : `UPDATE webhook_endpoint SET disabled_at = $2, disabled_because = 'asked' WHERE id = $1 AND disabled_at IS NULL`,
    [id, now],
  );
}
