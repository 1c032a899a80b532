import { delayAfter, type ThrottleKey, throttleMemoryMs } from '@openvob/access';
import type { FieldCipher } from '@openvob/platform';
import type { EntityManager } from 'typeorm';
import type { Database } from '../database';
import { installation } from '../keys/data-key-rows';

interface ThrottleRow {
  failures: number;
  blockedUntil: Date;
}

/** Failed sign-ins, counted for all processes. Keys are keyed hashes: the table tells neither accounts nor addresses. */
export class SignInThrottle {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /**
   * Counts an attempt as failed before it is looked at, so that many at once get no more tries than one after the other.
   *
   * @returns until when nobody is let in; undefined when the attempt may go on
   */
  async reserve(keys: readonly ThrottleKey[], now: Date): Promise<Date | undefined> {
    return this.database.directory.transaction(async (manager) => {
      const rows = await this.locked(manager, keys, now);
      const blocked = rows.map(({ row }) => row.blockedUntil).filter((until) => until > now);
      if (blocked.length > 0) return new Date(Math.max(...blocked.map((until) => until.getTime())));
      for (const { key, hash, row } of rows) {
        const failures = row.failures + 1;
        const delayMs = delayAfter(failures, key.kind);
        const until = delayMs === 0 ? row.blockedUntil : new Date(now.getTime() + delayMs);
        await manager.query(
          'UPDATE sign_in_throttle SET failures = $2, counted_at = $3, blocked_until = $4 WHERE key = $1',
          [hash, failures, now, until],
        );
      }
      return undefined;
    });
  }

  /** The attempt was no failure, nor a success yet: it is counted no more. */
  async release(keys: readonly ThrottleKey[]): Promise<void> {
    await this.database.directory.transaction(async (manager) => uncount(manager, await this.lock(manager, keys)));
  }

  /** The attempt succeeded: its account or device begins anew; its address, which may be an attacker's, only loses this one. */
  async clear(manager: EntityManager, keys: readonly ThrottleKey[]): Promise<void> {
    const counted = await this.lock(manager, keys);
    const addresses = keys.filter(({ kind }) => kind === 'address').map((key) => this.hashOf(key));
    await manager.query('DELETE FROM sign_in_throttle WHERE key = ANY($1) AND NOT key = ANY($2)', [counted, addresses]);
    await uncount(manager, counted);
  }

  /** Removes what has long been quiet. */
  async forget(now: Date): Promise<void> {
    await this.database.directory.query(
      `DELETE FROM sign_in_throttle
       WHERE key IN (SELECT key FROM sign_in_throttle WHERE counted_at < $1 ORDER BY key FOR UPDATE SKIP LOCKED)`,
      [new Date(now.getTime() - throttleMemoryMs)],
    );
  }

  /**
   * In the order in which an attempt locks them, so that no two sign-ins wait for each other.
   *
   * @returns hashes of those that are counted; one that another attempt makes meanwhile is that one's to clear
   */
  private async lock(manager: EntityManager, keys: readonly ThrottleKey[]): Promise<Buffer[]> {
    const rows = await manager.query<{ key: Buffer }[]>(
      'SELECT key FROM sign_in_throttle WHERE key = ANY($1) ORDER BY key FOR UPDATE',
      [keys.map((key) => this.hashOf(key))],
    );
    return rows.map(({ key }) => key);
  }

  /** Rows of the keys, made where missing, locked in the order of their hashes. */
  private async locked(
    manager: EntityManager,
    keys: readonly ThrottleKey[],
    now: Date,
  ): Promise<{ key: ThrottleKey; hash: Buffer; row: ThrottleRow }[]> {
    const hashed = keys.map((key) => ({ key, hash: this.hashOf(key) })).sort((a, b) => a.hash.compare(b.hash));
    const found = [];
    for (const { key, hash } of hashed) {
      const [row] = await manager.query<ThrottleRow[]>(
        `INSERT INTO sign_in_throttle AS t (key, failures, counted_at, blocked_until) VALUES ($1, 0, $2, to_timestamp(0))
         ON CONFLICT (key) DO UPDATE SET failures = CASE WHEN t.counted_at < $3 THEN 0 ELSE t.failures END
         RETURNING failures, blocked_until AS "blockedUntil"`,
        [hash, now, new Date(now.getTime() - throttleMemoryMs)],
      );
      if (row) found.push({ key, hash, row });
    }
    return found;
  }

  private hashOf({ kind, value }: ThrottleKey): Buffer {
    return this.cipher.blindIndex(`throttle_${kind}`, installation, value);
  }
}

async function uncount(manager: EntityManager, hashes: readonly Buffer[]): Promise<void> {
  await manager.query(
    'UPDATE sign_in_throttle SET failures = greatest(failures - 1, 0), blocked_until = to_timestamp(0) WHERE key = ANY($1)',
    [hashes],
  );
}
