import type { CivilDate, Snapshot } from '@openvob/benefits';
import type { Chosen, IopBenefit } from '@openvob/coverage';
import { amountsOfYear } from '../law/law-source';
import { PART_B_COINSURANCE_PERCENT, PART_B_DEDUCTIBLES } from '../law/medicare';
import { MEDICARE_PART_B, MEDICARE_PART_B_DEDUCTIBLE } from './case-notes';
import { isOriginalMedicare } from './government';

/**
 * What Original Medicare left unsaid, by its own rules: the Part B deductible of the year, then 20 % of each program day. What it
 * said stands. Other plans are left as they are.
 *
 * Source: benefits reference 2, "Medicare patient cost".
 */
export function withMedicareRules(iop: IopBenefit, snapshot: Snapshot, asOf: CivilDate): IopBenefit {
  if (!isOriginalMedicare(snapshot) || !isPayable(iop, snapshot)) return iop;
  const isShareStated = iop.copay !== undefined || iop.coinsurance !== undefined;
  const isDeductibleStated = iop.deductibleIndividual !== undefined || iop.deductibleFamily !== undefined;
  const deductible = amountsOfYear(PART_B_DEDUCTIBLES, asOf)?.deductibleCents;
  return {
    ...iop,
    decision: 'covered_with_conditions',
    ...(isShareStated ? {} : { coinsurance: byLaw(MEDICARE_PART_B, { percent: PART_B_COINSURANCE_PERCENT }) }),
    ...(isDeductibleStated || deductible === undefined
      ? {}
      : { deductibleIndividual: byLaw(MEDICARE_PART_B_DEDUCTIBLE, { limitCents: deductible }) }),
  };
}

/** Covered, or nothing said of behavioral health by an active plan. */
function isPayable({ decision }: IopBenefit, { status }: Snapshot): boolean {
  if (decision === 'unknown') return status === 'active';
  return decision === 'covered' || decision === 'covered_with_conditions';
}

function byLaw(rule: string, value: Chosen['value']): Chosen {
  return { value, rule, source: [], alternatives: [] };
}
