import type { RequestPatient } from '@openvob/intake';
import type { FacilityTransaction } from '../database';
import { normaliseForIndex } from '../normalise';
import { type Actor, writeAudit } from './audit';
import { setApart } from './patients';

/**
 * Whether a correction makes a request one about somebody else: birth date and a name are others than they were. One of them alone is mistyped
 * and mended every day.
 */
export function isAnotherPerson(before: RequestPatient, after: RequestPatient): boolean {
  const differs = (key: 'firstName' | 'lastName' | 'birthDate'): boolean => {
    const [was, is] = [before[key], after[key]];
    return was !== undefined && is !== undefined && normaliseForIndex(was) !== normaliseForIndex(is);
  };
  return differs('birthDate') && (differs('firstName') || differs('lastName'));
}

/** A consent is its patient's own (42 CFR 2.31(a)(1)): what the one before signed ends here, and the verification is nobody's until a person says whose. */
export async function leaveFormerPerson(
  tx: FacilityTransaction,
  verificationId: string,
  { actor, now }: { actor: Actor; now: Date },
): Promise<void> {
  const [, count] = await tx.manager.query<[unknown, number]>(
    `UPDATE consent SET revoked_at = $2, revoked_by = $3, revoked_how = 'another_person' WHERE verification_id = $1 AND revoked_at IS NULL`,
    [verificationId, now, actor.id],
  );
  const detail = { consents: count };
  await writeAudit(tx, { actor, action: 'patient.replaced', subjectId: verificationId, detail }, now);
  await setApart(tx, verificationId, { actor, now });
}
