import type { Mail } from '@openvob/access';
import { type FieldCipher, newId } from '@openvob/platform';
import type { EntityManager } from 'typeorm';
import type { Database } from '../database';
import { installation } from '../keys/data-key-rows';
import { SealedRow } from '../sealed-row';

/** A mail that is due, held for this process until it says how it went. */
export interface DueMail extends Mail {
  id: string;
  /** The one under way included. */
  tries: number;
}

/** Mail waits as rows, written in the transaction that it tells about, until it is sent. */
export class OutgoingMail {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Writes the mails in the caller's transaction. */
  async put(manager: EntityManager, mails: readonly Mail[], now: Date): Promise<void> {
    for (const mail of mails) {
      const id = newId('eml', now);
      await manager.query(
        `INSERT INTO outgoing_mail (id, kind, content, created_at, next_try_at) VALUES ($1, $2, $3, $4, $4)`,
        [id, mail.kind, this.sealed(id).sealJson('content', mail), now],
      );
    }
  }

  /**
   * Takes mails that are due; others leave them alone until `heldUntil`.
   *
   * @returns oldest first, at most `limit`
   */
  take(now: Date, heldUntil: Date, limit: number): Promise<DueMail[]> {
    return this.database.directory.transaction(async (manager) => {
      const [rows] = await manager.query<[{ id: string; content: Buffer; tries: number }[], number]>(
        `UPDATE outgoing_mail SET tries = tries + 1, next_try_at = $2 WHERE id IN (
           SELECT id FROM outgoing_mail WHERE next_try_at <= $1 ORDER BY next_try_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING id, content, tries`,
        [now, heldUntil, limit],
      );
      return rows.flatMap(({ id, content, tries }) => {
        const mail = this.sealed(id).openJson<Mail>('content', content);
        return mail ? [{ ...mail, id, tries }] : [];
      });
    });
  }

  /** Its content goes: it may hold a link. */
  async sent(id: string, now: Date): Promise<void> {
    await this.database.directory.query(
      'UPDATE outgoing_mail SET sent_at = $2, next_try_at = NULL, content = NULL, fault = NULL WHERE id = $1',
      [id, now],
    );
  }

  /** @param nextTryAt left out to give it up */
  async failed(id: string, fault: string, nextTryAt: Date | undefined): Promise<void> {
    await this.database.directory.query(
      `UPDATE outgoing_mail SET fault = $2, next_try_at = $3, content = CASE WHEN $3::timestamptz IS NULL THEN NULL ELSE content END
       WHERE id = $1`,
      [id, fault, nextTryAt ?? null],
    );
  }

  /** Removes what was settled before then. */
  async forget(before: Date): Promise<void> {
    await this.database.directory.query('DELETE FROM outgoing_mail WHERE created_at < $1 AND next_try_at IS NULL', [
      before,
    ]);
  }

  private sealed(id: string): SealedRow {
    return new SealedRow(this.cipher, installation, 'outgoing_mail', id);
  }
}
