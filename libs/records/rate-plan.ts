import { addDays, type CivilDate } from '@openvob/benefits';

/** A price of the facility: of a payer's contract, or its own. */
export interface RateEntry {
  /** Left out for the facility's own price, which holds for every payer without a contract. */
  readonly payerId?: string;
  readonly network: 'in' | 'out' | 'self_pay';
  /** Procedure or revenue code. */
  readonly code: string;
  readonly allowedCents: number;
  readonly chargeCents?: number;
  /** The code that it is bundled into on the same day. */
  readonly includedIn?: string;
  /** First and last day on which it holds; left out, it always has, and has no end yet. */
  readonly from?: CivilDate;
  readonly to?: CivilDate;
  /** Where the figure is from, e.g. `your contract`. */
  readonly source: string;
}

export type KeptRate = RateEntry & { readonly id: string };

export interface RateLine {
  /** Index of the entry. */
  readonly index: number;
  readonly kind: 'added' | 'changed' | 'unchanged';
  readonly rate: RateEntry;
  /** What it takes the place of. */
  readonly before?: KeptRate;
  /** The price that ends the day before, since this one begins. */
  readonly ends?: KeptRate;
}

export interface RateFault {
  readonly index: number;
  readonly field: string;
  readonly code: string;
  readonly detail: string;
}

export interface RatePlan {
  readonly lines: readonly RateLine[];
  readonly faults: readonly RateFault[];
}

type Working = RateEntry & { readonly id?: string };

/**
 * What entering prices comes to, one after the other: one that begins on the same day as a kept one takes its place, one that begins later ends the
 * one before it. Of one payer, network and code no two hold on the same day; what would is a fault.
 */
export function planRates(kept: readonly KeptRate[], entries: readonly RateEntry[]): RatePlan {
  const lines: RateLine[] = [];
  const faults: RateFault[] = [];
  const seen = new Set<string>();
  let now: readonly Working[] = kept;
  for (const [index, entry] of entries.entries()) {
    const read = seen.has(`${keyOf(entry)} ${entry.from ?? ''}`)
      ? fault(
          index,
          'from',
          'duplicate',
          'stands twice here: of one payer, network, code and first day there is one price',
        )
      : lineOf(index, entry, now);
    seen.add(`${keyOf(entry)} ${entry.from ?? ''}`);
    if ('field' in read) faults.push(read);
    else {
      lines.push(read);
      now = after(now, read);
    }
  }
  return { lines, faults };
}

function lineOf(index: number, entry: RateEntry, now: readonly Working[]): RateLine | RateFault {
  const same = now.filter((one) => keyOf(one) === keyOf(entry));
  const before = same.find(({ from }) => from === entry.from);
  const others = same.filter((one) => one !== before);
  const rate = closed(entry, others);
  const ended = others.find((one) => (one.from ?? '') < (rate.from ?? '') && one.to === undefined);
  const overlapping = others.find((one) => one !== ended && overlaps(one, rate));
  if (overlapping) return fault(index, 'from', 'overlap', `holds on days of the price ${daysOf(overlapping)}`);
  if (before && isKept(before)) {
    const kind = isSame(before, rate) ? 'unchanged' : 'changed';
    return { index, kind, rate, before };
  }
  return { index, kind: 'added', rate, ...(ended && isKept(ended) ? { ends: ended } : {}) };
}

/** One without an end that begins before a kept one holds until that one. */
function closed(entry: RateEntry, others: readonly Working[]): RateEntry {
  if (entry.to !== undefined) return entry;
  const later = others.flatMap(({ from }) => (from !== undefined && from > (entry.from ?? '') ? [from] : [])).sort();
  const [next] = later;
  return next === undefined ? entry : { ...entry, to: addDays(next, -1) };
}

function after(now: readonly Working[], { rate, before, ends }: RateLine): readonly Working[] {
  const rest = now.filter((one) => one !== before && one !== ends);
  const cut = ends && rate.from !== undefined ? [{ ...ends, to: addDays(rate.from, -1) }] : [];
  return [...rest, ...cut, before ? { ...rate, id: before.id } : rate];
}

const endOfTime = '9999-12-31';

function overlaps(one: RateEntry, other: RateEntry): boolean {
  return (one.from ?? '') <= (other.to ?? endOfTime) && (other.from ?? '') <= (one.to ?? endOfTime);
}

function isKept(rate: Working): rate is KeptRate {
  return rate.id !== undefined;
}

function isSame(one: RateEntry, other: RateEntry): boolean {
  const fields = ['allowedCents', 'chargeCents', 'includedIn', 'to', 'source'] as const;
  return fields.every((field) => one[field] === other[field]);
}

function keyOf({ payerId, network, code }: RateEntry): string {
  return `${payerId ?? ''} ${network} ${code}`;
}

function daysOf({ from, to }: RateEntry): string {
  return `from ${from ?? 'the beginning'} to ${to ?? 'no end'}`;
}

function fault(index: number, field: string, code: string, detail: string): RateFault {
  return { index, field, code, detail };
}
