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

/** A rule with its place in the guide's order of the loop that holds it. */
export interface RuleAt<T extends SegmentRule | LoopRule> {
  readonly rule: T;
  readonly place: number;
}

/** What a loop can hold, by segment identifier. */
export interface LoopIndex {
  readonly opener: RuleAt<SegmentRule> | undefined;
  readonly segments: ReadonlyMap<string, readonly RuleAt<SegmentRule>[]>;
  readonly loops: ReadonlyMap<string, readonly RuleAt<LoopRule>[]>;
}

const UNKNOWN_LEVEL_AT: RuleAt<LoopRule> = { rule: UNKNOWN_LEVEL, place: NO_PLACE };

const INDEXES = new WeakMap<LoopRule, LoopIndex>();

/** The rule for a segment that stands in a loop itself: the one whose codes allow its first element, else the first. */
export function ruleFor(loop: LoopIndex, segment: Segment): RuleAt<SegmentRule> | undefined {
  const rules = loop.segments.get(segment.id);
  if (rules === undefined || rules.length === 1) return rules?.[0];
  return rules.find(({ rule }) => rule.elements[1]?.codes?.has(segment.element(1) ?? '') === true) ?? rules[0];
}

/** The loop directly inside another that a segment opens. Levels are told apart by HL03. */
export function loopOpenedBy(loop: LoopIndex, segment: Segment): RuleAt<LoopRule> | undefined {
  const loops = loop.loops.get(segment.id);
  if (loops === undefined || segment.id !== 'HL') return loops?.[0];
  const level = segment.element(3)?.trim() ?? '';
  return loops.find(({ rule }) => openerOf(rule)?.elements[3]?.codes?.has(level) === true) ?? UNKNOWN_LEVEL_AT;
}

/** What a loop can hold; each rule is looked through once. */
export function indexOf(loop: LoopRule): LoopIndex {
  const known = INDEXES.get(loop);
  if (known !== undefined) return known;
  const segments = new Map<string, RuleAt<SegmentRule>[]>();
  const loops = new Map<string, RuleAt<LoopRule>[]>();
  loop.body.forEach((rule, place) => {
    if (isLoop(rule)) addTo(loops, openerOf(rule)?.id ?? '', { rule, place });
    else addTo(segments, rule.id, { rule, place });
  });
  const first = openerOf(loop);
  const opener = first && segments.get(first.id)?.find(({ place }) => place === 0);
  const made: LoopIndex = { opener, segments, loops };
  INDEXES.set(loop, made);
  return made;
}

function addTo<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
