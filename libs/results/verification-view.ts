import type { ChainLink, Change, Conclusion, EstimateBasis, Need, Status } from '@openvob/verification';
import { reuseAssumptions, type VerificationSpend } from './reused-answer';

/** Where a verification that is under way stands in the line; not for callers. */
export interface Turn {
  payerId: string;
  lane: 'caller_waiting' | 'today' | 'routine' | 'bulk';
  /** Since when its payer has been asked; without it, it waits. */
  askedSince?: Date;
  /** Nothing happens before. */
  notBefore?: Date;
  /** It waits for a slot of its payer and has left its lane. */
  waitsForPayer?: boolean;
}

/** A verification with everything a caller may read of it. */
export interface VerificationView extends VerificationSpend {
  id: string;
  round: number;
  status: Status;
  reason?: string;
  reference?: string;
  needs: Need[];
  payer?: { id: string; name: string; via: string };
  program?: { id: string; name: string };
  startDate?: string;
  neededBy?: Date;
  turn?: Turn;
  /** By when nine of ten such verifications have their answer; left out where nothing was measured. */
  promisedBy?: Date;
  /** The answer may come later than it is needed. */
  atRisk?: boolean;
  goodUntil?: { date: string; because: string };
  /** A day on which the payer is to be asked again. */
  recheckOn?: string;
  /** When the payer is asked again by itself, and why. */
  nextRecheck?: { at: Date; because: string };
  /** Payers of the chain in which answers named further ones. */
  chain?: readonly ChainLink[];
  conclusion?: Conclusion;
  /** The round that the conclusion is of, and when it was drawn. */
  resultOf?: { round: number; at: Date };
  /** What its round changed, against the last one before that came to something. */
  changes?: { sinceRound: number; since: Date; items: readonly Change[] };
  /** What was sent and could not be used; never with the value. */
  unusable?: readonly UnusablePart[];
  /** Who looks after it. */
  assignee?: string;
  /** When it is needed: what was said, or what is usual. */
  dueAt?: Date;
  createdAt: Date;
  updatedAt: Date;
}

/** A part of the request that is kept and was not used. */
export interface UnusablePart {
  pointer: string;
  code: string;
  detail: string;
}

/** So many are told; all of them stand in the request. */
const mostUnusable = 50;

/**
 * A verification as callers read it (`contract/http.md`). Beside the contract: `basis`, where the estimate's inputs came from,
 * `changes`, what the round changed in dollars, `chain`, who was asked because an answer named them, `assignee` and `dueAt`, who looks after it and by when, `recheckOn` and `nextRecheck`, `conflicts` between calls and the electronic answer, and what authorizations and attendance come to.
 * Keys that nobody filled are left out.
 */
export function presentVerification(view: VerificationView): Record<string, unknown> {
  const self = `/v1/verifications/${view.id}`;
  const { decision, estimate } = view.conclusion ?? {};
  return withoutUndefined({
    id: view.id,
    reference: view.reference,
    createdAt: view.createdAt.toISOString(),
    updatedAt: view.updatedAt.toISOString(),
    round: view.round,
    status: view.status,
    reason: view.reason,
    neededBy: view.neededBy?.toISOString(),
    promisedBy: view.promisedBy?.toISOString(),
    atRisk: view.atRisk || undefined,
    needs: view.needs.length > 0 ? view.needs : undefined,
    unusable: view.unusable?.length ? view.unusable.slice(0, mostUnusable) : undefined,
    payer: view.payer,
    chain: view.chain,
    program: view.program,
    startDate: view.startDate,
    decision,
    estimate,
    basis: basisOf(view),
    ...recordedOf(view),
    costCents: view.costCents,
    resultOf: view.resultOf && { round: view.resultOf.round, at: view.resultOf.at.toISOString() },
    changes: view.changes && { ...view.changes, since: view.changes.since.toISOString() },
    goodUntil: view.goodUntil,
    recheckOn: view.recheckOn,
    nextRecheck: view.nextRecheck && { ...view.nextRecheck, at: view.nextRecheck.at.toISOString() },
    assignee: view.assignee,
    dueAt: view.dueAt?.toISOString(),
    links: { self, events: `${self}/events`, answers: `${self}/answers` },
  });
}

/** What calls, authorizations and attendance come to. */
function recordedOf({
  conclusion,
}: VerificationView): Pick<EstimateBasis, 'conflicts' | 'authorization' | 'attendance'> {
  const { conflicts, authorization, attendance } = conclusion?.basis ?? {};
  return {
    ...(conflicts ? { conflicts } : {}),
    ...(authorization ? { authorization } : {}),
    ...(attendance ? { attendance } : {}),
  };
}

/** What the estimate rests on, with the answers that were not asked for anew among its assumptions. */
function basisOf({ conclusion, reused = [] }: VerificationView): EstimateBasis | undefined {
  if (!conclusion?.basis) return undefined;
  const { conflicts: _, authorization: __, attendance: ___, ...basis } = conclusion.basis;
  return { ...basis, assumptions: [...basis.assumptions, ...reuseAssumptions(reused)] };
}

function withoutUndefined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

/** A verification in a list: without decision and estimate, with whom it is about and who looks after it. */
export interface ListedView extends VerificationView {
  patient: { firstName?: string; lastName?: string };
  priority: string;
  /** What was written last for whoever looks after it next. */
  lastNote?: { at: Date; by: string; text: string };
  dueAt: Date;
}

/** A line of the worklist, in the shape of a Verification with what the list adds. */
export function presentListed(view: ListedView): Record<string, unknown> {
  const { patient, priority, lastNote } = view;
  return withoutUndefined({
    ...presentVerification(view),
    patient,
    priority,
    lastNote: lastNote && { ...lastNote, at: lastNote.at.toISOString() },
  });
}
