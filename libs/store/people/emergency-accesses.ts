import { actingFor, type EmergencyAccess, type Mail, type Principal, type StoredSession } from '@openvob/access';
import { type FieldCipher, newId } from '@openvob/platform';
import type { EntityManager } from 'typeorm';
import type { Database } from '../database';
import { writeAudit } from '../repositories/audit';
import { SealedRow } from '../sealed-row';
import { OutgoingMail } from './outgoing-mail';
import { bindFacility } from './person-audit';

const mostListed = 200;

interface Row {
  id: string;
  personId: string;
  name: string;
  reason: Buffer;
  beganAt: Date;
  endsAt: Date;
  endedAt: Date | null;
  reviewedBy: string | null;
  reviewedAt: Date | null;
}

/** Emergency access: who took it, why (encrypted), until when, and who looked at it afterwards. */
export class StoredEmergencyAccesses {
  private readonly mail: OutgoingMail;

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    this.mail = new OutgoingMail(database, cipher);
  }

  /** @returns false for a session that ended, or has it already */
  begin(
    session: StoredSession & { facility: { id: string } },
    access: { reason: string; until: Date; tokenHash: Buffer; mailFor(to: { email: string; name: string }): Mail },
    now: Date,
  ): Promise<boolean> {
    const { facility, personId } = session;
    const id = newId('emg', now);
    return this.inBoth(personId, facility.id, async (manager) => {
      const [, changed] = await manager.query<[unknown, number]>(
        `UPDATE session SET emergency_id = $2, emergency_until = $3, token_hash = $4
         WHERE id = $1 AND ended_at IS NULL AND (emergency_until IS NULL OR emergency_until <= $5)`,
        [session.id, id, access.until, access.tokenHash, now],
      );
      if (changed !== 1) return false;
      await manager.query(
        `INSERT INTO emergency_access (id, facility_id, person_id, session_id, reason, began_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [
          id,
          facility.id,
          personId,
          session.id,
          this.sealed(facility.id, id).seal('reason', access.reason),
          now,
          access.until,
        ],
      );
      const detail = { until: access.until.toISOString(), sessionId: session.id };
      const actor = { kind: 'person', id: personId, emergencyId: id } as const;
      await writeAudit(
        { facilityId: facility.id, manager },
        { actor, action: 'emergency.begun', subjectId: id, detail },
        now,
      );
      await this.mail.put(manager, (await watchersOf(manager, facility.id, personId)).map(access.mailFor), now);
      return true;
    });
  }

  /** @returns false when there is none */
  end(session: StoredSession, tokenHash: Buffer, now: Date): Promise<boolean> {
    const { personId, facility, emergency } = session;
    if (!facility || !emergency || emergency.until <= now) return Promise.resolve(false);
    return this.inBoth(personId, facility.id, async (manager) => {
      const [, changed] = await manager.query<[unknown, number]>(
        `UPDATE session SET emergency_id = NULL, emergency_until = NULL, token_hash = $3
         WHERE id = $1 AND emergency_id = $2 AND ended_at IS NULL`,
        [session.id, emergency.id, tokenHash],
      );
      if (changed !== 1) return false;
      await manager.query('UPDATE emergency_access SET ended_at = $2 WHERE id = $1', [emergency.id, now]);
      const actor = { kind: 'person', id: personId, emergencyId: emergency.id } as const;
      const line = { actor, action: 'emergency.ended', subjectId: emergency.id };
      await writeAudit({ facilityId: facility.id, manager }, line, now);
      return true;
    });
  }

  list(caller: Principal, now: Date): Promise<EmergencyAccess[]> {
    return this.database.inFacility(caller.facilityId, async (tx) => {
      const rows = await tx.manager.query<Row[]>(
        `SELECT e.id, e.person_id AS "personId", p.name, e.reason, e.began_at AS "beganAt", e.ends_at AS "endsAt", e.ended_at AS "endedAt",
           e.reviewed_by AS "reviewedBy", e.reviewed_at AS "reviewedAt"
         FROM emergency_access e JOIN person p ON p.id = e.person_id WHERE e.facility_id = $1 ORDER BY e.began_at DESC, e.id DESC LIMIT $2`,
        [caller.facilityId, mostListed],
      );
      const line = { actor: actingFor(caller), action: 'emergency.listed', subjectId: caller.facilityId };
      if (rows.length > 0) await writeAudit(tx, line, now);
      return rows.map((row) => this.accessOf(caller.facilityId, row));
    });
  }

  review(caller: Principal, id: string, now: Date): Promise<'done' | 'not_found' | 'own'> {
    return this.database.inFacility(caller.facilityId, async (tx) => {
      const [row] = await tx.manager.query<{ personId: string }[]>(
        'SELECT person_id AS "personId" FROM emergency_access WHERE id = $1',
        [id],
      );
      if (!row) return 'not_found';
      if (row.personId === caller.id) return 'own';
      await tx.manager.query(
        'UPDATE emergency_access SET reviewed_by = $2, reviewed_at = $3 WHERE id = $1 AND reviewed_at IS NULL',
        [id, caller.id, now],
      );
      await writeAudit(tx, { actor: actingFor(caller), action: 'emergency.reviewed', subjectId: id }, now);
      return 'done';
    });
  }

  private inBoth<T>(personId: string, facilityId: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.lookingUp({ personId }, async (manager) => {
      await bindFacility(manager, facilityId);
      return work(manager);
    });
  }

  private accessOf(facilityId: string, row: Row): EmergencyAccess {
    const { id, personId, name, beganAt, endsAt, endedAt, reviewedBy, reviewedAt } = row;
    return {
      id,
      person: { id: personId, name },
      reason: this.sealed(facilityId, id).open('reason', row.reason) ?? '',
      beganAt,
      endsAt,
      ...(endedAt ? { endedAt } : {}),
      ...(reviewedBy && reviewedAt ? { reviewed: { by: reviewedBy, at: reviewedAt } } : {}),
    };
  }

  private sealed(facilityId: string, id: string): SealedRow {
    return new SealedRow(this.cipher, facilityId, 'emergency_access', id);
  }
}

/** Those who are told: administrators and auditors of the facility, but for the person. */
function watchersOf(
  manager: EntityManager,
  facilityId: string,
  personId: string,
): Promise<{ email: string; name: string }[]> {
  return manager.query<{ email: string; name: string }[]>(
    `SELECT p.email, p.name FROM membership m JOIN person p ON p.id = m.person_id
     WHERE m.facility_id = $1 AND m.person_id <> $2 AND m.role IN ('admin', 'auditor') AND m.accepted_at IS NOT NULL AND m.ended_at IS NULL
     ORDER BY p.email`,
    [facilityId, personId],
  );
}
