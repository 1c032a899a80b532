import type { Database } from '../database';

/** What a caller asks for out of an allowance of `limit` a window. */
export interface RateRequest {
  key: string;
  wanted: number;
  limit: number;
  windowMs: number;
}

/** Requests of a caller, counted for all processes within a window that begins with the first of them. */
export class RateWindows {
  constructor(private readonly database: Database) {}

  /**
   * Takes what is left of a caller's allowance, in one statement: however many ask at once, no more than `limit` is given within a window.
   *
   * @returns how many of those wanted were given, and when the window ends
   */
  async take({ key, wanted, limit, windowMs }: RateRequest, now: Date): Promise<{ given: number; endsAt: Date }> {
    const at = now.getTime();
    // A window from the future is one whose clock jumped: it begins anew.
    const isOver = 'w.began_at <= $4 OR w.began_at > $5';
    const [row] = await this.database.directory.query<{ used: number; beganAt: Date }[]>(
      `INSERT INTO rate_window AS w (key, began_at, used) VALUES ($1, $2, $3)
       ON CONFLICT (key) DO UPDATE SET began_at = CASE WHEN ${isOver} THEN $2 ELSE w.began_at END,
         used = CASE WHEN ${isOver} THEN $3::integer ELSE least(w.used, $6::integer) + $3 END
       RETURNING used, began_at AS "beganAt"`,
      [key, now, wanted, new Date(at - windowMs), new Date(at + windowMs), limit],
    );
    if (!row) throw new Error('An upsert gives its row back');
    const left = limit - (row.used - wanted);
    return { given: Math.max(0, Math.min(wanted, left)), endsAt: new Date(row.beganAt.getTime() + windowMs) };
  }

  /** Removes windows that began before then. */
  async forget(before: Date): Promise<void> {
    await this.database.directory.query('DELETE FROM rate_window WHERE began_at < $1', [before]);
  }
}
