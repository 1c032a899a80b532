import type { CostShare, CostShareRule, Line } from '@openvob/estimate';
import { plainUsd } from '../formats';
import { leftOf, periodOf, tellingAmounts } from './likely-course';
import type { Telling } from './patient-estimate';

/** The terms that this estimate needs, each beside its number; a term that plays no part is not explained. */
export function meaningsOf({ facts: { estimate, estimateCase }, words: { patientEstimate: own } }: Telling): string[] {
  const lines = estimate.days.flatMap(({ lines: all }) => all);
  const owes = (cents: (line: Line) => number): boolean => lines.some((line) => cents(line) > 0);
  const period = periodOf(estimateCase, estimate.perPeriod[0]?.from);
  const deductible = tellingAmounts(period?.deductible);
  const maximum = tellingAmounts(period?.outOfPocket);
  const shares = sharesOf(estimateCase?.coverages[0]);
  const copays = distinct(shares.flatMap(({ copayCents }) => (copayCents ? [plainUsd(copayCents)] : [])));
  const percents = distinct(
    shares.flatMap(({ coinsurancePercent }) => (coinsurancePercent ? [`${coinsurancePercent} %`] : [])),
  );
  const balance = lines.reduce((sum, { balanceBillCents }) => sum + balanceBillCents, 0);
  const usd = (cents: number | undefined): string | undefined => (cents === undefined ? undefined : plainUsd(cents));
  return [
    ...(owes(({ deductibleCents }) => deductibleCents)
      ? [own.deductible(usd(deductible?.limitCents), usd(leftOf(deductible)))]
      : []),
    ...(owes(({ copayCents }) => copayCents) && copays ? [own.copay(copays)] : []),
    ...(owes(({ coinsuranceCents }) => coinsuranceCents) && percents ? [own.coinsurance(percents)] : []),
    ...(maximum ? [own.yearlyLimit(usd(maximum.limitCents), usd(leftOf(maximum)))] : []),
    ...(estimateCase?.coverages.length ? [own.network] : []),
    ...(estimate.atRiskCents > 0 || estimateCase?.coverages[0]?.authorization?.required === 'yes'
      ? [own.approval]
      : []),
    ...(balance > 0 ? [own.balanceBill(plainUsd(balance))] : []),
  ];
}

function sharesOf(
  coverage:
    | { network: string; costShares: readonly CostShareRule[]; outOfNetwork?: { costShares: readonly CostShareRule[] } }
    | undefined,
): CostShare[] {
  const side = coverage?.network === 'out' ? (coverage.outOfNetwork ?? coverage) : coverage;
  return (side?.costShares ?? []).flatMap((rule): CostShare[] => {
    if ('oneOf' in rule) return [...rule.oneOf];
    return 'order' in rule ? [rule] : [];
  });
}

function distinct(texts: readonly string[]): string {
  return [...new Set(texts)].join(', ');
}
