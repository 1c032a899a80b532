import type { Issue, Snapshot } from '@openvob/benefits';
import type { Answer, Evidence, Inquiry } from './adapter';
import { unavailable } from './no-answer';
import { type AnswerTie, type Mismatch, mismatchOf } from './right-person';

/** One person's answer among all that a message holds. */
export interface Candidate {
  readonly snapshot: Snapshot;
  /** Faults of the part of the message that it was read from. */
  readonly issues: readonly Issue[];
  /** Where that part begins, for what is told about it. */
  readonly at: string;
  readonly tie: AnswerTie;
}

type Judged = Candidate & { readonly mismatch: Mismatch | undefined };

/**
 * The answer to an inquiry out of all that a message answers. Of several that fit, benefits go before a rejection and
 * the first before the others; that there was more than one answer is told as an issue.
 */
export function pickAnswer(candidates: readonly Candidate[], inquiry: Inquiry, evidence: Evidence): Answer {
  const judged = candidates.map((each) => ({ ...each, mismatch: mismatchOf(inquiry, each.snapshot, each.tie) }));
  const fitting = judged.filter(({ mismatch }) => mismatch === undefined);
  const picked = fitting.find(({ snapshot }) => snapshot.outcome === 'benefits') ?? fitting[0];
  if (picked === undefined) return nobody(judged, evidence);
  const { snapshot } = picked;
  return { kind: snapshot.outcome, snapshot, issues: [...picked.issues, ...others(picked, judged)], evidence };
}

/** The mismatch of the answer that came closest: one with our trace tells more than one without. */
function nobody(judged: readonly Judged[], evidence: Evidence): Answer {
  const mismatches = judged.flatMap(({ mismatch }) => mismatch ?? []);
  const mismatch = mismatches.find((each) => each !== 'trace') ?? mismatches[0];
  return mismatch === undefined
    ? unavailable({ why: 'unreadable', detail: 'nobody_answered' }, evidence)
    : unavailable({ why: 'foreign', detail: `foreign_${mismatch}` }, evidence);
}

function others(picked: Judged, judged: readonly Judged[]): Issue[] {
  const { at } = picked;
  const rest = judged.filter((each) => each !== picked);
  const ofOthers = rest.filter(({ mismatch }) => mismatch !== undefined).length;
  const same = rest.filter(({ mismatch }) => mismatch === undefined);
  const isRepeated = same.every(({ snapshot }) => contentOf(snapshot) === contentOf(picked.snapshot));
  const issues: Issue[] = [];
  if (same.length > 0 && isRepeated) {
    issues.push({
      severity: 'info',
      code: 'duplicate_answer',
      at,
      message: `The same answer stands ${same.length + 1} times`,
    });
  }
  if (same.length > 0 && !isRepeated) {
    const message = `${same.length + 1} different answers about this person where one was asked for; the first one with benefits is taken`;
    issues.push({ severity: 'warning', code: 'several_answers', at, message });
  }
  if (ofOthers > 0) {
    issues.push({
      severity: 'warning',
      code: 'other_answers',
      at,
      message: `${ofOthers} answers about others are left out`,
    });
  }
  return issues;
}

/** A snapshot without the places in the message that it was read from. */
function contentOf(snapshot: Snapshot): string {
  return JSON.stringify(snapshot, (key, value: unknown) => (key === 'source' || key === 'segment' ? undefined : value));
}
