import type { FacilityTransaction } from '../database';
import { AuditRow } from '../entities';

/** Who acts: a machine key, an intake website, a worker of our own, or somebody at the server by a command. */
export interface Actor {
  kind: 'api_key' | 'intake_source' | 'worker' | 'command';
  id: string;
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
  await tx.manager.insert(AuditRow, {
    facilityId: tx.facilityId,
    at: now,
    actorKind: line.actor.kind,
    actorId: line.actor.id,
    action: line.action,
    subjectId: line.subjectId,
    detail: line.detail ?? {},
  });
}
