import { type Mail, webhookDisabledMail } from '@openvob/access';
import type {
  Claimed,
  DueDelivery,
  HeldDelivery,
  TryReport,
  WebhookEvent,
  WebhookEventType,
  WebhookOutbox,
} from '@openvob/notifications';
import type { FieldCipher } from '@openvob/platform';
import type { Database, FacilityTransaction } from '../database';
import { OutgoingMail } from '../people/outgoing-mail';
import { type Actor, writeAudit } from '../repositories/audit';
import { writeDisclosure } from '../repositories/disclosures';
import { type KeptAttempt, sealedDelivery } from './deliveries';
import { liveSecrets, sealedEndpoint } from './endpoints';
import { groundOf } from './ground';

/** An endpoint at which every try failed for so long is disabled. */
const failsForMs = 5 * 24 * 3_600_000;
/** Tries that are kept of a delivery, the latest. */
const mostAttempts = 30;

const worker: Actor = { kind: 'worker', id: 'webhooks' };

const due = `SELECT d.id, e.facility_id AS "facilityId", e.id AS "endpointId", e.failing_since IS NOT NULL AS "isFailing"
  FROM webhook_endpoint e CROSS JOIN LATERAL (
    SELECT id, next_try_at FROM webhook_delivery WHERE endpoint_id = e.id AND next_try_at <= $1
    ORDER BY next_try_at LIMIT CASE WHEN e.failing_since IS NULL THEN $2::integer ELSE $3::integer END) d
  WHERE e.disabled_at IS NULL AND e.deleted_at IS NULL AND (e.not_before IS NULL OR e.not_before <= $1) ORDER BY d.next_try_at`;

/** As whoever revokes, moves or erases does: the verification first, then what hangs on it. Else two could wait for each other. */
const lockedVerification = `SELECT FROM verification v JOIN webhook_delivery d ON d.verification_id = v.id WHERE d.id = $1 FOR KEY SHARE OF v`;

const held = `UPDATE webhook_delivery d SET next_try_at = $3 FROM webhook_endpoint e, webhook_event v
  WHERE d.id = $1 AND d.next_try_at <= $2 AND e.id = d.endpoint_id AND v.id = d.event_id
    AND e.disabled_at IS NULL AND e.deleted_at IS NULL AND (e.not_before IS NULL OR e.not_before <= $2)
  RETURNING e.recipient, e.url, e.secrets, v.id AS "eventId", v.type, v.at, v.verification_id AS "verificationId", v.status, v.round,
    v.version, d.tries, d.disclosed_under AS "disclosedUnder"`;

const settled = `UPDATE webhook_delivery SET state = $2, next_try_at = $3, settled_at = $4, response = $5, tries = tries + 1,
  attempts = (CASE WHEN jsonb_array_length(attempts) >= ${mostAttempts} THEN attempts - 0 ELSE attempts END) || $6::jsonb
  WHERE id = $1 AND state = 'pending' RETURNING id`;

const wellAgain = `UPDATE webhook_endpoint SET failing_since = NULL, not_before = NULL
  WHERE id = $1 AND (failing_since IS NOT NULL OR not_before IS NOT NULL)`;

const failing = `UPDATE webhook_endpoint SET failing_since = coalesce(failing_since, $2), not_before = greatest(not_before, $3)
  WHERE id = $1 RETURNING failing_since AS "failingSince"`;

const disabled = `UPDATE webhook_endpoint SET disabled_at = $2, disabled_because = $3
  WHERE id = $1 AND disabled_at IS NULL AND deleted_at IS NULL RETURNING recipient`;

const administrators = `SELECT p.email, p.name, f.name AS "facilityName" FROM membership m JOIN person p ON p.id = m.person_id
  JOIN facility f ON f.id = m.facility_id
  WHERE m.facility_id = $1 AND m.role = 'admin' AND m.accepted_at IS NOT NULL AND m.ended_at IS NULL ORDER BY p.email`;

interface HeldRow {
  recipient: string;
  url: Buffer | null;
  secrets: Buffer | null;
  eventId: string;
  type: WebhookEventType;
  at: Date;
  verificationId: string | null;
  status: string;
  round: number;
  version: number;
  tries: number;
  disclosedUnder: string | null;
}

