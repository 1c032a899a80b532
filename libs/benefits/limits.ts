import { deliveryUnitOfCode, partOfCode, periodOfCode, quantityUnitOfCode } from './benefit-codes';
import { readQuantity } from './figures';
import { type Joined, joinParts, type Part, sourcesOf, valueIn } from './joining';
import { type ReadRow, withRow } from './rows';
import type { Limit, Period } from './snapshot';
import type { StatedDelivery, StatedRow } from './statement';

/** Limitations (F) and lifetime reserves (K) are limits by themselves, a deductible (C) when it counts days or units of blood. */
const KINDS = new Set(['C', 'F', 'K']);
/** Ages select whom a row is for; they limit nothing. Source: reference/benefits.md 1.7, RFI 1628. */
const SELECTORS = new Set(['S7', 'S8']);

/** Visit, day, hour and dollar limits, base, used and remaining rows joined. Dollars in cents. */
export function limitsOf(rows: readonly ReadRow[]): Limit[] {
  const parts: LimitPart[] = [];
  for (const row of rows) {
    if (row.status === undefined && KINDS.has(row.stated.code)) addParts(row, parts);
  }
  return parts.length === 0 ? [] : joinParts(parts).map(limitOf);
}

/** Limits have no level. */
type LimitPart = Part<Limit['unit'], ''>;

function limitOf(joined: Joined<Limit['unit'], ''>): Limit {
  const { kind, period, row } = joined.first;
  const { network, serviceTypes } = row;
  const source = sourcesOf(joined);
  const limit: Limit = withRow({ source, unit: kind, period, network, serviceTypes }, row);
  const base = valueIn(joined, 'base');
  const used = valueIn(joined, 'used');
  const remaining = valueIn(joined, 'remaining');
  if (base !== undefined) limit.allowed = base;
  if (used !== undefined) limit.used = used;
  if (remaining !== undefined) limit.remaining = remaining;
  return limit;
}

/** What a row limits by its amount, by its quantity and by each HSD under it; most rows limit nothing. */
function addParts(row: ReadRow, parts: LimitPart[]): void {
  const { stated, cents } = row;
  const { quantityKind, source } = stated;
  const period = periodOfCode(stated.period);
  const part = partOfCode(stated.period);
  if (stated.code === 'F' && cents !== undefined) {
    parts.push({ part, kind: 'dollars', level: '', row, value: cents, period, source: [source] });
  }
  const value = quantityOf(quantityKind, stated.quantity);
  if (value !== undefined) {
    const kind = quantityUnitOfCode(quantityKind);
    parts.push({ part: usedIf(stated, part), kind, level: '', row, value, period, source: [source] });
  }
  for (const delivery of stated.deliveries) parts.push(...partsOfDelivery(delivery, row));
}

/** EB09 `99` counts what was used already. */
function usedIf(row: StatedRow, part: LimitPart['part']): LimitPart['part'] {
  return row.quantityKind === '99' ? 'used' : part;
}

/** An HSD, also in the form `HSD***VS**31*50`: not more than 50 visits. */
function partsOfDelivery(delivery: StatedDelivery, row: ReadRow): LimitPart[] {
  const { stated } = row;
  const isCeiling = delivery.quantity === undefined && delivery.period === '31';
  const unit = isCeiling ? delivery.per : delivery.quantityKind;
  const value = quantityOf(unit, isCeiling ? delivery.periodCount : delivery.quantity);
  if (value === undefined) return [];
  const own = partOfCode(delivery.period);
  const part = own === 'base' ? partOfCode(stated.period) : own;
  const period = isCeiling ? periodOfCode(stated.period) : periodOfDelivery(delivery, stated);
  const source = [stated.source, delivery.source];
  return [{ part, kind: quantityUnitOfCode(unit), level: '', row, value, period, source }];
}

/** Per one of a unit (HSD03/04), else within one of a period (HSD05/06), else the period of the row. */
function periodOfDelivery(delivery: StatedDelivery, row: StatedRow): Period {
  const one = (count: string | undefined) => count === undefined || Number(count) === 1;
  const unit = deliveryUnitOfCode(delivery.per);
  if (unit !== 'unspecified') return one(delivery.perCount) ? unit : 'unspecified';
  const period = periodOfCode(delivery.period);
  if (period !== 'unspecified') return one(delivery.periodCount) ? period : 'unspecified';
  return periodOfCode(row.period);
}

function quantityOf(kind: string | undefined, quantity: string | undefined): number | undefined {
  return SELECTORS.has(kind ?? '') ? undefined : readQuantity(quantity);
}
