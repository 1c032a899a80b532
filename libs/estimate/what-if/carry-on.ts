import { addDays, type CivilDate, isCivilDate, isWithin } from '@openvob/benefits';
import { expandSchedule } from '@openvob/programs';
import type { Amounts, BenefitPeriod, Coverage, EstimateCase } from '../estimate-case';
import { selfOnlyLimitCents } from '../law/cost-sharing-limits';
import { MOST_PERIODS } from '../read-coverage';
import { sidesOf } from '../side';
import { type ChangeAssumption, type ChangeAssumptionCode, changeAssumption } from './change-assumption';
import { changeAmounts } from './change-benefits';
import { refuseChange } from './change-fault';

/** A case whose benefit periods reach as far as its services, and what that rests on. */
export interface CarriedOn {
  readonly case: EstimateCase;
  readonly assumptions: readonly ChangeAssumption[];
}

/**
 * Carries benefit periods on when a program now runs past those stated: each further one is a year long, with the limits of the
 * last one and nothing used.
 *
 * `earliest` is the start of the case before it was changed: a start before it may not lie before the first period, of which
 * nobody stated anything. Throws a ChangeFault `no_benefit_period`.
 * Source: estimate contract, rule 12; benefits reference 3.9.
 */
export function carryOn(given: EstimateCase, earliest: CivilDate): CarriedOn {
  const dates = serviceDates(given);
  if (given.startDate < earliest) refuseBeforePeriods(given, dates);
  const assumptions: ChangeAssumption[] = [];
  const coverages = given.coverages.map((coverage, index) => {
    const covered = dates.filter((date) => coverage.active.some((span) => isWithin(date, span)));
    const until = covered.at(-1);
    return until === undefined ? coverage : carriedOn(coverage, { until, path: `/coverages/${index}`, assumptions });
  });
  return { case: { ...given, coverages }, assumptions };
}

interface Carrying {
  /** The last date of service on which the coverage is active. */
  readonly until: CivilDate;
  readonly path: string;
  readonly assumptions: ChangeAssumption[];
}

function serviceDates({ program, startDate }: EstimateCase): CivilDate[] {
  const { days } = expandSchedule(program, startDate);
  return days.flatMap(({ date, services }) => (services.length > 0 ? [date] : []));
}

function refuseBeforePeriods({ coverages }: EstimateCase, dates: readonly CivilDate[]): void {
  coverages.forEach((coverage, index) => {
    const first = dates.find((date) => coverage.active.some((span) => isWithin(date, span)));
    for (const { benefits } of sidesOf(coverage, index)) {
      const from = benefits.periods[0]?.from;
      if (first === undefined || from === undefined || first >= from) continue;
      refuseChange(
        'no_benefit_period',
        '/startDate',
        `a start on or after ${from}, the first day of the benefits stated, is expected`,
      );
    }
  });
}

function carriedOn(coverage: Coverage, carrying: Carrying): Coverage {
  const own = laterPeriods(coverage.periods, carrying);
  const { outOfNetwork, limits } = coverage;
  const out =
    outOfNetwork && laterPeriods(outOfNetwork.periods, { ...carrying, path: `${carrying.path}/outOfNetwork` });
  noteLimits(coverage.periods, limits, carrying);
  if (own.length === 0 && !out?.length) return coverage;
  return {
    ...coverage,
    periods: [...coverage.periods, ...own],
    ...(outOfNetwork && out ? { outOfNetwork: { ...outOfNetwork, periods: [...outOfNetwork.periods, ...out] } } : {}),
  };
}

/** A limit is of the first period only: past it nothing is counted, although it will start again. */
function noteLimits(
  [first]: readonly BenefitPeriod[],
  limits: Coverage['limits'],
  { until, path, assumptions }: Carrying,
): void {
  if (!first || until <= first.to || !limits?.length) return;
  assumptions.push(changeAssumption('limits_not_stated_later', `${path}/limits`));
}

function laterPeriods(stated: readonly BenefitPeriod[], { until, path, assumptions }: Carrying): BenefitPeriod[] {
  const later: BenefitPeriod[] = [];
  let last = stated.at(-1);
  while (last && last.to < until) {
    const at = stated.length + later.length;
    if (at >= MOST_PERIODS)
      refuseChange('no_benefit_period', '/startDate', `a program within ${MOST_PERIODS} benefit periods is expected`);
    last = yearAfter(last, `${path}/periods/${at}`, assumptions);
    later.push(last);
  }
  return later;
}

function yearAfter(period: BenefitPeriod, path: string, assumptions: ChangeAssumption[]): BenefitPeriod {
  const note = (code: ChangeAssumptionCode, key = '') => assumptions.push(changeAssumption(code, `${path}${key}`));
  const from = addDays(period.to, 1);
  note('same_limits_in_later_years');
  const { selfOnlyCapRemainingCents, ...repeated } = changeAmounts(period, (amounts, kind, whose) => {
    const { limitCents, isKnown } = limitOf(amounts);
    if (isKnown) return { limitCents };
    if (kind === 'deductible' && limitCents !== undefined) {
      note('deductible_at_least_what_is_left', `/deductible/${whose}/limitCents`);
      return { limitCents };
    }
    if (kind === 'outOfPocket') note('maximum_not_stated_later', '/outOfPocket');
    return undefined;
  });
  return { ...repeated, ...capOf(selfOnlyCapRemainingCents, from, note), from, to: lastDayOfYear(from) };
}

/** The limit as stated, or as used and remaining make it; else only what is left is known. */
function limitOf({
  limitCents,
  usedCents,
  remainingCents,
}: Amounts):
  | { readonly isKnown: true; readonly limitCents: number }
  | { readonly isKnown: false; readonly limitCents: number | undefined } {
  if (limitCents !== undefined) return { isKnown: true, limitCents };
  if (usedCents !== undefined && remainingCents !== undefined)
    return { isKnown: true, limitCents: usedCents + remainingCents };
  return { isKnown: false, limitCents: remainingCents };
}

/** The law's limit of that year, for a period that follows one with such a cap. */
function capOf(
  cap: number | undefined,
  from: CivilDate,
  note: (code: ChangeAssumptionCode, key: string) => void,
): Pick<BenefitPeriod, 'selfOnlyCapRemainingCents'> {
  if (cap === undefined) return {};
  const selfOnlyCapRemainingCents = selfOnlyLimitCents(from);
  if (selfOnlyCapRemainingCents !== undefined) return { selfOnlyCapRemainingCents };
  note('self_only_cap_not_stated_later', '/selfOnlyCapRemainingCents');
  return {};
}

/** The day before the same day of the next year; a year from 29 February ends on 28 February. */
function lastDayOfYear(from: CivilDate): CivilDate {
  const year = Number(from.slice(0, 4)) + 1;
  const anniversary = `${String(year).padStart(4, '0')}${from.slice(4)}`;
  if (year > 9999) return '9999-12-31';
  return isCivilDate(anniversary) ? addDays(anniversary, -1) : `${anniversary.slice(0, 5)}02-28`;
}
