import type { Cents } from '@openvob/benefits';
import { type Share, totalOf } from './share';

/**
 * Cuts a share down to what the out-of-pocket maximum leaves: coinsurance first, then copay, then deductible.
 * No room stated means no maximum.
 *
 * Source: estimate contract, rule 6; benefits reference 3.6.
 */
export function trimToOutOfPocketMaximum(share: Share, roomCents: Cents | undefined): Share {
  if (roomCents === undefined || totalOf(share) <= roomCents) return share;
  const deductibleCents = Math.min(share.deductibleCents, roomCents);
  const copayCents = Math.min(share.copayCents, roomCents - deductibleCents);
  const coinsuranceCents = Math.min(share.coinsuranceCents, roomCents - deductibleCents - copayCents);
  return { deductibleCents, copayCents, coinsuranceCents };
}
