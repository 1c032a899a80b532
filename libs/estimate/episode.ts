import { type CivilDate, isWithin } from '@openvob/benefits';
import { expandSchedule, type Schedule } from '@openvob/programs';
import { CaseFault } from './case-fault';
import type { Coverage, EstimateCase, Network, Rate, RateNetwork } from './estimate-case';
import { type RateBook, rateBook } from './rate-book';

/** A case with what is the same in all its hypotheses: the dates, and the price of everything. */
export interface Episode {
  readonly estimateCase: EstimateCase;
  readonly schedule: Schedule;
  readonly rates: RateBook;
}

/**
 * Lays a case out on the calendar.
 *
 * Throws a CaseFault `rate_missing` when a line has no rate for a network that its primary may have.
 * Source: estimate contract, Rules, "Dates" and "Order".
 */
export function episodeOf(estimateCase: EstimateCase): Episode {
  const { program, startDate, rates } = estimateCase;
  const episode = { estimateCase, schedule: expandSchedule(program, startDate), rates: rateBook(rates) };
  for (const { date, services } of episode.schedule.days) {
    for (const network of networksOn(estimateCase.coverages, date)) {
      for (const { code } of services) rateOf(episode, code, network);
    }
  }
  return episode;
}

/** Indexes of the coverages active on a date: the first is the primary, the next the second coverage. */
export function activeOn(coverages: readonly Coverage[], date: CivilDate): number[] {
  return coverages.flatMap(({ active }, index) => (active.some((span) => isWithin(date, span)) ? [index] : []));
}

/** The price of a service. Throws a CaseFault `rate_missing` when there is none. */
export function rateOf({ rates }: Pick<Episode, 'rates'>, code: string, network: RateNetwork): Rate {
  const rate = rates.find(code, network);
  if (rate) return rate;
  throw new CaseFault({
    code: 'rate_missing',
    path: '/rates',
    message: `a rate for ${code} with network ${network} is needed and not there`,
  });
}

/** A network that is unknown is worked out both ways: no other unknown is taken before it. */
function networksOn(coverages: readonly Coverage[], date: CivilDate): RateNetwork[] {
  const primary = coverages[activeOn(coverages, date)[0] ?? coverages.length];
  if (!primary) return ['self_pay'];
  const both: Network[] = ['in', 'out'];
  return primary.network === 'unknown' ? both : [primary.network];
}
