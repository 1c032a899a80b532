import { checkElements } from './check-elements';
import { inOrder, type OrderedRules } from './element-rules';
import type { Transaction } from './envelope';
import { guideBinds, guideFor, TA1 } from './guide';
import { type Guide, isLoop, type LoopRule } from './guide/rule';
import { type Hierarchy, hierarchyOf, loopsOf } from './hierarchy';
import { atSegment, IssueList, type X12Issue } from './issue';
import { type LoopPlace, NO_PLACE, type SegmentPlace } from './loop-index';
import { isLoopNode, type LoopNode, type LoopPart } from './loops';
import type { Segment } from './segment';

/**
 * Holds a 270, 271 or 999 against its 5010 guide: codes (`code_not_allowed`) and everything else (`guide`), all of them
 * warnings in file order. A transaction of another version (4010) or kind is not checked and has no issues.
 * Source: TR3 005010X279A1 and 005010X231A1, as the tables in `guide/`.
 */
export function checkTransaction(transaction: Transaction): X12Issue[] {
  const guide = bindingGuide(transaction);
  return guide === undefined ? [] : checkLoops(transaction, guide, loopsOf(transaction));
}

/** The levels of a 270 or 271 and all its faults, those of the levels first: `readHierarchy` and `checkTransaction` at once. */
export function readChecked(transaction: Transaction): { hierarchy: Hierarchy; issues: X12Issue[] } {
  const root = loopsOf(transaction);
  const hierarchy = hierarchyOf(root);
  const guide = bindingGuide(transaction);
  const faults = guide === undefined ? [] : checkLoops(transaction, guide, root);
  return { hierarchy, issues: [...hierarchy.issues, ...faults] };
}

/** Holds a TA1 against its table: codes (`code_not_allowed`) and lengths, dates and times (`guide`), all of them warnings. */
export function checkInterchangeAcknowledgement(segment: Segment): X12Issue[] {
  const at = atSegment(segment.number);
  return (checkElements(segment, inOrder(TA1.elements)) ?? []).map(({ code, message }) => ({
    severity: 'warning',
    code,
    at,
    message,
  }));
}

/** The guide against which a transaction is held; undefined when it is of another version or kind. */
function bindingGuide(transaction: Transaction): Guide | undefined {
  const guide = guideFor(transaction.kind);
  return guide !== undefined && guideBinds(guide, transaction.version) ? guide : undefined;
}

/** As `checkTransaction`, of segments that stand in the loops of their guide already. */
function checkLoops(transaction: Transaction, guide: Guide, root: LoopNode): X12Issue[] {
  const check = new Check(transaction.segments[0]?.number ?? 1);
  const code = transaction.interchange?.functionalCode;
  if (code !== undefined && code !== guide.functionalCode) {
    check.report('code_not_allowed', `GS01 is not allowed for a ${guide.kind}, expected ${guide.functionalCode}`);
  }
  check.loop(root);
  return check.issues.list();
}

/** Counts by depth: of the loops at one depth only one is ever looked at, and only one transaction at a time. */
const COUNTS: number[][] = [];

class Check {
  readonly issues = new IssueList();
  constructor(
    /** Number of the segment that is looked at. */
    private at: number,
  ) {}

  report(code: X12Issue['code'], message: string): void {
    this.issues.add({ severity: 'warning', code, at: atSegment(this.at), message });
  }

  loop(node: LoopNode, depth = 0): void {
    const { rule, index } = node.at;
    const counts = this.countsAt(depth, rule.body.length);
    let reached = 0;
    for (let part = node.first; part !== undefined; part = part.next) {
      this.at = numberOf(part) ?? this.at;
      reached = Math.max(reached, this.order(rule, part, reached, counts));
      if (isLoopNode(part)) this.loop(part, depth + 1);
      else if (part.at !== undefined) this.elements(part.segment, part.at.elements, rule.loop);
    }
    for (const place of index.required) if (counts[place] === 0) this.missing(rule, place);
  }

  /** How often each rule of a loop was met, from 0. */
  private countsAt(depth: number, length: number): number[] {
    const counts = COUNTS[depth] ?? [];
    COUNTS[depth] = counts;
    for (let place = 0; place < length; place++) counts[place] = 0;
    return counts;
  }

  /**
   * A part out of the guide's order is reported once and does not hold up what follows.
   *
   * @returns its place
   */
  private order(loop: LoopRule, part: LoopPart, reached: number, counts: number[]): number {
    const { at } = part;
    if (at === undefined || at.place === NO_PLACE) {
      this.report('guide', `${nameOf(part)} has no place in loop ${loop.loop}`);
      return NO_PLACE;
    }
    if (at.place < reached) this.report('guide', `${nameOf(part)} is out of order in loop ${loop.loop}`);
    this.count(loop, part, at, counts);
    return at.place;
  }

  /** Reported once, however many too many there are. */
  private count(loop: LoopRule, part: LoopPart, { rule, place }: SegmentPlace | LoopPlace, counts: number[]): void {
    const count = (counts[place] ?? 0) + 1;
    counts[place] = count;
    if (count !== rule.max + 1) return;
    this.report('guide', `${nameOf(part)} stands more than ${rule.max} times in loop ${loop.loop}`);
  }

  private missing(loop: LoopRule, place: number): void {
    const rule = loop.body[place];
    if (rule === undefined) return;
    this.report('guide', `${isLoop(rule) ? `loop ${rule.loop}` : rule.id} is missing in loop ${loop.loop}`);
  }

  private elements(segment: Segment, rules: OrderedRules, loop: string): void {
    const faults = checkElements(segment, rules);
    if (faults === undefined) return;
    for (const fault of faults) this.report(fault.code, `${fault.message} in loop ${loop}`);
  }
}

function nameOf(part: LoopPart): string {
  return isLoopNode(part) ? `loop ${part.at.rule.loop}` : part.segment.id;
}

function numberOf(part: LoopPart): number | undefined {
  if (!isLoopNode(part)) return part.segment.number;
  return part.first === undefined ? undefined : numberOf(part.first);
}
