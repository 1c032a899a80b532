import { type BasisRow, type Issue, type Row, type Snapshot, tells } from '@openvob/benefits';
import { placeOf } from './accumulator-amounts';
import { behavioralAccumulators } from './choose-accumulator';
import { behavioralShares } from './choose-cost-share';
import { holdsOnDate, networkFit } from './fit';
import { careScope, isBehavioralScope, SCOPE, scopeOf } from './scope';
import type { Situation } from './situation';

/** What is said of behavioral outpatient care in this network. */
export type BehavioralCoverage = 'covered' | 'excluded' | 'silent';

/** How near a statement comes: its scope first, then its network. */
interface Strength {
  readonly scope: number;
  readonly network: number;
}

/**
 * Whether behavioral outpatient care is covered, excluded or not spoken of in this network. An exclusion or inactive
 * coverage on a nearer service beats coverage on a broader one and the reverse; on the same service the exclusion stands,
 * unless the coverage alone is said of this network. Source: reference/benefits.md 1.10 rule 2.
 */
export function behavioralCoverage(snapshot: Snapshot, situation: Situation, issues: Issue[]): BehavioralCoverage {
  const covering = strongest(coveringStatements(snapshot, situation));
  const excluding = strongest([
    ...exclusionStatements(snapshot, situation, issues),
    ...coverageStatements(snapshot, situation, 'inactive'),
  ]);
  if (excluding !== undefined && prevails(excluding, covering)) return 'excluded';
  return covering === undefined ? 'silent' : 'covered';
}

function prevails(excluding: Strength, covering: Strength | undefined): boolean {
  if (covering === undefined) return true;
  if (excluding.scope !== covering.scope) {
    const ofThisNetworkAlone = excluding.network === 3 && covering.network === 1;
    return excluding.scope > covering.scope || ofThisNetworkAlone;
  }
  return excluding.network >= covering.network;
}

/** Active coverage; figures, limits and authorizations on behavioral care imply it. */
function coveringStatements(snapshot: Snapshot, situation: Situation): Strength[] {
  const found = coverageStatements(snapshot, situation, 'active');
  const add = (row: Row) => addStrength(row, situation, found);
  behavioralShares(snapshot, situation).forEach(add);
  behavioralAccumulators(snapshot, situation).forEach(add);
  for (const limit of snapshot.limits) if (holdsOnDate(limit, situation.on)) add(limit);
  for (const { serviceTypes, network } of snapshot.authorizations) add({ serviceTypes, network });
  return found;
}

function coverageStatements(snapshot: Snapshot, situation: Situation, status: 'active' | 'inactive'): Strength[] {
  const found: Strength[] = [];
  const stated: readonly (Row & Partial<Pick<BasisRow, 'status' | 'says'>>)[] =
    snapshot.basis?.rows ?? snapshot.coverages;
  for (const row of stated) {
    if ((row.says ?? 'coverage') !== 'coverage' || row.status !== status) continue;
    if (holdsOnDate(row, situation.on)) addStrength(row, situation, found);
  }
  return found;
}

function addStrength(row: Row, { track, network: side }: Situation, into: Strength[]): void {
  const scope = careScope(row, track);
  const network = networkFit(row.network, side);
  if (isBehavioralScope(scope) && network !== undefined) into.push({ scope, network });
}

/**
 * Exclusions bind their own network, procedure and message's scope alone. One on the plan binds when it is said of this
 * network.
 */
function exclusionStatements(snapshot: Snapshot, situation: Situation, issues: Issue[]): Strength[] {
  return snapshot.exclusions.flatMap((exclusion) => {
    const texts = exclusion.text === undefined ? [] : exclusion.text.split('; ');
    const scope = scopeOf({ ...exclusion, messages: texts }, situation.track);
    const network = networkFit(exclusion.network, situation.network);
    if (scope === undefined || scope === SCOPE.office || network === undefined) return [];
    if (scope === SCOPE.plan && (network < 3 || texts.some((text) => !tells([text], 'not_covered')))) return [];
    if (scope < SCOPE.named && !texts.every(isGeneral)) {
      const message = 'An exclusion on behavioral health holds only for what its message names; it is not applied.';
      issues.push({ severity: 'info', code: 'exclusion_scope', at: placeOf([exclusion.source]), message });
      return [];
    }
    return [{ scope, network }];
  });
}

/** A message that narrows nothing: it says "not covered", or names behavioral health and no other care. */
function isGeneral(text: string): boolean {
  return tells([text], 'not_covered') || (tells([text], 'behavioral') && !tells([text], 'other_care'));
}

function strongest(statements: readonly Strength[]): Strength | undefined {
  let best: Strength | undefined;
  for (const each of statements) if (best === undefined || isStronger(each, best)) best = each;
  return best;
}

function isStronger(a: Strength, b: Strength): boolean {
  return a.scope === b.scope ? a.network > b.network : a.scope > b.scope;
}
