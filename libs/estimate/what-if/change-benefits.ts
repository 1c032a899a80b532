import type { Accumulator, Amounts, BenefitPeriod, Benefits, Coverage, EstimateCase } from '../estimate-case';
import type { Side } from '../side';

/** A case with one coverage changed; the same when there is no such coverage. */
export function changeCoverage(
  given: EstimateCase,
  index: number,
  change: (coverage: Coverage) => Coverage,
): EstimateCase {
  return { ...given, coverages: given.coverages.map((coverage, at) => (at === index ? change(coverage) : coverage)) };
}

/** The benefits of one side as a coverage states them; not there when it does not. */
export function benefitsOf(coverage: Coverage | undefined, side: Side['kind']): Benefits | undefined {
  return side === 'own' ? coverage : coverage?.outOfNetwork;
}

/** A case with one side of one coverage changed. */
export function changeSide(
  given: EstimateCase,
  { coverage, side }: { readonly coverage: number; readonly side: Side['kind'] },
  change: (benefits: Benefits) => Partial<Benefits>,
): EstimateCase {
  return changeCoverage(given, coverage, (old) => {
    if (side === 'own') return { ...old, ...change(old) };
    return old.outOfNetwork ? { ...old, outOfNetwork: { ...old.outOfNetwork, ...change(old.outOfNetwork) } } : old;
  });
}

/** A coverage with the benefit periods of both its sides changed. */
export function changePeriods(
  coverage: Coverage,
  change: (periods: readonly BenefitPeriod[]) => readonly BenefitPeriod[],
): Coverage {
  const { outOfNetwork } = coverage;
  return {
    ...coverage,
    periods: change(coverage.periods),
    ...(outOfNetwork ? { outOfNetwork: { ...outOfNetwork, periods: change(outOfNetwork.periods) } } : {}),
  };
}

/** What is changed of a period's accumulators. */
export type AccumulatorKind = 'deductible' | 'outOfPocket';

/** A period with the amounts of its accumulators changed; an amount that the change leaves out is not there. */
export function changeAmounts(
  period: BenefitPeriod,
  change: (amounts: Amounts, kind: AccumulatorKind, whose: 'individual' | 'family') => Amounts | undefined,
): BenefitPeriod {
  const { deductible, outOfPocket, ...rest } = period;
  return {
    ...rest,
    ...(deductible ? { deductible: changed(deductible, (amounts, of) => change(amounts, 'deductible', of)) } : {}),
    ...(outOfPocket ? { outOfPocket: changed(outOfPocket, (amounts, of) => change(amounts, 'outOfPocket', of)) } : {}),
  };
}

function changed(
  { structure, individual, family }: Accumulator,
  change: (amounts: Amounts, whose: 'individual' | 'family') => Amounts | undefined,
): Accumulator {
  const ofIndividual = individual && change(individual, 'individual');
  const ofFamily = family && change(family, 'family');
  return {
    structure,
    ...(ofIndividual ? { individual: ofIndividual } : {}),
    ...(ofFamily ? { family: ofFamily } : {}),
  };
}
