import type { Period, Source } from './snapshot';

/** One part of an accumulator or limit as a row tells it: the base, what is used, or what remains. */
export interface Part<T> {
  readonly part: 'base' | 'used' | 'remaining';
  /** Parts with the same key speak of the same accumulator. */
  readonly key: string;
  readonly value: number | undefined;
  /** Joined to the key: what the accumulator is told for. */
  readonly period: Period;
  readonly source: readonly Source[];
  readonly of: T;
}

/** A base with the used and remaining parts that belong to it, or a used or remaining part without a base. */
export interface Joined<T> {
  readonly of: T;
  base?: number;
  used?: number;
  remaining?: number;
  readonly isBase: boolean;
  readonly source: Source[];
}

/**
 * Joins parts in file order: a base takes the nearest used and remaining parts of its key that stand after it and belong
 * to no base yet. Repeated parts count once. Source: contract of the reader, "Joining".
 */
export function joinParts<T>(parts: readonly Part<T>[]): Joined<T>[] {
  if (parts.length === 0) return [];
  const open = withoutRepeats(parts);
  const waiting = waitingParts(open);
  const taken = new Set<Part<T>>();
  const takenBy = new Map<Part<T>, Part<T>[]>();
  open.forEach((base, index) => {
    if (base.part !== 'base') return;
    const found = (['used', 'remaining'] as const).flatMap((kind) => {
      const queue = waiting.get(queueName(kind, base.key));
      return queue === undefined ? [] : (nextAfter(queue, index)?.part ?? []);
    });
    for (const each of found) taken.add(each);
    takenBy.set(base, found);
  });
  return open.filter((part) => !taken.has(part)).map((part) => joined([part, ...(takenBy.get(part) ?? [])], part));
}

/** Parts of one kind and key that may be taken, in file order; those before `next` are taken or stand before their base. */
interface Queue<T> {
  readonly entries: { readonly index: number; readonly part: Part<T> }[];
  next: number;
}

function waitingParts<T>(parts: readonly Part<T>[]): Map<string, Queue<T>> {
  const queues = new Map<string, Queue<T>>();
  parts.forEach((part, index) => {
    if (part.part === 'base') return;
    const name = queueName(part.part, part.key);
    const queue = queues.get(name) ?? { entries: [], next: 0 };
    queue.entries.push({ index, part });
    queues.set(name, queue);
  });
  return queues;
}

/** Bases are asked in file order, so that what stands before one stands before all that follow. */
function nextAfter<T>(queue: Queue<T>, index: number): Queue<T>['entries'][number] | undefined {
  while ((queue.entries[queue.next]?.index ?? index) < index) queue.next += 1;
  const entry = queue.entries[queue.next];
  queue.next += 1;
  return entry;
}

function queueName(kind: Part<unknown>['part'], key: string): string {
  return `${kind} ${key}`;
}

function joined<T>(parts: readonly Part<T>[], first: Part<T>): Joined<T> {
  const whole: Joined<T> = {
    of: first.of,
    isBase: first.part === 'base',
    source: parts.flatMap(({ source }) => source),
  };
  for (const { part, value } of parts) if (value !== undefined) whole[part] = value;
  return whole;
}

function withoutRepeats<T>(parts: readonly Part<T>[]): Part<T>[] {
  if (parts.length === 1) return [...parts];
  const seen = new Set<string>();
  return parts.filter(({ part, period, value, key }) => {
    const identity = `${part} ${period} ${value} ${key}`;
    return !seen.has(identity) && seen.add(identity);
  });
}
