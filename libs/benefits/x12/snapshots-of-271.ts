import { checkTransaction, readHierarchy, type X12File } from '@openvob/x12';
import type { CivilDate } from '../civil-date';
import { interpret } from '../interpret';
import type { Issue, Snapshot } from '../snapshot';
import { statedAnswers } from './stated-answers';

/**
 * Everything the 271 transactions of a file say, one snapshot for each person answered, in file order. `issues` are the
 * faults of the file and of its transactions and what was odd about the benefits.
 *
 * @param options.on the date of service to work it out for; without it the one asked about (DTP 472), else BHT04, else GS04.
 */
export function snapshotsOf271(
  file: X12File,
  options: { on?: CivilDate } = {},
): { snapshots: Snapshot[]; issues: Issue[] } {
  const transactions = file.transactions.filter(({ kind }) => kind === '271');
  const answers = transactions.flatMap(statedAnswers).map((stated) => interpret(stated, options.on));
  const faults = transactions.flatMap((transaction) => [
    ...readHierarchy(transaction).issues,
    ...checkTransaction(transaction),
  ]);
  return {
    snapshots: answers.map(({ snapshot }) => snapshot),
    issues: [...file.issues, ...faults, ...answers.flatMap(({ issues }) => issues)],
  };
}
