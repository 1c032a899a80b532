import type { Source } from './snapshot';

type Entry = { readonly source: Source | Source[] };
type Value = string | number | boolean | readonly string[] | undefined;
type Values = Readonly<Record<string, Value>>;

/** Among so few it is looked through, among more it is looked up. */
const FEW = 16;

/** Keeps the first of entries that are the same but for their source. */
export function distinct<T extends Entry>(entries: T[]): T[] {
  if (entries.length < 2) return entries;
  return entries.length <= FEW ? distinctOfFew(entries) : distinctOfMany(entries);
}

/** Entries whose marks differ are different, and most do. */
function distinctOfFew<T extends Entry>(entries: readonly T[]): T[] {
  const kept: T[] = [];
  const marks: number[] = [];
  for (const entry of entries) {
    const mark = hashOf(entry, markOfText);
    if (isAmong(kept, marks, entry, mark)) continue;
    kept.push(entry);
    marks.push(mark);
  }
  return kept;
}

function isAmong(kept: readonly Entry[], marks: readonly number[], entry: Entry, mark: number): boolean {
  for (let at = 0; at < kept.length; at++) {
    const each = kept[at];
    if (marks[at] === mark && each !== undefined && isSame(each, entry)) return true;
  }
  return false;
}

function distinctOfMany<T extends Entry>(entries: readonly T[]): T[] {
  const seen = new Map<number, T[]>();
  return entries.filter((entry) => {
    const hash = hashOf(entry, hashOfText);
    const alike = seen.get(hash);
    if (alike === undefined) seen.set(hash, [entry]);
    else if (alike.some((each) => isSame(each, entry))) return false;
    else alike.push(entry);
    return true;
  });
}

type TextHash = (text: string, start: number) => number;

/** Equal for entries that are the same; nearly always different for others, which then need not be compared. */
function hashOf(entry: Entry, ofText: TextHash): number {
  const values = entry as unknown as Values;
  let hash = 0;
  for (const name in values) if (name !== 'source') hash = hashOfValue(values[name], hash + name.length, ofText);
  return hash;
}

function hashOfValue(value: Value, start: number, ofText: TextHash): number {
  if (typeof value === 'string') return ofText(value, start);
  if (typeof value === 'number') return (Math.imul(start, 31) + value) | 0;
  if (!Array.isArray(value)) return Math.imul(start, 31) + (value === true ? 1 : 0);
  let hash = start;
  for (const text of value) hash = ofText(text, hash);
  return hash;
}

function hashOfText(text: string, start: number): number {
  let hash = start;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

/** From the length and both ends of a text alone. */
function markOfText(text: string, start: number): number {
  const { length } = text;
  if (length === 0) return Math.imul(start, 31);
  return (Math.imul(start, 31) + (length << 16) + (text.charCodeAt(0) << 8) + text.charCodeAt(length - 1)) | 0;
}

function isSame(one: Entry, other: Entry): boolean {
  const values = one as unknown as Values;
  const others = other as unknown as Values;
  for (const name in values) if (name !== 'source' && !isSameValue(values[name], others[name])) return false;
  for (const name in others) if (values[name] === undefined && others[name] !== undefined) return false;
  return true;
}

function isSameValue(one: Value, other: Value): boolean {
  if (one === other) return true;
  return Array.isArray(one) && Array.isArray(other) && isSameTexts(one, other);
}

/** Whether two lists hold the same texts in the same order. */
export function isSameTexts(one: readonly string[], other: readonly string[]): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
