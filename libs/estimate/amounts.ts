import type { Cents } from '@openvob/benefits';
import type { Accumulator, Amounts, BenefitPeriod } from './estimate-case';

/** Two figures of one accumulator that cannot both be right. */
export interface Disagreement {
  readonly what: 'deductible' | 'out_of_pocket';
  readonly whose: 'individual' | 'family';
  readonly statedCents: Cents;
  readonly computedCents: Cents;
}

/**
 * What is left of an accumulator: `remaining` if given, else limit less used (not below 0), else the limit; `used` alone says nothing.
 * Where the first two disagree the larger one, or the smaller one on request.
 *
 * Source: estimate contract, rule 4.
 */
export function remainingOf(amounts: Amounts | undefined, take: 'larger' | 'smaller'): Cents | undefined {
  const computed = limitLessUsed(amounts);
  const stated = amounts?.remainingCents ?? computed;
  if (stated === undefined || computed === undefined) return stated ?? amounts?.limitCents;
  return take === 'larger' ? Math.max(stated, computed) : Math.min(stated, computed);
}

/**
 * The accumulators of a period whose `remaining` is not limit less used, with both figures.
 *
 * Source: estimate contract, rule 4.
 */
export function disagreementsIn(period: BenefitPeriod): Disagreement[] {
  return [...disagreementsOf('deductible', period.deductible), ...disagreementsOf('out_of_pocket', period.outOfPocket)];
}

function disagreementsOf(what: Disagreement['what'], accumulator: Accumulator | undefined): Disagreement[] {
  return (['individual', 'family'] as const).flatMap((whose) => {
    const statedCents = accumulator?.[whose]?.remainingCents;
    const computedCents = limitLessUsed(accumulator?.[whose]);
    if (statedCents === undefined || computedCents === undefined || statedCents === computedCents) return [];
    return [{ what, whose, statedCents, computedCents }];
  });
}

function limitLessUsed(amounts: Amounts | undefined): Cents | undefined {
  if (amounts?.limitCents === undefined || amounts.usedCents === undefined) return undefined;
  return Math.max(0, amounts.limitCents - amounts.usedCents);
}
