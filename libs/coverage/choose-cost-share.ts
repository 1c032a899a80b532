import { type CostShare, type Snapshot, type Source, tells } from '@openvob/benefits';
import { placeOf } from './accumulator-amounts';
import { holdsOnDate, networkFit, placeFit } from './fit';
import type { Chosen } from './iop-benefit';
import { type Candidate, type Choice, choose } from './ranking';
import { RULES, WHY } from './rules';
import { careScope, isBehavioralScope, SCOPE } from './scope';
import type { Situation } from './situation';

export interface CostShareChoices {
  copay?: Choice;
  coinsurance?: Choice;
}

interface Scored {
  readonly share: CostShare;
  readonly scope: number;
  readonly candidate: Candidate;
}

/**
 * Copay and coinsurance of a program day. Both come from the one service that is nearest to the program and has either;
 * rows of the plan serve when no behavioral row has one; office and outpatient rows are alternatives alone.
 */
export function chooseCostShares(snapshot: Snapshot, situation: Situation): CostShareChoices {
  if (snapshot.costShares.length === 0) return {};
  const others = sharesOfOthers(snapshot);
  const scored = withBands(
    snapshot.costShares.flatMap((share) => score(share, situation, others)),
    snapshot,
  );
  const nearest = scored.reduce((best, { scope }) => (scope === SCOPE.office ? best : Math.max(best, scope)), 0);
  if (nearest === 0) return {};
  const copay = chooseKind('copay', scored, nearest);
  const coinsurance = chooseKind('coinsurance', scored, nearest);
  const choices: CostShareChoices = {};
  if (copay !== undefined) choices.copay = besideLaterBands(copay, coinsurance, scored);
  if (coinsurance !== undefined) choices.coinsurance = besideLaterBands(coinsurance, copay, scored);
  return choices;
}

/** A share over so many visits is not the one that a program begins with, where another is said for the same service and network. */
function withBands(scored: readonly Scored[], { basis }: Snapshot): readonly Scored[] {
  const later = new Set(basis?.laterBands?.map(({ source }) => placeOf([source])));
  if (later.size === 0) return scored;
  const isLater = ({ share }: Scored) => later.has(placeOf([share.source]));
  const isFirst = (each: Scored, of: Scored) =>
    !isLater(each) && each.scope === of.scope && each.share.network === of.share.network;
  return scored.map((each) => {
    if (!isLater(each) || !scored.some((other) => isFirst(other, each))) return each;
    return { ...each, candidate: { ...each.candidate, barred: each.candidate.barred ?? RULES.order } };
  });
}

/** Shares of the other kind that hold only later stand beside the one that holds first. */
function besideLaterBands(choice: Choice, other: Choice | undefined, scored: readonly Scored[]): Choice {
  const { chosen } = choice;
  const isCopay = chosen.value.amountCents !== undefined;
  const later = scored.filter(
    ({ candidate, share }) => candidate.barred === RULES.order && (share.kind === 'coinsurance') === isCopay,
  );
  if (other !== undefined || later.length === 0) return choice;
  const alternatives = later.map(({ candidate: { value, source } }) => ({
    value,
    source: [...source],
    why: WHY[RULES.order],
  }));
  return { ...choice, chosen: { ...chosen, alternatives: [...chosen.alternatives, ...alternatives] } };
}

/** Cost-share rows that speak of behavioral outpatient care in this network, whatever the place of service. */
export function behavioralShares(snapshot: Snapshot, situation: Situation): CostShare[] {
  const others = sharesOfOthers(snapshot);
  return snapshot.costShares.filter(
    (share) =>
      isBehavioralScope(careScope(share, situation.track)) &&
      networkFit(share.network, situation.network) !== undefined &&
      isUsable(share, situation, others),
  );
}

function chooseKind(kind: CostShare['kind'], scored: readonly Scored[], nearest: number): Choice | undefined {
  const ofKind = scored.filter(({ share }) => share.kind === kind);
  if (!ofKind.some(({ scope }) => scope === nearest)) return undefined;
  return choose(
    ofKind.map(({ candidate }) => candidate),
    RULES.scope,
  );
}

function score(share: CostShare, situation: Situation, others: ReadonlySet<string>): Scored[] {
  const value = chosenValue(share);
  const scope = careScope(share, situation.track);
  const network = networkFit(share.network, situation.network);
  const place = placeFit(share, situation.setting);
  if (value === undefined || scope === undefined || network === undefined || place === undefined) return [];
  if (!isUsable(share, situation, others)) return [];
  const ofTier = tells(share.messages, 'tier');
  const candidate: Candidate = {
    value,
    source: [share.source],
    ranks: [
      { rule: RULES.scope, rank: scope },
      { rule: RULES.network, rank: network },
      { rule: RULES.place, rank: place },
      { rule: RULES.tier, rank: ofTier ? 0 : 1 },
    ],
    cost: share.amountCents ?? share.percent ?? 0,
    barred: scope === SCOPE.office ? RULES.scope : undefined,
    ofOffice: scope === SCOPE.office,
    ofTier,
  };
  return [{ share, scope, candidate }];
}

/** The places of shares that other members of the family owe. */
function sharesOfOthers({ basis }: Snapshot): ReadonlySet<string> {
  return new Set(basis?.forOthers.map(keyOf));
}

function keyOf(source: Source): string {
  return `${source.answer ?? ''} ${placeOf([source])}`;
}

function isUsable(share: CostShare, { on, endedPlans }: Situation, others: ReadonlySet<string>): boolean {
  if (!holdsOnDate(share, on) || (share.plan !== undefined && endedPlans.has(share.plan))) return false;
  return others.size === 0 || !others.has(keyOf(share.source));
}

function chosenValue(share: CostShare): Chosen['value'] | undefined {
  if (share.kind === 'coinsurance') return share.percent === undefined ? undefined : { percent: share.percent };
  if (share.amountCents === undefined) return undefined;
  const value: Chosen['value'] = { amountCents: share.amountCents };
  if (share.per !== undefined) value.per = share.per;
  return value;
}
