import type { Cents } from '@openvob/benefits';
import type { Network, Rate } from './estimate-case';

/**
 * Rule 9: out of network the part of the charge above the allowed amount, not below 0, and 0 without a charge. Asked for covered
 * lines only: a line that is bundled, not covered or denied has none.
 *
 * Source: estimate contract, rule 9; benefits reference 2 (balance billing).
 */
export function balanceBill({ chargeCents, allowedCents }: Rate, network: Network): Cents {
  return network === 'in' || chargeCents === undefined ? 0 : Math.max(0, chargeCents - allowedCents);
}
