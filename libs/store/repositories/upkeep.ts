import type { Lane } from '@openvob/intake';
import { In } from 'typeorm';
import type { Database } from '../database';
import { VerificationRow } from '../entities';

/** A row that ought to be looked at, for a job to be made of it. */
export interface DueVerification {
  facilityId: string;
  verificationId: string;
  round: number;
  lane: Lane;
  createdAt: Date;
  neededBy?: Date;
  /** A payer's slot is kept for it. */
  goesFirst?: boolean;
  /** When the claim of a run that died or stood still ended. */
  lapsedAt?: Date;
}

/** What a `DueVerification` is read from. */
export const dueColumns = `facility_id AS "facilityId", id AS "verificationId", round,
  CASE WHEN bulk THEN 'bulk' ELSE priority END AS lane, created_at AS "createdAt", needed_by AS "neededBy"`;

/** What the rows that are due are put in order by, beside what is told of them. */
const placed = 'facility_id, id, round, bulk, priority, created_at, needed_by, status, next_look_at, lease_until';

/** What such a row says; NULL is left out. */
export function dueOf({
  neededBy,
  lapsedAt,
  ...due
}: Omit<DueVerification, 'neededBy' | 'lapsedAt'> & {
  neededBy?: Date | null;
  lapsedAt?: Date | null;
}): DueVerification {
  return { ...due, ...(neededBy ? { neededBy } : {}), ...(lapsedAt ? { lapsedAt } : {}) };
}

/** True of rows whose time came before `$1`, claims that hold left alone. */
export const isDue = `next_look_at <= $1 AND (status <> 'asking_payer' OR NOT coalesce(lease_until > $1, false))`;

/** Among so many times as many of the oldest rows as are wanted the facilities take turns. */
const shared = 20;

/** What keeps the queue and the rows together: the row says when to look, the queue only helps to look in time. */
export class Upkeep {
  constructor(private readonly database: Database) {}

  /**
   * Rows whose time to be looked at passed `lateByMs` ago: their job is gone, or late. Bulk work behind all others, and of each the facilities in turn, the
   * oldest of each first, so that one with thousands holds up no other.
   */
  async due(now: Date, lateByMs: number, limit: number): Promise<DueVerification[]> {
    const before = new Date(now.getTime() - lateByMs);
    const rows = await this.database.forUpkeep((manager) =>
      manager.query<DueVerification[]>(
        `SELECT ${dueColumns}, CASE WHEN status = 'asking_payer' THEN lease_until END AS "lapsedAt"
         FROM (SELECT oldest.*, row_number() OVER (PARTITION BY bulk, facility_id ORDER BY next_look_at, id) AS place
               FROM (SELECT ${placed} FROM verification WHERE ${isDue} ORDER BY bulk, next_look_at, id LIMIT $3) AS oldest) AS placed
         ORDER BY bulk, place, next_look_at, id LIMIT $2`,
        [before, limit, shared * limit],
      ),
    );
    return rows.map(dueOf);
  }

  /** After jobs were made of many rows that had none before. */
  async allEnqueued(
    facilityId: string,
    verificationIds: readonly string[],
    now: Date,
    lookAgainAfterMs: number,
  ): Promise<void> {
    const nextLookAt = new Date(now.getTime() + lookAgainAfterMs);
    await this.database.inFacility(facilityId, ({ manager }) =>
      manager.update(
        VerificationRow,
        { id: In([...verificationIds]), round: 1, status: 'received' },
        { status: 'queued', nextLookAt, updatedAt: now, version: () => 'version + 1' },
      ),
    );
  }

  /**
   * How many of a facility are queued in a lane and needed no later than then, for it to share the lane with others. Looks at no more than the latest
   * two thousand: who has more than that waits behind everybody else either way.
   */
  ahead(of: Pick<DueVerification, 'facilityId' | 'lane'>, neededAt: Date, usualPatienceMs: number): Promise<number> {
    return this.database.inFacility(of.facilityId, async ({ manager }) => {
      const [row] = await manager.query<{ count: number }[]>(
        `SELECT count(*) FILTER (WHERE coalesce(needed_by, created_at + make_interval(secs => $3)) <= $2)::integer AS count
         FROM (SELECT needed_by, created_at FROM verification
               WHERE status = 'queued' AND CASE WHEN bulk THEN 'bulk' ELSE priority END = $1
               ORDER BY created_at DESC, id DESC LIMIT 2000) AS latest`,
        [of.lane, neededAt, usualPatienceMs / 1000],
      );
      return row?.count ?? 0;
    });
  }

  /** After a job was made: the row is queued, and looked after again later should that job be lost too. */
  async enqueued(
    due: Pick<DueVerification, 'facilityId' | 'verificationId' | 'round'>,
    now: Date,
    lookAgainAfterMs: number,
  ): Promise<void> {
    await this.database.inFacility(due.facilityId, async ({ manager }) => {
      const nextLookAt = new Date(now.getTime() + lookAgainAfterMs);
      const fresh = { id: due.verificationId, round: due.round, status: 'received' };
      const queued = await manager.update(VerificationRow, fresh, {
        status: 'queued',
        nextLookAt,
        updatedAt: now,
        version: () => 'version + 1',
      });
      if (queued.affected === 1) return;
      await manager.update(
        VerificationRow,
        { id: due.verificationId, round: due.round, status: 'queued' },
        { nextLookAt },
      );
    });
  }
}
