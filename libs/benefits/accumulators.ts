import { levelOfCode, partOfCode, periodOfCode } from './benefit-codes';
import { codeTable } from './code-table';
import { put } from './given';
import { joinParts, type Part } from './joining';
import { type ReadRow, rowKey, withRow } from './rows';
import type { Accumulator } from './snapshot';

type AccumulatorHead = Omit<Accumulator, 'limitCents' | 'usedCents' | 'remainingCents' | 'source'>;

const KINDS = codeTable<Accumulator['kind']>({ C: 'deductible', G: 'out_of_pocket' });

/** Deductibles (EB01 C) and out-of-pocket maximums (G), base, used and remaining rows joined. Amounts in cents. */
export function accumulatorsOf(rows: readonly ReadRow[]): Accumulator[] {
  const parts: Part<AccumulatorHead>[] = [];
  for (const row of rows) {
    const kind = KINDS[row.stated.code];
    if (kind !== undefined && !isLimit(row)) parts.push(partOf(kind, row));
  }
  return joinParts(parts).map(({ of, base, used, remaining, source }) => {
    const accumulator: Accumulator = Object.assign({ source }, of);
    put(accumulator, 'limitCents', base);
    put(accumulator, 'usedCents', used);
    put(accumulator, 'remainingCents', remaining);
    return accumulator;
  });
}

/** A row that carries a quantity and no amount is a limit, not an accumulator. */
function isLimit({ stated }: ReadRow): boolean {
  return stated.amount === undefined && (stated.quantity !== undefined || stated.deliveries.length > 0);
}

function partOf(kind: Accumulator['kind'], { stated, figures, common }: ReadRow): Part<AccumulatorHead> {
  const level = levelOfCode(stated.level);
  const period = periodOfCode(stated.period);
  return {
    part: partOfCode(stated.period),
    key: `${kind} ${level} ${rowKey(common)}`,
    value: figures.cents,
    period,
    source: [stated.source],
    of: withRow({ kind, level, period }, common),
  };
}
