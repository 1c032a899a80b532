import type { RateJson } from '@openvob/results';
import { day } from '../words/format';

/** On which days a price holds, in words. */
export function holds({ from, to }: Pick<RateJson, 'from' | 'to'>): string {
  if (from && to) return `${day(from)} to ${day(to)}`;
  if (from) return `from ${day(from)}`;
  return to ? `until ${day(to)}` : 'always';
}

/** A price as it is spoken of. */
export function rateName({ payer, code, network }: RateJson): string {
  return `${code}, ${payer?.name ?? 'own price'}, ${network.replace('_', '-')}`;
}

/** The facility's own first, then payer by payer. */
export function ratesByPayer(rates: readonly RateJson[]): (readonly [string, readonly RateJson[]])[] {
  const groups = new Map<string, RateJson[]>();
  for (const rate of rates) {
    const name = rate.payer?.name ?? 'The facility’s own';
    groups.set(name, [...(groups.get(name) ?? []), rate]);
  }
  const isOwn = (own: readonly RateJson[]): number => (own[0]?.payer ? 1 : 0);
  return [...groups].sort(([name, own], [other, its]) => isOwn(own) - isOwn(its) || name.localeCompare(other));
}
