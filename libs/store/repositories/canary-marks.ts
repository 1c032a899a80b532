import type { CanaryMark } from '@openvob/queue';
import type { Database } from '../database';

/** Canaries of the lanes as rows: sent by one process at a time, seen by any. */
export class StoredCanaryMarks {
  constructor(private readonly database: Database) {}

  async claim(lane: string, now: Date, everyMs: number): Promise<boolean> {
    // A little early is in time: timers of several processes never meet exactly.
    const before = new Date(now.getTime() - everyMs * 0.9);
    const rows = await this.database.directory.query<unknown[]>(
      `INSERT INTO canary (lane, sent_at) VALUES ($1, $2)
       ON CONFLICT (lane) DO UPDATE SET sent_at = EXCLUDED.sent_at WHERE canary.sent_at <= $3 RETURNING lane`,
      [lane, now, before],
    );
    return rows.length > 0;
  }

  async seen({ lane, sentAt, seenAt }: CanaryMark): Promise<void> {
    await this.database.directory.query(
      `UPDATE canary SET seen_sent_at = $2, seen_at = $3 WHERE lane = $1 AND (seen_sent_at IS NULL OR seen_sent_at < $2)`,
      [lane, sentAt, seenAt],
    );
  }

  read(): Promise<CanaryMark[]> {
    return this.database.directory.query<CanaryMark[]>(
      `SELECT lane, seen_sent_at AS "sentAt", seen_at AS "seenAt" FROM canary WHERE seen_at IS NOT NULL`,
    );
  }
}
