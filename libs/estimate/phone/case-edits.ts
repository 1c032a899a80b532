import type { BuiltCase } from '../case-from-benefits/build-estimate-case';
import { sourceOf } from './heard-snapshot';
import type { Said } from './phone-answer';

/** What the figures of a case stand on, while it is changed. */
export interface CaseEdits {
  sources: BuiltCase['sources'];
  assumptions: BuiltCase['assumptions'];
  unknowns: string[];
}

/** A copy to be changed. */
export function editsOf({ sources, assumptions, unknowns }: BuiltCase): CaseEdits {
  return { sources: [...sources], assumptions: [...assumptions], unknowns: [...unknowns] };
}

/** What stands at a JSON Pointer, and below it, stands on a call from now on. */
export function restate(edits: CaseEdits, path: string, said: Said, coverage: number): void {
  forget(edits, path);
  edits.sources.push({ path, source: [sourceOf(said)], coverage });
}

/** What stands at a JSON Pointer, and below it, stands on nothing that was noted before. */
export function forget(edits: CaseEdits, path: string): void {
  const isElsewhere = (one: { path: string }) => one.path !== path && !one.path.startsWith(`${path}/`);
  edits.sources = edits.sources.filter(isElsewhere);
  edits.assumptions = edits.assumptions.filter(isElsewhere);
}

/** Something that is said now. */
export function settleUnknown(edits: CaseEdits, ...codes: readonly string[]): void {
  edits.unknowns = edits.unknowns.filter((unknown) => !codes.includes(unknown));
}

/** Something that is open now. */
export function openUnknown(edits: CaseEdits, code: string): void {
  if (!edits.unknowns.includes(code)) edits.unknowns.push(code);
}
