import type { AdmissionRequest, Priority } from '@openvob/intake';
import { type FieldCipher, newId } from '@openvob/platform';
import type { VerificationView } from '@openvob/results';
import { IsNull, type QueryDeepPartialEntity } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { FacilityRow, IdempotencyRow, IntakeDeliveryRow, ProgramRow, VerificationRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { referenceColumns } from './amendment';
import { type Actor, writeAuditLines } from './audit';
import type { VerificationReader } from './verification-reader';

/** How a repeated request is recognised: an API caller's key with its body, or a website's message id. */
export type Repeat =
  | { kind: 'idempotency_key'; keyHash: Buffer; bodyHash: Buffer }
  | { kind: 'intake_delivery'; sourceId: string; messageHash: Buffer };

/** A request as it becomes a verification. */
export interface NewVerification {
  actor: Actor;
  request: AdmissionRequest;
  priority: Priority;
  /** It came in a file: it is worked in the bulk lane. */
  batchId?: string;
}

export interface Acceptance extends NewVerification {
  facilityId: string;
  repeat: Repeat;
  /** The response's text, from the new row; kept so that a repeat gets the same bytes. */
  respond(view: VerificationView): string;
  now: Date;
}

export type Accepted =
  | { kind: 'accepted'; verificationId: string; round: number; response: string }
  | { kind: 'repeated'; verificationId: string; response: string }
  | { kind: 'in_progress' }
  | { kind: 'key_reused' };

const keyLifetimeMs = 24 * 60 * 60 * 1000;

/** Takes requests in: one transaction holds the row, its patient data, its audit line and the recognition of repeats. */
export class VerificationIntake {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly reader: VerificationReader,
  ) {}

  /** The response of an earlier request with this key, when there is one, before anything else is looked at. */
  accept(acceptance: Acceptance): Promise<Accepted> {
    return this.database.inFacility(acceptance.facilityId, async (tx) => {
      if (!(await this.lock(tx, acceptance.repeat))) return { kind: 'in_progress' };
      const earlier = await this.earlier(tx, acceptance);
      if (earlier) return earlier;
      const [id = ''] = await this.insertAll(tx, [acceptance], acceptance.now);
      const view = await this.reader.view(tx, await tx.manager.findOneByOrFail(VerificationRow, { id }));
      const response = acceptance.respond(view);
      await this.remember(tx, acceptance, view, response);
      return { kind: 'accepted', verificationId: view.id, round: 1, response };
    });
  }

  /** The repeat of a request that was already accepted; asked before a body is refused, since a repeat may carry any body. */
  repeated(facilityId: string, repeat: Repeat, now: Date): Promise<Accepted | undefined> {
    return this.database.inFacility(facilityId, (tx) => this.earlier(tx, { facilityId, repeat, now }));
  }

  facility(facilityId: string): Promise<{ id: string; timeZone: string }> {
    return this.database.inFacility(facilityId, ({ manager }) =>
      manager.findOneByOrFail(FacilityRow, { id: facilityId }),
    );
  }

  hasProgram(facilityId: string, programId: string): Promise<boolean> {
    return this.database.inFacility(facilityId, ({ manager }) =>
      manager.existsBy(ProgramRow, { id: programId, withdrawnAt: IsNull() }),
    );
  }

  private async lock(tx: FacilityTransaction, repeat: Repeat): Promise<boolean> {
    const name =
      repeat.kind === 'idempotency_key'
        ? `${tx.facilityId}:${repeat.keyHash.toString('hex')}`
        : `${repeat.sourceId}:${repeat.messageHash.toString('hex')}`;
    if (repeat.kind === 'intake_delivery') {
      await tx.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
      return true;
    }
    const rows = await tx.manager.query<{ locked: boolean }[]>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked',
      [name],
    );
    return rows[0]?.locked === true;
  }

  private earlier(
    tx: FacilityTransaction,
    asked: Pick<Acceptance, 'facilityId' | 'repeat' | 'now'>,
  ): Promise<Accepted | undefined> {
    return asked.repeat.kind === 'idempotency_key'
      ? this.earlierKey(tx, asked.repeat, asked.now)
      : this.earlierDelivery(tx, asked.repeat);
  }

  private async earlierKey(
    tx: FacilityTransaction,
    repeat: Extract<Repeat, { kind: 'idempotency_key' }>,
    now: Date,
  ): Promise<Accepted | undefined> {
    const where = { facilityId: tx.facilityId, keyHash: repeat.keyHash };
    const row = await tx.manager.findOneBy(IdempotencyRow, where);
    if (!row) return undefined;
    if (now.getTime() - row.createdAt.getTime() >= keyLifetimeMs) {
      await tx.manager.delete(IdempotencyRow, where);
      return undefined;
    }
    if (!row.bodyHash.equals(repeat.bodyHash)) return { kind: 'key_reused' };
    const sealed = new SealedRow(this.cipher, tx.facilityId, 'idempotency_record', row.keyHash.toString('hex'));
    return {
      kind: 'repeated',
      verificationId: row.verificationId,
      response: sealed.open('response', row.response) ?? '',
    };
  }

  private async earlierDelivery(
    tx: FacilityTransaction,
    repeat: Extract<Repeat, { kind: 'intake_delivery' }>,
  ): Promise<Accepted | undefined> {
    const row = await tx.manager.findOneBy(IntakeDeliveryRow, {
      sourceId: repeat.sourceId,
      messageHash: repeat.messageHash,
    });
    if (!row) return undefined;
    return {
      kind: 'repeated',
      verificationId: row.verificationId,
      response: JSON.stringify({ id: row.verificationId, status: row.firstStatus }),
    };
  }

  /** The rows of requests with their audit lines, in the caller's transaction. @returns the verifications' ids */
  async insertAll(tx: FacilityTransaction, accepted: readonly NewVerification[], now: Date): Promise<string[]> {
    const rows = accepted.map((one) => ({ ...one, verificationId: newId('ver', now) }));
    if (rows.length === 0) return [];
    await tx.manager.insert(
      VerificationRow,
      rows.map((row) => this.toRow(tx.facilityId, row, now)),
    );
    await this.reader.requests.insertAll(tx, rows, now);
    const lines = rows.map(({ actor, verificationId, batchId }) => ({
      actor,
      action: 'verification.requested',
      subjectId: verificationId,
      detail: batchId === undefined ? {} : { batch: batchId },
    }));
    await writeAuditLines(tx, lines, now);
    return rows.map(({ verificationId }) => verificationId);
  }

  private toRow(
    facilityId: string,
    { verificationId, request, priority, batchId }: NewVerification & { verificationId: string },
    now: Date,
  ): QueryDeepPartialEntity<VerificationRow> {
    return {
      id: verificationId,
      facilityId,
      version: 1,
      round: 1,
      status: 'received',
      reason: null,
      needs: [],
      ...referenceColumns(this.cipher, { facilityId, id: verificationId }, request.reference),
      priority,
      ...(batchId === undefined ? {} : { bulk: true, batchId }),
      neededBy: request.neededBy ? new Date(request.neededBy) : null,
      programId: request.program?.id ?? null,
      startDate: request.admission.startDate ?? null,
      attempts: 0,
      nextLookAt: now,
      createdAt: now,
      updatedAt: now,
    };
  }

  private async remember(
    tx: FacilityTransaction,
    { repeat, now }: Acceptance,
    view: VerificationView,
    response: string,
  ): Promise<void> {
    if (repeat.kind === 'intake_delivery') {
      const delivery = { sourceId: repeat.sourceId, messageHash: repeat.messageHash, facilityId: tx.facilityId };
      await tx.manager.insert(IntakeDeliveryRow, {
        ...delivery,
        verificationId: view.id,
        firstStatus: view.status,
        receivedAt: now,
      });
      return;
    }
    const sealed = new SealedRow(this.cipher, tx.facilityId, 'idempotency_record', repeat.keyHash.toString('hex'));
    await tx.manager.insert(IdempotencyRow, {
      facilityId: tx.facilityId,
      keyHash: repeat.keyHash,
      bodyHash: repeat.bodyHash,
      verificationId: view.id,
      response: sealed.seal('response', response) ?? Buffer.alloc(0),
      createdAt: now,
    });
  }
}
