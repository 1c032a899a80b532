import type { Issue, Snapshot } from '@openvob/benefits';
import { chooseIop } from './choose-iop';
import type { IopBenefit, ReadAnswer } from './iop-benefit';
import type { IopRequest } from './iop-request';

/** A snapshot as it is printed: without the basis of its decision, with the decision. */
export function readAnswer({ basis: _, ...snapshot }: Snapshot, iop: IopBenefit): ReadAnswer {
  return { ...snapshot, iop };
}

/** Chooses the benefit of each snapshot; `issues` are those of all choices. */
export function answersOf(
  snapshots: readonly Snapshot[],
  request: IopRequest,
): { answers: ReadAnswer[]; issues: Issue[] } {
  const chosen = snapshots.map((snapshot) => ({ snapshot, ...chooseIop(snapshot, request) }));
  return {
    answers: chosen.map(({ snapshot, iop }) => readAnswer(snapshot, iop)),
    issues: chosen.flatMap(({ issues }) => issues),
  };
}
