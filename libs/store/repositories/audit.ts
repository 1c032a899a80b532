import type { FacilityTransaction } from '../database';
import { AuditRow } from '../entities';

/**
 * Who acts: a person, a machine key, an intake website, a worker of our own, somebody at the server by a command, or nobody that
 * could be told (by network address).
 */
export interface Actor {
  kind: 'person' | 'api_key' | 'intake_source' | 'worker' | 'command' | 'nobody';
  id: string;
  /** The emergency access that this is done under. */
  emergencyId?: string;
}

/** One line of the audit trail. `detail` holds codes and ids, never patient data. */
export interface AuditLine {
  actor: Actor;
  action: string;
  subjectId: string;
  detail?: Record<string, string | number | boolean | undefined>;
}

/** Writes an audit row in the caller's transaction: when it cannot be written, nothing else is. */
export async function writeAudit(tx: FacilityTransaction, line: AuditLine, now: Date): Promise<void> {
  const { emergencyId } = line.actor;
  await tx.manager.insert(AuditRow, {
    facilityId: tx.facilityId,
    at: now,
    actorKind: line.actor.kind,
    actorId: line.actor.id,
    action: line.action,
    subjectId: line.subjectId,
    detail: { ...line.detail, ...(emergencyId ? { emergencyId } : {}) },
  });
}
