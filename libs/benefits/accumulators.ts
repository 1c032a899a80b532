import { levelOfCode, partOfCode, periodOfCode } from './benefit-codes';
import { codeTable } from './code-table';
import { type Joined, joinParts, type Part, sourcesOf, valueIn } from './joining';
import { type ReadRow, withRow } from './rows';
import type { Accumulator } from './snapshot';

const KINDS = codeTable<Accumulator['kind']>({ C: 'deductible', G: 'out_of_pocket' });

/** Deductibles (EB01 C) and out-of-pocket maximums (G), base, used and remaining rows joined. Amounts in cents. */
export function accumulatorsOf(rows: readonly ReadRow[]): Accumulator[] {
  const parts: AccumulatorPart[] = [];
  for (const row of rows) {
    if (row.status !== undefined) continue;
    const kind = KINDS[row.stated.code];
    if (kind !== undefined && !isLimit(row)) parts.push(partOf(kind, row));
  }
  return parts.length === 0 ? [] : joinParts(parts).map(accumulatorOf);
}

type AccumulatorPart = Part<Accumulator['kind'], Accumulator['level']>;

function accumulatorOf(joined: Joined<Accumulator['kind'], Accumulator['level']>): Accumulator {
  const { kind, level, period, row } = joined.first;
  const { network, serviceTypes } = row;
  const source = sourcesOf(joined);
  const accumulator: Accumulator = withRow({ source, kind, level, period, network, serviceTypes }, row);
  const base = valueIn(joined, 'base');
  const used = valueIn(joined, 'used');
  const remaining = valueIn(joined, 'remaining');
  if (base !== undefined) accumulator.limitCents = base;
  if (used !== undefined) accumulator.usedCents = used;
  if (remaining !== undefined) accumulator.remainingCents = remaining;
  return accumulator;
}

/** A row that carries a quantity and no amount is a limit, not an accumulator. */
function isLimit({ stated }: ReadRow): boolean {
  return stated.amount === undefined && (stated.quantity !== undefined || stated.deliveries.length > 0);
}

function partOf(kind: Accumulator['kind'], row: ReadRow): AccumulatorPart {
  const { stated, cents } = row;
  return {
    part: partOfCode(stated.period),
    kind,
    level: levelOfCode(stated.level),
    row,
    value: cents,
    period: periodOfCode(stated.period),
    source: [stated.source],
  };
}
