import type { FieldCipher } from '@openvob/platform';
import type { Conclusion } from '@openvob/verification';
import type { FacilityTransaction } from '../database';
import { ResultRow } from '../entities';
import { SealedRow } from '../sealed-row';

interface Worked {
  verificationId: string;
  round: number;
  conclusion: Conclusion;
  now: Date;
}

/** Keeps the conclusion of a round, encrypted; a second one in the same round takes its place. */
export async function writeResult(tx: FacilityTransaction, cipher: FieldCipher, worked: Worked): Promise<void> {
  const sealed = sealedResult(tx, cipher, worked.verificationId, worked.round);
  const { decision, estimate, basis } = worked.conclusion;
  await tx.manager.upsert(
    ResultRow,
    {
      verificationId: worked.verificationId,
      round: worked.round,
      facilityId: tx.facilityId,
      decision: sealed.sealJson('decision', decision),
      estimate: sealed.sealJson('estimate', estimate),
      basis: sealed.sealJson('basis', basis),
      workedOutAt: worked.now,
    },
    ['verificationId', 'round'],
  );
}

/** The conclusion of a round, if one was drawn. */
export async function readResult(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  verificationId: string,
  round: number,
): Promise<Conclusion | undefined> {
  const row = await tx.manager.findOneBy(ResultRow, { verificationId, round });
  if (!row) return undefined;
  const sealed = sealedResult(tx, cipher, verificationId, round);
  const conclusion: Record<string, unknown> = {};
  for (const column of ['decision', 'estimate', 'basis'] as const) {
    const value = sealed.openJson(column, row[column]);
    if (value !== undefined) conclusion[column] = value;
  }
  return conclusion as Conclusion;
}

function sealedResult(tx: FacilityTransaction, cipher: FieldCipher, verificationId: string, round: number): SealedRow {
  return new SealedRow(cipher, tx.facilityId, 'result', `${verificationId}/${round}`);
}
