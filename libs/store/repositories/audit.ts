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
  detail?: Record<string, string | number | boolean | readonly string[] | undefined>;
}

/** Writes an audit row in the caller's transaction: when it cannot be written, nothing else is. */
export function writeAudit(tx: FacilityTransaction, line: AuditLine, now: Date): Promise<void> {
  return writeAuditLines(tx, [line], now);
}

/** As `writeAudit` for many lines, in their order. */
export async function writeAuditLines(tx: FacilityTransaction, lines: readonly AuditLine[], now: Date): Promise<void> {
  const rows = lines.map(({ actor, action, subjectId, detail }) => ({
    facilityId: tx.facilityId,
    at: now,
    actorKind: actor.kind,
    actorId: actor.id,
    action,
    subjectId,
    detail: { ...detail, ...(actor.emergencyId ? { emergencyId: actor.emergencyId } : {}) },
  }));
  if (rows.length > 0) await tx.manager.insert(AuditRow, rows);
}
