import type { Mail, Member, NewLink, PersonRole } from '@openvob/access';
import { type FieldCipher, newId } from '@openvob/platform';
import type { EntityManager } from 'typeorm';
import { alsoSee, type Database } from '../database';
import { type Actor, writeAudit } from '../repositories/audit';
import { facilitiesOf } from './account-rows';
import { removeTotp } from './accounts';
import { insertLink } from './links';
import { OutgoingMail } from './outgoing-mail';
import { bindFacility } from './person-audit';
import { endSessions } from './sessions';

/** Who administers whom. */
export interface MemberRef {
  facilityId: string;
  personId: string;
  actor: Actor;
}

/** Somebody to ask in; `mailFor` writes the letter once the facility's name is known. */
export interface NewMember {
  facilityId: string;
  email: string;
  name: string;
  role: PersonRole;
  actor: Actor;
  link: NewLink;
  mailFor(facilityName: string): Mail;
}

export type MemberOutcome = 'done' | 'not_found' | 'last_admin' | 'elsewhere_too';

const memberColumns = `m.person_id AS id, p.email, CASE WHEN m.accepted_at IS NULL THEN m.invited_name ELSE p.name END AS name, m.role,
  m.invited_at AS "invitedAt", m.accepted_at AS "acceptedAt", m.ended_at AS "endedAt",
  m.accepted_at IS NOT NULL AND p.totp_confirmed_at IS NOT NULL AS "hasSecondFactor"`;

/** The people of a facility, as its administrators see and change them. */
export class Memberships {
  private readonly mail: OutgoingMail;

  constructor(
    private readonly database: Database,
    cipher: FieldCipher,
  ) {
    this.mail = new OutgoingMail(database, cipher);
  }

  /** By name; those who left are left out unless asked for. */
  list(facilityId: string, options: { withFormer: boolean }): Promise<Member[]> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const rows = await manager.query<MemberRow[]>(
        `SELECT ${memberColumns} FROM membership m JOIN person p ON p.id = m.person_id
         WHERE m.facility_id = $1 AND ($2 OR m.ended_at IS NULL) ORDER BY name, m.person_id`,
        [facilityId, options.withFormer],
      );
      return rows.map(memberOf);
    });
  }

  get(facilityId: string, personId: string): Promise<Member | undefined> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const [row] = await manager.query<MemberRow[]>(
        `SELECT ${memberColumns} FROM membership m JOIN person p ON p.id = m.person_id WHERE m.facility_id = $1 AND m.person_id = $2`,
        [facilityId, personId],
      );
      return row && memberOf(row);
    });
  }

  /**
   * Asks somebody in, anew if need be. Whether the address was known before is told to nobody.
   *
   * @returns the person's id; undefined for somebody who works there already
   */
  invite(member: NewMember, now: Date): Promise<string | undefined> {
    return this.database.lookingUp({ personEmail: member.email }, async (manager) => {
      const personId = await personFor(manager, member, now);
      await alsoSee(manager, { personId });
      await bindFacility(manager, member.facilityId);
      if (!(await putInvitation(manager, personId, member, now))) return undefined;
      await insertLink(manager, { ...member.link, personId });
      const detail = { role: member.role };
      await this.told(manager, { ...member, personId }, { action: 'person.invited', detail }, now);
      await this.mail.put(manager, [member.mailFor(await facilityName(manager, member.facilityId))], now);
      return personId;
    });
  }

  /** Sessions there end: what comes next comes with the new rights. */
  setRole(ref: MemberRef, role: PersonRole, now: Date): Promise<MemberOutcome> {
    return this.changed(ref, async (manager) => {
      if (role !== 'admin' && (await isLastAdmin(manager, ref))) return 'last_admin';
      const [rows] = await manager.query<[{ was: string }[], number]>(
        `UPDATE membership m SET role = $3 FROM membership o WHERE m.facility_id = $1 AND m.person_id = $2 AND m.ended_at IS NULL
           AND o.facility_id = m.facility_id AND o.person_id = m.person_id RETURNING o.role AS was`,
        [ref.facilityId, ref.personId, role],
      );
      const [row] = rows;
      if (!row) return 'not_found';
      await this.told(manager, ref, { action: 'person.role_changed', detail: { from: row.was, to: role } }, now);
      if (row.was !== role) await this.endSessionsThere(manager, ref, 'rights_changed', now);
      return 'done';
    });
  }

  /** The person works there no more; an invitation that is open is taken back. */
  end(ref: MemberRef, now: Date): Promise<MemberOutcome> {
    return this.changed(ref, async (manager) => {
      if (await isLastAdmin(manager, ref)) return 'last_admin';
      const [, ended] = await manager.query<[unknown, number]>(
        'UPDATE membership SET ended_at = $3 WHERE facility_id = $1 AND person_id = $2 AND ended_at IS NULL',
        [ref.facilityId, ref.personId, now],
      );
      if (ended !== 1) return 'not_found';
      await manager.query(
        `UPDATE one_time_link SET expires_at = $3 WHERE facility_id = $1 AND person_id = $2 AND used_at IS NULL AND expires_at > $3`,
        [ref.facilityId, ref.personId, now],
      );
      await this.told(manager, ref, { action: 'person.removed' }, now);
      await this.endSessionsThere(manager, ref, 'removed', now);
      return 'done';
    });
  }

  endSessionsOf(ref: MemberRef, now: Date): Promise<MemberOutcome> {
    return this.changed(ref, async (manager) => {
      if (!(await isMember(manager, ref))) return 'not_found';
      await this.endSessionsThere(manager, ref, 'revoked', now);
      return 'done';
    });
  }

  /** For somebody who lost phone and codes. Not for one who works elsewhere too: that is not this administrator's to weaken. */
  removeSecondFactor(
    ref: MemberRef,
    notice: (to: { email: string; name: string }) => Mail,
    now: Date,
  ): Promise<MemberOutcome> {
    return this.changed(ref, async (manager) => {
      if (!(await isMember(manager, ref))) return 'not_found';
      if ((await facilitiesOf(manager, ref.personId)).some(({ id }) => id !== ref.facilityId)) return 'elsewhere_too';
      await removeTotp(manager, ref.personId);
      await this.told(manager, ref, { action: 'second_factor.removed' }, now);
      await endSessions(manager, { personId: ref.personId, why: 'second_factor_changed', actor: ref.actor }, now);
      const [person] = await manager.query<{ email: string; name: string }[]>(
        'SELECT email, name FROM person WHERE id = $1',
        [ref.personId],
      );
      if (person) await this.mail.put(manager, [notice(person)], now);
      return 'done';
    });
  }

  private changed(
    { facilityId, personId }: MemberRef,
    work: (manager: EntityManager) => Promise<MemberOutcome>,
  ): Promise<MemberOutcome> {
    return this.database.lookingUp({ personId }, async (manager) => {
      await bindFacility(manager, facilityId);
      return work(manager);
    });
  }

  private told(
    manager: EntityManager,
    { facilityId, personId, actor }: MemberRef,
    what: { action: string; detail?: Record<string, string> },
    now: Date,
  ): Promise<void> {
    return writeAudit({ facilityId, manager }, { actor, subjectId: personId, ...what }, now);
  }

  private async endSessionsThere(manager: EntityManager, ref: MemberRef, why: string, now: Date): Promise<void> {
    await endSessions(manager, { ...ref, why }, now);
  }
}

