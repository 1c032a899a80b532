import type { Issue, Limit, Snapshot } from '@openvob/benefits';
import { type BehavioralCoverage, behavioralCoverage } from './behavioral-coverage';
import { type AccumulatorChoices, chooseAccumulators } from './choose-accumulator';
import { chooseAuthorization } from './choose-authorization';
import { type CostShareChoices, chooseCostShares } from './choose-cost-share';
import { chooseLimits } from './choose-limits';
import type { IopBenefit } from './iop-benefit';
import type { Choice } from './ranking';
import type { Situation } from './situation';

/** Everything that was chosen, before it is decided what of it counts. */
export interface Choices {
  readonly copay: Choice | undefined;
  readonly coinsurance: Choice | undefined;
  readonly deductible: AccumulatorChoices;
  readonly outOfPocket: AccumulatorChoices;
  readonly limits: Limit[];
  readonly authorization: IopBenefit['authorization'];
  readonly behavioral: BehavioralCoverage;
}

/** Chooses everything that a snapshot says of a program in a situation. */
export function chooseAll(snapshot: Snapshot, situation: Situation, issues: Issue[]): Choices {
  const shares = chooseCostShares(snapshot, situation);
  const zeroIsSuspect = !owesNothing(shares);
  return {
    copay: shares.copay,
    coinsurance: shares.coinsurance,
    deductible: chooseAccumulators('deductible', snapshot, situation, { zeroIsSuspect: false, issues }),
    outOfPocket: chooseAccumulators('out_of_pocket', snapshot, situation, { zeroIsSuspect, issues }),
    limits: chooseLimits(snapshot, situation, issues),
    authorization: chooseAuthorization(snapshot, situation),
    behavioral: behavioralCoverage(snapshot, situation, issues),
  };
}

/** True when the payer said that the share is nothing: then an out-of-pocket maximum of 0 may be meant. */
function owesNothing({ copay, coinsurance }: CostShareChoices): boolean {
  const amount = copay?.chosen.value.amountCents;
  const percent = coinsurance?.chosen.value.percent;
  return (amount ?? percent) !== undefined && (amount ?? 0) === 0 && (percent ?? 0) === 0;
}

/** True when any figure would be another in another tier. */
export function dependsOnTier({ copay, coinsurance, deductible, outOfPocket }: Choices): boolean {
  return [
    copay,
    coinsurance,
    deductible.individual,
    deductible.family,
    outOfPocket.individual,
    outOfPocket.family,
  ].some((choice) => choice?.dependsOnTier === true);
}
