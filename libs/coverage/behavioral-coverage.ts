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
  const rows: Row[] = [
    ...behavioralShares(snapshot, situation),
    ...behavioralAccumulators(snapshot, situation),
    ...snapshot.limits.filter((limit) => holdsOnDate(limit, situation.on)),
    ...snapshot.authorizations.map(({ serviceTypes, network }) => ({ serviceTypes, network })),
  ];
  return [
    ...rows.flatMap((row) => strengthOf(row, careScope(row, situation.track), situation)),
    ...coverageStatements(snapshot, situation, 'active'),
  ];
}

function coverageStatements(snapshot: Snapshot, situation: Situation, status: 'active' | 'inactive'): Strength[] {
  const stated: readonly (Row & Pick<BasisRow, 'status'>)[] =
    snapshot.basis?.rows.filter(({ says }) => says === 'coverage') ?? snapshot.coverages;
  return stated
    .filter((row) => row.status === status && holdsOnDate(row, situation.on))
    .flatMap((row) => strengthOf(row, careScope(row, situation.track), situation));
}

function strengthOf(row: Row, scope: number | undefined, { network: side }: Situation): Strength[] {
  const network = networkFit(row.network, side);
  return isBehavioralScope(scope) && network !== undefined ? [{ scope, network }] : [];
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
  return [...statements].sort((a, b) => b.scope - a.scope || b.network - a.network)[0];
}
