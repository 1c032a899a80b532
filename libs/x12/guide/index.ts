import type { Guide } from './rule';
import { TA1 } from './ta1';
import { GUIDE_999 } from './x231-999';
import { GUIDE_270 } from './x279-270';
import { GUIDE_271 } from './x279-271';

export { GUIDE_270, GUIDE_271, GUIDE_999, TA1 };

const GUIDES: ReadonlyMap<string, Guide> = new Map(
  [GUIDE_270, GUIDE_271, GUIDE_999].map((guide) => [guide.kind, guide]),
);

/** The guide that gives a kind of transaction its structure, whatever its version. */
export function guideFor(kind: string): Guide | undefined {
  return GUIDES.get(kind);
}

/** Whether a transaction of a version may be held against a guide: errata (`A1`) do not matter, 4010 is not checked by 5010. */
export function guideBinds(guide: Guide, version: string | undefined): boolean {
  if (version === undefined || version === guide.version) return version !== undefined;
  return withoutErrata(version) === withoutErrata(guide.version);
}

function withoutErrata(version: string): string {
  return version
    .trim()
    .toUpperCase()
    .replace(/[AE]\d$/, '');
}
