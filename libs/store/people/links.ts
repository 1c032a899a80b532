import type { LinkKind, Mail, NewLink, StoredLink } from '@openvob/access';
import { type FieldCipher, newId } from '@openvob/platform';
import type { EntityManager } from 'typeorm';
import { alsoSee, type Database } from '../database';
import type { Actor } from '../repositories/audit';
import { facilitiesOf } from './account-rows';
import { setPassword } from './accounts';
import { OutgoingMail } from './outgoing-mail';
import { writePersonAudit } from './person-audit';
import { endSessions } from './sessions';

/** What using a link brings about. */
export interface LinkUse {
  tokenHash: Buffer;
  passwordHash?: string;
  name?: string;
  notices: readonly Mail[];
}

interface Row {
  id: string;
  kind: LinkKind;
  personId: string;
  email: string;
  name: string;
  hasPassword: boolean;
  facilityId: string | null;
  facilityName: string | null;
  expiresAt: Date;
  usedAt: Date | null;
}

/** Links that work once: invitations, new passwords, the first administrator. Only the hash of their secret is stored. */
export class StoredLinks {
  private readonly mail: OutgoingMail;

  constructor(
    private readonly database: Database,
    cipher: FieldCipher,
  ) {
    this.mail = new OutgoingMail(database, cipher);
  }

  /** The link of a secret, whatever its state. */
  byToken(tokenHash: Buffer): Promise<StoredLink | undefined> {
    return this.database.lookingUp({ linkHash: tokenHash }, async (manager) => {
      const row = await linkRow(manager, tokenHash);
      return row && linkOf(row);
    });
  }

  /** A new password's link for whoever has this address; nothing for an unknown one. Earlier ones hold no more. */
  makeReset(email: string, link: NewLink, mailFor: (to: { email: string; name: string }) => Mail): Promise<void> {
    return this.database.lookingUp({ personEmail: email }, async (manager) => {
      const [person] = await manager.query<{ id: string; name: string; email: string }[]>(
        'SELECT id, name, email FROM person WHERE email = $1',
        [email],
      );
      if (!person) return;
      await alsoSee(manager, { personId: person.id });
      const facilityIds = (await facilitiesOf(manager, person.id)).map(({ id }) => id);
      if (facilityIds.length === 0) return;
      await insertLink(manager, { ...link, personId: person.id });
      const actor: Actor = { kind: 'nobody', id: link.madeBy };
      const line = { actor, action: 'password_reset.asked', subjectId: person.id };
      await writePersonAudit(manager, facilityIds, line, link.madeAt);
      await this.mail.put(manager, [mailFor(person)], link.madeAt);
    });
  }

  /**
   * Uses a link up: the invitation is accepted, the password set, all sessions ended where it replaces another.
   *
   * @returns false when it was used or ran out meanwhile
   */
  use({ tokenHash, passwordHash, name, notices }: LinkUse, now: Date): Promise<boolean> {
    return this.database.lookingUp({ linkHash: tokenHash }, async (manager) => {
      const row = await linkRow(manager, tokenHash);
      if (!row || !(await useUp(manager, row.id, now))) return false;
      if (passwordHash) await setPassword(manager, row.personId, passwordHash, now);
      if (name) await manager.query('UPDATE person SET name = $2 WHERE id = $1', [row.personId, name]);
      if (row.facilityId) await accept(manager, row.facilityId, row.personId, now);
      await settle(manager, row, now);
      await this.mail.put(manager, notices, now);
      return true;
    });
  }
}

/** Writes a link in a transaction that sees the person's rows; earlier ones of its kind and facility hold no more. */
export async function insertLink(manager: EntityManager, link: NewLink & { personId: string }): Promise<void> {
  const { kind, tokenHash, personId, facilityId, madeBy, madeAt, expiresAt } = link;
  await manager.query(
    `UPDATE one_time_link SET expires_at = $2 WHERE person_id = $1 AND kind = $3 AND used_at IS NULL AND expires_at > $2
       AND facility_id IS NOT DISTINCT FROM $4`,
    [personId, madeAt, kind, facilityId ?? null],
  );
  await manager.query(
    `INSERT INTO one_time_link (id, kind, token_hash, person_id, facility_id, made_by, made_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [newId('lnk', madeAt), kind, tokenHash, personId, facilityId ?? null, madeBy, madeAt, expiresAt],
  );
}

async function linkRow(manager: EntityManager, tokenHash: Buffer): Promise<Row | undefined> {
  const [owner] = await manager.query<{ personId: string; facilityId: string | null }[]>(
    'SELECT person_id AS "personId", facility_id AS "facilityId" FROM one_time_link WHERE token_hash = $1',
    [tokenHash],
  );
  if (!owner) return undefined;
  await alsoSee(manager, { personId: owner.personId });
  const [row] = await manager.query<Row[]>(
    `SELECT l.id, l.kind, l.person_id AS "personId", p.email, p.name, p.password_hash IS NOT NULL AS "hasPassword",
       l.facility_id AS "facilityId", f.name AS "facilityName", l.expires_at AS "expiresAt", l.used_at AS "usedAt"
     FROM one_time_link l JOIN person p ON p.id = l.person_id LEFT JOIN facility f ON f.id = l.facility_id WHERE l.token_hash = $1`,
    [tokenHash],
  );
  return row;
}

async function useUp(manager: EntityManager, id: string, now: Date): Promise<boolean> {
  const [, used] = await manager.query<[unknown, number]>(
    'UPDATE one_time_link SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2',
    [id, now],
  );
  return used === 1;
}

/** An invitation that was taken back meanwhile stays so. */
async function accept(manager: EntityManager, facilityId: string, personId: string, now: Date): Promise<void> {
  await manager.query(
    `UPDATE membership SET accepted_at = $3 WHERE facility_id = $1 AND person_id = $2 AND accepted_at IS NULL AND ended_at IS NULL`,
    [facilityId, personId, now],
  );
}

async function settle(manager: EntityManager, row: Row, now: Date): Promise<void> {
  const actor: Actor = { kind: 'person', id: row.personId };
  const facilityIds = (await facilitiesOf(manager, row.personId)).map(({ id }) => id);
  const concerned = row.facilityId ? [row.facilityId] : facilityIds;
  const action = row.kind === 'invitation' ? 'invitation.accepted' : 'password.reset';
  await writePersonAudit(manager, concerned, { actor, action, subjectId: row.personId }, now);
  if (row.kind !== 'invitation')
    await endSessions(manager, { personId: row.personId, why: 'password_reset', actor }, now);
}

function linkOf(row: Row): StoredLink {
  const { kind, personId, email, name, hasPassword, expiresAt } = row;
  return {
    kind,
    personId,
    email,
    name,
    hasPassword,
    expiresAt,
    ...(row.facilityName ? { facilityName: row.facilityName } : {}),
    ...(row.usedAt ? { usedAt: row.usedAt } : {}),
  };
}
