import { checkElements } from './check-elements';
import type { Transaction } from './envelope';
import { guideBinds, guideFor } from './guide';
import { isLoop, type LoopRule, type SegmentRule } from './guide/rule';
import { atSegment, IssueList, type X12Issue } from './issue';
import { isLoopNode, type LoopNode, type PlacedSegment, readLoops } from './loops';
import type { Delimiters } from './segment';

/**
 * Holds a 270, 271 or 999 against its 5010 guide: codes (`code_not_allowed`) and everything else (`guide`), all of them
 * warnings in file order. A transaction of another version (4010) or kind is not checked and has no issues.
 * Source: TR3 005010X279A1 and 005010X231A1, as the tables in `guide/`.
 */
export function checkTransaction(transaction: Transaction): X12Issue[] {
  const guide = guideFor(transaction.kind);
  if (guide === undefined || !guideBinds(guide, transaction.version)) return [];
  const check = new Check(transaction.delimiters, transaction.segments[0]?.number ?? 1);
  const code = transaction.interchange?.functionalCode;
  if (code !== undefined && code !== guide.functionalCode) {
    check.report('code_not_allowed', `GS01 is not allowed for a ${guide.kind}, expected ${guide.functionalCode}`);
  }
  check.loop(readLoops(guide, transaction.segments));
  return check.issues.list();
}

type Rule = SegmentRule | LoopRule;

class Check {
  readonly issues = new IssueList();

  constructor(
    private readonly delimiters: Delimiters,
    /** Number of the segment that is looked at. */
    private at: number,
  ) {}

  report(code: X12Issue['code'], message: string): void {
    this.issues.add({ severity: 'warning', code, at: atSegment(this.at), message });
  }

  loop(node: LoopNode): void {
    const counts = new Map<Rule, number>();
    let reached = 0;
    for (const part of node.body) {
      this.at = numberOf(part) ?? this.at;
      reached = Math.max(reached, this.place(node.rule, part, reached));
      const count = (counts.get(part.rule ?? node.rule) ?? 0) + 1;
      counts.set(part.rule ?? node.rule, count);
      this.count(node.rule, part, count);
      if (isLoopNode(part)) this.loop(part);
      else if (part.rule !== undefined) this.elements(part, part.rule, node.rule.loop);
    }
    this.missing(node.rule, counts);
  }

  /** The part's place in the guide's order; a part out of order is reported once and does not hold up what follows. */
  private place(loop: LoopRule, part: PlacedSegment | LoopNode, reached: number): number {
    const place = part.rule === undefined ? -1 : loop.body.indexOf(part.rule);
    if (place < 0) this.report('guide', `${nameOf(part)} has no place in loop ${loop.loop}`);
    else if (place < reached) this.report('guide', `${nameOf(part)} is out of order in loop ${loop.loop}`);
    return place;
  }

  private count(loop: LoopRule, part: PlacedSegment | LoopNode, count: number): void {
    const most = part.rule?.max ?? Number.POSITIVE_INFINITY;
    if (count === most + 1) this.report('guide', `${nameOf(part)} stands more than ${most} times in loop ${loop.loop}`);
  }

  private missing(loop: LoopRule, counts: ReadonlyMap<Rule, number>): void {
    for (const rule of loop.body) {
      if (rule.usage !== 'R' || counts.has(rule)) continue;
      this.report('guide', `${isLoop(rule) ? `loop ${rule.loop}` : rule.id} is missing in loop ${loop.loop}`);
    }
  }

  private elements(part: PlacedSegment, rule: SegmentRule, loop: string): void {
    for (const fault of checkElements(part.segment, rule, this.delimiters.element)) {
      this.report(fault.code, `${fault.message} in loop ${loop}`);
    }
  }
}

function nameOf(part: PlacedSegment | LoopNode): string {
  return isLoopNode(part) ? `loop ${part.rule.loop}` : part.segment.id;
}

function numberOf(part: PlacedSegment | LoopNode): number | undefined {
  if (!isLoopNode(part)) return part.segment.number;
  const [first] = part.body;
  return first === undefined ? undefined : numberOf(first);
}
