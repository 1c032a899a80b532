import type { DateSpan } from './civil-date';
import { coverageRowsOf } from './interpret';
import { rowKey } from './rows';
import type { Accumulator, Basis, CostShare, CoverageStatus, Limit, Snapshot, Source } from './snapshot';
import { statusOn } from './status';

/** One of several answers of a payer about the same person. */
export interface PartAnswer {
  /** Names the answer in the sources of whatever came from it; of two, the smaller name came first. */
  readonly answer: string;
  readonly snapshot: Snapshot;
}

/**
 * What a payer said in several answers about one person, as one snapshot: rows that are the same in two answers appear once, figures that are
 * told more fully in one answer take the place of the same figures told less fully in another, and every source says which answer it is from.
 *
 * The order in which the answers are given does not matter. An answer that rejects the inquiry adds nothing to those that do not; when there is but
 * one that does not, it is given back as it is. Of rejections alone the first is given back.
 */
export function mergeSnapshots(parts: readonly [PartAnswer, ...PartAnswer[]]): Snapshot {
  const inOrder = [...parts].sort((a, b) => (a.answer < b.answer ? -1 : 1));
  const good = inOrder.filter(({ snapshot }) => snapshot.outcome === 'benefits');
  const [first, ...others] = good;
  if (first === undefined) return (inOrder[0] ?? parts[0]).snapshot;
  return others.length === 0 ? first.snapshot : merged([first, ...others].map(marked));
}

/** A snapshot whose sources all name the answer that it is. */
export function marked({ answer, snapshot }: PartAnswer): Snapshot {
  return withSources(snapshot, answer) as Snapshot;
}

function withSources(value: unknown, answer: string): unknown {
  if (Array.isArray(value)) return value.map((each) => withSources(each, answer));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (key === 'source') return [key, Array.isArray(each) ? each.map(named(answer)) : named(answer)(each)];
      if (key === 'forOthers' && Array.isArray(each)) return [key, each.map(named(answer))];
      return [key, withSources(each, answer)];
    }),
  );
}

function named(answer: string): (source: Source) => Source {
  return (source) => ({ ...source, answer });
}

function merged(snapshots: readonly Snapshot[]): Snapshot {
  const basis = mergedBasis(snapshots);
  const union = <K extends ListKey>(key: K): Snapshot[K] =>
    unionOf(snapshots.map((snapshot) => snapshot[key] as readonly object[])) as Snapshot[K];
  const carveOut = fullest(snapshots.flatMap((snapshot) => snapshot.carveOut ?? []));
  return {
    outcome: 'benefits',
    rejections: union('rejections'),
    trace: [...new Set(snapshots.flatMap(({ trace }) => trace))],
    payer: filled(snapshots.map(({ payer }) => payer)),
    provider: filled(snapshots.map(({ provider }) => provider)),
    subscriber: filled(snapshots.map(({ subscriber }) => subscriber)),
    patient: filled(snapshots.map(({ patient }) => patient)),
    status: statusOf(basis, snapshots),
    spans: union('spans'),
    plans: union('plans'),
    coverages: union('coverages'),
    accumulators: figuresOf(snapshots.map(({ accumulators }) => accumulators)),
    costShares: costSharesOf(snapshots),
    limits: figuresOf(snapshots.map(({ limits }) => limits)),
    authorizations: union('authorizations'),
    exclusions: union('exclusions'),
    entities: union('entities'),
    otherPayers: union('otherPayers'),
    ...(carveOut === undefined ? {} : { carveOut }),
    messages: union('messages'),
    ...(basis === undefined ? {} : { basis }),
  };
}

type ListKey =
  | 'rejections'
  | 'spans'
  | 'plans'
  | 'coverages'
  | 'authorizations'
  | 'exclusions'
  | 'entities'
  | 'otherPayers'
  | 'messages';

/** Every entry as often as in the answer that has it most often; entries are the same when they differ in their sources alone. */
function unionOf<T extends object>(lists: readonly (readonly T[])[], keyOf: (entry: T) => string = unsourcedKey): T[] {
  const counts = new Map<string, number>();
  const all: T[] = [];
  for (const list of lists) {
    const own = new Map<string, number>();
    for (const entry of list) {
      const key = keyOf(entry);
      const times = (own.get(key) ?? 0) + 1;
      own.set(key, times);
      if (times <= (counts.get(key) ?? 0)) continue;
      counts.set(key, times);
      all.push(entry);
    }
  }
  return all;
}

