import type { Issue, Snapshot } from '@openvob/benefits';
import { chooseIop } from './choose-iop';
import type { IopBenefit, ReadAnswer } from './iop-benefit';
import type { IopRequest } from './iop-request';

/** A snapshot as it is printed: without the basis of its decision, with the decision. */
export function readAnswer(snapshot: Snapshot, iop: IopBenefit): ReadAnswer {
  const answer: ReadAnswer = {
    outcome: snapshot.outcome,
    rejections: snapshot.rejections,
    trace: snapshot.trace,
    payer: snapshot.payer,
    provider: snapshot.provider,
    subscriber: snapshot.subscriber,
    patient: snapshot.patient,
    status: snapshot.status,
    spans: snapshot.spans,
    plans: snapshot.plans,
    coverages: snapshot.coverages,
    accumulators: snapshot.accumulators,
    costShares: snapshot.costShares,
    limits: snapshot.limits,
    authorizations: snapshot.authorizations,
    exclusions: snapshot.exclusions,
    entities: snapshot.entities,
    otherPayers: snapshot.otherPayers,
    messages: snapshot.messages,
    iop,
  };
  if (snapshot.carveOut !== undefined) answer.carveOut = snapshot.carveOut;
  return answer;
}

/** Chooses the benefit of each snapshot; `issues` are those of all choices. */
export function answersOf(
  snapshots: readonly Snapshot[],
  request: IopRequest,
): { answers: ReadAnswer[]; issues: Issue[] } {
  const answers: ReadAnswer[] = [];
  const issues: Issue[] = [];
  for (const snapshot of snapshots) {
    const chosen = chooseIop(snapshot, request);
    answers.push(readAnswer(snapshot, chosen.iop));
    for (const issue of chosen.issues) issues.push(issue);
  }
  return { answers, issues };
}
