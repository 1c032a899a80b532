import type { PersonRole } from '@openvob/access';
import { newId } from '@openvob/platform';
import type { EntityManager } from 'typeorm';
import { alsoSee, type Database } from '../database';
import { bindFacility, writePersonAudit } from './person-audit';

/** A person who works for a facility from the start. */
export interface GivenPerson {
  email: string;
  name: string;
  passwordHash: string;
  role: PersonRole;
}

/** Puts people into a facility without an invitation: for the demonstration, and for tests. */
export class PeopleSetup {
  constructor(private readonly database: Database) {}

  /** Safe to run again: the password and role given last hold. @returns the person's id */
  put(facilityId: string, person: GivenPerson, now: Date): Promise<string> {
    return this.database.lookingUp({ personEmail: person.email }, async (manager) => {
      const id = await putPerson(manager, person, now);
      await bindFacility(manager, facilityId);
      await manager.query(
        `INSERT INTO membership (facility_id, person_id, role, invited_name, invited_by, invited_at, accepted_at)
         VALUES ($1, $2, $3, $4, 'setup', $5, $5) ON CONFLICT (facility_id, person_id) DO UPDATE SET role = $3, ended_at = NULL`,
        [facilityId, id, person.role, person.name, now],
      );
      const actor = { kind: 'command', id: 'setup' } as const;
      const line = { actor, action: 'person.put', subjectId: id, detail: { role: person.role } };
      await writePersonAudit(manager, [facilityId], line, now);
      return id;
    });
  }

  /** Whether people have to have a second factor to work for the facility. */
  async requireSecondFactor(facilityId: string, isRequired: boolean): Promise<void> {
    await this.database.inFacility(facilityId, ({ manager }) =>
      manager.query('UPDATE facility SET requires_second_factor = $2 WHERE id = $1', [facilityId, isRequired]),
    );
  }
}

async function putPerson(manager: EntityManager, person: GivenPerson, now: Date): Promise<string> {
  const [known] = await manager.query<{ id: string }[]>('SELECT id FROM person WHERE email = $1', [person.email]);
  const id = known?.id ?? newId('per', now);
  await alsoSee(manager, { personId: id });
  await manager.query(
    `INSERT INTO person (id, email, name, password_hash, password_changed_at, created_at) VALUES ($1, $2, $3, $4, $5, $5)
     ON CONFLICT (id) DO UPDATE SET password_hash = $4`,
    [id, person.email, person.name, person.passwordHash, now],
  );
  return id;
}
