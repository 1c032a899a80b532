import { type BasisRow, isBehavioral, isMedical, isPlanLevel, type Snapshot } from '@openvob/benefits';
import { holdsOnDate } from './fit';
import type { Situation } from './situation';

/** A Medicare Advantage HMO (code list 1336). */
const MEDICARE_RISK = 'HN';
/** Managed-care and indemnity products that stand in for Medicare or Medicaid where one of those answers. */
const MANAGED_PRODUCTS = new Set(['EP', 'HM', 'IN', 'PR', 'PS']);

/**
 * True when another payer or plan must be asked instead: one that is primary; or a Medicare Advantage or managed-care
 * plan that Medicare or Medicaid names, be it in a message. Those for dental, vision or pharmacy alone do not count.
 * Source: contract of the reader, "IOP decision"; reference/benefits.md 1.10 rule 14.
 */
export function mustAskAnother(snapshot: Snapshot, situation: Situation): boolean {
  const { basis } = snapshot;
  if (basis === undefined) return snapshot.otherPayers.some(({ order }) => order === 'primary');
  const rows = basis.rows.filter((row) => isRelevant(row) && holdsOnDate(row, situation.on));
  const publicPayer = isPublicPayer(snapshot);
  return (
    rows.some((row) => row.says === 'other_payer' && takesOver(row, publicPayer)) ||
    (publicPayer && rows.some((row) => row.says === 'managed_care' && row.name !== undefined)) ||
    (publicPayer &&
      snapshot.entities.some(({ role, name, serviceTypes }) => role === 'Y2' && name && concernsPlan(serviceTypes)))
  );
}

function takesOver(row: BasisRow, publicPayer: boolean): boolean {
  if (row.order === 'primary') return true;
  if (row.order !== 'unknown' || !concernsPlan(row.serviceTypes)) return false;
  return row.product === MEDICARE_RISK || (publicPayer && MANAGED_PRODUCTS.has(row.product ?? ''));
}

function isRelevant({ serviceTypes }: BasisRow): boolean {
  return isPlanLevel(serviceTypes) || isMedical(serviceTypes);
}

function concernsPlan(serviceTypes: readonly string[]): boolean {
  return isPlanLevel(serviceTypes) || isBehavioral(serviceTypes);
}

/** Medicare or Medicaid itself, by its name or by the products (MA, MB, MC) of its coverage. */
function isPublicPayer({ payer, basis }: Snapshot): boolean {
  if (/\bMEDICARE\b|\bMEDICAID\b|\bMEDI-?CAL\b|^CMS$/i.test(payer.name ?? '')) return true;
  return (basis?.rows ?? []).some(({ product }) => product === 'MA' || product === 'MB' || product === 'MC');
}
