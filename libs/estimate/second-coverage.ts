import type { Cents } from '@openvob/benefits';
import { type Account, limitsToday } from './account';
import {
  type Adjudication,
  adjudicate,
  type CoverageOfLine,
  coverageOfLine,
  postShare,
  usePlanDollarLimits,
} from './adjudication';
import type { Coordination } from './estimate-case';
import { countServiceDate } from './limit-use';
import type { ServiceLine } from './matching';
import type { SharingRule } from './rule-in-use';

/** What the primary leaves of a line. */
export interface LeftByPrimary {
  readonly allowedCents: Cents;
  /** Deductible, copay, coinsurance and non-covered amount. */
  readonly shareCents: Cents;
  readonly planPaidCents: Cents;
}

/** What a second coverage pays, and by which reckoning. */
export interface SecondPayment {
  readonly paidCents: Cents;
  readonly coordination: Coordination;
  readonly coverage: CoverageOfLine;
  /** Not there when its own rules do not cover the line. */
  readonly adjudication?: Adjudication;
}

/**
 * Rule 11: what a second coverage pays of the primary's share, by its own rules, limits and rooms. Its accumulators are posted
 * with the share that its rule gave, its dollar limits are used up by what it pays.
 *
 * Source: estimate contract, rule 11; benefits reference 3.11.
 */
export function secondCoveragePays(account: Account, line: ServiceLine, left: LeftByPrimary): SecondPayment {
  const coordination = account.coordination ?? 'standard';
  const coverage = coverageOfLine(account, line);
  if (coverage.kind !== 'covered') return { paidCents: 0, coordination, coverage };
  const adjudication = adjudicateSecond(account, coverage, { line, left, coordination });
  const paidCents = coordinate(coordination, adjudication.planPaysCents, left);
  countServiceDate(limitsToday(account), line);
  postShare(account, adjudication, line);
  usePlanDollarLimits(account, line, paidCents);
  return { paidCents, coordination, coverage, adjudication };
}

/** Maintenance of benefits reckons on what the primary left unpaid, the others on the whole allowed amount. */
function adjudicateSecond(
  account: Account,
  covered: SharingRule,
  { line, left, coordination }: { line: ServiceLine; left: LeftByPrimary; coordination: Coordination },
): Adjudication {
  const isMaintenance = coordination === 'maintenance_of_benefits';
  const amountCents = isMaintenance ? left.allowedCents - left.planPaidCents : left.allowedCents;
  return adjudicate(account, covered, { line, amountCents });
}

/** Never more than the primary's share. */
function coordinate(coordination: Coordination, benefitCents: Cents, left: LeftByPrimary): Cents {
  const primaryCents = coordination === 'non_duplication' ? left.planPaidCents : 0;
  return Math.min(left.shareCents, Math.max(0, benefitCents - primaryCents));
}
