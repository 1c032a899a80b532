import { type FieldCipher, newId } from '@openvob/platform';
import { LessThan } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { DraftRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { type Actor, writeAudit } from './audit';
import { draftKeptMs, removeDraftsAbout } from './drafts';

/** How long a facility keeps what rests. */
export interface RetentionPolicy {
  /** Days since a verification last changed; without it nothing is removed. */
  keepDays?: number;
}

/** What a purge would take, or took. */
export interface RetentionReport {
  verifications: number;
  /** Last change of the oldest. */
  oldest?: string;
  /** Kept although they are old enough. */
  held: number;
}

interface Who {
  facilityId: string;
  actor: Actor;
  now: Date;
}

const dayMs = 86_400_000;

/** What is under way is never removed, whatever its age. */
const resting = `status IN ('needs_information', 'needs_consent', 'needs_call', 'verified', 'inactive', 'not_found', 'failed', 'cancelled')`;
const isHeld = 'EXISTS (SELECT FROM legal_hold h WHERE h.verification_id = v.id AND h.lifted_at IS NULL)';

const removedByKeeper: readonly string[] = [
  ...['webhook_delivery', 'webhook_event'],
  ...['verification_note', 'call_review', 'call_record'],
  ...['authorization_record', 'attendance_record', 'remittance_record', 'ground', 'result'],
  ...['inquiry', 'consent', 'coverage', 'admission_request', 'idempotency_record', 'intake_delivery', 'batch_row'],
  'legal_hold',
];

/** Verifications that are removed in one transaction: short ones, no lock for long. */
export const removedAtOnce = 50;

/** Removed with a verification; a test compares it with what refers to `verification`. */
export const ofVerification: readonly string[] = ['attachment', ...removedByKeeper];

/** Removes what a facility no longer has to keep; the trail and the account of disclosures stay, and count what went. */
export class Retention {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  policy(facilityId: string): Promise<RetentionPolicy> {
    return this.database.inFacility(facilityId, (tx) => policyOf(tx));
  }

  put({ facilityId, actor, now }: Who, { keepDays }: RetentionPolicy): Promise<RetentionPolicy> {
    return this.database.inFacility(facilityId, async (tx) => {
      await tx.manager.query('UPDATE facility SET keep_days = $2 WHERE id = $1', [facilityId, keepDays ?? null]);
      const detail = keepDays === undefined ? {} : { keepDays };
      await writeAudit(tx, { actor, action: 'settings.retention_changed', subjectId: facilityId, detail }, now);
      return policyOf(tx);
    });
  }

  /** What the policy, or another one, would remove today. */
  preview({ facilityId, now }: Who, tried?: number): Promise<RetentionReport> {
    return this.database.inFacility(facilityId, async (tx) => {
      const keepDays = tried ?? (await policyOf(tx)).keepDays;
      if (keepDays === undefined) return { verifications: 0, held: 0 };
      const [row] = await tx.manager.query<{ due: number; held: number; oldest: Date | null }[]>(
        `SELECT count(*) FILTER (WHERE NOT ${isHeld})::integer AS due, count(*) FILTER (WHERE ${isHeld})::integer AS held,
           min(updated_at) FILTER (WHERE NOT ${isHeld}) AS oldest
         FROM verification v WHERE ${resting} AND updated_at < $1`,
        [before(now, keepDays)],
      );
      const oldest = row?.oldest?.toISOString();
      return { verifications: row?.due ?? 0, held: row?.held ?? 0, ...(oldest ? { oldest } : {}) };
    });
  }

  /** Removes at most so many verifications that are due, in one short transaction. @returns how many */
  purge(facilityId: string, most: number, now: Date): Promise<number> {
    return this.database.inFacility(facilityId, async (tx) => {
      const { keepDays } = await policyOf(tx);
      if (keepDays === undefined) return 0;
      const rows = await tx.manager.query<{ id: string }[]>(
        `SELECT v.id FROM verification v WHERE ${resting} AND updated_at < $1 AND NOT ${isHeld}
         ORDER BY updated_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [before(now, keepDays), most],
      );
      if (rows.length === 0) return 0;
      const detail = { verifications: rows.length, keepDays };
      const actor = { kind: 'worker', id: 'retention' } as const;
      await writeAudit(tx, { actor, action: 'retention.purged', subjectId: facilityId, detail }, now);
      await removeVerifications(
        tx,
        rows.map(({ id }) => id),
      );
      return rows.length;
    });
  }

  /** Removes forms that were never sent, of people too who do not come back. @returns how many */
  forgetDrafts(facilityId: string, now: Date): Promise<number> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const saved = { savedAt: LessThan(new Date(now.getTime() - draftKeptMs)) };
      const { affected } = await manager.delete(DraftRow, saved);
      return affected ?? 0;
    });
  }

  /** Keeps a verification whatever its age. @returns undefined where there is none; `placed`: false where one was in force */
  hold({ facilityId, actor, now }: Who, verificationId: string, reason: string): Promise<boolean | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      if (!(await isThere(tx, verificationId))) return undefined;
      const id = newId('hld', now);
      const sealed = new SealedRow(this.cipher, facilityId, 'legal_hold', id).seal('reason', reason);
      const placed = await tx.manager.query<unknown[]>(
        `INSERT INTO legal_hold (id, facility_id, verification_id, reason, placed_at, placed_by) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (verification_id) WHERE lifted_at IS NULL DO NOTHING RETURNING id`,
        [id, facilityId, verificationId, sealed, now, actor.id],
      );
      const action = placed.length > 0 ? 'hold.placed' : 'hold.confirmed';
      await writeAudit(tx, { actor, action, subjectId: verificationId }, now);
      return placed.length > 0;
    });
  }

  lift({ facilityId, actor, now }: Who, verificationId: string): Promise<boolean | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      if (!(await isThere(tx, verificationId))) return undefined;
      const [, count] = await tx.manager.query<[unknown, number]>(
        'UPDATE legal_hold SET lifted_at = $2, lifted_by = $3 WHERE verification_id = $1 AND lifted_at IS NULL',
        [verificationId, now, actor.id],
      );
      await writeAudit(tx, { actor, action: 'hold.lifted', subjectId: verificationId, detail: { count } }, now);
      return count > 0;
    });
  }
}

/** Removes verifications and everything that goes with them. */
export async function removeVerifications(tx: FacilityTransaction, ids: readonly string[]): Promise<void> {
  const { manager } = tx;
  await removeDraftsAbout(tx, ids);
  await manager.query('DELETE FROM attachment WHERE verification_id = ANY($1)', [ids]);
  await manager.query('SET LOCAL ROLE openvob_keeper');
  await manager.query(
    'DELETE FROM answer WHERE inquiry_id IN (SELECT id FROM inquiry WHERE verification_id = ANY($1))',
    [ids],
  );
  for (const table of removedByKeeper)
    await manager.query(`DELETE FROM ${table} WHERE verification_id = ANY($1)`, [ids]);
  await manager.query('DELETE FROM verification WHERE id = ANY($1)', [ids]);
  await manager.query('RESET ROLE');
}

async function policyOf({ manager, facilityId }: FacilityTransaction): Promise<RetentionPolicy> {
  const [row] = await manager.query<{ keepDays: number | null }[]>(
    'SELECT keep_days AS "keepDays" FROM facility WHERE id = $1',
    [facilityId],
  );
  return row?.keepDays ? { keepDays: row.keepDays } : {};
}

async function isThere({ manager }: FacilityTransaction, id: string): Promise<boolean> {
  return (await manager.query<unknown[]>('SELECT FROM verification WHERE id = $1', [id])).length > 0;
}

function before(now: Date, days: number): Date {
  return new Date(now.getTime() - days * dayMs);
}
