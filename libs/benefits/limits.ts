import { deliveryUnitOfCode, partOfCode, periodOfCode, quantityUnitOfCode } from './benefit-codes';
import { readQuantity } from './figures';
import { type Joined, joinParts, type Part } from './joining';
import { type ReadRow, withRow } from './rows';
import type { Limit, Period, Source } from './snapshot';
import type { StatedDelivery, StatedRow } from './statement';

/** Limitations (F) and lifetime reserves (K) are limits by themselves, a deductible (C) when it counts days or units of blood. */
const KINDS = new Set(['C', 'F', 'K']);
/** Ages select whom a row is for; they limit nothing. Source: reference/benefits.md 1.7, RFI 1628. */
const SELECTORS = new Set(['S7', 'S8']);

/** What one row says about one unit. */
interface Count {
  readonly unit: Limit['unit'];
  readonly period: Period;
  readonly part: LimitPart['part'];
  readonly value: number;
  readonly source: Source[];
}

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

function limitOf({ first, base, used, remaining, source }: Joined<Limit['unit'], ''>): Limit {
  const { kind, period, row } = first;
  const { network, serviceTypes } = row;
  const limit: Limit = withRow({ source, unit: kind, period, network, serviceTypes }, row);
  if (base !== undefined) limit.allowed = base;
  if (used !== undefined) limit.used = used;
  if (remaining !== undefined) limit.remaining = remaining;
  return limit;
}

function addParts(row: ReadRow, parts: LimitPart[]): void {
  for (const { unit, period, part, value, source } of countsOf(row)) {
    parts.push({ part, kind: unit, level: '', row: row.common, value, period, source });
  }
}

function countsOf({ stated, figures }: ReadRow): Count[] {
  const counts: Count[] = [];
  const period = periodOfCode(stated.period);
  const part = partOfCode(stated.period);
  if (stated.code === 'F' && figures.cents !== undefined) {
    counts.push({ unit: 'dollars', period, part, value: figures.cents, source: [stated.source] });
  }
  const value = quantityOf(stated.quantityKind, stated.quantity);
  if (value !== undefined) {
    const unit = quantityUnitOfCode(stated.quantityKind);
    counts.push({ unit, period, part: usedIf(stated, part), value, source: [stated.source] });
  }
  for (const delivery of stated.deliveries) counts.push(...countOfDelivery(delivery, stated));
  return counts;
}

/** EB09 `99` counts what was used already. */
function usedIf(row: StatedRow, part: Count['part']): Count['part'] {
  return row.quantityKind === '99' ? 'used' : part;
}

/** An HSD, also in the form `HSD***VS**31*50`: not more than 50 visits. */
function countOfDelivery(delivery: StatedDelivery, row: StatedRow): Count[] {
  const isCeiling = delivery.quantity === undefined && delivery.period === '31';
  const kind = isCeiling ? delivery.per : delivery.quantityKind;
  const value = quantityOf(kind, isCeiling ? delivery.periodCount : delivery.quantity);
  if (value === undefined) return [];
  const own = partOfCode(delivery.period);
  const part = own === 'base' ? partOfCode(row.period) : own;
  const period = isCeiling ? periodOfCode(row.period) : periodOfDelivery(delivery, row);
  return [{ unit: quantityUnitOfCode(kind), period, part, value, source: [row.source, delivery.source] }];
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