type MemberRow = Omit<Member, 'acceptedAt' | 'endedAt'> & { acceptedAt: Date | null; endedAt: Date | null };

function memberOf({ acceptedAt, endedAt, ...row }: MemberRow): Member {
  return { ...row, ...(acceptedAt ? { acceptedAt } : {}), ...(endedAt ? { endedAt } : {}) };
}

/** The person of an address, made when nobody has it; two who make one at the same moment get the same. */
export async function personFor(
  manager: EntityManager,
  { email, name }: { email: string; name: string },
  now: Date,
): Promise<string> {
  const id = newId('per', now);
  const known = await manager.query<{ id: string }[]>('SELECT id FROM person WHERE email = $1', [email]);
  if (known[0]) return known[0].id;
  await alsoSee(manager, { personId: id });
  await manager.query(
    'INSERT INTO person (id, email, name, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (email) DO NOTHING',
    [id, email, name, now],
  );
  const [made] = await manager.query<{ id: string }[]>('SELECT id FROM person WHERE email = $1', [email]);
  if (!made) throw new Error('A person who was just made is not there');
  return made.id;
}

/** @returns false for somebody who works there already */
export async function putInvitation(
  manager: EntityManager,
  personId: string,
  { facilityId, role, name, actor }: Pick<NewMember, 'facilityId' | 'role' | 'name' | 'actor'>,
  now: Date,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `INSERT INTO membership AS m (facility_id, person_id, role, invited_name, invited_by, invited_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (facility_id, person_id) DO UPDATE SET role = $3, invited_name = $4, invited_by = $5, invited_at = $6,
       accepted_at = NULL, ended_at = NULL WHERE m.accepted_at IS NULL OR m.ended_at IS NOT NULL RETURNING person_id`,
    [facilityId, personId, role, name, actor.id, now],
  );
  return rows.length === 1;
}

async function isMember(manager: EntityManager, { facilityId, personId }: MemberRef): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    'SELECT FROM membership WHERE facility_id = $1 AND person_id = $2 AND ended_at IS NULL',
    [facilityId, personId],
  );
  return rows.length === 1;
}

/** Whether nobody would administer the facility without this person. Locks, so that two last ones cannot leave at once. */
async function isLastAdmin(manager: EntityManager, { facilityId, personId }: MemberRef): Promise<boolean> {
  const admins = await manager.query<{ id: string }[]>(
    `SELECT person_id AS id FROM membership WHERE facility_id = $1 AND role = 'admin' AND accepted_at IS NOT NULL AND ended_at IS NULL
     ORDER BY person_id FOR UPDATE`,
    [facilityId],
  );
  return admins.length === 1 && admins[0]?.id === personId;
}

async function facilityName(manager: EntityManager, facilityId: string): Promise<string> {
  const [row] = await manager.query<{ name: string }[]>('SELECT name FROM facility WHERE id = $1', [facilityId]);
  return row?.name ?? '';
}
