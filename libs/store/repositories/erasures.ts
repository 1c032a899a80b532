import type { Database, FacilityTransaction } from '../database';
import { type Actor, writeAudit } from './audit';
import { removeVerifications } from './retention';

interface Who {
  facilityId: string;
  actor: Actor;
  now: Date;
}

/** Why a patient's records cannot be removed now. */
export type ErasureRefusal = 'held' | 'under_way';

const resting = `status IN ('needs_information', 'needs_consent', 'needs_call', 'verified', 'inactive', 'not_found', 'failed', 'cancelled')`;

/**
 * Removes everything that is kept of one patient. The trail, the account of disclosures and whose a verification was said to be stay, by ids;
 * `npm run backup -- prune` takes the patient out of backups that were made before.
 */
export class Erasures {
  constructor(private readonly database: Database) {}

  /** @returns how many verifications went, or why none did; undefined for a patient who is not there */
  erase(
    { facilityId, actor, now }: Who,
    patientId: string,
  ): Promise<{ verifications: number } | ErasureRefusal | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const known = await tx.manager.query<unknown[]>('SELECT FROM patient WHERE id = $1', [patientId]);
      if (known.length === 0) return undefined;
      const rows = await lockedRows(tx, patientId);
      const refusal = refusalOf(rows);
      const detail = { verifications: rows.length, ...(refusal ? { refused: refusal } : {}) };
      const action = refusal ? 'patient.erasure_refused' : 'patient.erased';
      await writeAudit(tx, { actor, action, subjectId: patientId, detail }, now);
      if (refusal) return refusal;
      await remove(tx, { patientId, ids: rows.map(({ id }) => id), by: actor.id, now });
      return { verifications: rows.length };
    });
  }
}

interface Row {
  id: string;
  isResting: boolean;
  isHeld: boolean;
}

function lockedRows({ manager }: FacilityTransaction, patientId: string): Promise<Row[]> {
  return manager.query<Row[]>(
    `SELECT v.id, ${resting} AS "isResting",
       EXISTS (SELECT FROM legal_hold h WHERE h.verification_id = v.id AND h.lifted_at IS NULL) AS "isHeld"
     FROM verification v WHERE patient_id = $1 ORDER BY v.id FOR UPDATE OF v`,
    [patientId],
  );
}

function refusalOf(rows: readonly Row[]): ErasureRefusal | undefined {
  if (rows.some(({ isHeld }) => isHeld)) return 'held';
  return rows.every(({ isResting }) => isResting) ? undefined : 'under_way';
}

async function remove(
  tx: FacilityTransaction,
  { patientId, ids, by, now }: { patientId: string; ids: readonly string[]; by: string; now: Date },
): Promise<void> {
  const { manager, facilityId } = tx;
  await manager.query(
    `INSERT INTO erasure (facility_id, patient_id, verification_ids, inquiry_ids, at, erased_by)
     VALUES ($1, $2, $3, ARRAY(SELECT id FROM inquiry WHERE verification_id = ANY($3)), $4, $5)`,
    [facilityId, patientId, [...ids], now, by],
  );
  await removeVerifications(tx, ids);
  await manager.query('SET LOCAL ROLE openvob_keeper');
  await manager.query('UPDATE patient_request SET content = NULL WHERE patient_id = $1', [patientId]);
  await manager.query('RESET ROLE');
}