/** Keys in their order of name, so that entries which were put together differently compare equal. */
function unsourcedKey(entry: object): string {
  return JSON.stringify(
    Object.entries(entry)
      .filter(([key, value]) => key !== 'source' && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The patient's share and one of another member of the family are two, whatever their figures. */
function costSharesOf(snapshots: readonly Snapshot[]): CostShare[] {
  const others = new Set(
    snapshots.flatMap(({ basis }) => basis?.forOthers ?? []).map((source) => JSON.stringify(source)),
  );
  const keyOf = (share: CostShare) => `${others.has(JSON.stringify(share.source))} ${unsourcedKey(share)}`;
  return unionOf(
    snapshots.map(({ costShares }) => costShares),
    keyOf,
  );
}

type Figures = Accumulator | Limit;

/** As `unionOf`; one that another answer tells more fully, with the same figures, is taken into that one. */
function figuresOf<T extends Figures>(lists: readonly (readonly T[])[]): T[] {
  const all = lists.flatMap((list, answer) => list.map((entry) => ({ entry, answer })));
  const kept = new Set(unionOf(lists));
  return all.flatMap(({ entry, answer }) => {
    const isTakenIn = all.some((other) => other.answer !== answer && isFuller(other.entry, entry));
    if (isTakenIn || !kept.has(entry)) return [];
    const same = all.filter((other) => other.answer !== answer && isAtMost(other.entry, entry));
    return [{ ...entry, source: distinctSources([...entry.source, ...same.flatMap((other) => other.entry.source)]) }];
  });
}

const figureKeys = ['limitCents', 'usedCents', 'remainingCents', 'allowed', 'used', 'remaining'] as const;

function figure(entry: Figures, key: (typeof figureKeys)[number]): number | undefined {
  return (entry as unknown as Readonly<Record<string, number | undefined>>)[key];
}

/** True when `entry` says all that `less` says of the same thing, and more. */
function isFuller(entry: Figures, less: Figures): boolean {
  return isAtMost(less, entry) && !isAtMost(entry, less);
}

/** True when both are of the same thing and every figure of `less` is the one of `entry`. */
function isAtMost(less: Figures, entry: Figures): boolean {
  return (
    headKey(less) === headKey(entry) &&
    figureKeys.every((key) => figure(less, key) === undefined || figure(less, key) === figure(entry, key))
  );
}

function headKey(entry: Figures): string {
  const head = 'unit' in entry ? ['limit', entry.unit] : [entry.kind, entry.level];
  return [...head, entry.period, rowKey(entry)].join(' ');
}

function distinctSources(sources: readonly Source[]): Source[] {
  return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
}

/** What the first answer leaves out is taken from the next that gives it. */
function filled<T extends object>(parts: readonly T[]): T {
  return Object.assign({}, ...[...parts].reverse());
}

/** The one that tells most of how to reach the administrator. */
function fullest(found: readonly NonNullable<Snapshot['carveOut']>[]): Snapshot['carveOut'] {
  const told = ({ memberId, phone }: NonNullable<Snapshot['carveOut']>) => (memberId ? 2 : 0) + (phone ? 1 : 0);
  return [...found].sort((a, b) => told(b) - told(a))[0];
}

function mergedBasis(snapshots: readonly Snapshot[]): Basis | undefined {
  const found = snapshots.flatMap(({ basis }) => basis ?? []);
  const [first] = found;
  if (first === undefined) return undefined;
  const serviceDate = found.find((basis) => basis.serviceDate !== undefined)?.serviceDate;
  return {
    ...(serviceDate === undefined ? {} : { serviceDate }),
    planDates: unionOf<DateSpan>(found.map(({ planDates }) => planDates)),
    rows: unionOf(found.map(({ rows }) => rows)),
    forOthers: found.flatMap(({ forOthers }) => forOthers),
  };
}

const strength: readonly CoverageStatus[] = ['active', 'pending', 'inactive', 'unknown'];

function statusOf(basis: Basis | undefined, snapshots: readonly Snapshot[]): CoverageStatus {
  if (basis) return statusOn(basis.serviceDate, coverageRowsOf(basis), basis.planDates).status;
  return strength.find((status) => snapshots.some((snapshot) => snapshot.status === status)) ?? 'unknown';
}
