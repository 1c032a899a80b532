/**
 * A table by code that holds what is written in it and nothing else: a payer's `constructor` is a code without an entry,
 * as any other that nobody knows.
 */
export function codeTable<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T | undefined>> {
  return Object.assign<Record<string, T>, Readonly<Record<string, T>>>(Object.create(null), entries);
}
