import type { Unavailable } from '@openvob/payers';
import type { Need } from './need';
import type { Permit } from './pacing';
import type { Transition } from './ports';

export interface WaitingRules {
  retryLadderMs: readonly number[];
  rereadLadderMs: readonly number[];
  giveUpAfterMs: number;
}

export interface WaitingSituation {
  /** `outage`: it answered, but turns nearly everybody away just now. */
  why: Unavailable | 'pending' | 'outage';
  /** Tries of this round that ended so, this one not counted. */
  attempts: number;
  /** The payer's own wish, if it gave one. */
  retryAfterMs?: number;
  firstUnavailableAt: Date;
  neededBy?: Date;
  now: Date;
}

/**
 * What follows when a payer gave no usable answer: wait for it, give it to a person once the deadline has passed, or rest as
 * failed where waiting does not help (`contract/http.md`, status table).
 */
export function afterUnavailable(situation: WaitingSituation, rules: WaitingRules): Transition {
  switch (situation.why) {
    case 'configuration':
      return { event: 'gave_up', to: 'failed', reason: 'configuration', needs: [] };
    case 'unreadable':
    case 'foreign':
      return afterUselessAnswer(situation.why, situation, rules);
    case 'pending':
      return {
        event: 'payer_unavailable',
        to: 'waiting_for_payer',
        reason: 'payer_pending',
        needs: [],
        lookAgainAfterMs: situation.retryAfterMs ?? 60_000,
      };
    case 'outage':
      return { ...afterSilence('payer_outage_suspected', situation, rules), needs: [callMeanwhile] };
    case 'throttled':
      return sparingAttempts(afterSilence('payer_throttled', situation, rules));
    case 'down':
    case 'timeout':
      return afterSilence(`payer_${situation.why}`, situation, rules);
  }
}

function afterUselessAnswer(
  why: 'unreadable' | 'foreign',
  situation: WaitingSituation,
  rules: WaitingRules,
): Transition {
  const wait = rules.rereadLadderMs[situation.attempts];
  if (wait === undefined) return { event: 'gave_up', to: 'failed', reason: `${why}_answer`, needs: [] };
  return {
    event: 'payer_unavailable',
    to: 'waiting_for_payer',
    reason: `${why}_answer`,
    needs: [],
    lookAgainAfterMs: wait,
    unavailable: 'tried',
  };
}

/** A payer that asks to wait is there: that is no failed try, but counts towards the deadline. */
function sparingAttempts(transition: Transition): Transition {
  return transition.to === 'waiting_for_payer' ? { ...transition, unavailable: 'waited' } : transition;
}

function afterSilence(reason: string, situation: WaitingSituation, rules: WaitingRules): Transition {
  const deadline = situation.neededBy ?? new Date(situation.firstUnavailableAt.getTime() + rules.giveUpAfterMs);
  const left = deadline.getTime() - situation.now.getTime();
  if (left <= 0) return deadlinePassed(reason);
  const rung = rules.retryLadderMs[Math.min(situation.attempts, rules.retryLadderMs.length - 1)] ?? 60_000;
  const wait = Math.min(Math.max(rung, situation.retryAfterMs ?? 0), left);
  return {
    event: 'payer_unavailable',
    to: 'waiting_for_payer',
    reason,
    needs: [],
    lookAgainAfterMs: wait,
    unavailable: 'tried',
  };
}

/** Nobody is asked to enter a right member id again while the payer turns everybody away. */
export const callMeanwhile: Need = {
  kind: 'call',
  message:
    'This payer turns nearly everybody away just now, so the member id is probably right. It is asked again by itself; to have an answer sooner, call the number on the card or use its portal.',
};

/** The payer is known to be down. */
const callInstead: Need = {
  kind: 'call',
  message:
    'This payer does not answer just now. It is asked again by itself; to have an answer sooner, call the number on the card or use its portal.',
};

/** A wait that ends when somebody wakes it is looked at by itself all the same after so long. */
export const safetyLookMs = 10 * 60_000;
/** There may be thousands of them, and nobody waits. */
const bulkLookMs = 3_600_000;

/** Who was given no permit. */
export interface PermitSituation extends Omit<WaitingSituation, 'why'> {
  isBulk: boolean;
}

/**
 * What follows when a connection gives no permit to send: its backlog waits as rows and spends no attempt; whoever frees a slot, closes the
 * breaker or ends the pause wakes the next. Only the deadline hands it to a person.
 */
export function afterNoPermit(
  permit: Exclude<Permit, { kind: 'granted' }>,
  connectionId: string,
  situation: PermitSituation,
  rules: WaitingRules,
): Transition {
  const lookMs = situation.isBulk ? bulkLookMs : safetyLookMs;
  switch (permit.kind) {
    case 'busy':
    case 'paced':
      return { ...waitInTurn('payer_busy', lookMs, situation), waitsForConnection: connectionId };
    case 'quiet':
      return { ...waitInTurn('quiet_hours', permit.afterMs + lookMs, situation), waitsForConnection: connectionId };
    case 'open':
    case 'paused': {
      const { reason, needs } = whyNotAsked(permit);
      const waiting = afterSilence(reason, { ...situation, why: 'down' }, { ...rules, retryLadderMs: [safetyLookMs] });
      if (waiting.to !== 'waiting_for_payer') return waiting;
      return { ...sparingAttempts(waiting), needs, waitsForConnection: connectionId };
    }
  }
}

/** While a payer is down or suspected of it, phone and portal are offered at once. */
function whyNotAsked(permit: Extract<Permit, { kind: 'open' | 'paused' }>): { reason: string; needs: Need[] } {
  if (permit.kind === 'paused') return { reason: 'payer_paused', needs: [] };
  return permit.suspected
    ? { reason: 'payer_outage_suspected', needs: [callMeanwhile] }
    : { reason: 'payer_down', needs: [callInstead] };
}

/** The payer is there, only its turn has not come; it is given to a person when that lasts beyond the time by which it is needed. */
function waitInTurn(reason: string, lookAgainAfterMs: number, { neededBy, now }: PermitSituation): Transition {
  const leftMs = neededBy === undefined ? Number.POSITIVE_INFINITY : neededBy.getTime() - now.getTime();
  if (leftMs <= 0) return deadlinePassed(reason);
  return {
    event: 'payer_unavailable',
    to: 'waiting_for_payer',
    reason,
    needs: [],
    lookAgainAfterMs: Math.min(lookAgainAfterMs, leftMs),
  };
}

function deadlinePassed(reason: string): Transition {
  const message = 'The payer could not be reached electronically in time: call the number on the card.';
  return { event: 'deadline_passed', to: 'needs_call', reason, needs: [{ kind: 'call', message }] };
}
