import { levelOfCode, partOfCode, periodOfCode } from './benefit-codes';
import { codeTable } from './code-table';
import { joinParts, type Part } from './joining';
import { type ReadRow, rowKey } from './rows';
import type { Accumulator } from './snapshot';

type AccumulatorHead = Omit<Accumulator, 'limitCents' | 'usedCents' | 'remainingCents' | 'source'>;

const KINDS = codeTable<Accumulator['kind']>({ C: 'deductible', G: 'out_of_pocket' });

/** Deductibles (EB01 C) and out-of-pocket maximums (G), base, used and remaining rows joined. Amounts in cents. */
export function accumulatorsOf(rows: readonly ReadRow[]): Accumulator[] {
  return joinParts(rows.flatMap(partsOf)).map(({ of, base, used, remaining, source }) => ({
    ...of,
    ...(base === undefined ? {} : { limitCents: base }),
    ...(used === undefined ? {} : { usedCents: used }),
    ...(remaining === undefined ? {} : { remainingCents: remaining }),
    source,
  }));
}

/** A row that carries a quantity and no amount is a limit, not an accumulator. */
function partsOf({ stated, figures, common }: ReadRow): Part<AccumulatorHead>[] {
  const kind = KINDS[stated.code];
  const isLimit = stated.amount === undefined && (stated.quantity !== undefined || stated.deliveries.length > 0);
  if (kind === undefined || isLimit) return [];
  const level = levelOfCode(stated.level);
  const of: AccumulatorHead = { kind, level, period: periodOfCode(stated.period), ...common };
  return [
    {
      part: partOfCode(stated.period),
      key: JSON.stringify([kind, level, rowKey(common)]),
      ...(figures.cents === undefined ? {} : { value: figures.cents }),
      source: [stated.source],
      of,
    },
  ];
}
