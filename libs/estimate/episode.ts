import { type CivilDate, isWithin } from '@openvob/benefits';
import { expandSchedule, type ScheduledDay } from '@openvob/programs';
import { CaseFault } from './case-fault';
import type { Coverage, EstimateCase, Rate, RateNetwork } from './estimate-case';
import { type RateBook, rateBook } from './rate-book';

/** A date with a service, and the coverages active on it: the first is the primary, the next the second coverage. */
export interface ServiceDate {
  readonly day: ScheduledDay;
  /** Indexes into the case's coverages. */
  readonly active: readonly number[];
}

/** A case with what is the same in all its hypotheses: the dates, and the price of everything. */
export interface Episode {
  readonly estimateCase: EstimateCase;
  readonly serviceDates: readonly ServiceDate[];
  readonly rates: RateBook;
}

/**
 * Lays a case out on the calendar.
 *
 * Throws a CaseFault `rate_missing` when a line has no rate for a network that its primary may have, `out_of_range` when prices
 * are so large that their sum is no exact integer.
 * Source: estimate contract, Rules, "Dates" and "Order".
 */
export function episodeOf(estimateCase: EstimateCase): Episode {
  const { program, startDate, coverages } = estimateCase;
  const days = expandSchedule(program, startDate).days.filter(({ services }) => services.length > 0);
  const serviceDates = days.map((day) => ({ day, active: activeOn(coverages, day.date) }));
  const rates = rateBook(estimateCase.rates);
  for (const serviceDate of serviceDates) refuseMissingRates(serviceDate, coverages, rates);
  refuseInexactSums(serviceDates, estimateCase.rates);
  return { estimateCase, serviceDates, rates };
}

/** The price of a service on a day. Throws a CaseFault `rate_missing` when there is none. */
export function rateOf(rates: RateBook, code: string, network: RateNetwork, on: CivilDate): Rate {
  const rate = rates.find(code, network, on);
  if (rate) return rate;
  throw new CaseFault({
    code: 'rate_missing',
    path: '/rates',
    message: `a rate for ${code} with network ${network} is needed and not there`,
  });
}

function activeOn(coverages: readonly Coverage[], date: CivilDate): number[] {
  const indexes: number[] = [];
  coverages.forEach(({ active }, index) => {
    if (active.some((span) => isWithin(date, span))) indexes.push(index);
  });
  return indexes;
}

function refuseMissingRates({ day, active }: ServiceDate, coverages: readonly Coverage[], rates: RateBook): void {
  const [primary] = active;
  const network = primary === undefined ? 'self_pay' : coverages[primary]?.network;
  for (const { code } of day.services) {
    // A network that is unknown is worked out both ways: no other unknown is taken before it.
    if (network !== 'out' && network !== 'self_pay') rateOf(rates, code, 'in', day.date);
    if (network === 'out' || network === 'unknown') rateOf(rates, code, 'out', day.date);
    if (network === 'self_pay') rateOf(rates, code, 'self_pay', day.date);
  }
}

/** What a line costs all who pay for it is at most its allowed amount or its charge. */
function refuseInexactSums(serviceDates: readonly ServiceDate[], rates: readonly Rate[]): void {
  const lines = serviceDates.reduce((sum, { day }) => sum + day.services.length, 0);
  const highest = rates.reduce(
    (most, { allowedCents, chargeCents = 0 }) => Math.max(most, allowedCents, chargeCents),
    0,
  );
  if (lines * highest <= Number.MAX_SAFE_INTEGER) return;
  const message = `prices whose sum over ${lines} lines is an exact number of cents are expected`;
  throw new CaseFault({ code: 'out_of_range', path: '/rates', message });
}
