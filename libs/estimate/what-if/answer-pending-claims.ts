import type { Cents } from '@openvob/benefits';
import type { Amounts, BenefitPeriod, EstimateCase, PendingClaims } from '../estimate-case';
import { changeAmounts, changeCoverage, changePeriods } from './change-benefits';

/** To `pending_claims`: the payer's figures already hold them, or they will still be taken. */
export type PendingClaimsAnswer = 'posted' | 'not_posted';

/**
 * A case without pending claims: those that are posted are in the payer's figures already, those that are not lower what is left of
 * the first coverage's first period, not below 0.
 *
 * Source: estimate contract, rule 4; benefits reference 3.13.
 */
export function withPendingClaims(given: EstimateCase, answer: PendingClaimsAnswer): EstimateCase {
  const { pendingClaims, ...settled } = given;
  if (answer === 'posted' || !pendingClaims) return settled;
  return changeCoverage(settled, 0, (coverage) =>
    changePeriods(coverage, (periods) =>
      periods.map((period, at) => (at === 0 ? lowered(period, pendingClaims) : period)),
    ),
  );
}

function lowered(period: BenefitPeriod, { deductibleCents = 0, outOfPocketCents = 0 }: PendingClaims): BenefitPeriod {
  const cap = period.selfOnlyCapRemainingCents;
  const taken = { deductible: deductibleCents, outOfPocket: outOfPocketCents };
  return {
    ...changeAmounts(period, (amounts, kind) => less(amounts, taken[kind])),
    ...(cap === undefined ? {} : { selfOnlyCapRemainingCents: Math.max(0, cap - outOfPocketCents) }),
  };
}

/** As if so much more were used; `used` alone says nothing. */
function less({ limitCents, usedCents, remainingCents }: Amounts, taken: Cents): Amounts {
  const remaining = remainingCents ?? (usedCents === undefined ? limitCents : undefined);
  return {
    ...(limitCents === undefined ? {} : { limitCents }),
    ...(usedCents === undefined ? {} : { usedCents: usedCents + taken }),
    ...(remaining === undefined ? {} : { remainingCents: Math.max(0, remaining - taken) }),
  };
}
