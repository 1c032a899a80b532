import type { Snapshot } from '@openvob/benefits';
import { chooseIop, type IopRequest, readAnswer } from '@openvob/coverage';

/** One exchange with a payer: what was asked when, and what came back. */
export interface KeptAnswer {
  /** What sources of an answer that was put together from several name. */
  inquiryId: string;
  round: number;
  payer: string;
  askedAt: Date;
  costCents?: number;
  serviceType: string;
  coveragePosition: number;
  /** How the inquiry differed from what the request and the facility say; left out when it did not. */
  variation?: string;
  /** It was given to an earlier inquiry of the facility and taken for this one, which was not sent. */
  reused?: { answeredAt: Date };
  /** What the payer said, where it could be read. */
  snapshot?: Snapshot;
  /** What came instead of an answer: its kind and reason, and the raw text. */
  instead?: { outcome: string; why?: string; raw?: string };
}

/** An exchange as callers read it: the payer's answer as `vob read` prints it, worked out for this verification's program. */
export function presentKeptAnswer(kept: KeptAnswer, request: IopRequest): Record<string, unknown> {
  const { snapshot, instead, askedAt, reused, ...facts } = kept;
  const answer = snapshot ? readAnswer(snapshot, chooseIop(snapshot, request).iop) : instead;
  const taken = reused ? { reused: { answeredAt: reused.answeredAt.toISOString() } } : {};
  return { ...facts, askedAt: askedAt.toISOString(), ...taken, answer };
}
