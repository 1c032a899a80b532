import { copayUnitOfCode, quantityUnitOfCode } from './benefit-codes';
import { codeTable } from './code-table';
import { distinct } from './distinct';
import { readQuantity } from './figures';
import { type ReadRow, withRow } from './rows';
import type { CostShare } from './snapshot';
import type { StatedRow } from './statement';

const KINDS = codeTable<CostShare['kind']>({ A: 'coinsurance', B: 'copay' });

/** Copays (EB01 B, cents) and coinsurance (A, the patient's percent), in file order, repeated rows once. */
export function costSharesOf(rows: readonly ReadRow[]): CostShare[] {
  const shares: CostShare[] = [];
  for (const row of rows) {
    if (row.status !== undefined) continue;
    const kind = KINDS[row.stated.code];
    if (kind !== undefined) shares.push(costShareOf(kind, row));
  }
  return distinct(shares);
}

function costShareOf(kind: CostShare['kind'], row: ReadRow): CostShare {
  const { stated, network, serviceTypes, cents, maxCents, percent } = row;
  const share: CostShare = withRow({ kind, source: stated.source, network, serviceTypes }, row);
  const per = kind === 'copay' ? copayUnitOf(stated) : undefined;
  const days = daysOf(stated);
  if (per !== undefined) share.per = per;
  if (cents !== undefined) share.amountCents = cents;
  if (maxCents !== undefined) share.maxCents = maxCents;
  if (percent !== undefined) share.percent = percent;
  if (stated.placesOfService.length > 0) share.placeOfService = [...stated.placesOfService];
  if (stated.procedure !== undefined) share.procedure = stated.procedure;
  if (days !== undefined) share.days = days;
  return share;
}

/** EB06; else an amount with a number of days (EB09 DY) is an amount a day. */
function copayUnitOf(row: StatedRow): CostShare['per'] {
  const stated = copayUnitOfCode(row.period);
  return stated ?? (row.quantityKind === 'DY' && row.amount !== undefined ? 'day' : undefined);
}

/** For how many days the share is owed (EB09/EB10 or HSD of days). */
function daysOf(row: StatedRow): number | undefined {
  if (quantityUnitOfCode(row.quantityKind) === 'days') return readQuantity(row.quantity);
  if (row.deliveries.length === 0) return undefined;
  const delivery = row.deliveries.find(({ quantityKind }) => quantityUnitOfCode(quantityKind) === 'days');
  return readQuantity(delivery?.quantity);
}
