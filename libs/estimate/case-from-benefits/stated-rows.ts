import type { Source } from '@openvob/benefits';
import type { Chosen } from '@openvob/coverage';

/** The rows of a snapshot that a chosen figure was put together from. */
export function rowsOf<T extends { readonly source: Source | readonly Source[] }>(
  rows: readonly T[],
  chosen: Pick<Chosen, 'source'> | undefined,
): T[] {
  return rows.filter((row) => sourcesOf(row).some((source) => chosen?.source.some((other) => isSame(source, other))));
}

function sourcesOf({ source }: { readonly source: Source | readonly Source[] }): readonly Source[] {
  return isList(source) ? source : [source];
}

function isList(source: Source | readonly Source[]): source is readonly Source[] {
  return Array.isArray(source);
}

/** The same segment of a 271, or the same place of a JSON answer. */
function isSame(a: Source, b: Source): boolean {
  if (a.segment === undefined && a.path === undefined) return false;
  return a.segment === b.segment && a.path === b.path;
}
