import { type Cents, percentOf } from '@openvob/benefits';
import type { CostShare, CostShareOrder } from './estimate-case';

/** What the patient owes of a line's allowed amount. */
export interface Share {
  readonly deductibleCents: Cents;
  readonly copayCents: Cents;
  readonly coinsuranceCents: Cents;
}

/** What a share depends on besides the plan's own terms. */
export interface ShareBasis {
  readonly amountCents: Cents;
  readonly deductibleRoomCents: Cents;
  /** The copay less what was charged of it in its day, week or episode. */
  readonly copayLeftCents: Cents;
  /** What the cap on coinsurance leaves in its unit; no cap when left out. */
  readonly coinsuranceCapLeftCents?: Cents | undefined;
  /** An earlier line of the day took deductible. */
  readonly deductibleTakenToday: boolean;
}

export const NOTHING_OWED: Share = { deductibleCents: 0, copayCents: 0, coinsuranceCents: 0 };

const SHARE_IN_ORDER: Record<CostShareOrder, (costShare: CostShare, basis: ShareBasis) => Share> = {
  copay,
  deductible_then_coinsurance: deductibleThenCoinsurance,
  deductible_then_copay: deductibleThenCopay,
  copay_then_coinsurance: copayThenCoinsurance,
};

/**
 * The patient's share of one line before the out-of-pocket maximum, in the order that the plan takes its parts.
 *
 * Source: estimate contract, rule 5; benefits reference 3.2 to 3.4.
 *
 * @example
 * shareOf({ order: 'deductible_then_coinsurance', coinsurancePercent: 20 },
 *   { amountCents: 30000, deductibleRoomCents: 10000, copayLeftCents: 0, deductibleTakenToday: false })
 * // { deductibleCents: 10000, copayCents: 0, coinsuranceCents: 4000 }
 */
export function shareOf(costShare: CostShare, basis: ShareBasis): Share {
  return SHARE_IN_ORDER[costShare.order](costShare, basis);
}

/** All three parts together. */
export function totalOf({ deductibleCents, copayCents, coinsuranceCents }: Share): Cents {
  return deductibleCents + copayCents + coinsuranceCents;
}

function copay(_: CostShare, { amountCents, copayLeftCents }: ShareBasis): Share {
  return { deductibleCents: 0, copayCents: Math.min(copayLeftCents, amountCents), coinsuranceCents: 0 };
}

function deductibleThenCoinsurance(costShare: CostShare, basis: ShareBasis): Share {
  const deductibleCents = deductibleOf(basis);
  const restCents = basis.amountCents - deductibleCents;
  return { deductibleCents, copayCents: 0, coinsuranceCents: coinsuranceOf(costShare, restCents, basis) };
}

function deductibleThenCopay(costShare: CostShare, basis: ShareBasis): Share {
  const deductibleCents = deductibleOf(basis);
  const tookDeductible = deductibleCents > 0 || basis.deductibleTakenToday;
  const isWaived = costShare.copayOnDayDeductibleIsMet === false && tookDeductible;
  const copayCents = isWaived ? 0 : Math.min(basis.copayLeftCents, basis.amountCents - deductibleCents);
  return { deductibleCents, copayCents, coinsuranceCents: 0 };
}

function copayThenCoinsurance(costShare: CostShare, basis: ShareBasis): Share {
  const copayCents = Math.min(basis.copayLeftCents, basis.amountCents);
  const restCents = basis.amountCents - copayCents;
  return { deductibleCents: 0, copayCents, coinsuranceCents: coinsuranceOf(costShare, restCents, basis) };
}

function deductibleOf({ amountCents, deductibleRoomCents }: ShareBasis): Cents {
  return Math.min(amountCents, deductibleRoomCents);
}

/** Rounded half up to the cent, line by line, and never past the cap. */
function coinsuranceOf(costShare: CostShare, restCents: Cents, { coinsuranceCapLeftCents }: ShareBasis): Cents {
  const coinsuranceCents = percentOf(restCents, costShare.coinsurancePercent ?? 0);
  return Math.min(coinsuranceCents, coinsuranceCapLeftCents ?? coinsuranceCents);
}
