import type { Answer } from '@openvob/payers';
import { isParticipantUnknown, outcomeOfRejections } from './rejection-outcome';

/** A permit to ask over a connection, or why not now. */
export type Permit =
  /** `delayMs`: to wait before sending, so that the agreed rate is kept. */
  | { kind: 'granted'; slot: number; delayMs: number; isProbe: boolean }
  /** All slots are taken: whoever frees one wakes the next. */
  | { kind: 'busy' }
  /** The agreed rate is used up for longer than one waits in place. */
  | { kind: 'paced'; afterMs: number }
  /** The breaker is open; somebody probes at that time. `suspected`: the payer answers, but turns nearly everybody away. */
  | { kind: 'open'; afterMs: number; suspected: boolean }
  /** Operations paused the payer. */
  | { kind: 'paused' }
  /** Bulk work leaves the payer alone until then. */
  | { kind: 'quiet'; afterMs: number };

/** Who wants to ask over a connection. */
export interface PermitRequest {
  connectionId: string;
  verificationId: string;
  /** How long the slot is kept should the process die with it. */
  leaseMs: number;
  /** Nobody waits for it: it takes only what is not kept for people, and keeps quiet hours. */
  isBulk: boolean;
  /** What is needed before quiet hours end does not keep them. */
  neededBy?: Date;
}

/** What an exchange told about the connection; nothing about the patient. */
export type ExchangeOutcome =
  | 'answered'
  | 'member_rejected'
  | 'rejected'
  | 'useless'
  | 'throttled'
  | 'down'
  | 'configuration';

export interface Exchange {
  connectionId: string;
  verificationId: string;
  slot: number;
  /** Left out when nothing was sent after all. */
  outcome?: ExchangeOutcome;
  durationMs: number;
  retryAfterMs?: number;
}

/** Limits, rate and breaker of each payer connection, shared by all workers. */
export interface Pacing {
  acquire(wanted: PermitRequest, now: Date): Promise<Permit>;
  /** Frees the slot, learns from the outcome, and wakes who waits for what became free. */
  settle(exchange: Exchange, now: Date): Promise<void>;
  /** Called by whoever has just begun to wait: what became free meanwhile is handed over, so that no wake-up is lost. */
  handOver(connectionId: string, now: Date): Promise<void>;
  /**
   * True when this connection turns so many members away, or answers so many unreadably, that the fault is more likely its own, and from then on until it answers somebody. Whoever
   * was turned away shortly before waits again.
   */
  looksLikeOutage(connectionId: string, now: Date): Promise<boolean>;
}

/** How an answer counts for its connection: a payer that says no is alive. */
export function exchangeOutcome(answer: Answer): ExchangeOutcome {
  switch (answer.kind) {
    case 'benefits':
    case 'pending':
    case 'needs_human':
      return 'answered';
    case 'rejected':
      return outcomeOfRejection(answer);
    case 'unavailable':
      return isOtherName(answer) ? 'rejected' : outcomeOfSilence(answer.why);
  }
}

function outcomeOfRejection({ snapshot }: Extract<Answer, { kind: 'rejected' }>): ExchangeOutcome {
  const { event } = outcomeOfRejections(snapshot.rejections);
  if (event === 'payer_unavailable') return 'down';
  // Which member it was makes no difference to an unknown participant: a run of them is the payer's own fault as well.
  const tells = event === 'member_not_found' || event === 'correctable_rejection';
  return tells || isParticipantUnknown(snapshot.rejections) ? 'member_rejected' : 'rejected';
}

/** It answered about this very member id, in another last name: the payer is alive. */
export function isOtherName({ why, detail }: Extract<Answer, { kind: 'unavailable' }>): boolean {
  return why === 'foreign' && detail === 'foreign_last_name';
}

function outcomeOfSilence(why: Extract<Answer, { kind: 'unavailable' }>['why']): ExchangeOutcome {
  switch (why) {
    case 'down':
    case 'timeout':
      return 'down';
    case 'throttled':
      return 'throttled';
    case 'unreadable':
    case 'foreign':
      return 'useless';
    case 'configuration':
      return 'configuration';
  }
}
