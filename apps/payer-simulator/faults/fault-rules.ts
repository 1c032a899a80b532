import type { FaultRule, FaultSpec } from './fault';

/** What `POST /control/faults` takes beside the fault. */
export interface FaultScope {
  readonly memberId?: string;
  readonly payerId?: string;
  /** How many inquiries it meets; default all until it is cleared. */
  readonly count?: number;
  /** Above 0 and at most 1: it meets this share of them, evenly. Default 1. */
  readonly share?: number;
}

/** The faults that are switched on, in the order in which they were. */
export class FaultRules {
  private rules: FaultRule[] = [];
  private added = 0;

  add(fault: FaultSpec, scope: FaultScope = {}): FaultRule {
    this.added += 1;
    const { count, ...where } = scope;
    const remaining = count ?? Number.POSITIVE_INFINITY;
    const rule = { id: `fault_${this.added}`, fault, ...where, seen: 0, remaining };
    this.rules.push(rule);
    return rule;
  }

  clear(): void {
    this.rules = [];
  }

  list(): readonly FaultRule[] {
    return this.rules;
  }

  /** The faults that meet an inquiry; one use of each is spent. */
  take(inquiry: { memberId?: string | undefined; payerId?: string | undefined }): FaultSpec[] {
    const fitting = this.rules.filter(
      (rule) =>
        (rule.memberId === undefined || rule.memberId.toUpperCase() === inquiry.memberId?.toUpperCase()) &&
        (rule.payerId === undefined || rule.payerId.toUpperCase() === inquiry.payerId?.toUpperCase()),
    );
    const met = fitting.filter(isItsTurn);
    for (const rule of met) rule.remaining -= 1;
    this.rules = this.rules.filter(({ remaining }) => remaining > 0);
    return met.map(({ fault }) => fault);
  }
}

/** Of a share of a half every second one, of a third every third one, … */
function isItsTurn(rule: FaultRule): boolean {
  const { share = 1 } = rule;
  const before = Math.floor(rule.seen * share);
  rule.seen += 1;
  return Math.floor(rule.seen * share) > before;
}
