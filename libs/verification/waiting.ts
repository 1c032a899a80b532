import type { Unavailable } from '@openvob/payers';
import type { Transition } from './ports';

export interface WaitingRules {
  retryLadderMs: readonly number[];
  rereadLadderMs: readonly number[];
  giveUpAfterMs: number;
}

export interface WaitingSituation {
  why: Unavailable | 'pending';
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
    case 'down':
    case 'throttled':
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
    unavailable: true,
  };
}

function afterSilence(reason: string, situation: WaitingSituation, rules: WaitingRules): Transition {
  const deadline = situation.neededBy ?? new Date(situation.firstUnavailableAt.getTime() + rules.giveUpAfterMs);
  const left = deadline.getTime() - situation.now.getTime();
  if (left <= 0) {
    const message = 'The payer could not be reached electronically in time: call the number on the card.';
    return { event: 'deadline_passed', to: 'needs_call', reason, needs: [{ kind: 'call', message }] };
  }
  const rung = rules.retryLadderMs[Math.min(situation.attempts, rules.retryLadderMs.length - 1)] ?? 60_000;
  const wait = Math.min(Math.max(rung, situation.retryAfterMs ?? 0), left);
  return {
    event: 'payer_unavailable',
    to: 'waiting_for_payer',
    reason,
    needs: [],
    lookAgainAfterMs: wait,
    unavailable: true,
  };
}
