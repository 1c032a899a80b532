import type { MemberFacility, PersonRole, SessionLine, StoredSession } from '@openvob/access';
import type { EntityManager } from 'typeorm';
import { alsoSee, type Database } from '../database';
import type { Actor } from '../repositories/audit';
import { facilitiesOf } from './account-rows';
import { writePersonAudit } from './person-audit';

/** Who ends which sessions of whom, and why. */
export interface SessionEnding {
  personId: string;
  /** Left out: all of them. */
  sessionId?: string;
  except?: string;
  /** Those alone that are in this facility. */
  facilityId?: string;
  why: string;
  actor: Actor;
}

interface Row {
  id: string;
  personId: string;
  name: string;
  email: string;
  createdAt: Date;
  lastSeenAt: Date;
  hasSecondFactor: boolean;
  providerId: string | null;
  emergencyId: string | null;
  emergencyUntil: Date | null;
  endedAt: Date | null;
  facilityId: string | null;
  facilityName: string;
  timeZone: string;
  requiresSecondFactor: boolean;
  role: PersonRole;
}

const sessionColumns = `s.id, s.person_id AS "personId", p.name, p.email, s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt",
  p.totp_confirmed_at IS NOT NULL AS "hasSecondFactor", s.provider_id AS "providerId", s.emergency_id AS "emergencyId",
  s.emergency_until AS "emergencyUntil", s.ended_at AS "endedAt", f.id AS "facilityId", f.name AS "facilityName",
  f.time_zone AS "timeZone", f.requires_second_factor AS "requiresSecondFactor", m.role`;

/** Sessions of people; only the hash of what the browser holds is stored. */
export class StoredSessions {
  constructor(private readonly database: Database) {}

  /** The session of a token, whatever its state. */
  byToken(tokenHash: Buffer): Promise<StoredSession | undefined> {
    return this.database.lookingUp({ sessionHash: tokenHash }, async (manager) => {
      const [owner] = await manager.query<{ personId: string }[]>(
        'SELECT person_id AS "personId" FROM session WHERE token_hash = $1',
        [tokenHash],
      );
      if (!owner) return undefined;
      await alsoSee(manager, { personId: owner.personId });
      const [row] = await manager.query<Row[]>(
        `SELECT ${sessionColumns} FROM session s JOIN person p ON p.id = s.person_id
         LEFT JOIN membership m ON m.facility_id = s.facility_id AND m.person_id = s.person_id
           AND m.accepted_at IS NOT NULL AND m.ended_at IS NULL
         LEFT JOIN facility f ON f.id = m.facility_id WHERE s.token_hash = $1`,
        [tokenHash],
      );
      return row && sessionOf(row);
    });
  }

  async noteActivity({ id, personId }: StoredSession, now: Date): Promise<void> {
    await this.database.lookingUp({ personId }, (manager) =>
      manager.query('UPDATE session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2', [id, now]),
    );
  }

  /** @returns how many ended */
  end(ending: SessionEnding, now: Date): Promise<number> {
    return this.database.lookingUp({ personId: ending.personId }, (manager) => endSessions(manager, ending, now));
  }

  /** Sessions that have not ended, newest first. @param since older ones have run out */
  list(personId: string, since: Date): Promise<SessionLine[]> {
    return this.database.lookingUp({ personId }, async (manager) => {
      const rows = await manager.query<(Omit<SessionLine, 'facilityName'> & { facilityName: string | null })[]>(
        `SELECT s.id, d.name AS device, s.address, s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt", f.name AS "facilityName"
         FROM session s JOIN known_device d ON d.id = s.device_id LEFT JOIN facility f ON f.id = s.facility_id
         WHERE s.person_id = $1 AND s.ended_at IS NULL AND s.created_at > $2 ORDER BY s.created_at DESC, s.id DESC`,
        [personId, since],
      );
      return rows.map(({ facilityName, ...line }) => (facilityName === null ? line : { ...line, facilityName }));
    });
  }

  facilities(personId: string): Promise<MemberFacility[]> {
    return this.database.lookingUp({ personId }, (manager) => facilitiesOf(manager, personId));
  }

  /** Goes to another facility under a new token; the old one holds no more. @returns false for a session that ended meanwhile */
  chooseFacility(
    session: StoredSession,
    { facilityId, tokenHash }: { facilityId: string; tokenHash: Buffer },
    now: Date,
  ): Promise<boolean> {
    return this.database.lookingUp({ personId: session.personId }, async (manager) => {
      const [, changed] = await manager.query<[unknown, number]>(
        `UPDATE session SET facility_id = $2, token_hash = $3, emergency_id = NULL, emergency_until = NULL
         WHERE id = $1 AND ended_at IS NULL`,
        [session.id, facilityId, tokenHash],
      );
      if (changed !== 1) return false;
      const actor = { kind: 'person', id: session.personId } as const;
      const line = { actor, action: 'session.facility_chosen', subjectId: session.id };
      await writePersonAudit(manager, [facilityId], line, now);
      return true;
    });
  }
}

/** Ends sessions in a transaction that sees the person's rows; told in the trail of each session's facility. */
export async function endSessions(manager: EntityManager, ending: SessionEnding, now: Date): Promise<number> {
  const { personId, sessionId, except, facilityId: within, why, actor } = ending;
  const [rows] = await manager.query<[{ id: string; facilityId: string | null }[], number]>(
    `UPDATE session SET ended_at = $2, end_reason = $3, emergency_id = NULL, emergency_until = NULL
     WHERE person_id = $1 AND ended_at IS NULL AND ($4::text IS NULL OR id = $4) AND ($5::text IS NULL OR id <> $5)
       AND ($6::text IS NULL OR facility_id = $6)
     RETURNING id, facility_id AS "facilityId"`,
    [personId, now, why, sessionId ?? null, except ?? null, within ?? null],
  );
  for (const { id, facilityId } of rows) {
    const line = { actor, action: 'session.ended', subjectId: id, detail: { why } };
    await writePersonAudit(manager, facilityId ? [facilityId] : [], line, now);
  }
  return rows.length;
}

function sessionOf(row: Row): StoredSession {
  const { id, personId, name, email, createdAt, lastSeenAt, hasSecondFactor } = row;
  const facility = row.facilityId !== null && {
    id: row.facilityId,
    name: row.facilityName,
    timeZone: row.timeZone,
    requiresSecondFactor: row.requiresSecondFactor,
    role: row.role,
  };
  return {
    id,
    personId,
    name,
    email,
    createdAt,
    lastSeenAt,
    hasSecondFactor,
    ...(facility ? { facility } : {}),
    ...(row.providerId ? { providerId: row.providerId } : {}),
    ...(row.emergencyId && row.emergencyUntil ? { emergency: { id: row.emergencyId, until: row.emergencyUntil } } : {}),
    ...(row.endedAt ? { endedAt: row.endedAt } : {}),
  };
}
