import type { RejectionClass } from '@openvob/benefits';
import type { Answer, Capabilities, Unavailable } from '@openvob/payers';
import type { RecordedInquiry } from './ports';
import { outcomeOfRejections } from './rejection-outcome';

/** How an inquiry that is recorded and not answered goes on. */
export type GoingOn =
  | { kind: 'send' }
  /** It was sent, and may be sent again only after so long. */
  | { kind: 'wait'; afterMs: number }
  | { kind: 'look_up' }
  | { kind: 'poll'; reference: string }
  /** It was sent and nobody can tell what became of it. */
  | { kind: 'give_to_person'; why: string };

/**
 * The adapter's own rule for an inquiry whose answer is still to come, or whose reply was lost by a crash, a time-out or on the way: never a blind second inquiry.
 *
 * @param resendAfterMs how long after it was sent it may be sent again; CAQH CORE: not sooner than 90 s
 */
export function goingOnWith(
  row: Pick<RecordedInquiry, 'answer' | 'replyLost' | 'sentAt'>,
  afterLostReply: Capabilities['afterLostReply'],
  { resendAfterMs, now }: { resendAfterMs: number; now: Date },
): GoingOn {
  if (row.answer?.kind === 'pending') return { kind: 'poll', reference: row.answer.reference };
  if (!isReplyLost(row)) return { kind: 'send' };
  switch (afterLostReply) {
    case 'never_resend':
      return { kind: 'give_to_person', why: 'reply_lost' };
    case 'look_up':
      return { kind: 'look_up' };
    case 'resend_same_trace': {
      const afterMs = (row.sentAt?.getTime() ?? 0) + resendAfterMs - now.getTime();
      return afterMs > 0 ? { kind: 'wait', afterMs } : { kind: 'send' };
    }
  }
}

/** It was sent, and what came back, if anything, is not known. */
export function isReplyLost({ answer, replyLost }: Pick<RecordedInquiry, 'answer' | 'replyLost'>): boolean {
  return replyLost || (answer?.kind === 'unavailable' && answer.why === 'timeout');
}

/**
 * True when an answer to this inquiry was had, or may have been: then the same question is put over no other connection. A payer that refused the
 * connection, was down, throttled us or said that it cannot answer now never heard it; what is wrong with a connection is no answer either.
 */
export function mayHaveBeenAnswered(
  row: Pick<RecordedInquiry, 'answer' | 'replyLost' | 'sends' | 'mayHaveBeenHeard'>,
): boolean {
  if (row.sends === 0) return false;
  return row.mayHaveBeenHeard === true || isReplyLost(row) || (row.answer !== undefined && wasHeard(row.answer));
}

/** Rejections by which nobody looked at the question. */
const toldNothing: ReadonlySet<RejectionClass | undefined> = new Set(['transient', 'configuration'] as const);

/** True when a payer had the question that came to this, or may have had it, whatever came when it was put again. */
export function wasHeard(answer: Answer): boolean {
  switch (answer.kind) {
    case 'unavailable':
      return answer.why === 'timeout' || answer.why === 'unreadable' || answer.why === 'foreign';
    case 'rejected':
      return !toldNothing.has(outcomeOfRejections(answer.snapshot.rejections).decisive?.class);
    default:
      return true;
  }
}

const untaken: ReadonlySet<string> = new Set<Unavailable>(['down', 'throttled']);

/**
 * Nobody took the question: whoever was reached says so, or nobody was.
 *
 * @param why an answer was unavailable; nothing where it was not
 */
export function nobodyTook(why: string | null | undefined): boolean {
  return why !== undefined && why !== null && untaken.has(why);
}

/**
 * How many sends of an inquiry nobody took.
 *
 * @param whys of everything that was kept of it, why it was unavailable; undefined where it was not. A poll or a look-up that nobody took stands among
 *   them without having been a send: of an inquiry of which anything else came, or whose reply was lost, one send at least was taken.
 */
export function untakenSends(sends: number, whys: readonly (string | null | undefined)[]): number {
  const count = whys.filter(nobodyTook).length;
  const wasTaken = whys.length > count || sends > whys.length;
  return Math.max(0, Math.min(count, wasTaken ? sends - 1 : sends));
}
