import { levelOfCode, partOfCode, periodOfCode } from './benefit-codes';
import { codeTable } from './code-table';
import { joinParts, type Part } from './joining';
import { type ReadRow, rowKey, withRow } from './rows';
import type { Accumulator } from './snapshot';

const KINDS = codeTable<Accumulator['kind']>({ C: 'deductible', G: 'out_of_pocket' });

/** Deductibles (EB01 C) and out-of-pocket maximums (G), base, used and remaining rows joined. Amounts in cents. */
export function accumulatorsOf(rows: readonly ReadRow[]): Accumulator[] {
  const parts: Part<Accumulator>[] = [];
  for (const row of rows) {
    const kind = KINDS[row.stated.code];
    if (kind !== undefined && !isLimit(row)) parts.push(partOf(kind, row));
  }
  return joinParts(parts).map(({ of: accumulator, base, used, remaining, source }) => {
    accumulator.source = source;
    if (base !== undefined) accumulator.limitCents = base;
    if (used !== undefined) accumulator.usedCents = used;
    if (remaining !== undefined) accumulator.remainingCents = remaining;
    return accumulator;
  });
}

/** A row that carries a quantity and no amount is a limit, not an accumulator. */
function isLimit({ stated }: ReadRow): boolean {
  return stated.amount === undefined && (stated.quantity !== undefined || stated.deliveries.length > 0);
}

function partOf(kind: Accumulator['kind'], { stated, figures, common }: ReadRow): Part<Accumulator> {
  const level = levelOfCode(stated.level);
  const period = periodOfCode(stated.period);
  return {
    part: partOfCode(stated.period),
    key: `${kind} ${level} ${rowKey(common)}`,
    value: figures.cents,
    period,
    source: [stated.source],
    of: withRow({ source: [], kind, level, period }, common),
  };
}
