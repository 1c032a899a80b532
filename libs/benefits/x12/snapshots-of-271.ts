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
  const snapshots: Snapshot[] = [];
  const faults: Issue[] = [];
  const issues: Issue[] = [];
  for (const transaction of file.transactions) {
    if (transaction.kind === '271') readTransaction(transaction, options, { snapshots, faults, issues });
  }
  return { snapshots, issues: [...file.issues, ...faults, ...issues] };
}

/** As `snapshotsOf271`, of one transaction as a stream gives it; the faults of its envelope are the stream's. */
export function snapshotsOfTransaction(transaction: Transaction, options: Options = {}): Snapshots {
  const found: Found = { snapshots: [], faults: [], issues: [] };
  readTransaction(transaction, options, found);
  return { snapshots: found.snapshots, issues: [...found.faults, ...found.issues] };
}

/** The faults of a transaction come before what was odd about its benefits. */
interface Found extends Snapshots {
  readonly faults: Issue[];
}

function readTransaction(transaction: Transaction, { on }: Options, into: Found): void {
  const { hierarchy, issues } = readChecked(transaction);
  addAll(issues, into.faults);
  for (const stated of statedAnswers(transaction, hierarchy)) {
    const found = interpret(stated, on);
    into.snapshots.push(found.snapshot);
    addAll(found.issues, into.issues);
  }
}

function addAll(issues: readonly Issue[], into: Issue[]): void {
  for (const issue of issues) into.push(issue);
}
