import type { Cents, CivilDate } from '@openvob/benefits';
import type { ScheduledDay } from '@openvob/programs';
import { carriedOverInto } from './carryover';
import type { Coordination, EstimateCase, Network, PendingClaims, SettledAuthorization } from './estimate-case';
import { answerIn, type Hypothesis } from './hypotheses';
import { type LimitUse, newLimitUse } from './limit-use';
import { type RuleFinder, ruleFinder } from './matching';
import { type OpenPeriod, periodIndexOn, type Reading, roomIn, startPeriod } from './open-period';
import { type RuleInUse, rulesInUse } from './rule-in-use';
import { type Side, sideInUse } from './side';
import { newUnitCounter, type UnitCounter } from './unit-counter';
import { ACCUMULATOR_CONFLICT_ID, authorizationId, networkId, PENDING_CLAIMS_ID } from './unknowns';

/** One coverage under one hypothesis: the side in use and what this estimate has taken on it so far. */
export interface Account {
  readonly coverage: number;
  readonly network: Network;
  readonly side: Side;
  readonly rules: readonly RuleInUse[];
  readonly findRule: RuleFinder;
  readonly authorization: SettledAuthorization | undefined;
  readonly coordination: Coordination | undefined;
  /** Answer to the authorization's unknown: no extension comes, or the penalty is taken. */
  readonly isWithoutAuthorization: boolean;
  readonly reading: Pick<Reading, 'take' | 'pendingClaims'>;
  readonly openPeriods: (OpenPeriod | undefined)[];
  /** Deductible taken, by date of service, in order. */
  readonly deductiblesTaken: { readonly date: CivilDate; readonly cents: Cents }[];
  /** Limits of the first period. */
  readonly limits: readonly LimitUse[];
  /** By rule; start again with a new benefit period. */
  copays: UnitCounter[];
  coinsurances: UnitCounter[];
  /** The benefit period last entered. */
  enteredPeriod: number | undefined;
  /** The benefit period of the day at hand; none when no period holds it. */
  periodToday: number | undefined;
  deductibleTakenOn: CivilDate | undefined;
}

const NO_LIMITS: readonly LimitUse[] = [];

/** A coverage before its first line, as a hypothesis has it. */
export function openAccount(estimateCase: EstimateCase, index: number, hypothesis: Hypothesis): Account {
  const coverage = estimateCase.coverages[index];
  if (!coverage) throw new RangeError(`no coverage ${index}, expected 0 to ${estimateCase.coverages.length - 1}`);
  const network = networkUnder(coverage.network, index, hypothesis);
  const side = sideInUse(coverage, index, network);
  return {
    coverage: index,
    network,
    side,
    rules: rulesInUse(side, hypothesis),
    findRule: ruleFinder(side.benefits.costShares),
    authorization: side.benefits.authorization,
    coordination: coverage.coordination,
    isWithoutAuthorization:
      side.benefits.authorization?.extension === 'refused' || answerIn(hypothesis, authorizationId(side)) === 1,
    reading: readingUnder(hypothesis, index === 0 ? estimateCase.pendingClaims : undefined),
    openPeriods: [],
    deductiblesTaken: [],
    limits: (side.benefits.limits ?? []).map(newLimitUse),
    ...newCounters(side),
    enteredPeriod: undefined,
    periodToday: undefined,
    deductibleTakenOn: undefined,
  };
}

/**
 * Brings an account to a date of service. With a new benefit period the units of copays and capped coinsurance start again.
 *
 * Source: estimate contract, rules 5 and 12.
 */
export function enterDay(account: Account, { date }: ScheduledDay): Account {
  const today = periodIndexOn(account.side.benefits.periods, date);
  account.periodToday = today;
  if (today === undefined || today === account.enteredPeriod) return account;
  account.enteredPeriod = today;
  const { copays, coinsurances } = newCounters(account.side);
  account.copays = copays;
  account.coinsurances = coinsurances;
  return account;
}

/** The benefit period of the day at hand. */
export function openPeriodToday(account: Account): OpenPeriod | undefined {
  return account.periodToday === undefined ? undefined : openPeriodAt(account, account.periodToday);
}

/** A benefit period by its index, started when it is first needed. */
export function openPeriodAt(account: Account, index: number): OpenPeriod | undefined {
  const started = account.openPeriods[index] ?? startPeriodAt(account, index);
  account.openPeriods[index] = started;
  return started;
}

/** The first period alone is lowered by pending claims. */
function startPeriodAt(account: Account, index: number): OpenPeriod | undefined {
  const { periods } = account.side.benefits;
  const period = periods[index];
  if (!period) return undefined;
  return startPeriod(period, {
    take: account.reading.take,
    pendingClaims: index === 0 ? account.reading.pendingClaims : undefined,
    carriedOverCents: carriedOverInto(period, periods[index - 1], {
      taken: account.deductiblesTaken,
      wasUnmet: () => (roomIn(openPeriodAt(account, index - 1)).deductibleCents ?? 0) > 0,
    }),
  });
}

/** Limits bind in the first period only. Source: estimate contract, `Limit`. */
export function limitsToday(account: Account): readonly LimitUse[] {
  return account.periodToday === 0 ? account.limits : NO_LIMITS;
}

function networkUnder(network: Network | 'unknown', coverage: number, hypothesis: Hypothesis): Network {
  if (network !== 'unknown') return network;
  return answerIn(hypothesis, networkId(coverage)) === 0 ? 'in' : 'out';
}

function readingUnder(hypothesis: Hypothesis, pendingClaims: PendingClaims | undefined): Account['reading'] {
  return {
    take: answerIn(hypothesis, ACCUMULATOR_CONFLICT_ID) === 0 ? 'larger' : 'smaller',
    pendingClaims: answerIn(hypothesis, PENDING_CLAIMS_ID) === 0 ? undefined : pendingClaims,
  };
}

function newCounters({ benefits }: Side): Pick<Account, 'copays' | 'coinsurances'> {
  return { copays: benefits.costShares.map(newUnitCounter), coinsurances: benefits.costShares.map(newUnitCounter) };
}
