import type { Cents, CivilDate } from '@openvob/benefits';
import type { BenefitPeriod } from './estimate-case';

/** What a carryover depends on: the deductible taken so far, and how the period before ended. */
export interface DeductibleHistory {
  readonly taken: readonly { readonly date: CivilDate; readonly cents: Cents }[];
  /** The deductible of the period before still had room at its end. */
  readonly wasUnmet: () => boolean;
}

/**
 * Rule 12: what a period is credited with: the deductible that this estimate took from the last 1 October up to the end of the
 * period before. With `_if_unmet` only if that deductible still had room then.
 *
 * Source: estimate contract, rule 12; benefits reference 3.9.
 */
export function carriedOverInto(
  period: BenefitPeriod,
  before: BenefitPeriod | undefined,
  history: DeductibleHistory,
): Cents {
  if (!period.deductibleCarryover || !before) return 0;
  if (period.deductibleCarryover === 'fourth_quarter_if_unmet' && !history.wasUnmet()) return 0;
  const since = lastFirstOfOctober(before.to);
  const credited = history.taken.filter(({ date }) => date >= since && date <= before.to);
  return credited.reduce((sum, { cents }) => sum + cents, 0);
}

/** The 1 October on or before a date. */
function lastFirstOfOctober(date: CivilDate): CivilDate {
  const october = `${date.slice(0, 4)}-10-01`;
  return date >= october ? october : `${String(Number(date.slice(0, 4)) - 1).padStart(4, '0')}-10-01`;
}
