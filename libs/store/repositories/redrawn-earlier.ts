import type { FieldCipher } from '@openvob/platform';
import { draw, type Recorded, type Transition } from '@openvob/verification';
import type { FacilityTransaction } from '../database';
import type { VerificationRow } from '../entities';
import { readGround } from './grounds';
import { readEarlierResult, writeResult } from './results';

/**
 * Where a round comes to no answer, the last good one of an earlier round about the same person and coverage is shown. It is drawn again with what was
 * recorded since, in its place and as old as it was.
 *
 * @returns what was drawn; undefined where there is none
 */
export async function redrawEarlier(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  row: VerificationRow,
  { recorded, today }: { readonly recorded: Recorded; readonly today: string },
): Promise<Transition | undefined> {
  const kept = await readEarlierResult(tx, cipher, row);
  if (!kept?.conclusion.decision) return undefined;
  const { round, at: now } = kept.resultOf;
  const ground = await readGround(tx, cipher, row.id, round);
  const drawn = ground && draw(ground, recorded, today);
  if (!drawn?.conclusion) return undefined;
  await writeResult(tx, cipher, { row: { ...row, round }, conclusion: drawn.conclusion, now });
  return drawn;
}
