import type { CivilDate } from '@openvob/benefits';
import type { Rate, RateNetwork } from './estimate-case';

/** Rates by procedure code, network and day. */
export interface RateBook {
  find(code: string, network: RateNetwork, on: CivilDate): Rate | undefined;
}

/**
 * Of two rates for one code and network that hold on a day the first is used. Where none holds, the one that ended last before it; else the one that
 * begins first.
 *
 * Source: estimate contract, `Rate`; there rates have no dates.
 */
export function rateBook(rates: readonly Rate[]): RateBook {
  const byNetwork: Record<RateNetwork, Map<string, Rate[]>> = { in: new Map(), out: new Map(), self_pay: new Map() };
  for (const rate of rates) {
    const known = byNetwork[rate.network].get(rate.code);
    if (known) known.push(rate);
    else byNetwork[rate.network].set(rate.code, [rate]);
  }
  return {
    find: (code, network, on) => {
      const all = byNetwork[network].get(code);
      return all && (all.find((rate) => rateHolds(rate, on)) ?? nearest(all, on));
    },
  };
}

/** True where a rate is the price on a day by its own dates. */
export function rateHolds({ from, to }: Rate, on: CivilDate): boolean {
  return (from === undefined || from <= on) && (to === undefined || on <= to);
}

function nearest(rates: readonly Rate[], on: CivilDate): Rate | undefined {
  const ended = rates.filter(({ to }) => to !== undefined && to < on);
  if (ended.length > 0) return ended.reduce((last, rate) => ((rate.to ?? '') > (last.to ?? '') ? rate : last));
  return rates.reduce<Rate | undefined>(
    (first, rate) => (first && (first.from ?? '') <= (rate.from ?? '') ? first : rate),
    undefined,
  );
}
