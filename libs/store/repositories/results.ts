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
  const { decision, estimate, basis, estimateCase } = worked.conclusion;
  await tx.manager.upsert(
    ResultRow,
    {
      verificationId: worked.verificationId,
      round: worked.round,
      facilityId: tx.facilityId,
      decision: sealed.sealJson('decision', decision),
      estimate: sealed.sealJson('estimate', estimate),
      basis: sealed.sealJson('basis', basis),
      estimateCase: sealed.sealJson('estimate_case', estimateCase),
      workedOutAt: worked.now,
    },
    ['verificationId', 'round'],
  );
}

/** A conclusion with the round that it is of, and when it was drawn. */
export interface KeptResult {
  conclusion: Conclusion;
  resultOf: { round: number; at: Date };
}

/** The conclusion of a round, if one was drawn. */
export async function readResult(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  verificationId: string,
  round: number,
): Promise<KeptResult | undefined> {
  const row = await tx.manager.findOneBy(ResultRow, { verificationId, round });
  return row ? opened(tx, cipher, row) : undefined;
}

/** The conclusion of the latest round that has one. */
export async function readLastResult(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  verificationId: string,
): Promise<KeptResult | undefined> {
  const row = await tx.manager.findOne(ResultRow, { where: { verificationId }, order: { round: 'DESC' } });
  return row ? opened(tx, cipher, row) : undefined;
}

function opened(tx: FacilityTransaction, cipher: FieldCipher, row: ResultRow): KeptResult {
  const sealed = sealedResult(tx, cipher, row.verificationId, row.round);
  const conclusion: Record<string, unknown> = {};
  for (const column of ['decision', 'estimate', 'basis'] as const) {
    const value = sealed.openJson(column, row[column]);
    if (value !== undefined) conclusion[column] = value;
  }
  const estimateCase = sealed.openJson('estimate_case', row.estimateCase);
  if (estimateCase !== undefined) conclusion.estimateCase = estimateCase;
  return { conclusion: conclusion as Conclusion, resultOf: { round: row.round, at: row.workedOutAt } };
}

function sealedResult(tx: FacilityTransaction, cipher: FieldCipher, verificationId: string, round: number): SealedRow {
  return new SealedRow(cipher, tx.facilityId, 'result', `${verificationId}/${round}`);
}
