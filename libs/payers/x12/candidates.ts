import { type CivilDate, snapshotsOf271 } from '@openvob/benefits';
import type { Transaction, X12File } from '@openvob/x12';
import type { Candidate, Inquiry } from '../contract';

/** Everybody whom the 271 of a file answer, each tied to the inquiry by trace or reference. */
export function candidatesIn(file: X12File, inquiry: Inquiry): Candidate[] {
  const answers = file.transactions.filter(({ kind }) => kind === '271');
  return answers.flatMap((transaction) => candidatesOf(transaction, { file, inquiry }));
}

function candidatesOf(transaction: Transaction, { file, inquiry }: { file: X12File; inquiry: Inquiry }): Candidate[] {
  const { snapshots, issues } = snapshotsOf271(
    { ...file, transactions: [transaction], issues: [] },
    { on: firstDay(inquiry) },
  );
  const tie = { reference: referenceOf(transaction) === inquiry.trace };
  const at = `segment ${transaction.segments[0]?.number ?? 1}`;
  return snapshots.map((snapshot) => ({ snapshot, issues: [...file.issues, ...issues], at, tie }));
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
