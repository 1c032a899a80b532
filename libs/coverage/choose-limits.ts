import type { BasisRow, Issue, Limit, Snapshot } from '@openvob/benefits';
import { placeOf } from './accumulator-amounts';
import { holdsOnDate, networkFit } from './fit';
import { careScope, SCOPE } from './scope';
import type { Situation } from './situation';

const CONDITIONS: Readonly<Partial<Record<Limit['unit'], string>>> = {
  visits: 'visit_limit',
  days: 'day_limit',
  dollars: 'dollar_limit',
};

/**
 * Limits of behavioral outpatient care and of the plan in this network. A dollar limit of 0 beside a benefit is no limit, nor is
 * one that the payer takes back by "unlimited" on the same service or a nearer one. Source: reference/benefits.md 1.2 (H).
 */
export function chooseLimits(snapshot: Snapshot, situation: Situation, issues: Issue[]): Limit[] {
  const unlimited = unlimitedRows(snapshot, situation);
  const applying = snapshot.limits.filter(
    (limit) => applies(limit, situation) && !isTakenBack(limit, unlimited, situation),
  );
  const suspect = applying.filter((limit) => limit.unit === 'dollars' && limit.allowed === 0);
  if (suspect[0] !== undefined) {
    const message = `Limits of 0 dollars (${suspect.length}) stand beside a benefit; they are not used.`;
    issues.push({ severity: 'info', code: 'suspect_zero', at: placeOf(suspect[0].source), message });
  }
  return applying.filter((limit) => !suspect.includes(limit));
}

/** The conditions that limits make, each once. */
export function limitConditions(limits: readonly Limit[]): string[] {
  return [...new Set(limits.flatMap(({ unit }) => CONDITIONS[unit] ?? []))];
}

/** True when a limit over more than a visit, day or week does not tell what is left of it. */
export function isOpenLimit({ unit, period, remaining, used }: Limit): boolean {
  if (unit === 'other' || period === 'visit' || period === 'day' || period === 'week') return false;
  return remaining === undefined && used === undefined;
}

function unlimitedRows({ basis }: Snapshot, { on, network }: Situation): BasisRow[] {
  const rows = basis?.rows.filter(({ says }) => says === 'unlimited') ?? [];
  return rows.filter((row) => holdsOnDate(row, on) && networkFit(row.network, network) !== undefined);
}

function isTakenBack(limit: Limit, unlimited: readonly BasisRow[], { track }: Situation): boolean {
  const limited = careScope(limit, track) ?? 0;
  return unlimited.some((row) => (careScope(row, track) ?? 0) >= limited && isSamePeriod(row, limit));
}

/** "Unlimited" without a period holds for all. */
function isSamePeriod({ period }: BasisRow, limit: Limit): boolean {
  return period === undefined || period === 'unspecified' || period === limit.period;
}

function applies(limit: Limit, situation: Situation): boolean {
  const scope = careScope(limit, situation.track);
  if (scope === undefined || scope === SCOPE.office || !holdsOnDate(limit, situation.on)) return false;
  if (limit.plan !== undefined && situation.endedPlans.has(limit.plan)) return false;
  return networkFit(limit.network, situation.network) !== undefined;
}
