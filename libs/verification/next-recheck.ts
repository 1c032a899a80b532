import { addDays, type CivilDate } from '@openvob/benefits';
import type { EstimateCase } from '@openvob/estimate';
import type { Status } from './status';

/** Why a payer is asked again by itself. */
export type RecheckReason =
  /** The payer would not speak of the admission yet, so that today's date was asked about instead. */
  | 'asked_for_today'
  /** A rejection asked for patience (AAA04 W or X). */
  | 'payer_asked_for_patience'
  | 'coverage_end'
  | 'benefit_period_reset'
  | 'first_of_month'
  | 'before_benefit_period_reset';

export interface RecheckPlan {
  /** By the facility's calendar. */
  readonly on: CivilDate;
  readonly because: RecheckReason;
}

/** What a round came to, as far as it decides when to ask again. */
export interface RecheckSituation {
  readonly to: Status;
  readonly today: CivilDate;
  readonly startDate: CivilDate;
  /** The last day of the program: nothing is asked after it. */
  readonly lastDay: CivilDate;
  /** False for a payer that is only phoned: a round tells people to phone it again, once it was phoned at all. */
  readonly isElectronic: boolean;
  /** A round before came to a good answer, which stays while this one brings none. */
  readonly hasEarlierAnswer?: boolean;
  /** Of a round that failed, that of the good answer before it. */
  readonly estimateCase?: EstimateCase | undefined;
  /** A day that the round itself named, and whether it did since today's date was asked about. */
  readonly named?: { readonly on: CivilDate; readonly askedForToday: boolean } | undefined;
  /** How many days before its benefits begin anew a plan is asked about what is used; 0: not at all. */
  readonly daysBeforeReset: number;
}

/** Where the coverage is known, so that it can change. */
const knowsCoverage: readonly Status[] = ['verified', 'needs_call'];
/** Where only a day that the payer named, or made necessary, brings another answer. */
const waitsForDay: readonly Status[] = ['needs_information', 'not_found', 'inactive'];

/**
 * When to ask again by itself, and why: eligibility is known to the end of a month at most (CAQH CORE 260), accumulators to the end of their period, and a
 * payer that asked for patience to the day it named. Never today, and never after the program. Authorizations are left to their own flags: a 271 does not
 * extend one.
 *
 * @returns the earliest of all; of several on one day the weightiest. Undefined where asking again by itself makes no sense
 */
export function nextRecheck(situation: RecheckSituation): RecheckPlan | undefined {
  const { today, lastDay, isElectronic, estimateCase } = situation;
  if (!isElectronic && !estimateCase) return undefined;
  const plans = [...namedBy(situation), ...(isCoverageKnown(situation) ? byTheCalendar(situation) : [])];
  return plans
    .filter(({ on }) => on > today && on <= lastDay)
    .reduce<RecheckPlan | undefined>((first, plan) => (first && first.on <= plan.on ? first : plan), undefined);
}

/** What failed once is no reason to leave an answer that was good to itself. */
function isCoverageKnown({ to, hasEarlierAnswer = false }: RecheckSituation): boolean {
  return knowsCoverage.includes(to) || (to === 'failed' && hasEarlierAnswer);
}

function namedBy({ to, named }: RecheckSituation): RecheckPlan[] {
  if (!named || ![...knowsCoverage, ...waitsForDay].includes(to)) return [];
  return [{ on: named.on, because: named.askedForToday ? 'asked_for_today' : 'payer_asked_for_patience' }];
}

/** Weightiest first. */
function byTheCalendar(situation: RecheckSituation): RecheckPlan[] {
  const { today, startDate, estimateCase, daysBeforeReset, isElectronic } = situation;
  const [coverage] = estimateCase?.coverages ?? [];
  const ends = (spans: readonly { from: CivilDate; to?: CivilDate }[] = []): CivilDate[] =>
    spans.flatMap(({ to }) => (to !== undefined && to >= today ? [addDays(to, 1)] : []));
  const resets = ends(coverage?.periods);
  const looksAhead = isElectronic && daysBeforeReset > 0;
  const ahead = resets.filter((reset) => looksAhead && startDate < reset);
  return [
    ...ends(coverage?.active).map((on): RecheckPlan => ({ on, because: 'coverage_end' })),
    ...resets.map((on): RecheckPlan => ({ on, because: 'benefit_period_reset' })),
    { on: firstOfMonth(situation), because: 'first_of_month' },
    ...ahead.map(
      (reset): RecheckPlan => ({ on: addDays(reset, -daysBeforeReset), because: 'before_benefit_period_reset' }),
    ),
  ];
}

/** Months before the admission's own say nothing of it: they are let pass. */
function firstOfMonth({ today, startDate }: RecheckSituation): CivilDate {
  const ofAdmission = `${startDate.slice(0, 7)}-01`;
  const next = `${addDays(`${today.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
  return ofAdmission > next ? ofAdmission : next;
}
