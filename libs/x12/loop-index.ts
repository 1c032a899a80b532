import { isLoop, type LoopRule, openerOf, R, S, type SegmentRule } from './guide/rule';
import type { Segment } from './segment';

/** A level whose HL03 no guide knows: kept apart, so that its segments are not taken for another person's. */
const UNKNOWN_LEVEL: LoopRule = {
  loop: '2000',
  usage: 'S',
  max: Number.POSITIVE_INFINITY,
  body: [{ id: 'HL', usage: 'R', max: 1, elements: { 1: R(628), 2: S(734), 3: R(735), 4: S(736) } }],
};

/** What a loop can hold, by segment identifier. */
export interface LoopIndex {
  readonly opener: SegmentRule | undefined;
  readonly segments: ReadonlyMap<string, readonly SegmentRule[]>;
  readonly loops: ReadonlyMap<string, readonly LoopRule[]>;
  /** Where each rule stands in the guide's order. */
  readonly places: ReadonlyMap<SegmentRule | LoopRule, number>;
}

const INDEXES = new WeakMap<LoopRule, LoopIndex>();

/** The rule for a segment that stands in a loop itself: the one whose codes allow its first element, else the first. */
export function ruleFor(loop: LoopIndex, segment: Segment): SegmentRule | undefined {
  const rules = loop.segments.get(segment.id);
  if (rules === undefined || rules.length === 1) return rules?.[0];
  return rules.find((rule) => rule.elements[1]?.codes?.has(segment.element(1) ?? '') === true) ?? rules[0];
}

/** The loop directly inside another that a segment opens. Levels are told apart by HL03. */
export function loopOpenedBy(loop: LoopIndex, segment: Segment): LoopRule | undefined {
  const loops = loop.loops.get(segment.id);
  if (loops === undefined || segment.id !== 'HL') return loops?.[0];
  const level = segment.element(3)?.trim() ?? '';
  return loops.find((each) => openerOf(each)?.elements[3]?.codes?.has(level) === true) ?? UNKNOWN_LEVEL;
}

/** The place of a rule in the order of the loop's body; undefined when it is none of its rules. */
export function placeOf(loop: LoopRule, rule: SegmentRule | LoopRule): number | undefined {
  return indexOf(loop).places.get(rule);
}

/** What a loop can hold; each rule is looked through once. */
export function indexOf(loop: LoopRule): LoopIndex {
  const known = INDEXES.get(loop);
  if (known !== undefined) return known;
  const segments = new Map<string, SegmentRule[]>();
  const loops = new Map<string, LoopRule[]>();
  for (const rule of loop.body) {
    if (isLoop(rule)) addTo(loops, openerOf(rule)?.id ?? '', rule);
    else addTo(segments, rule.id, rule);
  }
  const places = new Map(loop.body.map((rule, place) => [rule, place]));
  const made: LoopIndex = { opener: openerOf(loop), segments, loops, places };
  INDEXES.set(loop, made);
  return made;
}

function addTo<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
