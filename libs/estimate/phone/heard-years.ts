import type { CivilDate } from '@openvob/benefits';
import type { BenefitYear } from '../case-from-benefits/benefit-years';
import type { PhoneAnswer } from './phone-answer';

/** The benefit years of a coverage: the one that the electronic figures are of, and those that follow within the program. */
export type HeardYears = readonly [BenefitYear, ...BenefitYear[]];

/**
 * Answers that hold within one benefit year: what is used or left of an amount or of a limit, what is not posted yet, which of two figures of what
 * is left is right. A new year begins with nothing used.
 *
 * Everything else that a representative says is a term of the plan, and survives: whether the program is covered and who holds it, the network, the
 * shares and their units, how members share an amount, carryover, whether there is a limit and of how many days, authorization. Of an amount its
 * limit survives, as one of last year: where the answer of the new year states the amount, that one stands. A term that was settled against an answer
 * of a year that is over stays in use, but a new answer that differs is asked about again: plans change when they are renewed.
 *
 * Source: benefits reference 3.9.
 */
export const STANDS_ON_USE: ReadonlySet<PhoneAnswer['code']> = new Set([
  'deductible_individual',
  'deductible_family',
  'out_of_pocket_individual',
  'out_of_pocket_family',
  'limit_used',
  'claims_not_posted',
  'pending_deductible',
  'pending_out_of_pocket',
  'accumulator_conflict',
  'pending_claims',
]);

/**
 * In which benefit year something was said: one before the electronic figures, theirs, or a later one of the program. After the last of them it was
 * asked about a program that is over, and is of the first.
 */
export function saidIn(years: HeardYears | undefined, on: CivilDate): 'former' | 'first' | 'later' {
  if (!years) return 'first';
  const [first, ...others] = years;
  if (on < first.from) return 'former';
  return others.some(({ from, to }) => from <= on && on <= to) ? 'later' : 'first';
}

/** Answers without those that a new benefit year has overtaken: what they answered is to be asked again. */
export function withoutFormer(
  answers: readonly PhoneAnswer[],
  yearsOf: (coverage: number) => HeardYears | undefined,
): PhoneAnswer[] {
  return answers.filter(
    ({ code, coverage, said }) => !STANDS_ON_USE.has(code) || saidIn(yearsOf(coverage), said.on) !== 'former',
  );
}
