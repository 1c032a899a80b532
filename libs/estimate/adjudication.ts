import type { Cents } from '@openvob/benefits';
import { type Account, limitsToday, openPeriodToday } from './account';
import type { Limit } from './estimate-case';
import { daysLimitUsedUp, planDollarsLeft, usePlanDollars } from './limit-use';
import type { ServiceLine } from './matching';
import { type OpenPeriod, postTo, type Room, roomIn } from './open-period';
import { trimToOutOfPocketMaximum } from './out-of-pocket-maximum';
import type { RuleInUse, SharingRule } from './rule-in-use';
import { type Share, type ShareBasis, shareOf, totalOf } from './share';
import { chargeInUnit, leftInUnit, unitOn } from './unit-counter';

/** Rule 3: a line is shared by the first rule that matches it, or not covered for a reason. */
export type CoverageOfLine =
  | RuleInUse
  | { readonly kind: 'no_rule' }
  | { readonly kind: 'days_used_up'; readonly limit: Limit };

export type UncoveredLine = Exclude<CoverageOfLine, SharingRule>;

/** What a coverage does with an amount by its own rules, before an authorization or another coverage is looked at. */
export interface Adjudication {
  readonly covered: SharingRule;
  readonly open: OpenPeriod | undefined;
  /** Before the line. */
  readonly room: Room;
  readonly basis: ShareBasis;
  /** Before the out-of-pocket maximum. */
  readonly fullShare: Share;
  readonly share: Share;
  readonly planPaysCents: Cents;
  /** What a dollar limit keeps the plan from paying. */
  readonly overLimitCents: Cents;
}

const NO_RULE = { kind: 'no_rule' } as const;

/**
 * Rule 3: covered by the first rule that matches; not covered when that rule says so, when none matches, or when a matching
 * limit of days is used up.
 *
 * Source: estimate contract, rule 3.
 */
export function coverageOfLine(account: Account, line: ServiceLine): CoverageOfLine {
  const rule = account.rules[account.findRule(line)];
  if (rule?.kind !== 'covered') return rule ?? NO_RULE;
  const limit = daysLimitUsedUp(limitsToday(account), line);
  return limit ? { kind: 'days_used_up', limit } : rule;
}

/**
 * Rules 4 to 7 for an amount of a covered line: room, share, out-of-pocket maximum, what the plan pays. Moves nothing.
 *
 * Source: estimate contract, rules 4 to 7.
 */
export function adjudicate(
  account: Account,
  covered: SharingRule,
  { line, amountCents }: { line: ServiceLine; amountCents: Cents },
): Adjudication {
  const open = openPeriodToday(account);
  const room = roomIn(open);
  const basis: ShareBasis = {
    amountCents,
    deductibleRoomCents: room.deductibleCents ?? 0,
    copayLeftCents: copayLeft(account, covered, line),
    coinsuranceCapLeftCents: coinsuranceCapLeft(account, covered, line),
    deductibleTakenToday: account.deductibleTakenOn === line.day.date,
  };
  const fullShare = shareOf(covered.share, basis);
  const share = trimToOutOfPocketMaximum(fullShare, room.outOfPocketCents);
  const restCents = amountCents - totalOf(share);
  const planPaysCents = planPays(restCents, planDollarsLeft(limitsToday(account), line.service));
  const overLimitCents = restCents - planPaysCents;
  return { covered, open, room, basis, fullShare, share, planPaysCents, overLimitCents };
}

/**
 * Rule 10 for a line's share: the accumulators of the period, the units of the rule, and the deductible taken on the date.
 *
 * Source: estimate contract, rules 5 and 10.
 */
export function postShare(account: Account, { covered, open, share }: Adjudication, { day }: ServiceLine): void {
  if (open) postTo(open, share);
  const { copayPer, coinsuranceCapPer } = covered.share;
  const copays = account.copays[covered.rule];
  const coinsurances = account.coinsurances[covered.rule];
  if (copays) chargeInUnit(copays, unitOn(day, copayPer ?? 'day'), share.copayCents);
  if (coinsurances) chargeInUnit(coinsurances, unitOn(day, coinsuranceCapPer ?? 'day'), share.coinsuranceCents);
  if (share.deductibleCents === 0) return;
  account.deductibleTakenOn = day.date;
  account.deductiblesTaken.push({ date: day.date, cents: share.deductibleCents });
}

/** Rule 7: the dollar limits of a plan are used up by what it pays. Source: estimate contract, rules 7 and 11. */
export function usePlanDollarLimits(account: Account, { service }: ServiceLine, cents: Cents): void {
  usePlanDollars(limitsToday(account), service, cents);
}

/** Rule 7: the plan pays what the share leaves, at most what its dollar limits leave; the rest is the patient's. */
function planPays(restCents: Cents, limitLeftCents: Cents | undefined): Cents {
  return limitLeftCents === undefined ? restCents : Math.min(restCents, limitLeftCents);
}

function copayLeft(account: Account, { rule, share }: SharingRule, { day }: ServiceLine): Cents {
  const counter = account.copays[rule];
  const copayCents = share.copayCents ?? 0;
  return counter ? leftInUnit(counter, copayCents, unitOn(day, share.copayPer ?? 'day')) : copayCents;
}

function coinsuranceCapLeft(account: Account, { rule, share }: SharingRule, { day }: ServiceLine): Cents | undefined {
  const counter = account.coinsurances[rule];
  if (share.coinsuranceCapCents === undefined || !counter) return share.coinsuranceCapCents;
  return leftInUnit(counter, share.coinsuranceCapCents, unitOn(day, share.coinsuranceCapPer ?? 'day'));
}
