import type { Source } from '@openvob/benefits';
import type { Chosen } from '@openvob/coverage';

/** The row of a snapshot that a chosen figure was taken from. */
export function rowOf<T extends { readonly source: Source | readonly Source[] }>(
  rows: readonly T[],
  chosen: Pick<Chosen, 'source'> | undefined,
): T | undefined {
  return rows.find((row) => sourcesOf(row).some((source) => chosen?.source.some((other) => isSame(source, other))));
}

function sourcesOf({ source }: { readonly source: Source | readonly Source[] }): readonly Source[] {
  return Array.isArray(source) ? source : [source as Source];
}

/** The same segment of a 271, or the same place of a JSON answer. */
function isSame(a: Source, b: Source): boolean {
  if (a.segment === undefined && a.path === undefined) return false;
  return a.segment === b.segment && a.path === b.path;
}
