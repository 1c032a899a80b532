import type { Source } from './snapshot';

/** One part of an accumulator or limit as a row tells it: the base, what is used, or what remains. */
export interface Part<T> {
  readonly part: 'base' | 'used' | 'remaining';
  /** Parts with the same key speak of the same accumulator. */
  readonly key: string;
  readonly value?: number;
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
  const open = withoutRepeats(parts);
  const taken = new Set<Part<T>>();
  const takenBy = new Map<Part<T>, Part<T>[]>();
  open.forEach((base, index) => {
    if (base.part !== 'base') return;
    const found = (['used', 'remaining'] as const).flatMap(
      (kind) =>
        open.slice(index + 1).find((each) => each.part === kind && each.key === base.key && !taken.has(each)) ?? [],
    );
    for (const each of found) taken.add(each);
    takenBy.set(base, found);
  });
  return open.filter((part) => !taken.has(part)).map((part) => joined([part, ...(takenBy.get(part) ?? [])], part));
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
  const seen = new Set<string>();
  return parts.filter(({ part, key, value, of }) => {
    const identity = JSON.stringify([part, key, value, of]);
    return !seen.has(identity) && seen.add(identity);
  });
}
