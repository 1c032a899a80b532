import type { Answer, Unavailable } from '@openvob/payers';
import { isOtherName } from './pacing';
import { isParticipantUnknown, isTransientRejection, outcomeOfRejections } from './rejection-outcome';

/** Why an inquiry is to be asked again. */
export interface Unanswered {
  /** `other_name`: it answered about this member id in another last name. `outage`: it answered, but turns nearly everybody away just now. `not_found_yet`, `participant_unknown`: it may be the fault of somebody on the way. */
  why: Unavailable | 'pending' | 'other_name' | 'outage' | 'not_found_yet' | 'participant_unknown';
  /** The payer's own wish, or its protocol's. */
  retryAfterMs?: number;
}

type Settled = Extract<Answer, { kind: 'benefits' | 'rejected' }>;

export type Verdict =
  | { kind: 'answered'; answer: Settled; isFresh: true }
  | ({ kind: 'unanswered' } & Unanswered)
  | { kind: 'needs_human'; why: string };

export interface Circumstances {
  suspectsOutage: boolean;
  /** It was sent to see whether a payer that was down answers again. */
  isProbe: boolean;
  /** The payer has answered about this person before. */
  knowsPerson: boolean;
  /** The facility has another NPI, with which a payer that does not know the participant is asked at once. */
  hasOtherNpi: boolean;
  /** What came to the same inquiry before. */
  before: Answer | undefined;
  /** How long after a lost reply it may be sent again. */
  resendAfterMs: number;
}

/** Whether an answer stands, or is no answer yet. */
export function verdictOn(answer: Answer, circumstances: Circumstances): Verdict {
  switch (answer.kind) {
    case 'benefits':
      return { kind: 'answered', answer, isFresh: true };
    case 'rejected':
      return verdictOnRejection(answer, circumstances);
    case 'pending':
      return { kind: 'unanswered', why: 'pending', retryAfterMs: answer.pollAfterMs };
    case 'unavailable': {
      if (isOtherName(answer)) return { kind: 'unanswered', why: 'other_name' };
      const asked = answer.retryAfterMs ?? 0;
      const retryAfterMs = answer.why === 'timeout' ? Math.max(asked, circumstances.resendAfterMs) : asked;
      const why = whyUnavailable(answer.why, circumstances);
      return { kind: 'unanswered', why, ...(retryAfterMs > 0 ? { retryAfterMs } : {}) };
    }
    case 'needs_human':
      return { kind: 'needs_human', why: answer.why };
  }
}

/** What cannot be read is the payer's doing, not this inquiry's, where it is nearly everybody's or where the payer was down before. */
function whyUnavailable(why: Unavailable, { suspectsOutage, isProbe }: Circumstances): Unanswered['why'] {
  if (why !== 'unreadable' && why !== 'foreign') return why;
  if (suspectsOutage) return 'outage';
  return isProbe ? 'down' : why;
}

function verdictOnRejection(
  answer: Extract<Answer, { kind: 'rejected' }>,
  { suspectsOutage, knowsPerson, hasOtherNpi, before }: Circumstances,
): Verdict {
  if (isTransientRejection(answer.snapshot)) return { kind: 'unanswered', why: 'down' };
  if (suspectsOutage) return { kind: 'unanswered', why: 'outage' };
  // "Resubmission not allowed" on a member who is not found comes from outages on the way as well: once more after a while.
  if (!knowsPerson && isNotFoundForGood(answer) && !(before && isNotFoundForGood(before)))
    return { kind: 'unanswered', why: 'not_found_yet' };
  if (!knowsPerson && !hasOtherNpi && knowsNoParticipant(answer) && !(before && knowsNoParticipant(before)))
    return { kind: 'unanswered', why: 'participant_unknown' };
  return { kind: 'answered', answer, isFresh: true };
}

function knowsNoParticipant(answer: Answer): boolean {
  return answer.kind === 'rejected' && isParticipantUnknown(answer.snapshot.rejections);
}

function isNotFoundForGood(answer: Answer): boolean {
  if (answer.kind !== 'rejected') return false;
  const { rejections } = answer.snapshot;
  return (
    outcomeOfRejections(rejections).event === 'member_not_found' && rejections.some(({ followUp }) => followUp === 'N')
  );
}
