export { COST_SHARING_LIMITS, type CostSharingLimits, selfOnlyLimitCents } from './cost-sharing-limits';
export { HIGH_DEDUCTIBLE_LIMITS, type HighDeductibleLimits } from './high-deductible-plans';
export { amountsOfYear, entryOfYear, type LawSource, type YearlyAmounts } from './law-source';
export { PART_B_COINSURANCE_PERCENT, PART_B_DEDUCTIBLES } from './medicare';
