import type { CostShare, CostShareOrder } from './estimate-case';
import type { LikelyView } from './likely-view';
import type { Assumption, AssumptionCode } from './worksheet';

interface AssumptionRule {
  readonly text: string;
  readonly holds: (view: LikelyView) => boolean;
}

const NAMES_DEDUCTIBLE: readonly CostShareOrder[] = ['deductible_then_coinsurance', 'deductible_then_copay'];
const NAMES_COPAY: readonly CostShareOrder[] = ['copay', 'deductible_then_copay', 'copay_then_coinsurance'];
const NAMES_COINSURANCE: readonly CostShareOrder[] = ['deductible_then_coinsurance', 'copay_then_coinsurance'];

/** In the order in which an estimate lists them. Source: estimate contract, table of assumptions. */
const ASSUMPTIONS: Record<AssumptionCode, AssumptionRule> = {
  in_network_assumed: {
    text: 'Nobody said whether the program is in network: the likely figures take it to be in network.',
    holds: ({ estimateCase }) => estimateCase.coverages.some(({ network }) => network === 'unknown'),
  },
  same_benefits_out_of_network_assumed: {
    text: 'No benefits out of network were stated: those in network are used there too.',
    holds: ({ estimateCase }) =>
      estimateCase.coverages.some(({ network, outOfNetwork }) => network === 'unknown' && !outOfNetwork),
  },
  first_cost_share_assumed: {
    text: 'More than one cost share is possible: the likely figures use the first one listed.',
    holds: ({ unknowns }) => unknowns.some((unknown) => unknown.code === 'cost_share' && 'oneOf' in unknown.rule),
  },
  larger_remaining_assumed: {
    text: 'What is left of a deductible or an out-of-pocket maximum was stated in two ways: the larger amount is used.',
    holds: ({ unknowns }) => unknowns.some(({ code }) => code === 'accumulator_conflict'),
  },
  pending_claims_ignored: {
    text: 'Claims that are not posted yet are left out of the likely figures.',
    holds: ({ unknowns }) => unknowns.some(({ code }) => code === 'pending_claims'),
  },
  extension_assumed: {
    text: 'The authorization is taken to be extended past the days approved so far.',
    holds: ({ extended }) => extended.length > 0,
  },
  no_authorization_penalty_assumed: {
    text: 'Nobody said whether an authorization is required: the penalty for having none is left out of the likely figures.',
    holds: ({ unknowns }) =>
      unknowns.some((unknown) => unknown.code === 'authorization' && unknown.authorization.approvedDays === undefined),
  },
  provider_liable_default: {
    text: 'Days past the approval without an extension are taken to be the program’s loss, not the patient’s.',
    holds: ({ extended, lost }) =>
      [...lost, ...extended.map(({ authorization }) => authorization)].some(
        ({ afterApproved, noAuthorizationPenaltyPercent }) =>
          afterApproved === undefined && noAuthorizationPenaltyPercent === undefined,
      ),
  },
  no_deductible_assumed: {
    text: 'No deductible was stated for a share that comes after one: none is taken.',
    holds: ({ adjudications }) =>
      adjudications.some(
        ({ covered, open, room }) =>
          NAMES_DEDUCTIBLE.includes(covered.share.order) && open !== undefined && room.deductibleCents === undefined,
      ),
  },
  no_out_of_pocket_maximum_assumed: {
    text: 'No out-of-pocket maximum was stated: nothing bounds what is owed.',
    holds: ({ adjudications }) =>
      adjudications.some(({ open, room }) => open !== undefined && room.outOfPocketCents === undefined),
  },
  copay_per_day_default: {
    text: 'Nobody said how often the copay is taken: it is counted once a day.',
    holds: (view) => hasShare(view, ({ order, copayPer }) => NAMES_COPAY.includes(order) && copayPer === undefined),
  },
  copay_on_day_deductible_is_met_default: {
    text: 'Nobody said whether the copay is taken on the day the deductible is met: it is.',
    holds: (view) =>
      hasShare(
        view,
        ({ order, copayOnDayDeductibleIsMet }) =>
          order === 'deductible_then_copay' && copayOnDayDeductibleIsMet === undefined,
      ),
  },
  coinsurance_cap_per_day_default: {
    text: 'Nobody said how often the cap on coinsurance starts again: it is counted a day.',
    holds: (view) =>
      hasShare(
        view,
        ({ order, coinsuranceCapCents, coinsuranceCapPer }) =>
          NAMES_COINSURANCE.includes(order) && coinsuranceCapCents !== undefined && coinsuranceCapPer === undefined,
      ),
  },
  standard_coordination_default: {
    text: 'Nobody said how the second plan coordinates: it is taken to pay its normal benefit up to what the first one leaves.',
    holds: ({ askedSecond }) => askedSecond.some(({ coordination }) => coordination === undefined),
  },
};

/**
 * What the likely hypothesis rests on, each code at most once and in the order of the contract's table.
 *
 * Source: estimate contract, table of assumptions.
 */
export function assumptionsOf(view: LikelyView): Assumption[] {
  const codes = Object.keys(ASSUMPTIONS) as AssumptionCode[];
  return codes.filter((code) => ASSUMPTIONS[code].holds(view)).map((code) => ({ code, text: ASSUMPTIONS[code].text }));
}

function hasShare({ adjudications }: LikelyView, test: (share: CostShare) => boolean): boolean {
  return adjudications.some(({ covered }) => test(covered.share));
}
