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
  readonly source: Source[];
  /** How many of the sources are those of the first part. */
  readonly own: number;
}

/**
 * Joins parts in file order: a base takes the nearest used and remaining parts of its key that stand after it and belong
 * to no base yet. Repeated parts count once. Source: contract of the reader, "Joining".
 */
export function joinParts<T>(parts: readonly Part<T>[]): Joined<T>[] {
  if (parts.length === 0) return [];
  const found: Joined<T>[] = [];
  const tellings = new Map<string, Telling<T>>();
  for (const part of parts) {
    const telling = tellings.get(part.key);
    if (telling === undefined) tellings.set(part.key, firstTelling(part, found));
    else if (!isRepeated(telling, part)) tellMore(telling, part, found);
  }
  return found;
}

/** What was told of one key so far. */
interface Telling<T> {
  readonly parts: Part<T>[];
  /** In file order; the first of them that lacks a kind takes the next part of that kind. */
  readonly bases: Joined<T>[];
  used: number;
  remaining: number;
  /** What was told already; not there while that is little. */
  told: Set<string> | undefined;
}

function firstTelling<T>(part: Part<T>, found: Joined<T>[]): Telling<T> {
  const joined = alone(part);
  found.push(joined);
  return { parts: [part], bases: part.part === 'base' ? [joined] : [], used: 0, remaining: 0, told: undefined };
}

function tellMore<T>(telling: Telling<T>, part: Part<T>, found: Joined<T>[]): void {
  telling.parts.push(part);
  telling.told?.add(identityOf(part));
  const base = part.part === 'base' ? undefined : telling.bases[telling[part.part]];
  if (base !== undefined && part.part !== 'base') {
    telling[part.part]++;
    take(base, part);
    return;
  }
  const joined = alone(part);
  if (part.part === 'base') telling.bases.push(joined);
  found.push(joined);
}

/** Among so few it is looked through, among more it is looked up. */
const FEW = 8;

function isRepeated<T>(telling: Telling<T>, part: Part<T>): boolean {
  if (telling.parts.length >= FEW) {
    telling.told ??= new Set(telling.parts.map(identityOf));
    return telling.told.has(identityOf(part));
  }
  for (const each of telling.parts) {
    if (each.part === part.part && each.value === part.value && each.period === part.period) return true;
  }
  return false;
}

function identityOf({ part, period, value }: Part<unknown>): string {
  return `${part} ${period} ${value}`;
}

function alone<T>(part: Part<T>): Joined<T> {
  const joined: Joined<T> = { of: part.of, source: [...part.source], own: part.source.length };
  if (part.value !== undefined) joined[part.part] = part.value;
  return joined;
}

/** The sources stand in the order base, used, remaining. */
function take<T>(base: Joined<T>, { part, value, source }: Part<T>): void {
  if (value !== undefined) base[part] = value;
  const isBehind = part === 'remaining' || base.remaining === undefined;
  base.source.splice(isBehind ? base.source.length : base.own, 0, ...source);
}
