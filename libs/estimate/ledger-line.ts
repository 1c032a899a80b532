import { type Cents, percentOf } from '@openvob/benefits';
import type { ProgramService, ScheduledDay } from '@openvob/programs';
import { type Account, limitsToday } from './account';
import {
  type Adjudication,
  adjudicate,
  coverageOfLine,
  postShare,
  type UncoveredLine,
  usePlanDollarLimits,
} from './adjudication';
import { type AuthorizationStanding, authorizationStanding, isInGap } from './authorization';
import { balanceBill } from './balance-bill';
import { rateOf } from './episode';
import type { Rate } from './estimate-case';
import { countServiceDate } from './limit-use';
import type { ServiceLine } from './matching';
import type { RateBook } from './rate-book';
import type { SharingRule } from './rule-in-use';
import { type SecondPayment, secondCoveragePays } from './second-coverage';
import { NOTHING_OWED, type Share, totalOf } from './share';

/** A covered line that is neither the provider's loss nor denied. */
export interface PaidRuling {
  readonly kind: 'paid';
  readonly adjudication: Adjudication;
  readonly standing: Exclude<AuthorizationStanding, 'provider_liable' | 'patient_liable'>;
  /** Later days are approved, and this one is not. */
  readonly isInGap: boolean;
}

/** Which rule settled a line. */
export type Ruling =
  | { readonly kind: 'bundled'; readonly into: string }
  | { readonly kind: 'self_pay' }
  | { readonly kind: 'not_covered'; readonly because: UncoveredLine }
  | { readonly kind: 'provider_liable' | 'patient_liable'; readonly isInGap: boolean }
  | PaidRuling;

/** A line as the primary, or its absence, leaves it. */
export interface PrimaryLine {
  readonly ruling: Ruling;
  readonly allowedCents: Cents;
  readonly share: Share;
  readonly nonCoveredCents: Cents;
  readonly penaltyCents: Cents;
  readonly balanceBillCents: Cents;
  readonly planPaidCents: Cents;
}

/** One claim line of the ledger. */
export interface LedgerLine {
  readonly service: ProgramService;
  readonly primary: PrimaryLine;
  readonly second: SecondPayment | undefined;
  readonly secondaryPaidCents: Cents;
  readonly patientCents: Cents;
}

/** Who pays on a date: of the active coverages the first is the primary, the next the second coverage. */
export interface Payers {
  readonly primary: Account | undefined;
  readonly second: Account | undefined;
}

/**
 * One service on one date through rules 1 to 11.
 *
 * Source: estimate contract, Rules.
 */
export function ledgerLine(rates: RateBook, { primary, second }: Payers, line: ServiceLine): LedgerLine {
  const rate = rateOf(rates, line.service.code, primary?.network ?? 'self_pay', line.day.date);
  const left = primaryLine(primary, line, rate);
  const payment = second && isForSecondCoverage(left) ? paymentOf(second, line, left) : undefined;
  return settle(line.service, left, payment);
}

function primaryLine(primary: Account | undefined, line: ServiceLine, rate: Rate): PrimaryLine {
  const into = bundledInto(rate, line.day);
  if (into !== undefined) return bundled(into);
  if (!primary) return patientOwesAll(rate, { kind: 'self_pay' });
  const coverage = coverageOfLine(primary, line);
  if (coverage.kind !== 'covered') return patientOwesAll(rate, { kind: 'not_covered', because: coverage });
  const standing = authorizationStanding(primary, line.day);
  const inGap = isInGap(primary, line.day);
  if (standing === 'provider_liable') return providerLoss(rate, inGap);
  if (standing === 'patient_liable') return patientOwesAll(rate, { kind: 'patient_liable', isInGap: inGap });
  return paid(primary, coverage, { line, rate, standing });
}

/** Rule 1: the code that a rate is included in, when that code has a line the same day. */
function bundledInto({ includedIn }: Rate, { services }: ScheduledDay): string | undefined {
  if (includedIn === undefined) return undefined;
  return services.some(({ code }) => code === includedIn) ? includedIn : undefined;
}

/** Rule 1: a bundled line is 0, also its allowed amount. */
function bundled(into: string): PrimaryLine {
  return nothingMoved({ kind: 'bundled', into }, { allowedCents: 0, nonCoveredCents: 0 });
}

/** Rules 2, 3 and 8: the whole rate is the patient's; no accumulator moves. */
function patientOwesAll({ allowedCents }: Rate, ruling: Ruling): PrimaryLine {
  return nothingMoved(ruling, { allowedCents, nonCoveredCents: allowedCents });
}

/** Rule 8: nobody pays the provider; no accumulator or limit moves. */
function providerLoss({ allowedCents }: Rate, inGap: boolean): PrimaryLine {
  return nothingMoved({ kind: 'provider_liable', isInGap: inGap }, { allowedCents, nonCoveredCents: 0 });
}

/** Rules 4 to 10 for a line that the plan takes part in. */
function paid(
  account: Account,
  covered: SharingRule,
  { line, rate, standing }: { line: ServiceLine; rate: Rate; standing: PaidRuling['standing'] },
): PrimaryLine {
  const adjudication = adjudicate(account, covered, { line, amountCents: rate.allowedCents });
  countServiceDate(limitsToday(account), line);
  usePlanDollarLimits(account, line, adjudication.planPaysCents);
  postShare(account, adjudication, line);
  const penaltyCents = standing === 'penalty' ? penaltyOn(account, adjudication.planPaysCents) : 0;
  return {
    ruling: { kind: 'paid', adjudication, standing, isInGap: isInGap(account, line.day) },
    allowedCents: rate.allowedCents,
    share: adjudication.share,
    nonCoveredCents: adjudication.overLimitCents,
    penaltyCents,
    balanceBillCents: balanceBill(rate, account.network),
    planPaidCents: adjudication.planPaysCents - penaltyCents,
  };
}

/** Rules 7 and 8: a percentage of what the plan would have paid, rounded half up. */
function penaltyOn({ authorization }: Account, planPaysCents: Cents): Cents {
  return percentOf(planPaysCents, authorization?.noAuthorizationPenaltyPercent ?? 0);
}

/** Rule 11: a second coverage is not asked about a bundled line or the provider's loss. */
function isForSecondCoverage({ ruling }: PrimaryLine): boolean {
  return ruling.kind !== 'bundled' && ruling.kind !== 'provider_liable';
}

function paymentOf(second: Account, line: ServiceLine, left: PrimaryLine): SecondPayment {
  const shareCents = totalOf(left.share) + left.nonCoveredCents;
  return secondCoveragePays(second, line, {
    allowedCents: left.allowedCents,
    shareCents,
    planPaidCents: left.planPaidCents,
  });
}

function settle(service: ProgramService, primary: PrimaryLine, second: SecondPayment | undefined): LedgerLine {
  const secondaryPaidCents = second?.paidCents ?? 0;
  const { share, nonCoveredCents, penaltyCents, balanceBillCents } = primary;
  const owedCents = totalOf(share) + nonCoveredCents + penaltyCents + balanceBillCents;
  return { service, primary, second, secondaryPaidCents, patientCents: owedCents - secondaryPaidCents };
}

/** Every key is written out: a spread here costs more than the rest of the line. */
function nothingMoved(
  ruling: Ruling,
  { allowedCents, nonCoveredCents }: Pick<PrimaryLine, 'allowedCents' | 'nonCoveredCents'>,
): PrimaryLine {
  return {
    ruling,
    allowedCents,
    share: NOTHING_OWED,
    nonCoveredCents,
    penaltyCents: 0,
    balanceBillCents: 0,
    planPaidCents: 0,
  };
}
