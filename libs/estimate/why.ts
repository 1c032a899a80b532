import type { Cents } from '@openvob/benefits';
import type { Adjudication, UncoveredLine } from './adjudication';
import type { Accumulator, Authorization, Coordination } from './estimate-case';
import type { LedgerLine, PaidRuling, PrimaryLine } from './ledger-line';
import type { OpenPeriod } from './open-period';
import type { SecondPayment } from './second-coverage';
import { totalOf } from './share';
import { percentText, unitName, usd } from './wording';

/** Where a line stands, as far as its sentences need it. */
export interface LineContext {
  /** `Your plan`, `Your first plan`, ...; none where nobody pays but the patient. */
  readonly plan: string;
  readonly secondPlan: string;
  readonly isOnlyLine: boolean;
  readonly hasCoverage: boolean;
  readonly authorization: Authorization | undefined;
}

/**
 * How a line came about, one sentence a step in the order taken, for the patient's family. It says what a plan would pay, never
 * that it will.
 *
 * Source: estimate contract, `Line.why`; the steps are its rules 1 to 11.
 */
export function whySentences(line: LedgerLine, context: LineContext): string[] {
  const sentences = rulingSentences(line.primary, context);
  return line.second ? [...sentences, secondSentence(line.second, context)] : sentences;
}

function rulingSentences(line: PrimaryLine, context: LineContext): string[] {
  const price = usd(line.allowedCents);
  switch (line.ruling.kind) {
    case 'bundled':
      return [`This is part of ${line.ruling.into} on the same day and is not billed on its own.`];
    case 'self_pay':
      return [
        `${context.hasCoverage ? 'No coverage is active on this day' : 'There is no coverage'}: the self-pay price is ${price}.`,
      ];
    case 'not_covered':
      return [`${notCoveredReason(line.ruling.because, context.plan)}: the price of ${price} is yours.`];
    case 'provider_liable':
      return [`${notApproved(line.ruling)}: nothing is asked of you.`];
    case 'patient_liable':
      return [`${notApproved(line.ruling)}: the price of ${price} is yours.`];
    case 'paid':
      return paidSentences(line, line.ruling, context);
  }
}

function notCoveredReason(because: UncoveredLine, plan: string): string {
  switch (because.kind) {
    case 'excluded':
      return `${plan} does not cover this service`;
    case 'no_rule':
      return `${plan} said nothing about this service, so it counts as not covered`;
    case 'days_used_up':
      return `${plan} covers no more ${daysText(because.limit.remaining)}`;
  }
}

function daysText(days: number): string {
  if (days === 0) return 'days';
  return days === 1 ? 'than 1 day' : `than ${days} days`;
}

function notApproved({ isInGap }: { readonly isInGap: boolean }): string {
  return isInGap
    ? 'No approval covers this day and none came'
    : 'This day is past the approved days and no extension came';
}

function countingOnApproval({ standing, isInGap }: PaidRuling): string[] {
  if (standing !== 'extended') return [];
  if (isInGap) return ['No approval covers this day so far: it counts on one.'];
  return ['This day is past the approved days: it counts on an extension.'];
}

function paidSentences(line: PrimaryLine, ruling: PaidRuling, context: LineContext): string[] {
  const { adjudication } = ruling;
  const { covered } = adjudication;
  return [
    ...countingOnApproval(ruling),
    ...(covered.nobodyStatedIt ? nobodyStatedIt(context) : shareSentences(adjudication, context)),
    ...maximumSentences(adjudication, context),
    ...planPaysSentences(line, adjudication, context),
    ...penaltySentences(line, context),
    ...balanceSentences(line),
  ];
}

function nobodyStatedIt({ plan }: LineContext): string[] {
  return [
    `Nobody stated your share under ${lowerFirst(plan)}: all of it is shown here, up to the out-of-pocket maximum.`,
  ];
}

/** The parts of the share in the order in which the plan takes them. */
function shareSentences(adjudication: Adjudication, context: LineContext): string[] {
  switch (adjudication.covered.share.order) {
    case 'copay':
      return copaySentences(adjudication);
    case 'deductible_then_coinsurance':
      return [...deductibleSentences(adjudication, context), ...coinsuranceSentences(adjudication)];
    case 'deductible_then_copay':
      return [...deductibleSentences(adjudication, context), ...copayAfterDeductible(adjudication)];
    case 'copay_then_coinsurance':
      return [...copaySentences(adjudication), ...coinsuranceSentences(adjudication)];
  }
}

function deductibleSentences({ room, open, share, fullShare, basis }: Adjudication, context: LineContext): string[] {
  if (room.deductibleCents === undefined || !open) return [];
  if (room.deductibleCents === 0) return [`${context.plan}'s deductible is met.`];
  const taken = usd(fullShare.deductibleCents);
  const left = usd(room.deductibleCents - share.deductibleCents);
  const whose = context.isOnlyLine ? "today's" : "this service's";
  return [
    `${context.plan}'s deductible: ${taken} of ${whose} ${usd(basis.amountCents)}; ${left} of ${usd(deductibleAtFirst(open))} is left.`,
  ];
}

