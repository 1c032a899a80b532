import { type Accumulator, type Issue, isPlanLevel, type Period, type Snapshot, tells } from '@openvob/benefits';
import { type Amounts, amountsOf, mergeParts, placeOf } from './accumulator-amounts';
import { holdsOnDate, networkFit } from './fit';
import { type Candidate, type Choice, choose } from './ranking';
import { RULES, type RuleId } from './rules';
import { isBehavioralScope, SCOPE, scopeOf } from './scope';
import type { Situation } from './situation';

type Kind = Accumulator['kind'];
type Level = 'individual' | 'family';

export interface AccumulatorChoices {
  individual?: Choice;
  family?: Choice;
  /** True when behavioral health has a deductible or maximum of its own that is not the plan's. */
  readonly separate: boolean;
}

interface Scored {
  readonly accumulator: Accumulator;
  readonly amounts: Amounts;
  readonly candidate: Candidate;
  readonly ofBehavioral: boolean;
}

/** Amounts over these periods are no yearly deductible or maximum. */
const SHORT_PERIODS: ReadonlySet<Period> = new Set([
  'visit',
  'day',
  'week',
  'month',
  'episode',
  'admission',
  'lifetime',
]);

/**
 * Deductible or out-of-pocket maximum, individual and family: behavioral health's own if it has one, else the plan's.
 *
 * @param zeroIsSuspect true for an out-of-pocket maximum of 0, which nobody who owes a share can have.
 */
export function chooseAccumulators(
  kind: Kind,
  snapshot: Snapshot,
  situation: Situation,
  { zeroIsSuspect, issues }: { zeroIsSuspect: boolean; issues: Issue[] },
): AccumulatorChoices {
  const usable = mergeParts(
    snapshot.accumulators.filter((each) => each.kind === kind && !SHORT_PERIODS.has(each.period)),
  );
  if (usable.length === 0) return { separate: false };
  const scored = usable.flatMap((each) => score(each, situation, { zeroIsSuspect, issues }));
  const ofPlan = new Set(scored.flatMap((each) => (each.ofBehavioral ? [] : [figureKey(each)])));
  const separate = scored.some((each) => each.ofBehavioral && isOwn(each) && !ofPlan.has(figureKey(each)));
  const shown = scored.map((each) =>
    each.ofBehavioral === separate ? each : bar(each, each.candidate.ofTier ? RULES.tier : RULES.scope),
  );
  const family = chooseLevel('family', shown);
  const individual = chooseLevel('individual', withoutMeaninglessZero(shown, family, issues));
  const choices: AccumulatorChoices = { separate };
  if (individual !== undefined) choices.individual = individual;
  if (family !== undefined) choices.family = family;
  return choices;
}

/** Accumulator rows that speak of behavioral outpatient care in this network. */
export function behavioralAccumulators(snapshot: Snapshot, situation: Situation): Accumulator[] {
  return snapshot.accumulators.filter(
    (each) =>
      isBehavioralScope(scopeOf(each, situation.track)) &&
      networkFit(each.network, situation.network) !== undefined &&
      holdsOnDate(each, situation.on),
  );
}

function score(
  accumulator: Accumulator,
  situation: Situation,
  how: { zeroIsSuspect: boolean; issues: Issue[] },
): Scored[] {
  const scope = accumulatorScope(accumulator, situation);
  const network = networkFit(accumulator.network, situation.network);
  if (scope === undefined || scope === SCOPE.office || network === undefined || !isCurrent(accumulator, situation))
    return [];
  const amounts = amountsOf(accumulator, how.issues);
  if (amounts === undefined) return [];
  const ofTier = tells(accumulator.messages, 'tier');
  const suspect = how.zeroIsSuspect && amounts.limitCents === 0;
  if (suspect) {
    const message = 'An out-of-pocket maximum of 0 stands beside a cost share; it is not used.';
    how.issues.push({ severity: 'warning', code: 'suspect_zero', at: placeOf(amounts.source), message });
  }
  const candidate: Candidate = {
    value: chosenValue(amounts),
    source: amounts.source,
    ranks: [
      { rule: RULES.person, rank: accumulator.level === 'unknown' ? 0 : 1 },
      { rule: RULES.scope, rank: scope },
      { rule: RULES.network, rank: network },
      { rule: RULES.tier, rank: (ofTier ? 0 : 2) + (tells(accumulator.messages, 'other_care') ? 0 : 1) },
      { rule: RULES.money, rank: amounts.known },
    ],
    cost: amounts.remainingCents ?? amounts.limitCents ?? 0,
    barred: suspect ? RULES.money : undefined,
    ofTier,
  };
  return [{ accumulator, amounts, candidate, ofBehavioral: isBehavioralScope(scope) }];
}

/** A row that names the plan (30) among other services tells the plan's figure, for all of them. */
function accumulatorScope(accumulator: Accumulator, { track }: Situation): number | undefined {
  return isPlanLevel(accumulator.serviceTypes) ? SCOPE.plan : scopeOf(accumulator, track);
}

function isCurrent(accumulator: Accumulator, { on, endedPlans }: Situation): boolean {
  return holdsOnDate(accumulator, on) && !(accumulator.plan !== undefined && endedPlans.has(accumulator.plan));
}

/** A tier's or vendor's figure does not make a deductible of behavioral health's own. */
function isOwn({ candidate }: Scored): boolean {
  return candidate.barred === undefined && !candidate.ofTier;
}

/** The plan's figures repeated on a service type are the plan's accumulator. Source: reference/benefits.md 1.7. */
function figureKey({ accumulator: { level, network }, candidate }: Scored): string {
  return `${level} ${network} ${candidate.value.limitCents} ${candidate.value.remainingCents}`;
}

function bar(each: Scored, rule: RuleId): Scored {
  return { ...each, candidate: { ...each.candidate, barred: each.candidate.barred ?? rule } };
}

/** A row without level speaks of the person when no row does so expressly. */
function chooseLevel(level: Level, scored: readonly Scored[]): Choice | undefined {
  const levels = level === 'individual' ? ['individual', 'unknown'] : ['family'];
  const candidates = scored
    .filter(({ accumulator }) => levels.includes(accumulator.level))
    .map(({ candidate }) => candidate);
  return choose(candidates, RULES.money);
}

/** An individual base of 0 beside a family base above 0 is "not applicable", never "met". Rule 1.10.9, RFI 2659. */
function withoutMeaninglessZero(scored: readonly Scored[], family: Choice | undefined, issues: Issue[]): Scored[] {
  if ((family?.chosen.value.limitCents ?? 0) === 0) return [...scored];
  return scored.map((each) => {
    if (each.accumulator.level === 'family' || each.candidate.barred !== undefined) return each;
    if (each.amounts.limitCents !== 0) return each;
    const message = 'An individual amount of 0 beside a family amount is taken for "not applicable".';
    issues.push({ severity: 'warning', code: 'suspect_zero', at: placeOf(each.amounts.source), message });
    return bar(each, RULES.individualZero);
  });
}

function chosenValue({ limitCents, remainingCents }: Amounts): Candidate['value'] {
  const value: Candidate['value'] = {};
  if (limitCents !== undefined) value.limitCents = limitCents;
  if (remainingCents !== undefined) value.remainingCents = remainingCents;
  return value;
}
