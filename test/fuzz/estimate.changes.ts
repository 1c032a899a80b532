import { addDays, type CivilDate } from '@openvob/benefits';
import type { Accumulator, BenefitPeriod, CostShare, CostShareRule, Coverage, EstimateCase } from '@openvob/estimate';
import type { Cadence } from '@openvob/programs';

/** The same case with one thing changed: what invariants compare. */
export type Change = (given: EstimateCase) => EstimateCase;

const RAISE_CENTS = 777;

export const oneMoreService: Change = (given) => {
  const service = { code: 'X0001', kind: 'assessment', on: { every: 'program_day' } } as const;
  const rate = { code: 'X0001', network: 'in', allowedCents: 12_345 } as const;
  const services = [service, ...given.program.services];
  return { ...given, program: { ...given.program, services }, rates: [...given.rates, rate] };
};

export const moreDeductible: Change = (given) =>
  mapPeriods(given, (period) => (period.deductible ? { ...period, deductible: raised(period.deductible) } : period));

export const moreRoom: Change = (given) =>
  mapPeriods(given, (period) => {
    const { outOfPocket, selfOnlyCapRemainingCents: cap } = period;
    const wider = outOfPocket ? { ...period, outOfPocket: raised(outOfPocket) } : period;
    return cap === undefined ? wider : { ...wider, selfOnlyCapRemainingCents: cap + RAISE_CENTS };
  });

export const moreCoinsurance: Change = (given) =>
  mapShares(given, ({ coinsurancePercent = 0, ...share }) => ({
    ...share,
    coinsurancePercent: Math.min(100, Math.round(coinsurancePercent * 10_000 + 70_000) / 10_000),
  }));

export const higherPrices: Change = (given) => mapPrices(given, (allowedCents) => allowedCents + 333);

export const everythingFree: Change = (given) => ({
  ...given,
  rates: given.rates.map(({ chargeCents: _, ...rate }) => ({ ...rate, allowedCents: 0 })),
});

/**
 * Without what makes more cost less: one cent of deductible may save a whole copay, and a line whose dollar limit is used up costs
 * its whole price anyway, so that what it takes of a deductible, a cap or a maximum is saved on other lines.
 */
export const monotone: Change = (given) => {
  const everyCopay = mapShares(given, ({ copayOnDayDeductibleIsMet: _, ...share }) => share);
  return mapCoverages(everyCopay, ({ limits = [], ...coverage }) => ({
    ...coverage,
    limits: limits.filter(({ kind }) => kind === 'days'),
  }));
};

/** A copay a week or an episode and a cap a week are counted across dates. */
export const nothingAcrossDates: Change = (given) => {
  const counted = mapShares(given, (share) => ({
    ...share,
    copayPer: share.copayPer === 'service' ? 'service' : 'day',
    coinsuranceCapPer: 'day',
  }));
  return mapCoverages(counted, ({ limits: _, ...coverage }) => coverage);
};

/** Patient absent up to a date, that date included. */
export function stoppedUpTo(given: EstimateCase, dates: readonly CivilDate[]): EstimateCase {
  return { ...given, program: { ...given.program, missedOn: [...(given.program.missedOn ?? []), ...dates] } };
}

/** All remaining amounts of the first period less what was taken. */
export function lessTaken(given: EstimateCase, deductibleCents: number, outOfPocketCents: number): EstimateCase {
  return mapPeriods(given, (period) => {
    const { deductible, outOfPocket, selfOnlyCapRemainingCents: cap } = period;
    return {
      ...period,
      ...(deductible ? { deductible: lowered(deductible, deductibleCents) } : {}),
      ...(outOfPocket ? { outOfPocket: lowered(outOfPocket, outOfPocketCents) } : {}),
      ...(cap === undefined ? {} : { selfOnlyCapRemainingCents: Math.max(0, cap - outOfPocketCents) }),
    };
  });
}

/** Everything of the program so many weeks later. */
export function laterBy(given: EstimateCase, weeks: number): EstimateCase {
  const later = (date: CivilDate) => addDays(date, 7 * weeks);
  const { closedOn = [], missedOn = [], services, ...program } = given.program;
  const moved = (on: Cadence): Cadence => ('dates' in on ? { dates: on.dates.map(later) } : on);
  return {
    ...given,
    startDate: later(given.startDate),
    program: {
      ...program,
      closedOn: closedOn.map(later),
      missedOn: missedOn.map(later),
      services: services.map((service) => ({ ...service, on: moved(service.on) })),
    },
  };
}

export function mapCoverages(given: EstimateCase, map: (coverage: Coverage, index: number) => Coverage): EstimateCase {
  return { ...given, coverages: given.coverages.map(map) };
}

export function mapPeriods(given: EstimateCase, map: (period: BenefitPeriod) => BenefitPeriod): EstimateCase {
  return mapCoverages(given, (coverage) => ({ ...coverage, periods: coverage.periods.map(map) }));
}

/** Changes every plain cost share of the coverages' own rules. */
export function mapShares(given: EstimateCase, map: (share: CostShare) => CostShare): EstimateCase {
  const mapRule = (rule: CostShareRule): CostShareRule => {
    if (!('order' in rule)) return rule;
    const { appliesTo, setting, ...share } = rule;
    return { appliesTo, ...(setting ? { setting } : {}), ...map(share) };
  };
  return mapCoverages(given, (coverage) => ({ ...coverage, costShares: coverage.costShares.map(mapRule) }));
}

export function mapPrices(given: EstimateCase, map: (allowedCents: number) => number): EstimateCase {
  return { ...given, rates: given.rates.map((rate) => ({ ...rate, allowedCents: map(rate.allowedCents) })) };
}

function raised(accumulator: Accumulator): Accumulator {
  return mapRemaining(accumulator, (cents) => cents + RAISE_CENTS);
}

function lowered(accumulator: Accumulator, by: number): Accumulator {
  return mapRemaining(accumulator, (cents) => Math.max(0, cents - by));
}

/** Of accumulators that state what remains. */
function mapRemaining({ structure, individual, family }: Accumulator, map: (cents: number) => number): Accumulator {
  return {
    structure,
    ...(individual ? { individual: { remainingCents: map(individual.remainingCents ?? 0) } } : {}),
    ...(family ? { family: { remainingCents: map(family.remainingCents ?? 0) } } : {}),
  };
}
