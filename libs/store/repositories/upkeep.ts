import type { Priority } from '@openvob/intake';
import type { Database } from '../database';
import { VerificationRow } from '../entities';

/** A row that ought to be looked at, for a job to be made of it. */
export interface DueVerification {
  facilityId: string;
  verificationId: string;
  round: number;
  priority: Priority;
}

/** What keeps the queue and the rows together: the row says when to look, the queue only helps to look in time. */
export class Upkeep {
  constructor(private readonly database: Database) {}

  /** Rows whose time to be looked at passed `lateByMs` ago: their job is gone, or late. Oldest first. */
  due(now: Date, lateByMs: number, limit: number): Promise<DueVerification[]> {
    const before = new Date(now.getTime() - lateByMs);
    return this.database.forUpkeep((manager) =>
      manager.query<DueVerification[]>(
        `SELECT facility_id AS "facilityId", id AS "verificationId", round, priority FROM verification
         WHERE next_look_at <= $1 ORDER BY next_look_at, id LIMIT $2`,
        [before, limit],
      ),
    );
  }

  /** After a job was made: the row is queued, and looked after again later should that job be lost too. */
  async enqueued(due: DueVerification, now: Date, lookAgainAfterMs: number): Promise<void> {
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
