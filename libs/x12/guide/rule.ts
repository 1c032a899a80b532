import type { DataElementNumber } from './data-elements';

/** `R` required, `S` situational. What a table does not list is not used. */
export type Usage = 'R' | 'S';

export interface ElementRule {
  readonly usage: Usage;
  /** Absent for a composite. */
  readonly data?: DataElementNumber;
  /** Absent when any value of the data element is allowed. */
  readonly codes?: ReadonlySet<string>;
  readonly components?: Elements;
  /** How often the element may be repeated; 1 when absent. */
  readonly repeat?: number;
}

/** Rules by element number: `3` is EB03. */
export type Elements = Readonly<Record<number, ElementRule>>;

export interface SegmentRule {
  readonly id: string;
  readonly usage: Usage;
  /** How often the segment may stand in one run of its loop. */
  readonly max: number;
  readonly elements: Elements;
}

export interface LoopRule {
  /** As the guide calls it, e.g. `2110C`. */
  readonly loop: string;
  readonly usage: Usage;
  readonly max: number;
  /** Segments and loops in the guide's order. The first segment opens the loop. */
  readonly body: readonly (SegmentRule | LoopRule)[];
  /** True when segments of the loop are kept together also when the segment that opens it is missing. */
  readonly withoutOpener?: true;
}

export interface Guide {
  /** ST01. */
  readonly kind: string;
  readonly version: string;
  /** GS01. */
  readonly functionalCode: string;
  readonly root: LoopRule;
}

export const UNBOUNDED = Number.POSITIVE_INFINITY;

/** A required element, with its data element and the codes allowed, separated by blanks. */
export function R(data: DataElementNumber, allowed?: string): ElementRule {
  return { usage: 'R', data, ...(allowed === undefined ? {} : { codes: codes(allowed) }) };
}

/** A situational element. */
export function S(data: DataElementNumber, allowed?: string): ElementRule {
  return { ...R(data, allowed), usage: 'S' };
}

/** A composite element. */
export function composite(usage: Usage, components: Elements): ElementRule {
  return { usage, components };
}

/** A set of codes written in one line. */
export function codes(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** Tells a loop in the body of another from a segment. */
export function isLoop(rule: SegmentRule | LoopRule): rule is LoopRule {
  return 'loop' in rule;
}

/** The segment rule that opens a loop. */
export function openerOf(loop: LoopRule): SegmentRule | undefined {
  const first = loop.body[0];
  return first === undefined || isLoop(first) ? undefined : first;
}
