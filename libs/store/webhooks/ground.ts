import { type FieldCipher, todayIn } from '@openvob/platform';
import { needsConsent } from '@openvob/verification';
import type { FacilityTransaction } from '../database';
import type { NewDisclosure } from '../repositories/disclosures';
import { SealedRow } from '../sealed-row';

type Track = 'sud' | 'mh' | 'dual';

const facts = `SELECT f.time_zone AS "timeZone", p.plan->>'track' AS planned, a.admission FROM verification v
  JOIN facility f ON f.id = v.facility_id LEFT JOIN program p ON p.id = v.program_id
  LEFT JOIN admission_request a ON a.verification_id = v.id WHERE v.id = $1`;

/** Behind the lock of a revocation under way: nothing is told by a consent that has ended by the commit. One for a payer alone is for nobody else. */
const consent = `SELECT id FROM consent WHERE verification_id = $1 AND scope = 'treatment_payment_operations' AND revoked_at IS NULL
  AND signed_on <= $2 AND (expires_on IS NULL OR expires_on >= $2) ORDER BY recorded_at DESC, id DESC LIMIT 1 FOR SHARE`;

/**
 * On what ground somebody outside may learn that this verification exists: with the patient's consent where the program treats substance use
 * (42 CFR 2.31, 2.33).
 *
 * @returns undefined without one
 */
export async function groundOf(
  { manager, facilityId }: FacilityTransaction,
  cipher: FieldCipher,
  verificationId: string,
  now: Date,
): Promise<Pick<NewDisclosure, 'basis' | 'consentId' | 'notice'> | undefined> {
  const [row] = await manager.query<{ timeZone: string; planned: Track | null; admission: Buffer | null }[]>(facts, [
    verificationId,
  ]);
  if (!row) return undefined;
  const sealed = new SealedRow(cipher, facilityId, 'admission_request', verificationId);
  const asked = sealed.openJson<{ admission?: { track?: Track } }>('admission', row.admission)?.admission?.track;
  if (!needsConsent(asked ?? row.planned ?? 'sud')) return { basis: 'treatment_payment_operations', notice: 'none' };
  const today = todayIn(row.timeZone, now);
  const [live] = await manager.query<{ id: string }[]>(consent, [verificationId, today]);
  return live && { basis: 'consent', consentId: live.id, notice: 'short' };
}
