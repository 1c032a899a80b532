import { copayUnitOfCode, quantityUnitOfCode } from './benefit-codes';
import { codeTable } from './code-table';
import { readQuantity } from './figures';
import { distinct, type ReadRow } from './rows';
import type { CostShare } from './snapshot';
import type { StatedRow } from './statement';

const KINDS = codeTable<CostShare['kind']>({ A: 'coinsurance', B: 'copay' });

/** Copays (EB01 B, cents) and coinsurance (A, the patient's percent), in file order, repeated rows once. */
export function costSharesOf(rows: readonly ReadRow[]): CostShare[] {
  return distinct(rows.flatMap(costShareOf));
}

function costShareOf({ stated, figures, common }: ReadRow): CostShare[] {
  const kind = KINDS[stated.code];
  if (kind === undefined) return [];
  const per = kind === 'copay' ? copayUnitOf(stated) : undefined;
  const days = daysOf(stated);
  return [
    {
      kind,
      ...common,
      ...(per === undefined ? {} : { per }),
      ...(figures.cents === undefined ? {} : { amountCents: figures.cents }),
      ...(figures.maxCents === undefined ? {} : { maxCents: figures.maxCents }),
      ...(figures.percent === undefined ? {} : { percent: figures.percent }),
      ...(stated.placesOfService.length === 0 ? {} : { placeOfService: [...stated.placesOfService] }),
      ...(stated.procedure === undefined ? {} : { procedure: stated.procedure }),
      ...(days === undefined ? {} : { days }),
      source: stated.source,
    },
  ];
}

/** EB06; else an amount with a number of days (EB09 DY) is an amount a day. */
function copayUnitOf(row: StatedRow): CostShare['per'] {
  const stated = copayUnitOfCode(row.period);
  return stated ?? (row.quantityKind === 'DY' && row.amount !== undefined ? 'day' : undefined);
}

/** For how many days the share is owed (EB09/EB10 or HSD of days). */
function daysOf(row: StatedRow): number | undefined {
  const quantities = [{ quantityKind: row.quantityKind, quantity: row.quantity }, ...row.deliveries];
  return readQuantity(quantities.find(({ quantityKind }) => quantityUnitOfCode(quantityKind) === 'days')?.quantity);
}