function copayAfterDeductible(adjudication: Adjudication): string[] {
  const { fullShare, basis, covered } = adjudication;
  if (fullShare.deductibleCents === basis.amountCents) return [];
  const isWaived = covered.share.copayOnDayDeductibleIsMet === false;
  if (isWaived && (fullShare.deductibleCents > 0 || basis.deductibleTakenToday))
    return ['No copay on a day with deductible.'];
  return copaySentences(adjudication);
}

function copaySentences({ covered, basis, fullShare }: Adjudication): string[] {
  const { copayCents = 0, copayPer } = covered.share;
  const charged = usd(fullShare.copayCents);
  const whole = `${usd(copayCents)} ${unitName(copayPer)}`;
  if (fullShare.copayCents === copayCents) return [`Copay: ${whole}.`];
  if (basis.copayLeftCents === 0) return [`Copay: nothing more, the ${whole} is taken already.`];
  if (fullShare.copayCents < basis.copayLeftCents)
    return [`Copay: ${charged} of ${whole}, as no more of the price is left.`];
  return [`Copay: ${charged}, the rest of ${whole}.`];
}

function coinsuranceSentences(adjudication: Adjudication): string[] {
  const { covered, fullShare, basis } = adjudication;
  const restCents = basis.amountCents - fullShare.deductibleCents - fullShare.copayCents;
  if (restCents === 0) return [];
  const percent = percentText(covered.share.coinsurancePercent);
  const coinsurance = usd(fullShare.coinsuranceCents);
  const capLeftCents = basis.coinsuranceCapLeftCents;
  if (capLeftCents === undefined || fullShare.coinsuranceCents < capLeftCents) {
    return [`Coinsurance: ${percent} of ${usd(restCents)}, ${coinsurance}.`];
  }
  const cap = `${usd(covered.share.coinsuranceCapCents)} ${unitName(covered.share.coinsuranceCapPer)}`;
  return [`Coinsurance: ${percent} of ${usd(restCents)}, at most ${cap}: ${coinsurance}.`];
}

/** True for a sentence that says that the out-of-pocket maximum is met. */
export function tellsMaximum(sentence: string): boolean {
  return sentence.includes("'s out-of-pocket maximum is met");
}

function maximumSentences({ fullShare, share, room }: Adjudication, { plan }: LineContext): string[] {
  const full = totalOf(fullShare);
  const owed = totalOf(share);
  if (room.outOfPocketCents === undefined || full === owed) return [];
  if (owed === 0) return [`${plan}'s out-of-pocket maximum is met: nothing of ${usd(full)} is asked.`];
  return [`${plan}'s out-of-pocket maximum is met today: ${usd(owed)} instead of ${usd(full)}.`];
}

function planPaysSentences(line: PrimaryLine, adjudication: Adjudication, { plan }: LineContext): string[] {
  const pays = `${plan} would pay ${usd(adjudication.planPaysCents)}`;
  if (adjudication.overLimitCents === 0) return [`${pays}.`];
  return [`${pays}, all that its dollar limit leaves: the other ${usd(line.nonCoveredCents)} is yours.`];
}

function penaltySentences({ penaltyCents }: PrimaryLine, { plan, authorization }: LineContext): string[] {
  if (penaltyCents === 0) return [];
  const percent = percentText(authorization?.noAuthorizationPenaltyPercent);
  return [`Without an authorization ${lowerFirst(plan)} takes ${percent} off that: ${usd(penaltyCents)} is yours.`];
}

function balanceSentences({ balanceBillCents }: PrimaryLine): string[] {
  if (balanceBillCents === 0) return [];
  return [`Out of network the program may bill the rest of its charge: ${usd(balanceBillCents)}.`];
}

function secondSentence({ coverage, paidCents, coordination }: SecondPayment, { secondPlan }: LineContext): string {
  if (coverage.kind !== 'covered') return `${notCoveredReason(coverage, secondPlan)}: it pays nothing of your share.`;
  return `${secondPlan} would pay ${usd(paidCents)} of your share${COORDINATION_NOTES[coordination]}.`;
}

const COORDINATION_NOTES: Record<Coordination, string> = {
  standard: '',
  maintenance_of_benefits: ', reckoned on what the first one leaves',
  non_duplication: ', only what it would pay beyond the first one',
};

/** The limit where one accumulator with a limit bounds it, else what was left at first. */
function deductibleAtFirst({ period, openingDeductibleCents }: OpenPeriod): Cents {
  const opening = openingDeductibleCents ?? 0;
  return Math.max(opening, limitOf(period.deductible) ?? opening);
}

function limitOf(accumulator: Accumulator | undefined): Cents | undefined {
  if (accumulator?.structure === 'individual') return accumulator.individual?.limitCents;
  if (accumulator?.structure === 'aggregate') return accumulator.family?.limitCents;
  return undefined;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
