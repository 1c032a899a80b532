import type { NewLink } from '@openvob/access';
import type { EntityManager } from 'typeorm';
import { alsoSee, type Database } from '../database';
import { type Actor, writeAudit } from '../repositories/audit';
import { removeTotp } from './accounts';
import { insertLink } from './links';
import { personFor, putInvitation } from './memberships';
import { bindFacility } from './person-audit';
import { endSessions } from './sessions';

/** Whom the operator at the server makes an administrator, and of which facility. */
export interface FirstAdmin {
  email: string;
  name: string;
  facilityId: string;
  /** Where there is an administrator already. */
  isAnother: boolean;
  /** For somebody who lost phone and codes. */
  withoutSecondFactor: boolean;
  actor: Actor;
  link: NewLink;
}

export type AppointOutcome =
  | { kind: 'appointed'; facilityName: string }
  | { kind: 'has_admin' }
  | { kind: 'no_facility' };

/** The way in for the first administrator, by a link that the operator hands over. */
export class FirstAdmins {
  constructor(private readonly database: Database) {}

  /** A first link is refused where somebody administers the facility already, unless another one is asked for. */
  appoint(admin: FirstAdmin, now: Date): Promise<AppointOutcome> {
    const { facilityId, actor } = admin;
    return this.database.lookingUp({ personEmail: admin.email }, async (manager) => {
      await bindFacility(manager, facilityId);
      const [facility] = await manager.query<{ name: string }[]>('SELECT name FROM facility WHERE id = $1 FOR UPDATE', [
        facilityId,
      ]);
      if (!facility) return { kind: 'no_facility' };
      if (!admin.isAnother && (await hasAdmin(manager, facilityId))) return { kind: 'has_admin' };
      const personId = await personFor(manager, admin, now);
      await alsoSee(manager, { personId });
      await makeAdmin(manager, personId, admin, now);
      await insertLink(manager, { ...admin.link, personId });
      const line = { actor, action: 'admin.appointed', subjectId: personId };
      await writeAudit({ facilityId, manager }, line, now);
      return { kind: 'appointed', facilityName: facility.name };
    });
  }
}

async function hasAdmin(manager: EntityManager, facilityId: string): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `SELECT FROM membership WHERE facility_id = $1 AND role = 'admin' AND accepted_at IS NOT NULL AND ended_at IS NULL`,
    [facilityId],
  );
  return rows.length > 0;
}

async function makeAdmin(manager: EntityManager, personId: string, admin: FirstAdmin, now: Date): Promise<void> {
  const { facilityId, actor } = admin;
  const isNew = await putInvitation(manager, personId, { ...admin, role: 'admin' }, now);
  if (!isNew)
    await manager.query(`UPDATE membership SET role = 'admin' WHERE facility_id = $1 AND person_id = $2`, [
      facilityId,
      personId,
    ]);
  if (!admin.withoutSecondFactor) return;
  await removeTotp(manager, personId);
  await endSessions(manager, { personId, why: 'second_factor_changed', actor }, now);
}
