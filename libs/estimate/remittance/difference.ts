import type { Cents } from '@openvob/benefits';

/**
 * Why what was owed is not what was estimated.
 *
 * - `rate`: another allowed amount. - `share_rule`: another copay or coinsurance. - `accumulator`: more or less was left of the
 *   deductible or the out-of-pocket maximum. - `attendance`: a day more or less. - `services`: another service on a day that was
 *   attended. - `not_covered`: denied or not covered, or covered after all. - `balance_bill`: another bill beyond the allowed
 *   amount. - `other_coverage`: another coverage paid more or less. - `unknown`: nothing that was told explains it.
 */
export type DifferenceCause =
  | 'rate'
  | 'share_rule'
  | 'accumulator'
  | 'attendance'
  | 'services'
  | 'not_covered'
  | 'balance_bill'
  | 'other_coverage'
  | 'unknown';

/** A part of a difference. */
export interface Difference {
  readonly cause: DifferenceCause;
  /** Settled less estimated: above 0 the patient owes more than was estimated. */
  readonly cents: Cents;
  /** For the biller. */
  readonly text: string;
}

/** How much one cause makes over many lines or remittances. */
export type CauseTotal = Pick<Difference, 'cause' | 'cents'>;

/** Each cause once, the one that moves most first; causes that cancel out are left out. */
export function causeTotals(differences: readonly CauseTotal[]): CauseTotal[] {
  const sums = new Map<DifferenceCause, Cents>();
  for (const { cause, cents } of differences) sums.set(cause, (sums.get(cause) ?? 0) + cents);
  return [...sums]
    .map(([cause, cents]) => ({ cause, cents }))
    .filter(({ cents }) => cents !== 0)
    .sort((a, b) => Math.abs(b.cents) - Math.abs(a.cents) || a.cause.localeCompare(b.cause));
}
