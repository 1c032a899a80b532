import type { Guide } from './guide/rule';
import {
  type Known,
  type LoopPlace,
  loopOpenedBy,
  loopPlace,
  NO_PLACE,
  ruleFor,
  type SegmentPlace,
} from './loop-index';
import type { Segment } from './segment';

/** A segment in its place. */
export interface PlacedSegment {
  readonly segment: Segment;
  /** Its rule; undefined when the guide has none for it in this loop. */
  readonly at: SegmentPlace | undefined;
  /** What stands behind it in the same run. */
  readonly next: LoopPart | undefined;
}

/** One run of a loop. What is in it hangs together in file order, from `first` by `next`: most runs are short, and there are many. */
export interface LoopNode {
  readonly at: LoopPlace;
  readonly first: LoopPart | undefined;
  readonly next: LoopPart | undefined;
}

export type LoopPart = PlacedSegment | LoopNode;

/** Tells a run of a loop from a segment. */
export function isLoopNode(part: LoopPart): part is LoopNode {
  return 'first' in part;
}

/**
 * Puts the segments of a transaction into the loops of a guide. Nothing is refused: a segment goes to the innermost open
 * loop that knows it, else to a loop outside of that, else into a loop whose opening segment is missing, and when no
 * loop knows it, it stays where it stands.
 */
export function readLoops(guide: Guide, segments: readonly Segment[]): LoopNode {
  const root = new Run(loopPlace(guide.root, NO_PLACE));
  const placement = new Placement(root);
  for (const segment of segments) placement.place(segment);
  return root;
}

/** The segments that stand in a run of a loop itself, not in the loops inside it. */
export function ownSegments(node: LoopNode): Segment[] {
  let found: Segment[] | undefined;
  for (let part = node.first; part !== undefined; part = part.next) {
    if (isLoopNode(part)) continue;
    // most loops have one, and a list that begins with it is no larger than that
    if (found === undefined) found = [part.segment];
    else found.push(part.segment);
  }
  return found ?? [];
}

/** The runs of loops directly inside another. */
export function childLoops(node: LoopNode): LoopNode[] {
  const found: LoopNode[] = [];
  for (let part = node.first; part !== undefined; part = part.next) if (isLoopNode(part)) found.push(part);
  return found;
}

type OpenPart = Run | { -readonly [K in keyof PlacedSegment]: PlacedSegment[K] };

/** A run that is being filled. What is asked of it for every segment is kept at hand, however long it grows. */
class Run implements LoopNode {
  first: LoopPart | undefined;
  next: LoopPart | undefined;
  lastLoop: Run | undefined;
  private last: OpenPart | undefined;
  private hasOpener = false;

  constructor(readonly at: LoopPlace) {}

  add(segment: Segment, at: SegmentPlace | undefined): void {
    this.append({ segment, at, next: undefined });
    if (at !== undefined && at === this.at.index.opener) this.hasOpener = true;
  }

  open(at: LoopPlace): Run {
    this.lastLoop = new Run(at);
    this.append(this.lastLoop);
    return this.lastLoop;
  }

  /** Whether the last that was added is a segment of a kind. */
  endsWith(id: string): boolean {
    return this.last !== undefined && !isLoopNode(this.last) && this.last.segment.id === id;
  }

  private append(part: OpenPart): void {
    if (this.last === undefined) this.first = part;
    else this.last.next = part;
    this.last = part;
  }

  /** The opening segment belongs to a run only while that is without one; the next one opens the next run. */
  ownRule(known: Known | undefined, segment: Segment): SegmentPlace | undefined {
    const at = ruleFor(known, segment);
    return at !== undefined && this.hasOpener && at === this.at.index.opener ? undefined : at;
  }
}

class Placement {
  /** The open loops, from the root to the innermost. */
  private path: Run[];

  constructor(root: Run) {
    this.path = [root];
  }

  place(segment: Segment): void {
    const inside = this.innermost.endsWith('LS') && this.enterWithoutOpener(segment);
    if (inside || this.placeOutward(segment) || this.reopen(segment) || this.enterWithoutOpener(segment)) return;
    this.innermost.add(segment, undefined);
  }

  private get innermost(): Run {
    const node = this.path[this.path.length - 1];
    if (node === undefined) throw new Error('the root loop is never closed');
    return node;
  }

  private placeOutward(segment: Segment): boolean {
    for (let depth = this.path.length - 1; depth >= 0; depth--) {
      const node = this.path[depth];
      if (node === undefined) continue;
      if (this.placeIn(node, segment, depth)) return true;
    }
    return false;
  }

  private placeIn(node: Run, segment: Segment, depth: number): boolean {
    const known = node.at.index.known.get(segment.id);
    if (known === undefined) return false;
    const own = node.ownRule(known, segment);
    const child = own === undefined ? loopOpenedBy(known, segment) : undefined;
    if (own === undefined && child === undefined) return false;
    while (this.path.length > depth + 1) this.path.pop();
    if (own !== undefined) node.add(segment, own);
    else if (child !== undefined) this.open(child).add(segment, child.index.opener);
    return true;
  }

  private open(at: LoopPlace): Run {
    const run = this.innermost.open(at);
    this.path.push(run);
    return run;
  }

  /** A loop that was left for a segment of an outer loop is taken up again (`EB`, `TRN`, `EB`). */
  private reopen(segment: Segment): boolean {
    const closed: Run[] = [];
    for (let node = this.innermost.lastLoop; node !== undefined; node = node.lastLoop) {
      closed.push(node);
      const known = node.at.index.known.get(segment.id);
      if (node.ownRule(known, segment) === undefined && loopOpenedBy(known, segment) === undefined) continue;
      this.path.push(...closed);
      return this.placeIn(node, segment, this.path.length - 1);
    }
    return false;
  }

  private enterWithoutOpener(segment: Segment): boolean {
    for (const at of this.innermost.at.index.withoutOpener) {
      const inside = at.index.known.get(segment.id);
      const known = ruleFor(inside, segment) ?? loopOpenedBy(inside, segment);
      if (known === undefined || known === at.index.opener) continue;
      this.open(at);
      return this.placeIn(this.innermost, segment, this.path.length - 1);
    }
    return false;
  }
}
