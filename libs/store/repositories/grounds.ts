import type { FieldCipher } from '@openvob/platform';
import type { Ground } from '@openvob/verification';
import type { FacilityTransaction } from '../database';
import { GroundRow } from '../entities';
import { SealedRow } from '../sealed-row';

/** Keeps what the conclusion of a round is drawn from, encrypted; later answers of the same round take its place. */
export async function writeGround(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  at: { verificationId: string; round: number; now: Date },
  ground: Ground,
): Promise<void> {
  const { verificationId, round, now } = at;
  const content = sealedGround(tx, cipher, verificationId, round).sealJson('content', ground);
  if (!content) throw new Error('A ground was not sealed');
  const row = { verificationId, round, facilityId: tx.facilityId, content, laidAt: now };
  await tx.manager.upsert(GroundRow, row, ['verificationId', 'round']);
}

/** What the conclusion of this round was drawn from; undefined where none of its payers was asked. */
export async function readGround(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  verificationId: string,
  round: number,
): Promise<Ground | undefined> {
  const row = await tx.manager.findOneBy(GroundRow, { verificationId, round });
  return row ? sealedGround(tx, cipher, verificationId, round).openJson<Ground>('content', row.content) : undefined;
}

/** What the latest conclusion was drawn from, of whichever round. */
export async function readLastGround(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  verificationId: string,
): Promise<Ground | undefined> {
  const row = await tx.manager.findOne(GroundRow, { where: { verificationId }, order: { round: 'DESC' } });
  return row ? sealedGround(tx, cipher, verificationId, row.round).openJson<Ground>('content', row.content) : undefined;
}

function sealedGround(tx: FacilityTransaction, cipher: FieldCipher, verificationId: string, round: number): SealedRow {
  return new SealedRow(cipher, tx.facilityId, 'ground', `${verificationId}/${round}`);
}
