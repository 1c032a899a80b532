import { disagreementsIn, remainingOf } from '../amounts';
import type { Amounts, BenefitPeriod, EstimateCase } from '../estimate-case';
import { changeAmounts, changePeriods } from './change-benefits';

/** To `accumulator_conflict`: the larger or the smaller figure everywhere, the one stated as remaining, or limit less used. */
export type ConflictAnswer = 'larger' | 'smaller' | 'stated' | 'limit_less_used';

/** True when `remaining` and limit less used disagree in any period, side and coverage. */
export function isInConflict({ coverages }: EstimateCase): boolean {
  return coverages.some(({ periods, outOfNetwork }) =>
    [...periods, ...(outOfNetwork?.periods ?? [])].some(hasDisagreement),
  );
}

/**
 * A case in which every disagreement is settled by the same answer: what remains is stated once, beside the limit.
 *
 * Source: estimate contract, rule 4.
 */
export function withoutConflict(given: EstimateCase, answer: ConflictAnswer): EstimateCase {
  const settle = (period: BenefitPeriod) =>
    hasDisagreement(period) ? changeAmounts(period, (amounts) => settled(amounts, answer)) : period;
  return {
    ...given,
    coverages: given.coverages.map((coverage) => changePeriods(coverage, (periods) => periods.map(settle))),
  };
}

function hasDisagreement(period: BenefitPeriod): boolean {
  return disagreementsIn(period).length > 0;
}

/** Figures that agree, or of which one alone is stated, stay as they are. */
function settled(amounts: Amounts, answer: ConflictAnswer): Amounts {
  const { limitCents, usedCents, remainingCents } = amounts;
  if (limitCents === undefined || usedCents === undefined || remainingCents === undefined) return amounts;
  if (answer === 'stated') return { limitCents, remainingCents };
  if (answer === 'limit_less_used') return { limitCents, usedCents };
  const taken = remainingOf(amounts, answer);
  return taken === undefined ? amounts : { limitCents, remainingCents: taken };
}
