import type { Source } from '@openvob/benefits';
import type { Chosen } from './iop-benefit';
import { RULES, type RuleId, WHY } from './rules';

/** A figure that could be chosen, with its rank under each rule; higher is nearer. */
export interface Candidate {
  readonly value: Chosen['value'];
  readonly source: readonly Source[];
  readonly ranks: readonly Rank[];
  /** What it costs the patient, for ties only. */
  readonly cost: number;
  /** The rule that keeps it from being chosen; it may still be shown as an alternative. */
  readonly barred: RuleId | undefined;
  /** True for office and outpatient rows, which are shown also when they say the same as what was chosen. */
  readonly ofOffice?: boolean;
  /** True when a message binds it to a tier of providers or a vendor's program. */
  readonly ofTier: boolean;
}

export interface Rank {
  readonly rule: RuleId;
  readonly rank: number;
}

export interface Choice {
  readonly chosen: Chosen;
  readonly candidate: Candidate;
  /** True when a tier would make another figure of the same service and network count. */
  readonly dependsOnTier: boolean;
}

/**
 * Chooses by the ranks in their order, then by the higher cost; independent of the order of rows. The others that say
 * something different become alternatives.
 *
 * @param rule what is named as the deciding rule when there was nothing to decide.
 */
export function choose(candidates: readonly Candidate[], rule: RuleId): Choice | undefined {
  const sorted = [...candidates].sort(byRank);
  const candidate = sorted.find(({ barred }) => barred === undefined);
  if (candidate === undefined) return undefined;
  const rivals = sorted.filter((each) => each !== candidate);
  const others = rivals.filter((each) => each.ofOffice === true || !sameValue(each, candidate));
  const decisive = others.find(({ barred }) => barred === undefined) ?? others[0];
  const chosen: Chosen = {
    value: candidate.value,
    rule: decisive === undefined ? rule : (decisive.barred ?? decidingRule(candidate, decisive)),
    source: [...candidate.source],
    alternatives: others.map((each) => ({
      value: each.value,
      source: [...each.source],
      why: WHY[each.barred ?? decidingRule(candidate, each)],
    })),
  };
  return { chosen, candidate, dependsOnTier: others.some((each) => isOtherTier(each, candidate)) };
}

/** The first rule under which the ranks differ. */
export function decidingRule(one: Candidate, other: Candidate): RuleId {
  return one.ranks.find(({ rank }, index) => rank !== other.ranks[index]?.rank)?.rule ?? RULES.tie;
}

/** Same service, network and place, and one of the two holds for a tier alone. */
function isOtherTier(other: Candidate, candidate: Candidate): boolean {
  if (other.barred !== undefined || (!other.ofTier && !candidate.ofTier)) return false;
  const deciding = decidingRule(candidate, other);
  return deciding === RULES.tier || deciding === RULES.money || deciding === RULES.tie;
}

function byRank(a: Candidate, b: Candidate): number {
  for (const [index, { rank }] of a.ranks.entries()) {
    const difference = (b.ranks[index]?.rank ?? 0) - rank;
    if (difference !== 0) return difference;
  }
  return b.cost - a.cost || (JSON.stringify(a.value) < JSON.stringify(b.value) ? -1 : 1);
}

function sameValue({ value: a }: Candidate, { value: b }: Candidate): boolean {
  return (
    a.amountCents === b.amountCents &&
    a.percent === b.percent &&
    a.limitCents === b.limitCents &&
    a.remainingCents === b.remainingCents &&
    a.per === b.per
  );
}
