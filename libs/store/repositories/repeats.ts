import type { FieldCipher } from '@openvob/platform';
import type { FacilityTransaction } from '../database';
import { IdempotencyRow } from '../entities';
import { SealedRow } from '../sealed-row';

/** An `Idempotency-Key` with the body that it came with, both hashed; of another route it is another key. */
export interface RepeatedKey {
  readonly keyHash: Buffer;
  readonly bodyHash: Buffer;
}

const keyLifetimeMs = 24 * 60 * 60 * 1000;

/** Recognises requests that are sent again, and keeps the first response to each for a day. */
export class Repeats {
  constructor(private readonly cipher: FieldCipher) {}

  /** False while the first request with this key is under way. */
  async lock(tx: FacilityTransaction, { keyHash }: RepeatedKey): Promise<boolean> {
    const rows = await tx.manager.query<{ locked: boolean }[]>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked',
      [`${tx.facilityId}:${keyHash.toString('hex')}`],
    );
    return rows[0]?.locked === true;
  }

  /** The response to the first request with this key; undefined for a key that is new, or older than a day. */
  async earlier(
    tx: FacilityTransaction,
    { keyHash, bodyHash }: RepeatedKey,
    now: Date,
  ): Promise<{ kind: 'repeated'; response: string } | { kind: 'key_reused' } | undefined> {
    const where = { facilityId: tx.facilityId, keyHash };
    const row = await tx.manager.findOneBy(IdempotencyRow, where);
    if (!row) return undefined;
    if (now.getTime() - row.createdAt.getTime() >= keyLifetimeMs) {
      await tx.manager.delete(IdempotencyRow, where);
      return undefined;
    }
    if (!row.bodyHash.equals(bodyHash)) return { kind: 'key_reused' };
    return { kind: 'repeated', response: this.sealed(tx, keyHash).open('response', row.response) ?? '' };
  }

  async remember(
    tx: FacilityTransaction,
    { keyHash, bodyHash }: RepeatedKey,
    { verificationId, response, now }: { verificationId: string; response: string; now: Date },
  ): Promise<void> {
    const sealed = this.sealed(tx, keyHash).seal('response', response);
    if (!sealed) throw new Error('A response was not sealed');
    const facilityId = tx.facilityId;
    await tx.manager.insert(IdempotencyRow, {
      facilityId,
      keyHash,
      bodyHash,
      verificationId,
      response: sealed,
      createdAt: now,
    });
  }

  private sealed(tx: FacilityTransaction, keyHash: Buffer): SealedRow {
    return new SealedRow(this.cipher, tx.facilityId, 'idempotency_record', keyHash.toString('hex'));
  }
}
