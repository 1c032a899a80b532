import { readChecked, type Transaction, type X12File } from '@openvob/x12';
import type { CivilDate } from '../civil-date';
import { interpret } from '../interpret';
import type { Issue, Snapshot } from '../snapshot';
import { statedAnswers } from './stated-answers';

/** What is said, and what was odd about how it is said. */
interface Snapshots {
  readonly snapshots: Snapshot[];
  readonly issues: Issue[];
}

interface Options {
  /** The date of service to work it out for; without it the one asked about (DTP 472), else BHT04, else GS04. */
  readonly on?: CivilDate;
}

/**
 * Everything the 271 transactions of a file say, one snapshot for each person answered, in file order. `issues` are the
 * faults of the file and of its transactions and what was odd about the benefits.
 */
export function snapshotsOf271(file: X12File, options: Options = {}): Snapshots {
  const read = file.transactions
    .filter(({ kind }) => kind === '271')
    .map((transaction) => readTransaction(transaction, options));
  return {
    snapshots: read.flatMap(({ snapshots }) => snapshots),
    issues: [...file.issues, ...read.flatMap(({ faults }) => faults), ...read.flatMap(({ issues }) => issues)],
  };
}

/** As `snapshotsOf271`, of one transaction as a stream gives it; the faults of its envelope are the stream's. */
export function snapshotsOfTransaction(transaction: Transaction, options: Options = {}): Snapshots {
  const { snapshots, faults, issues } = readTransaction(transaction, options);
  return { snapshots, issues: [...faults, ...issues] };
}

function readTransaction(transaction: Transaction, { on }: Options): Snapshots & { readonly faults: Issue[] } {
  const { hierarchy, issues: faults } = readChecked(transaction);
  const snapshots: Snapshot[] = [];
  const issues: Issue[] = [];
  for (const stated of statedAnswers(transaction, hierarchy)) {
    const found = interpret(stated, on);
    snapshots.push(found.snapshot);
    for (const issue of found.issues) issues.push(issue);
  }
  return { snapshots, faults, issues };
}
