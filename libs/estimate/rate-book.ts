import type { Rate, RateNetwork } from './estimate-case';

/** Rates by procedure code and network. */
export interface RateBook {
  find(code: string, network: RateNetwork): Rate | undefined;
}

/** Of two rates for one code and network the first is used. Source: estimate contract, `Rate`. */
export function rateBook(rates: readonly Rate[]): RateBook {
  const byNetwork: Record<RateNetwork, Map<string, Rate>> = { in: new Map(), out: new Map(), self_pay: new Map() };
  for (const rate of rates) {
    if (!byNetwork[rate.network].has(rate.code)) byNetwork[rate.network].set(rate.code, rate);
  }
  return { find: (code, network) => byNetwork[network].get(code) };
}
