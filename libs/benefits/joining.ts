import { withOne } from '@openvob/x12';
import { type CommonRow, isSameRow, rowKey } from './rows';
import type { Period, Source } from './snapshot';

/** One part of an accumulator or limit as a row tells it: the base, what is used, or what remains. */
export interface Part<K extends string, L extends string> {
  readonly part: 'base' | 'used' | 'remaining';
  /** Parts of one kind and level whose rows are alike speak of the same accumulator. */
  readonly kind: K;
  readonly level: L;
  readonly row: CommonRow;
  readonly value: number | undefined;
  /** Joined to the key: what the accumulator is told for. */
  readonly period: Period;
  readonly source: Source[];
}

/** A base with the used and remaining parts that belong to it, or a used or remaining part without a base. */
export interface Joined<K extends string, L extends string> {
  readonly first: Part<K, L>;
  used: Part<K, L> | undefined;
  remaining: Part<K, L> | undefined;
}

/** The value of one part; undefined when nobody told it. */
export function valueIn(joined: Joined<string, string>, part: Part<string, string>['part']): number | undefined {
  const { first } = joined;
  if (first.part === part) return first.value;
  return part === 'base' ? undefined : joined[part]?.value;
}

/** The sources of all parts in the order base, used, remaining. */
export function sourcesOf({ first, used, remaining }: Joined<string, string>): Source[] {
  let sources = first.source;
  if (used !== undefined) for (const source of used.source) sources = withOne(sources, source);
  if (remaining !== undefined) for (const source of remaining.source) sources = withOne(sources, source);
  return sources;
}

/**
 * Joins parts in file order: a base takes the nearest used and remaining parts of its kind that stand after it and belong
 * to no base yet. Repeated parts count once. Source: contract of the reader, "Joining".
 */
export function joinParts<K extends string, L extends string>(parts: readonly Part<K, L>[]): Joined<K, L>[] {
  const found: Joined<K, L>[] = [];
  const tellings = new Tellings<K, L>();
  for (const part of parts) {
    const telling = tellings.of(part);
    if (telling === undefined) tellings.add(firstTelling(part, found));
    else if (!isRepeated(telling, part)) tellMore(telling, part, found);
  }
  return found;
}

/** What was told of one accumulator so far. */
interface Telling<K extends string, L extends string> {
  readonly parts: Part<K, L>[];
  /** In file order; the first of them that lacks a kind takes the next part of that kind. */
  readonly bases: Joined<K, L>[];
  used: number;
  remaining: number;
  /** What was told already; not there while that is little. */
  told: Set<string> | undefined;
}

/** Among so few it is looked through, among more it is looked up: most answers tell little of much, and keys take long to make. */
const FEW = 16;

/** Everything told, by what it speaks of. */
class Tellings<K extends string, L extends string> {
  private readonly all: Telling<K, L>[] = [];
  private byKey: Map<string, Telling<K, L>> | undefined;

  of(part: Part<K, L>): Telling<K, L> | undefined {
    if (this.byKey !== undefined) return this.byKey.get(keyOf(part));
    for (const telling of this.all) {
      const [first] = telling.parts;
      if (first !== undefined && isOfSame(first, part)) return telling;
    }
    return undefined;
  }

  add(telling: Telling<K, L>): void {
    this.all.push(telling);
    if (this.byKey !== undefined) keep(telling, this.byKey);
    else if (this.all.length > FEW) {
      this.byKey = new Map();
      for (const each of this.all) keep(each, this.byKey);
    }
  }
}

function keep<K extends string, L extends string>(telling: Telling<K, L>, byKey: Map<string, Telling<K, L>>): void {
  const [first] = telling.parts;
  if (first !== undefined) byKey.set(keyOf(first), telling);
}

function isOfSame(one: Part<string, string>, other: Part<string, string>): boolean {
  return one.kind === other.kind && one.level === other.level && isSameRow(one.row, other.row);
}

function keyOf({ kind, level, row }: Part<string, string>): string {
  return `${kind} ${level} ${rowKey(row)}`;
}

function firstTelling<K extends string, L extends string>(part: Part<K, L>, found: Joined<K, L>[]): Telling<K, L> {
  const joined = alone(part);
  found.push(joined);
  return { parts: [part], bases: part.part === 'base' ? [joined] : [], used: 0, remaining: 0, told: undefined };
}

function tellMore<K extends string, L extends string>(
  telling: Telling<K, L>,
  part: Part<K, L>,
  found: Joined<K, L>[],
): void {
  telling.parts.push(part);
  telling.told?.add(identityOf(part));
  const base = part.part === 'base' ? undefined : telling.bases[telling[part.part]];
  if (base !== undefined && part.part !== 'base') {
    telling[part.part]++;
    base[part.part] = part;
    return;
  }
  const joined = alone(part);
  if (part.part === 'base') telling.bases.push(joined);
  found.push(joined);
}

function isRepeated<K extends string, L extends string>(telling: Telling<K, L>, part: Part<K, L>): boolean {
  if (telling.parts.length >= FEW) {
    telling.told ??= new Set(telling.parts.map(identityOf));
    return telling.told.has(identityOf(part));
  }
  for (const each of telling.parts) {
    if (each.part === part.part && each.value === part.value && each.period === part.period) return true;
  }
  return false;
}

function identityOf({ part, period, value }: Part<string, string>): string {
  return `${part} ${period} ${value}`;
}

function alone<K extends string, L extends string>(first: Part<K, L>): Joined<K, L> {
  return { first, used: undefined, remaining: undefined };
}
