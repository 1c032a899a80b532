import type { Snapshot } from '@openvob/benefits';

/** A payer whose place in the order a payer tells, or that has to be asked in its stead. */
export interface NamedPayer {
  /** Its own place, as told: `primary` pays before whoever named it. `instead`: it holds this coverage itself. */
  readonly place: 'primary' | 'secondary' | 'tertiary' | 'instead';
  readonly name: string;
  readonly memberId?: string;
}

/**
 * Medicare pays after a group health plan: working aged, end-stage renal disease in its coordination period, disabled under a large group plan
 * (code list 1336: 12, 13, 43). The other codes of that kind are for single accidents and pay for these alone.
 */
const MEDICARE_SECONDARY = new Set(['12', '13', '43']);

/** Payers that a payer names beside itself, each with its place where one was told; those without a name are left out. */
export function namedPayers(snapshot: Snapshot, mustAskAnother: boolean): NamedPayer[] {
  const named: NamedPayer[] = [];
  for (const { order, name, memberId } of snapshot.otherPayers) {
    if (name === undefined) continue;
    const place = order === 'unknown' ? (isMedicareSecondary(snapshot) ? 'primary' : undefined) : order;
    if (place) named.push({ place, name, ...(memberId === undefined ? {} : { memberId }) });
  }
  if (!mustAskAnother || named.some(({ place }) => place === 'primary')) return named;
  const instead = insteadOf(snapshot);
  return instead ? [instead, ...named] : named;
}

/** True when Medicare says of itself that a group health plan pays before it. */
export function isMedicareSecondary({ basis }: Snapshot): boolean {
  return (basis?.rows ?? []).some(
    ({ says, product }) => (says === 'coverage' || says === 'other_payer') && MEDICARE_SECONDARY.has(product ?? ''),
  );
}

/** The Medicare Advantage or managed-care plan that has to be asked in its stead. */
function insteadOf(snapshot: Snapshot): NamedPayer | undefined {
  const other = snapshot.otherPayers.find(({ order, name }) => order === 'unknown' && name !== undefined);
  if (other?.name !== undefined) {
    return {
      place: 'instead',
      name: other.name,
      ...(other.memberId === undefined ? {} : { memberId: other.memberId }),
    };
  }
  const row = (snapshot.basis?.rows ?? []).find(({ says, name }) => says === 'managed_care' && name !== undefined);
  const entity = snapshot.entities.find(({ role, name }) => role === 'Y2' && name !== undefined);
  const name = row?.name ?? entity?.name;
  return name === undefined
    ? undefined
    : { place: 'instead', name, ...(entity?.memberId && entity.name === name ? { memberId: entity.memberId } : {}) };
}

/**
 * The snapshot as its payer answers in the place that it has: what it said of other payers is heeded by asking them, and no longer stands in the way of
 * its own benefits.
 */
export function inItsPlace(snapshot: Snapshot): Snapshot {
  if (!snapshot.basis) return { ...snapshot, otherPayers: [] };
  const rows = snapshot.basis.rows.filter(({ says }) => says !== 'other_payer');
  return { ...snapshot, otherPayers: [], basis: { ...snapshot.basis, rows } };
}
