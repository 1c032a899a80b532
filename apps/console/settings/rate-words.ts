import type { RateJson } from '@openvob/results';
import { day } from '../words/format';

/** On which days a price holds, in words. */
export function holds({ from, to }: Pick<RateJson, 'from' | 'to'>): string {
  if (from && to) return `${day(from)} to ${day(to)}`;
  if (from) return `from ${day(from)}`;
  return to ? `until ${day(to)}` : 'always';
}
