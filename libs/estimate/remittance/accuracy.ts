import { type Cents, divideHalfUp } from '@openvob/benefits';
import type { RemittanceComparison } from './compare-remittance';
import { type CauseTotal, causeTotals } from './difference';

/** How well estimates for one payer came true. */
export interface PayerAccuracy {
  readonly payerId: string;
  readonly payerName?: string;
  /** Comparisons with a likely figure. */
  readonly count: number;
  /** Comparisons without one: only a range had been given. */
  readonly withoutLikely: number;
  /** Within 10 % of what was owed, or within $50.00. */
  readonly hits: number;
  /** Hits of the count, with at most one decimal; left out when nothing is counted. */
  readonly hitRatePercent?: number;
  /** Of the differences, whichever way they go. */
  readonly meanErrorCents?: Cents;
  /** Within 10 % of what was owed, however little that was. */
  readonly withinTenPercent: number;
  /** Of the count, with at most one decimal. */
  readonly withinTenPercentShare?: number;
  /** Mean of settled less estimated: above 0 patients owed more than they were told. */
  readonly biasCents?: Cents;
  /** The middle one of the same; of an even number the mean of the middle two. */
  readonly medianDifferenceCents?: Cents;
  /** What makes the differences, over all comparisons. */
  readonly causes: readonly CauseTotal[];
}

const HIT_PERCENT = 10;
const HIT_CENTS = 5000;

/** What a comparison counts with: nothing of a patient. */
export type ComparedSum = Pick<
  RemittanceComparison,
  'payerId' | 'payerName' | 'settledCents' | 'differenceCents' | 'causes'
>;

/** Sums comparisons up by payer, in the order of the payers' ids. */
export function accuracyOf(comparisons: readonly ComparedSum[]): PayerAccuracy[] {
  const byPayer = new Map<string, ComparedSum[]>();
  for (const comparison of comparisons) {
    const known = byPayer.get(comparison.payerId);
    if (known) known.push(comparison);
    else byPayer.set(comparison.payerId, [comparison]);
  }
  return [...byPayer]
    .map(([payerId, of]) => payerAccuracy(payerId, of))
    .sort((a, b) => (a.payerId < b.payerId ? -1 : 1));
}

/** True within 10 % of what was owed, or within $50.00. */
export function isHit({
  differenceCents,
  settledCents,
}: Pick<RemittanceComparison, 'differenceCents' | 'settledCents'>): boolean {
  if (differenceCents === undefined) return false;
  return Math.abs(differenceCents) <= HIT_CENTS || isWithinTenPercent({ differenceCents, settledCents });
}

function isWithinTenPercent({
  differenceCents = 0,
  settledCents,
}: Pick<ComparedSum, 'differenceCents' | 'settledCents'>): boolean {
  return 100 * Math.abs(differenceCents) <= HIT_PERCENT * Math.abs(settledCents);
}

function payerAccuracy(payerId: string, comparisons: readonly ComparedSum[]): PayerAccuracy {
  const payerName = comparisons.findLast((comparison) => comparison.payerName !== undefined)?.payerName;
  const counted = comparisons.filter(({ differenceCents }) => differenceCents !== undefined);
  const hits = counted.filter(isHit).length;
  const withinTenPercent = counted.filter(isWithinTenPercent).length;
  return {
    payerId,
    ...(payerName === undefined ? {} : { payerName }),
    count: counted.length,
    withoutLikely: comparisons.length - counted.length,
    hits,
    withinTenPercent,
    ...(counted.length === 0 ? {} : meansOf(counted, { hits, withinTenPercent })),
    causes: causeTotals(counted.flatMap(({ causes }) => causes)),
  };
}

function meansOf(
  counted: readonly ComparedSum[],
  { hits, withinTenPercent }: Pick<PayerAccuracy, 'hits' | 'withinTenPercent'>,
): Partial<PayerAccuracy> {
  const differences = counted.map(({ differenceCents = 0 }) => differenceCents);
  return {
    hitRatePercent: mean([1000 * hits], counted.length) / 10,
    withinTenPercentShare: mean([1000 * withinTenPercent], counted.length) / 10,
    meanErrorCents: mean(differences.map(Math.abs), counted.length),
    biasCents: mean(differences, counted.length),
    medianDifferenceCents: median(differences),
  };
}

function median(amounts: readonly number[]): number {
  const sorted = [...amounts].sort((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return mean(middle, middle.length);
}

/** Half up (half away from zero). */
function mean(amounts: readonly number[], count: number): number {
  const sum = amounts.reduce((total, amount) => total + BigInt(amount), 0n);
  return Number(divideHalfUp(sum, BigInt(count)));
}
