import type { Count } from '@openvob/platform';
import type { Database } from '../database';

export interface WorkerReport {
  workerId: string;
  startedAt: Date;
  at: Date;
  /** What was counted since the last report. */
  counts: readonly Count[];
}

/** A process that said nothing for so long is gone. */
export const workerGoneAfterMs = 30_000;
const forgottenAfterMs = 24 * 3_600_000;

/** What worker processes say of themselves: that they live, and how far their counters grew. */
export class WorkerReports {
  constructor(private readonly database: Database) {}

  async report({ workerId, startedAt, at, counts }: WorkerReport): Promise<void> {
    await this.database.directory.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO worker_process (id, started_at, seen_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET seen_at = EXCLUDED.seen_at`,
        [workerId, startedAt, at],
      );
      if (counts.length === 0) return;
      // In one order, so that two reports at once wait for each other instead of locking each other out.
      await manager.query(
        `INSERT INTO worker_tally (metric, labels, value)
         SELECT metric, labels, value FROM jsonb_to_recordset($1) AS given (metric text, labels jsonb, value double precision)
         ORDER BY metric, labels
         ON CONFLICT (metric, labels) DO UPDATE SET value = worker_tally.value + EXCLUDED.value`,
        [JSON.stringify(counts)],
      );
    });
  }

  /** Says good-bye, and clears away those that long ago ended without. */
  async gone(workerId: string, now: Date): Promise<void> {
    const forgotten = new Date(now.getTime() - forgottenAfterMs);
    await this.database.directory.query('DELETE FROM worker_process WHERE id = $1 OR seen_at < $2', [
      workerId,
      forgotten,
    ]);
  }
}
