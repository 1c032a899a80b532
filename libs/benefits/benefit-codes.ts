import { codeTable } from './code-table';
import type { Accumulator, CostShare, CoverageStatus, Limit, Net, Period } from './snapshot';

export type CoverageRowStatus = Exclude<CoverageStatus, 'unknown'>;

/**
 * What the codes of an EB segment mean in a snapshot.
 * Source: reference/benefits.md 1.2, 1.3, 1.5 and 1.7.
 */
const STATUS = codeTable<CoverageRowStatus>({
  1: 'active',
  2: 'active',
  3: 'active',
  4: 'active',
  5: 'pending',
  6: 'inactive',
  7: 'inactive',
  8: 'inactive',
});

const NETWORK = codeTable<Net>({ Y: 'in', N: 'out', W: 'either' });

const PERIOD = codeTable<Period>({
  7: 'day',
  13: 'day',
  21: 'year',
  22: 'service_year',
  23: 'calendar_year',
  25: 'contract',
  26: 'episode',
  27: 'visit',
  32: 'lifetime',
  33: 'lifetime',
  34: 'month',
  35: 'week',
  36: 'admission',
});

const COPAY_UNIT = codeTable<NonNullable<CostShare['per']>>({
  7: 'day',
  13: 'day',
  21: 'year',
  22: 'year',
  23: 'year',
  26: 'episode',
  27: 'visit',
  34: 'month',
  35: 'week',
  36: 'admission',
});

/** HSD03; `YY` is no code of that list but is sent for `YR`. */
const DELIVERY_UNIT = codeTable<Period>({
  DA: 'day',
  DY: 'day',
  MO: 'month',
  VS: 'visit',
  WK: 'week',
  YR: 'year',
  YY: 'year',
});

const QUANTITY_UNIT = codeTable<Limit['unit']>({ VS: 'visits', DY: 'days', LA: 'days', HS: 'hours' });

/** EB06 or HSD05: over so many. */
export const EXCEEDED = '30';

/** Status of an EB01 code 1 to 8; `undefined` for any other code. */
export function statusOfCode(code: string): CoverageRowStatus | undefined {
  return STATUS[code];
}

/** EB12: Y in, N out, W either; U, absent or anything else is unknown. */
export function networkOfCode(code: string | undefined): Net {
  return NETWORK[code ?? ''] ?? 'unknown';
}

/** EB02 of a deductible or out-of-pocket row. */
export function levelOfCode(code: string | undefined): Accumulator['level'] {
  if (code === undefined) return 'unknown';
  if (code === 'IND') return 'individual';
  return code === 'FAM' ? 'family' : 'other';
}

/** EB06 as the period over which a figure counts. */
export function periodOfCode(code: string | undefined): Period {
  return PERIOD[code ?? ''] ?? 'unspecified';
}

/** EB06 as the unit of a copay; `undefined` when it names none. */
export function copayUnitOfCode(code: string | undefined): CostShare['per'] {
  return COPAY_UNIT[code ?? ''];
}

/** HSD03. */
export function deliveryUnitOfCode(code: string | undefined): Period {
  return DELIVERY_UNIT[code ?? ''] ?? 'unspecified';
}

/** EB09 or HSD01. */
export function quantityUnitOfCode(code: string | undefined): Limit['unit'] {
  return QUANTITY_UNIT[code ?? ''] ?? 'other';
}

/** EB06 or HSD05 as the part of an accumulator or limit that a row tells: 24 used, 29 and 33 remaining, else the base. */
export function partOfCode(code: string | undefined): 'base' | 'used' | 'remaining' {
  if (code === '24') return 'used';
  return code === '29' || code === '33' ? 'remaining' : 'base';
}
