import { type CivilDate, type Issue, type Snapshot, snapshotsOf271 } from '@openvob/benefits';
import type { Transaction, X12File } from '@openvob/x12';
import { type Inquiry, type Mismatch, mismatchOf } from '../contract';

/** What a 271 says about the person who was asked about, or why it is somebody else's. */
export type PickedAnswer =
  | { readonly kind: 'answer'; readonly snapshot: Snapshot; readonly issues: Issue[] }
  | { readonly kind: 'foreign'; readonly mismatch: Mismatch }
  | { readonly kind: 'none' };

interface Candidate {
  readonly snapshot: Snapshot;
  readonly transaction: Transaction;
  /** Of its transaction. */
  readonly issues: readonly Issue[];
  readonly mismatch: Mismatch | undefined;
}

/**
 * Finds the answer to an inquiry among all that a file answers. Of several that fit, benefits go before a rejection and
 * the first before the others; that there was more than one answer is told as an issue.
 */
export function pickAnswer(file: X12File, inquiry: Inquiry): PickedAnswer {
  const candidates = file.transactions.flatMap((transaction) => candidatesIn({ file, transaction, inquiry }));
  const fitting = candidates.filter(({ mismatch }) => mismatch === undefined);
  const picked = fitting.find(({ snapshot }) => snapshot.outcome === 'benefits') ?? fitting[0];
  if (picked === undefined) return nobody(candidates);
  const issues = [...file.issues, ...picked.issues, ...others(picked, candidates)];
  return { kind: 'answer', snapshot: picked.snapshot, issues };
}

function candidatesIn(place: { file: X12File; transaction: Transaction; inquiry: Inquiry }): Candidate[] {
  const { file, transaction, inquiry } = place;
  const { snapshots, issues } = snapshotsOf271(
    { ...file, transactions: [transaction], issues: [] },
    { on: firstDay(inquiry) },
  );
  const tie = { reference: referenceOf(transaction) === inquiry.trace };
  return snapshots.map((snapshot) => ({ snapshot, transaction, issues, mismatch: mismatchOf(inquiry, snapshot, tie) }));
}

function firstDay({ serviceDate }: Inquiry): CivilDate {
  return typeof serviceDate === 'string' ? serviceDate : serviceDate.from;
}

/** BHT03, which a payer gives back and which is the trace in our inquiries. */
function referenceOf(transaction: Transaction): string | undefined {
  return transaction.segments
    .find(({ id }) => id === 'BHT')
    ?.element(3)
    ?.trim();
}

/** The mismatch of the answer that came closest: one with our trace tells more than one without. */
function nobody(candidates: readonly Candidate[]): PickedAnswer {
  const mismatches = candidates.flatMap(({ mismatch }) => mismatch ?? []);
  const mismatch = mismatches.find((each) => each !== 'trace') ?? mismatches[0];
  return mismatch === undefined ? { kind: 'none' } : { kind: 'foreign', mismatch };
}

function others(picked: Candidate, candidates: readonly Candidate[]): Issue[] {
  const at = `segment ${picked.transaction.segments[0]?.number ?? 1}`;
  const rest = candidates.filter((candidate) => candidate !== picked);
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

/** A snapshot without the places in the file that it was read from. */
function contentOf(snapshot: Snapshot): string {
  return JSON.stringify(snapshot, (key, value: unknown) => (key === 'source' || key === 'segment' ? undefined : value));
}
