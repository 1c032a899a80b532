import { type Accumulator, type Cents, type Issue, rowKey, type Source } from '@openvob/benefits';

/** What an accumulator says once its figures are held against each other. Amounts in cents. */
export interface Amounts {
  readonly limitCents?: Cents;
  readonly remainingCents?: Cents;
  readonly source: readonly Source[];
  /** How much is known: 3 remaining, 2 base and used, 1 base alone. Rule 1.10.8. */
  readonly known: 1 | 2 | 3;
}

/**
 * Remaining if said, else base less used, else base alone; `undefined` when nothing of it is said. Where remaining and
 * base less used differ the larger counts, and a remaining above the base is not believed; both with an issue.
 * Source: reference/benefits.md 1.10 rule 8.
 */
export function amountsOf(accumulator: Accumulator, issues: Issue[]): Amounts | undefined {
  const { limitCents, usedCents, remainingCents, source } = accumulator;
  if (limitCents === undefined) {
    return remainingCents === undefined ? undefined : { remainingCents, source, known: 3 };
  }
  const unused = usedCents === undefined ? undefined : Math.max(0, limitCents - usedCents);
  const believed = believable(accumulator, limitCents, issues);
  if (believed !== undefined && unused !== undefined && believed !== unused) {
    const message = `Remaining is said to be ${believed} cents, base less used is ${unused}; the larger is taken.`;
    issues.push({ severity: 'warning', code: 'conflict', at: placeOf(source), message });
    return { limitCents, remainingCents: Math.max(believed, unused), source, known: 3 };
  }
  if (believed !== undefined) return { limitCents, remainingCents: believed, source, known: 3 };
  if (unused !== undefined) return { limitCents, remainingCents: unused, source, known: 2 };
  return { limitCents, source, known: 1 };
}

/** Bases and remaining rows that agree in all else speak of one accumulator, in whatever order they stand. */
export function mergeParts(accumulators: readonly Accumulator[]): Accumulator[] {
  if (accumulators.length < 2 || accumulators.every(({ limitCents }) => limitCents !== undefined))
    return [...accumulators];
  const groups = new Map<string, Accumulator[]>();
  for (const each of accumulators) {
    const key = `${each.kind} ${each.level} ${rowKey(each)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups.values()].flatMap(mergeGroup);
}

/**
 * One base with whatever of it is used and left. Several remaining rows that disagree make an accumulator each, so that one is
 * chosen and the others are shown beside it; several bases or used rows are left as they are.
 */
function mergeGroup(group: readonly Accumulator[]): readonly Accumulator[] {
  if (group.length === 1) return group;
  const bases = group.filter(({ limitCents }) => limitCents !== undefined);
  const [base] = bases;
  const used = group.filter(({ usedCents }) => usedCents !== undefined);
  const [spent] = used;
  if (base === undefined || bases.length !== 1 || used.length > 1) return group;
  const loose = group.filter((each) => each !== base && each !== spent && each.remainingCents !== undefined);
  const own = base.remainingCents === undefined ? [] : [undefined];
  const left = [...own, ...loose];
  return left.length < 2 ? [whole(base, left[0], spent)] : left.map((each) => whole(base, each, spent));
}

/** A joined remaining row stands last among the sources of its base; where another takes its place it is no source. */
function whole(base: Accumulator, left: Accumulator | undefined, spent: Accumulator | undefined): Accumulator {
  const isReplaced = left !== undefined && base.remainingCents !== undefined && base.source.length > 1;
  const own = isReplaced ? base.source.slice(0, -1) : base.source;
  const others = [left, spent === base ? undefined : spent];
  const merged: Accumulator = { ...spent, ...base, source: [...own, ...others.flatMap((part) => part?.source ?? [])] };
  if (left?.remainingCents !== undefined) merged.remainingCents = left.remainingCents;
  return merged;
}

function believable({ remainingCents, source }: Accumulator, limitCents: Cents, issues: Issue[]): Cents | undefined {
  if (remainingCents === undefined || remainingCents <= limitCents) return remainingCents;
  const message = `Remaining (${remainingCents} cents) is more than the base (${limitCents}); it is not believed.`;
  issues.push({ severity: 'warning', code: 'conflict', at: placeOf(source), message });
  return undefined;
}

/** Where the first source of a figure stands, as the place of an issue. */
export function placeOf([source]: readonly Source[]): string {
  return source?.path ?? `segment ${source?.segment ?? 1}`;
}
