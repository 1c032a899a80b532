import { GUIDE_270, GUIDE_271, GUIDE_999 } from './guide';
import { type ElementRule, type Elements, isLoop, type LoopRule, type SegmentRule } from './guide/rule';
import { ownText } from './own-text';

/** Characters of a code are ASCII, so that two of them make an index. */
const BITS = 7;
const ASCII = 1 << BITS;

/**
 * The codes and segment identifiers of the guides, of two and three characters, by their characters. What messages hold
 * beside them is never kept.
 */
const PAIRS: (string | undefined)[] = Array.from({ length: ASCII * ASCII }, () => undefined);
const TRIPLES = new Map<number, string>();

/**
 * A part of a text, one string for each code of the guides: those are compared and looked up all the time, and the same string
 * is equal at a glance, where a fresh one has to be gone through first. (The engine does so itself for single characters.)
 */
export function partOf(text: string, start: number, end: number): string {
  switch (end - start) {
    case 1:
      return text.charAt(start);
    case 2:
      return pairAt(text, start) ?? text.slice(start, end);
    case 3:
      return tripleAt(text, start) ?? text.slice(start, end);
    default:
      return text.slice(start, end);
  }
}

function pairAt(text: string, start: number): string | undefined {
  const first = text.charCodeAt(start);
  const second = text.charCodeAt(start + 1);
  return (first | second) < ASCII ? PAIRS[(first << BITS) | second] : undefined;
}

function tripleAt(text: string, start: number): string | undefined {
  const first = text.charCodeAt(start);
  const second = text.charCodeAt(start + 1);
  const third = text.charCodeAt(start + 2);
  return (first | second | third) < ASCII ? TRIPLES.get((((first << BITS) | second) << BITS) | third) : undefined;
}

for (const { root } of [GUIDE_270, GUIDE_271, GUIDE_999]) keepLoop(root);
for (const id of ['ISA', 'IEA', 'GS', 'GE', 'TA1']) keep(id);

function keepLoop(loop: LoopRule): void {
  for (const rule of loop.body) {
    if (isLoop(rule)) keepLoop(rule);
    else keepSegment(rule);
  }
}

function keepSegment({ id, elements }: SegmentRule): void {
  keep(id);
  keepElements(elements);
}

function keepElements(elements: Elements): void {
  for (const { codes, components } of Object.values<ElementRule>(elements)) {
    for (const code of codes ?? []) keep(code);
    if (components !== undefined) keepElements(components);
  }
}

function keep(code: string): void {
  const [first = 0, second = 0, third = 0] = Array.from(code, (character) => character.charCodeAt(0));
  if (code.length === 2) PAIRS[(first << BITS) | second] = ownText(code);
  if (code.length === 3) TRIPLES.set((((first << BITS) | second) << BITS) | third, ownText(code));
}
