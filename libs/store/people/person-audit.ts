import { escapeLiteral } from 'pg';
import type { EntityManager } from 'typeorm';
import { type AuditLine, writeAudit } from '../repositories/audit';

/**
 * Writes what happened to a person's account into the trail of each of the facilities, or into the installation's own where there is none,
 * in the caller's transaction.
 */
export async function writePersonAudit(
  manager: EntityManager,
  facilityIds: readonly string[],
  line: AuditLine,
  now: Date,
): Promise<void> {
  if (facilityIds.length === 0) return writeInstallationAudit(manager, line, now);
  const bound = await boundFacility(manager);
  for (const facilityId of facilityIds) {
    await bindFacility(manager, facilityId);
    await writeAudit({ facilityId, manager }, line, now);
  }
  await bindFacility(manager, bound);
}

/** The rest of the transaction sees this facility's rows too; none by an empty id. */
export async function bindFacility(manager: EntityManager, facilityId: string): Promise<void> {
  await manager.query(`SET LOCAL openvob.facility_id = ${escapeLiteral(facilityId)}`);
}

async function boundFacility(manager: EntityManager): Promise<string> {
  const [row] = await manager.query<{ id: string | null }[]>(
    `SELECT current_setting('openvob.facility_id', true) AS id`,
  );
  return row?.id ?? '';
}

/** A line about what belongs to no facility: an unknown account, a person without a facility. */
export async function writeInstallationAudit(manager: EntityManager, line: AuditLine, now: Date): Promise<void> {
  const { actor, action, subjectId, detail = {} } = line;
  await manager.query(
    `INSERT INTO installation_audit_entry (at, actor_kind, actor_id, action, subject_id, detail) VALUES ($1, $2, $3, $4, $5, $6)`,
    [now, actor.kind, actor.id, action, subjectId, detail],
  );
}