/** Deliveries as rows: written by the database in the transaction of each move, held for a try, settled by its report. */
export class StoredWebhookOutbox implements WebhookOutbox {
  private readonly mail: OutgoingMail;

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    this.mail = new OutgoingMail(database, cipher);
  }

  due(now: Date, atOnce: { well: number; failing: number }): Promise<DueDelivery[]> {
    const values = [now, atOnce.well, atOnce.failing];
    return this.database.forUpkeep((manager) => manager.query<DueDelivery[]>(due, values));
  }

  claim({ id, facilityId, endpointId }: DueDelivery, now: Date, heldUntil: Date): Promise<Claimed> {
    return this.database.inFacility(facilityId, async (tx) => {
      await tx.manager.query(lockedVerification, [id]);
      const [[row]] = await tx.manager.query<[HeldRow[], number]>(held, [id, now, heldUntil]);
      if (!row) return { kind: 'taken' };
      const sealed = sealedEndpoint(this.cipher, facilityId, endpointId);
      const url = sealed.open('url', row.url);
      if (url === undefined) return { kind: 'taken' };
      const may = row.verificationId === null ? { needsNotice: false } : await this.disclose(tx, id, row, now);
      if (!may) return this.withhold(tx, id, row, now);
      const secrets = liveSecrets(sealed, row.secrets, now).map(({ secret }) => secret);
      return { kind: 'held', url, secrets, event: eventOf(row), tries: row.tries, ...may };
    });
  }

  record({ id, facilityId, endpointId }: DueDelivery, report: TryReport, now: Date): Promise<Disabled | undefined> {
    const { attempt, step } = report;
    const text = attempt.kind === 'answered' ? attempt.text : undefined;
    return this.database.inFacility(facilityId, async (tx) => {
      const isPending = step.state === 'pending';
      const [rows] = await tx.manager.query<[unknown[], number]>(settled, [
        ...[id, step.state, isPending ? new Date(now.getTime() + step.afterMs) : null, isPending ? null : now],
        ...[sealedDelivery(this.cipher, facilityId, id).seal('response', text), JSON.stringify([keptOf(report)])],
      ]);
      // Removed meanwhile, with its verification.
      if (rows.length === 0) return undefined;
      if (step.state === 'delivered') {
        await tx.manager.query(wellAgain, [endpointId]);
        return undefined;
      }
      return this.afterFailure(tx, endpointId, report, now);
    });
  }

  /** What is not on the account does not leave; one delivery is one line, however often it is tried under the same consent. */
  private async disclose(
    tx: FacilityTransaction,
    id: string,
    { verificationId, recipient, disclosedUnder }: HeldRow,
    now: Date,
  ): Promise<Pick<HeldDelivery, 'needsNotice'> | undefined> {
    if (verificationId === null) return undefined;
    const ground = await groundOf(tx, this.cipher, verificationId, now);
    if (!ground) return undefined;
    const under = ground.consentId ?? 'none';
    if (under !== disclosedUnder) {
      const what = { recipient, purpose: 'operations', what: ['verification_status'], subjectId: id, by: worker.id };
      await writeDisclosure(tx, this.cipher, { verificationId, how: 'webhook', ...ground, ...what }, now);
      await tx.manager.query('UPDATE webhook_delivery SET disclosed_under = $2 WHERE id = $1', [id, under]);
    }
    return { needsNotice: ground.notice !== 'none' };
  }

  private async withhold(tx: FacilityTransaction, id: string, row: HeldRow, now: Date): Promise<Claimed> {
    await tx.manager.query(
      `UPDATE webhook_delivery SET state = 'withheld', next_try_at = NULL, settled_at = $2 WHERE id = $1`,
      [id, now],
    );
    const detail = { delivery: id, why: 'no_live_consent' };
    const subjectId = row.verificationId ?? id;
    await writeAudit(tx, { actor: worker, action: 'disclosure.refused', subjectId, detail }, now);
    return { kind: 'withheld' };
  }

  private async afterFailure(
    tx: FacilityTransaction,
    endpointId: string,
    { attempt, step }: TryReport,
    now: Date,
  ): Promise<Disabled | undefined> {
    const askedForMs = attempt.kind === 'answered' ? attempt.retryAfterMs : undefined;
    const notBefore = askedForMs === undefined ? null : new Date(now.getTime() + askedForMs);
    const [[row]] = await tx.manager.query<[{ failingSince: Date }[], number]>(failing, [endpointId, now, notBefore]);
    if (step.state === 'failed' && step.because === 'gone') return this.disable(tx, endpointId, 'gone', now);
    const failsSince = row?.failingSince ?? now;
    return now.getTime() - failsSince.getTime() >= failsForMs
      ? this.disable(tx, endpointId, 'failing', now)
      : undefined;
  }

  private async disable(
    tx: FacilityTransaction,
    endpointId: string,
    because: Disabled,
    now: Date,
  ): Promise<Disabled | undefined> {
    const [[row]] = await tx.manager.query<[{ recipient: string }[], number]>(disabled, [endpointId, now, because]);
    if (!row) return undefined;
    const line = { actor: worker, action: 'webhook_endpoint.disabled', subjectId: endpointId, detail: { because } };
    await writeAudit(tx, line, now);
    await this.mail.put(tx.manager, await this.notices(tx, row.recipient, because, now), now);
    return because;
  }

  private async notices(tx: FacilityTransaction, recipient: string, because: Disabled, at: Date): Promise<Mail[]> {
    const people = await tx.manager.query<{ email: string; name: string; facilityName: string }[]>(administrators, [
      tx.facilityId,
    ]);
    return people.map(({ facilityName, ...to }) => webhookDisabledMail(to, { facilityName, recipient, because, at }));
  }
}

type Disabled = 'gone' | 'failing';

function eventOf({ eventId, type, at, verificationId, status, round, version }: HeldRow): WebhookEvent {
  const verification = verificationId === null ? {} : { verification: { id: verificationId, status, round, version } };
  return { id: eventId, type, at, ...verification };
}

function keptOf({ at, durationMs, attempt }: TryReport): KeptAttempt {
  const how = attempt.kind === 'answered' ? { status: attempt.status } : { failure: attempt.why };
  return { at: at.toISOString(), durationMs, ...how };
}
