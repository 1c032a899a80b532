import { inOrder, type OrderedRules } from './element-rules';
import { isLoop, type LoopRule, openerOf, R, S, type SegmentRule } from './guide/rule';
import type { Segment } from './segment';

/** Of what the guide has no place for. */
export const NO_PLACE = -1;

/** A level whose HL03 no guide knows: kept apart, so that its segments are not taken for another person's. */
const UNKNOWN_LEVEL: LoopRule = {
  loop: '2000',
  usage: 'S',
  max: Number.POSITIVE_INFINITY,
  body: [{ id: 'HL', usage: 'R', max: 1, elements: { 1: R(628), 2: S(734), 3: R(735), 4: S(736) } }],
};

/** The rule of a segment with its place in the guide's order of the loop that holds it. */
export interface SegmentPlace {
  readonly rule: SegmentRule;
  readonly place: number;
  readonly elements: OrderedRules;
}

/** The rule of a loop with its place in the order of the loop around it. */
export interface LoopPlace {
  readonly rule: LoopRule;
  readonly place: number;
  readonly index: LoopIndex;
  /** Of a level: the codes of HL03 that open it. */
  readonly levels: ReadonlySet<string> | undefined;
}

/** What a loop can hold of segments of one kind, and which loops such a segment opens. */
export interface Known {
  readonly segments: readonly SegmentPlace[];
  readonly loops: readonly LoopPlace[];
}

/** A rule of a loop, looked through once for all that is asked of it for every segment. */
export interface LoopIndex {
  readonly opener: SegmentPlace | undefined;
  /** By segment identifier. */
  readonly known: ReadonlyMap<string, Known>;
  /** The loops inside it that are entered also by another segment than their first. */
  readonly withoutOpener: readonly LoopPlace[];
  /** Places of what the loop may not lack. */
  readonly required: readonly number[];
}

const INDEXES = new WeakMap<LoopRule, LoopIndex>();
const UNKNOWN_LEVEL_AT = loopPlace(UNKNOWN_LEVEL, NO_PLACE);

/** The rule for a segment that stands in a loop itself: the one whose codes allow its first element, else the first. */
export function ruleFor(known: Known | undefined, segment: Segment): SegmentPlace | undefined {
  if (known === undefined) return undefined;
  const { segments } = known;
  if (segments.length < 2) return segments[0];
  const code = segment.element(1) ?? '';
  for (const each of segments) if (each.rule.elements[1]?.codes?.has(code) === true) return each;
  return segments[0];
}

/** The loop directly inside another that a segment opens. Levels are told apart by HL03. */
export function loopOpenedBy(known: Known | undefined, segment: Segment): LoopPlace | undefined {
  if (known === undefined || known.loops.length === 0) return undefined;
  if (segment.id !== 'HL') return known.loops[0];
  const level = segment.element(3)?.trim() ?? '';
  for (const each of known.loops) if (each.levels?.has(level) === true) return each;
  return UNKNOWN_LEVEL_AT;
}

/** A loop at its place. */
export function loopPlace(rule: LoopRule, place: number): LoopPlace {
  return { rule, place, index: indexOf(rule), levels: openerOf(rule)?.elements[3]?.codes };
}

/** What a loop can hold; each rule is looked through once. */
function indexOf(loop: LoopRule): LoopIndex {
  const made = INDEXES.get(loop) ?? makeIndex(loop);
  INDEXES.set(loop, made);
  return made;
}

function makeIndex(loop: LoopRule): LoopIndex {
  const known = new Map<string, { segments: SegmentPlace[]; loops: LoopPlace[] }>();
  const withoutOpener: LoopPlace[] = [];
  const knownOf = (id: string) => {
    const of = known.get(id) ?? { segments: [], loops: [] };
    known.set(id, of);
    return of;
  };
  for (const [place, rule] of loop.body.entries()) {
    if (isLoop(rule)) {
      const at = loopPlace(rule, place);
      knownOf(openerOf(rule)?.id ?? '').loops.push(at);
      if (rule.withoutOpener === true) withoutOpener.push(at);
    } else knownOf(rule.id).segments.push({ rule, place, elements: inOrder(rule.elements) });
  }
  const first = openerOf(loop);
  const opener = first && known.get(first.id)?.segments.find(({ place }) => place === 0);
  const required = loop.body.flatMap(({ usage }, place) => (usage === 'R' ? [place] : []));
  return { opener, known, withoutOpener, required };
}
