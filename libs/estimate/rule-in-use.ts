import type { CostShare, CostShareRule } from './estimate-case';
import { answerIn, type Hypothesis } from './hypotheses';
import type { Side } from './side';
import { costShareId } from './unknowns';

/** What a rule says under a hypothesis. */
export type RuleInUse =
  | { readonly kind: 'not_covered' }
  | { readonly kind: 'share'; readonly share: CostShare; readonly nobodyStatedIt: boolean };

/** No deductible is taken; only the out-of-pocket maximum bounds it. Source: estimate contract, "Not stated". */
const EVERYTHING_OWED: CostShare = { order: 'copay_then_coinsurance', copayCents: 0, coinsurancePercent: 100 };
const NOTHING_OWED: CostShare = { order: 'copay', copayCents: 0 };

/**
 * The rules of a side, each with the share that the hypothesis chooses.
 *
 * Source: estimate contract, "Not stated" and "Unknowns".
 */
export function rulesInUse(side: Side, hypothesis: Hypothesis): RuleInUse[] {
  return side.benefits.costShares.map((rule, index) => ruleInUse(rule, answerIn(hypothesis, costShareId(side, index))));
}

function ruleInUse(rule: CostShareRule, answer: number): RuleInUse {
  if ('notCovered' in rule) return { kind: 'not_covered' };
  if ('unknown' in rule) {
    return { kind: 'share', share: answer === 0 ? EVERYTHING_OWED : NOTHING_OWED, nobodyStatedIt: true };
  }
  const share = 'oneOf' in rule ? (rule.oneOf[answer] ?? rule.oneOf[0]) : rule;
  if (!share) throw new RangeError('a cost share rule lists no hypothesis, expected at least one in oneOf');
  return { kind: 'share', share, nobodyStatedIt: false };
}
