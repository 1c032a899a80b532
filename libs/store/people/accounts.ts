import type { AccountChange, Mail } from '@openvob/access';
import type { FieldCipher } from '@openvob/platform';
import type { EntityManager } from 'typeorm';
import type { Database } from '../database';
import type { Actor } from '../repositories/audit';
import { facilitiesOf, sealedPerson } from './account-rows';
import { OutgoingMail } from './outgoing-mail';
import { writePersonAudit } from './person-audit';
import { endSessions } from './sessions';

/** What people change about their own accounts; each change, its line in every facility's trail and its notice in one transaction. */
export class StoredAccounts {
  private readonly mail: OutgoingMail;

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    this.mail = new OutgoingMail(database, cipher);
  }

  /** Ends all other sessions; this one goes on under the new token. */
  setPassword(change: AccountChange, passwordHash: string, now: Date): Promise<boolean> {
    return this.change(change, 'password.changed', now, async (manager) => {
      await setPassword(manager, change.personId, passwordHash, now);
      await endOthers(manager, change, 'password_changed', now);
      return rotate(manager, change);
    });
  }

  /** A secret that counts for nothing until a code of it was shown. @returns false when there is a confirmed one */
  offerTotp(change: AccountChange, secret: string, now: Date): Promise<boolean> {
    const sealed = sealedPerson(this.cipher, change.personId).seal('totp_secret', secret);
    return this.change(change, 'second_factor.offered', now, async (manager) => {
      const [, changed] = await manager.query<[unknown, number]>(
        'UPDATE person SET totp_secret = $2, totp_last_step = 0 WHERE id = $1 AND totp_confirmed_at IS NULL',
        [change.personId, sealed],
      );
      return changed === 1;
    });
  }

  /** The secret that waits for its first code. */
  offeredTotp(personId: string): Promise<string | undefined> {
    return this.database.lookingUp({ personId }, async (manager) => {
      const [row] = await manager.query<{ secret: Buffer | null }[]>(
        'SELECT totp_secret AS secret FROM person WHERE id = $1 AND totp_confirmed_at IS NULL',
        [personId],
      );
      return sealedPerson(this.cipher, personId).open('totp_secret', row?.secret ?? null);
    });
  }

  /** The second factor holds from now on. @returns false when it was confirmed meanwhile */
  confirmTotp(change: AccountChange, step: number, codes: readonly Buffer[], now: Date): Promise<boolean> {
    return this.change(change, 'second_factor.set_up', now, async (manager) => {
      const [, changed] = await manager.query<[unknown, number]>(
        `UPDATE person SET totp_confirmed_at = $2, totp_last_step = $3
         WHERE id = $1 AND totp_confirmed_at IS NULL AND totp_secret IS NOT NULL`,
        [change.personId, now, step],
      );
      if (changed !== 1) return false;
      await replaceCodes(manager, change.personId, codes);
      await endOthers(manager, change, 'second_factor_changed', now);
      return rotate(manager, change);
    });
  }

  /** @returns false when there was none */
  removeTotp(change: AccountChange, now: Date): Promise<boolean> {
    return this.change(change, 'second_factor.removed', now, async (manager) => {
      const removed = await removeTotp(manager, change.personId);
      if (removed) await endOthers(manager, change, 'second_factor_changed', now);
      return removed && rotate(manager, change);
    });
  }

  putRecoveryCodes(change: AccountChange, codes: readonly Buffer[], now: Date): Promise<boolean> {
    return this.change(change, 'recovery_codes.renewed', now, async (manager) => {
      await replaceCodes(manager, change.personId, codes);
      return true;
    });
  }

  /** What is not done is not told either. */
  private change(
    { personId, notices }: AccountChange,
    action: string,
    now: Date,
    work: (manager: EntityManager) => Promise<boolean>,
  ): Promise<boolean> {
    return this.database.lookingUp({ personId }, async (manager) => {
      if (!(await work(manager))) return false;
      const facilities = await facilitiesOf(manager, personId);
      const actor: Actor = { kind: 'person', id: personId };
      const facilityIds = facilities.map(({ id }) => id);
      await writePersonAudit(manager, facilityIds, { actor, action, subjectId: personId }, now);
      await this.mail.put(manager, notices satisfies readonly Mail[], now);
      return true;
    });
  }
}

/** Sets a password in a transaction that sees the person's row. */
export async function setPassword(
  manager: EntityManager,
  personId: string,
  passwordHash: string,
  now: Date,
): Promise<void> {
  await manager.query('UPDATE person SET password_hash = $2, password_changed_at = $3 WHERE id = $1', [
    personId,
    passwordHash,
    now,
  ]);
}

/** Takes the second factor and its recovery codes away. @returns false when there was none */
export async function removeTotp(manager: EntityManager, personId: string): Promise<boolean> {
  const [, changed] = await manager.query<[unknown, number]>(
    `UPDATE person SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = 0
     WHERE id = $1 AND totp_confirmed_at IS NOT NULL`,
    [personId],
  );
  await replaceCodes(manager, personId, []);
  return changed === 1;
}

async function replaceCodes(manager: EntityManager, personId: string, codes: readonly Buffer[]): Promise<void> {
  await manager.query('DELETE FROM recovery_code WHERE person_id = $1', [personId]);
  for (const code of codes)
    await manager.query('INSERT INTO recovery_code (person_id, code_hash) VALUES ($1, $2)', [personId, code]);
}

async function endOthers(manager: EntityManager, change: AccountChange, why: string, now: Date): Promise<void> {
  const actor = { kind: 'person', id: change.personId } as const;
  await endSessions(manager, { personId: change.personId, except: change.sessionId, why, actor }, now);
}

/** The session goes on under another token. */
async function rotate(manager: EntityManager, { sessionId, tokenHash }: AccountChange): Promise<boolean> {
  if (!tokenHash) return true;
  const [, changed] = await manager.query<[unknown, number]>(
    'UPDATE session SET token_hash = $2 WHERE id = $1 AND ended_at IS NULL',
    [sessionId, tokenHash],
  );
  return changed === 1;
}
