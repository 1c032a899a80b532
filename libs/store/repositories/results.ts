import { type FieldCipher, todayIn } from '@openvob/platform';
import { type Change, type Conclusion, changesBetween } from '@openvob/verification';
import { LessThan } from 'typeorm';
import type { FacilityTransaction } from '../database';
import { ResultRow, type VerificationRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { facilityRow } from './facility-directory';

interface Worked {
  row: Pick<VerificationRow, 'id' | 'round' | 'subjectChangedAt'>;
  conclusion: Conclusion;
  now: Date;
}

/** What a round changed, and since which. */
export interface KeptChanges {
  sinceRound: number;
  since: Date;
  items: Change[];
}

/**
 * Keeps the conclusion of a round, encrypted, with what it changed; a second one in the same round takes its place.
 *
 * @returns what it changed; undefined where there was nothing before
 */
export async function writeResult(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  worked: Worked,
): Promise<KeptChanges | undefined> {
  const { id: verificationId, round } = worked.row;
  const sealed = sealedResult(tx, cipher, verificationId, round);
  const changes = await changesOf(tx, cipher, worked);
  const { decision, estimate, basis, estimateCase } = worked.conclusion;
  await tx.manager.upsert(
    ResultRow,
    {
      verificationId,
      round,
      facilityId: tx.facilityId,
      decision: sealed.sealJson('decision', decision),
      estimate: sealed.sealJson('estimate', estimate),
      basis: sealed.sealJson('basis', basis),
      estimateCase: sealed.sealJson('estimate_case', estimateCase),
      changes: sealed.sealJson('changes', changes),
      workedOutAt: worked.now,
    },
    ['verificationId', 'round'],
  );
  return changes;
}

/** Against the last round that came to something. A conclusion that was taken back changes nothing. */
async function changesOf(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  { row, conclusion, now }: Worked,
): Promise<KeptChanges | undefined> {
  const before = row.round > 1 && conclusion.decision ? await readEarlierResult(tx, cipher, row) : undefined;
  if (!before) return undefined;
  const { timeZone } = await facilityRow(tx);
  const { round: sinceRound, at: since } = before.resultOf;
  const items = changesBetween(
    { conclusion: before.conclusion, on: todayIn(timeZone, since) },
    { conclusion, on: todayIn(timeZone, now) },
  );
  return { sinceRound, since, items };
}

/** A conclusion with the round that it is of, and when it was drawn. */
export interface KeptResult {
  conclusion: Conclusion;
  resultOf: { round: number; at: Date };
  changes?: KeptChanges;
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

/** The conclusions of all rounds that have one, in order. */
export async function readResults(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  verificationId: string,
): Promise<KeptResult[]> {
  const rows = await tx.manager.find(ResultRow, { where: { verificationId }, order: { round: 'ASC' } });
  return rows.map((row) => opened(tx, cipher, row));
}

/** The conclusion of the latest round before this one that has one. */
export async function readEarlierResult(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  { id, round, subjectChangedAt }: Pick<VerificationRow, 'id' | 'round' | 'subjectChangedAt'>,
): Promise<KeptResult | undefined> {
  const where = { verificationId: id, round: LessThan(round) };
  const row = await tx.manager.findOne(ResultRow, { where, order: { round: 'DESC' } });
  const isAboutAnother = row && subjectChangedAt && row.workedOutAt < subjectChangedAt;
  return row && !isAboutAnother ? opened(tx, cipher, row) : undefined;
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
  const changes = sealed.openJson<Omit<KeptChanges, 'since'> & { since: string }>('changes', row.changes);
  return {
    conclusion: conclusion as Conclusion,
    resultOf: { round: row.round, at: row.workedOutAt },
    ...(changes ? { changes: { ...changes, since: new Date(changes.since) } } : {}),
  };
}

function sealedResult(tx: FacilityTransaction, cipher: FieldCipher, verificationId: string, round: number): SealedRow {
  return new SealedRow(cipher, tx.facilityId, 'result', `${verificationId}/${round}`);
}
