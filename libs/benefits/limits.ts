import { deliveryUnitOfCode, partOfCode, periodOfCode, quantityUnitOfCode } from './benefit-codes';
import { readQuantity } from './figures';
import { joinParts, type Part } from './joining';
import { type ReadRow, rowKey, withRow } from './rows';
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
  readonly part: Part<Limit>['part'];
  readonly value: number;
  readonly source: readonly Source[];
}

/** Visit, day, hour and dollar limits, base, used and remaining rows joined. Dollars in cents. */
export function limitsOf(rows: readonly ReadRow[]): Limit[] {
  const parts: Part<Limit>[] = [];
  for (const row of rows) {
    if (KINDS.has(row.stated.code)) for (const count of countsOf(row)) parts.push(partOf(count, row));
  }
  return joinParts(parts).map(({ of: limit, base, used, remaining, source }) => {
    limit.source = source;
    if (base !== undefined) limit.allowed = base;
    if (used !== undefined) limit.used = used;
    if (remaining !== undefined) limit.remaining = remaining;
    return limit;
  });
}

function partOf({ unit, period, part, value, source }: Count, { common }: ReadRow): Part<Limit> {
  const key = `${unit} ${rowKey(common)}`;
  return { part, key, value, period, source, of: withRow({ source: [], unit, period }, common) };
}

function countsOf({ stated, figures }: ReadRow): Count[] {
  const counts: Count[] = [];
  const period = periodOfCode(stated.period);
  const part = partOfCode(stated.period);
  const source = [stated.source];
  if (stated.code === 'F' && figures.cents !== undefined) {
    counts.push({ unit: 'dollars', period, part, value: figures.cents, source });
  }
  const value = quantityOf(stated.quantityKind, stated.quantity);
  if (value !== undefined) {
    counts.push({ unit: quantityUnitOfCode(stated.quantityKind), period, part: usedIf(stated, part), value, source });
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
