import type { CostShare, CostShareRule, NotCovered } from './estimate-case';
import { answerIn, type Hypothesis } from './hypotheses';
import type { Side } from './side';
import { costShareId } from './unknowns';

/** A rule that shares a line, as a hypothesis has it. */
export interface SharingRule {
  readonly kind: 'covered';
  /** Its index among the rules of its side. */
  readonly rule: number;
  readonly share: CostShare;
  readonly nobodyStatedIt: boolean;
}

/** What a rule says under a hypothesis. */
export type RuleInUse = { readonly kind: 'excluded' } | SharingRule;

/** No deductible is taken; only the out-of-pocket maximum bounds it. Source: estimate contract, "Not stated". */
const EVERYTHING: CostShare = { order: 'copay_then_coinsurance', copayCents: 0, coinsurancePercent: 100 };
const NOTHING: CostShare = { order: 'copay', copayCents: 0 };

/**
 * The rules of a side, each with the share that the hypothesis chooses.
 *
 * Source: estimate contract, "Not stated" and "Unknowns".
 */
export function rulesInUse(side: Side, hypothesis: Hypothesis): RuleInUse[] {
  return side.benefits.costShares.map((stated, rule) => {
    if ('notCovered' in stated) return { kind: 'excluded' };
    const share = shareUnder(stated, answerIn(hypothesis, costShareId(side, rule)));
    return { kind: 'covered', rule, share, nobodyStatedIt: 'unknown' in stated };
  });
}

/** The hypotheses of a rule, the likely one first. Source: estimate contract, "Not stated" and `oneOf`. */
export function hypothesesOf(stated: Exclude<CostShareRule, NotCovered>): readonly CostShare[] {
  if ('unknown' in stated) return [EVERYTHING, NOTHING];
  return 'oneOf' in stated ? stated.oneOf : [stated];
}

function shareUnder(stated: Exclude<CostShareRule, NotCovered>, answer: number): CostShare {
  const hypotheses = hypothesesOf(stated);
  const share = hypotheses[answer] ?? hypotheses[0];
  if (!share) throw new RangeError('a cost share rule lists no hypothesis, expected at least one in oneOf');
  return share;
}
