import { type Cents, type CivilDate, divideHalfUp, formatUsd } from '@openvob/benefits';
import type { Difference, DifferenceCause } from './difference';
import { isUncovered, type LineFigures, shareOf } from './line-figures';

/** A service on a date, estimated and settled. */
export interface LinePair {
  readonly estimated: LineFigures;
  readonly settled: LineFigures;
}

/** What a line is explained by besides its own figures. */
export interface ExplainContext {
  /** What the estimate asks of this code once the deductible is met. */
  readonly terms: Terms;
  /** The estimate takes a deductible somewhere. */
  readonly hasDeductible: boolean;
  /** On this date the maximum is met by the estimate, or by what the payer asked; from then on nothing more is asked. */
  readonly estimatedMaximumOn: CivilDate | undefined;
  readonly settledMaximumOn: CivilDate | undefined;
}

/** A copay, and coinsurance as a part of what it is taken on. */
export interface Terms {
  readonly copayCents: Cents;
  readonly coinsurance: { readonly cents: Cents; readonly ofCents: Cents };
}

/**
 * Why a line was settled otherwise than estimated: what each cause alone moves, taken one after another, so that they add up to the
 * whole difference.
 */
export function explainLine(pair: LinePair, context: ExplainContext): Difference[] {
  const { estimated, settled } = pair;
  const whole = settled.patientCents - estimated.patientCents;
  if (isBundled(estimated) || (isUncovered(estimated) && isUncovered(settled)))
    return [difference('rate', whole, rateText(pair))].filter(({ cents }) => cents !== 0);
  const differences =
    isUncovered(estimated) || isUncovered(settled)
      ? [difference('not_covered', whole, coverageText(settled))]
      : [...shareDifferences(pair, context), ...otherDifferences(pair)];
  return differences.filter(({ cents }) => cents !== 0);
}

/** It counted as part of another service, or was free. */
function isBundled({ allowedCents, patientCents }: LineFigures): boolean {
  return allowedCents === 0 && patientCents === 0;
}

function coverageText(settled: LineFigures): string {
  if (!isUncovered(settled)) return 'It was covered after all.';
  const owed = settled.patientCents;
  const whose = owed > 0 ? `${formatUsd(owed)} is the patient’s` : 'nothing is asked of the patient';
  return `It was not covered or denied: ${whose}.`;
}

/** Rate, then what was left of deductible and maximum, then the rule: each on top of those before it. */
function shareDifferences(pair: LinePair, context: ExplainContext): Difference[] {
  const { estimated, settled } = pair;
  const asEstimated = shareOf(estimated);
  const atItsRate = asRated(pair, context.terms);
  const rate = difference('rate', atItsRate.total - asEstimated, rateText(pair));
  if (!settled.isSplit)
    return [
      rate,
      difference('unknown', shareOf(settled) - atItsRate.total, 'The payer did not tell the parts of the share.'),
    ];
  const atItsDeductible = withDeductible(pair, context, atItsRate);
  const moved = atItsDeductible - atItsRate.total;
  const rest = shareOf(settled) - atItsDeductible;
  const isMaximum = isMovedMaximum(pair, context, rest);
  return [
    rate,
    difference('accumulator', moved + (isMaximum ? rest : 0), accumulatorText(pair, isMaximum)),
    difference('share_rule', isMaximum ? 0 : rest, ruleText(pair)),
  ];
}

interface Rated {
  readonly deductibleCents: Cents;
  readonly total: Cents;
}

/** The estimated share if only the allowed amount had been the settled one. */
function asRated({ estimated, settled }: LinePair, terms: Terms): Rated {
  const { allowedCents } = settled;
  if (allowedCents === estimated.allowedCents)
    return { deductibleCents: estimated.deductibleCents, total: shareOf(estimated) };
  const isWhollyDeductible = estimated.allowedCents > 0 && estimated.deductibleCents === estimated.allowedCents;
  const deductibleCents = isWhollyDeductible ? allowedCents : Math.min(estimated.deductibleCents, allowedCents);
  const total = deductibleCents + afterDeductible(allowedCents - deductibleCents, ownTerms(estimated, terms));
  return { deductibleCents, total };
}

/** The same if the deductible taken had been the settled one too. A plan without a deductible has none that could move. */
function withDeductible(
  { estimated, settled }: LinePair,
  { terms, hasDeductible }: ExplainContext,
  rated: Rated,
): Cents {
  const { deductibleCents, allowedCents } = settled;
  if (deductibleCents === rated.deductibleCents || !hasDeductible) return rated.total;
  return deductibleCents + afterDeductible(allowedCents - deductibleCents, ownTerms(estimated, terms));
}

/** A line that shows its copay or coinsurance has them; one that is all deductible has those of its code. */
function ownTerms({ allowedCents, deductibleCents, copayCents, coinsuranceCents }: LineFigures, ofCode: Terms): Terms {
  const ofCents = allowedCents - deductibleCents - copayCents;
  if (allowedCents === deductibleCents) return ofCode;
  return { copayCents, coinsurance: { cents: coinsuranceCents, ofCents } };
}

function afterDeductible(amountCents: Cents, { copayCents, coinsurance }: Terms): Cents {
  const copay = Math.min(copayCents, amountCents);
  if (coinsurance.ofCents <= 0) return copay;
  const scaled = divideHalfUp(BigInt(amountCents - copay) * BigInt(coinsurance.cents), BigInt(coinsurance.ofCents));
  return copay + Number(scaled);
}

/** Less than expected once the payer asks nothing more, or more than expected when the estimate asks nothing more. */
function isMovedMaximum({ settled }: LinePair, context: ExplainContext, rest: Cents): boolean {
  const isPast = (met: CivilDate | undefined) => met !== undefined && settled.serviceDate >= met;
  return rest < 0 ? isPast(context.settledMaximumOn) : isPast(context.estimatedMaximumOn);
}

/** What is no share: not covered in part, a balance bill, another coverage. */
function otherDifferences({ estimated, settled }: LinePair): Difference[] {
  const rest = settled.isSplit ? settled.restCents : 0;
  const isBalance = estimated.restCents > 0;
  return [
    difference(
      'not_covered',
      settled.nonCoveredCents - estimated.nonCoveredCents,
      'Another part of it is not covered.',
    ),
    difference(
      isBalance ? 'balance_bill' : 'unknown',
      rest - estimated.restCents,
      isBalance
        ? 'The bill beyond the allowed amount is another.'
        : 'The patient’s amount is not the sum of the parts told.',
    ),
    difference(
      'other_coverage',
      estimated.otherPaidCents - settled.otherPaidCents,
      'Another coverage paid a different amount.',
    ),
  ];
}

function difference(cause: DifferenceCause, cents: Cents, text: string): Difference {
  return { cause, cents, text };
}

function rateText({ estimated, settled }: LinePair): string {
  return `The allowed amount was ${formatUsd(settled.allowedCents)}, not ${formatUsd(estimated.allowedCents)}.`;
}

function accumulatorText({ estimated, settled }: LinePair, isMaximum: boolean): string {
  if (isMaximum) return 'The out-of-pocket maximum was met at another time.';
  return `${formatUsd(settled.deductibleCents)} of deductible was taken, not ${formatUsd(estimated.deductibleCents)}.`;
}

function ruleText({ estimated, settled }: LinePair): string {
  const parts = ({ copayCents, coinsuranceCents }: LineFigures) =>
    `${formatUsd(copayCents)} copay and ${formatUsd(coinsuranceCents)} coinsurance`;
  return `The share was ${parts(settled)}, not ${parts(estimated)}.`;
}
