import type { Source } from './snapshot';

type Entry = { readonly source: Source | Source[] };
type Value = string | number | boolean | readonly string[] | undefined;

/** Keeps the first of entries that are the same but for their source. */
export function distinct<T extends Entry>(entries: readonly T[]): T[] {
  if (entries.length < 2) return [...entries];
  const seen = new Map<number, T[]>();
  return entries.filter((entry) => {
    const hash = hashOf(entry);
    const alike = seen.get(hash);
    if (alike === undefined) seen.set(hash, [entry]);
    else if (alike.some((each) => isSame(each, entry))) return false;
    else alike.push(entry);
    return true;
  });
}

/** Equal for entries that are the same; nearly always different for others, which then need not be compared. */
function hashOf(entry: Entry): number {
  const values = entry as unknown as Readonly<Record<string, Value>>;
  let hash = 0;
  for (const name in values) if (name !== 'source') hash = hashOfValue(values[name], hash + name.length);
  return hash;
}

function hashOfValue(value: Value, start: number): number {
  if (typeof value === 'string') return hashOfText(value, start);
  if (typeof value === 'number') return (Math.imul(start, 31) + value) | 0;
  if (!Array.isArray(value)) return Math.imul(start, 31) + (value === true ? 1 : 0);
  let hash = start;
  for (const text of value) hash = hashOfText(text, hash);
  return hash;
}

function hashOfText(text: string, start: number): number {
  let hash = start;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

function isSame(one: Entry, other: Entry): boolean {
  return JSON.stringify({ ...one, source: undefined }) === JSON.stringify({ ...other, source: undefined });
}
