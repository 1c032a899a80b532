import type { Asked } from './asking';
import { phoneNeed } from './further-coverages';
import type { Need } from './need';
import type { Permit } from './pacing';
import type { DirectoryPayer, Transition } from './ports';
import { bucketOf } from './recipe';
import type { Unanswered } from './verdict';

export interface WaitingRules {
  retryLadderMs: readonly number[];
  rereadLadderMs: readonly number[];
  giveUpAfterMs: number;
  /** How long after "resubmission not allowed" a member who was not found is asked about once more. */
  repeatNotFoundMs: number;
}

export interface WaitingSituation {
  why: Unanswered['why'];
  /** Tries of this round that brought no usable answer, this one not counted. */
  attempts: number;
  /** Those of them in which the payer was silent, not in answers that could not be read; without it none. */
  silences?: number;
  /** The payer's own wish, if it gave one. */
  retryAfterMs?: number;
  firstUnavailableAt: Date;
  neededBy?: Date;
  now: Date;
  /** Spreads the waits of many that were turned away at once, each in the same way each time. */
  seed?: string;
}

/**
 * What follows when a payer gave no usable answer: wait for it, give it to a person once the deadline has passed, or rest as
 * failed where waiting does not help (`contract/http.md`, status table).
 */
export function afterUnavailable(situation: WaitingSituation, rules: WaitingRules): Transition {
  switch (situation.why) {
    case 'configuration':
      return { event: 'gave_up', to: 'failed', reason: 'configuration', needs: [] };
    case 'other_name':
      return { event: 'correctable_rejection', to: 'needs_information', reason: 'other_last_name', needs: [nameNeed] };
    case 'unreadable':
    case 'foreign':
      return afterUselessAnswer(situation.why, situation, rules);
    case 'pending': {
      const pollAfterMs = situation.retryAfterMs ?? 60_000;
      const waiting = sparingAttempts(
        afterSilence('payer_pending', situation, { ...rules, retryLadderMs: [pollAfterMs] }),
      );
      if (waiting.to !== 'waiting_for_payer') return waiting;
      return { ...waiting, lookAgainAfterMs: Math.min(pollAfterMs, leftMs(situation, rules)) };
    }
    case 'not_found_yet':
      return parked('member_not_found_yet', Math.min(rules.repeatNotFoundMs, Math.max(0, leftMs(situation, rules))));
    case 'participant_unknown': {
      const [wait = 15_000] = rules.retryLadderMs;
      return parked(
        'participant_unknown_yet',
        Math.min(spread(wait, situation), Math.max(0, leftMs(situation, rules))),
      );
    }
    case 'outage':
      return offering(callMeanwhile, afterSilence('payer_outage_suspected', situation, rules));
    case 'throttled':
      return sparingAttempts(afterSilence('payer_throttled', situation, rules));
    case 'down':
    case 'timeout':
      return offering(callInstead, afterSilence(`payer_${situation.why}`, situation, rules));
  }
}

/** Alone it is read anew a few times, for nobody's waiting mends it; of a payer that is silent as well it is one more sign of an outage. */
function afterUselessAnswer(
  why: 'unreadable' | 'foreign',
  situation: WaitingSituation,
  rules: WaitingRules,
): Transition {
  if ((situation.silences ?? 0) > 0) return offering(callInstead, afterSilence(`${why}_answer`, situation, rules));
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
  const left = leftMs(situation, rules);
  if (left <= 0) return deadlinePassed(reason);
  const rung = rules.retryLadderMs[Math.min(situation.attempts, rules.retryLadderMs.length - 1)] ?? 60_000;
  const wait = Math.min(Math.max(spread(rung, situation), situation.retryAfterMs ?? 0), left);
  return { ...parked(reason, wait), unavailable: 'tried' };
}

/** It may not be sent again yet: who needs an answer sooner than that calls. */
function untilResent(afterMs: number, situation: Omit<WaitingSituation, 'why'>, rules: WaitingRules): Transition {
  const left = leftMs(situation, rules);
  if (left <= 0) return deadlinePassed('payer_timeout');
  return offering(callInstead, parked('payer_timeout', Math.min(afterMs, left)));
}

/** Whoever has a caller on the line need not wait for a payer that does not answer. */
function offering(need: Need, transition: Transition): Transition {
  return transition.to === 'waiting_for_payer' ? { ...transition, needs: [need] } : transition;
}

function parked(reason: string, lookAgainAfterMs: number): Transition {
  return { event: 'payer_unavailable', to: 'waiting_for_payer', reason, needs: [], lookAgainAfterMs };
}

function leftMs(
  { neededBy, firstUnavailableAt, now }: Omit<WaitingSituation, 'why'>,
  { giveUpAfterMs }: WaitingRules,
): number {
  const deadline = neededBy ?? new Date(firstUnavailableAt.getTime() + giveUpAfterMs);
  return deadline.getTime() - now.getTime();
}

/** Up to a fifth more or less, so that those who were turned away together do not come back together. */
function spread(ms: number, { seed, attempts }: WaitingSituation): number {
  if (seed === undefined) return ms;
  return Math.round(ms * (0.8 + (bucketOf(`${seed}:${attempts}`) % 1000) / 2500));
}

/** The name itself stays in the kept answer. */
const nameNeed: Need = {
  kind: 'information',
  message:
    'The payer has this member id, first name and date of birth under another last name, for example after a marriage. Ask the patient which name is on the card, and correct it.',
  fields: ['/patient/lastName'],
};

/** Nobody is asked to enter a right member id again while the payer turns everybody away. */
export const callMeanwhile: Need = {
  kind: 'call',
  message:
    'This payer turns nearly everybody away just now, so the member id is probably right. It is asked again by itself; to have an answer sooner, call the number on the card or use its portal.',
};

/** The payer does not answer, or is known to be down. */
const callInstead: Need = {
  kind: 'call',
  message:
    'This payer does not answer just now. It is asked again by itself; to have an answer sooner, call the number on the card or use its portal.',
};

/** Operations keep the payer from being asked. */
const callWhilePaused: Need = {
  kind: 'call',
  message:
    'This payer is not asked electronically just now. It is asked by itself as soon as it may be again; to have an answer sooner, call the number on the card or use its portal.',
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
      const { reason, need } = whyNotAsked(permit);
      const waiting = afterSilence(reason, { ...situation, why: 'down' }, { ...rules, retryLadderMs: [safetyLookMs] });
      if (waiting.to !== 'waiting_for_payer') return waiting;
      return { ...sparingAttempts(offering(need, waiting)), waitsForConnection: connectionId };
    }
  }
}

/** While a payer is not asked, whatever the reason, phone and portal are offered at once. */
function whyNotAsked(permit: Extract<Permit, { kind: 'open' | 'paused' }>): { reason: string; need: Need } {
  if (permit.kind === 'paused') return { reason: 'payer_paused', need: callWhilePaused };
  return permit.suspected
    ? { reason: 'payer_outage_suspected', need: callMeanwhile }
    : { reason: 'payer_down', need: callInstead };
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

/** Who was asked over what, for what follows when no answer came. */
export interface AskedWhom {
  payer: DirectoryPayer;
  connectionId: string;
  situation: PermitSituation;
}

/** What follows when an inquiry brought no answer that stands. */
export function afterAsked(
  asked: Exclude<Asked, { kind: 'answered' | 'superseded' }>,
  { payer, connectionId, situation }: AskedWhom,
  rules: WaitingRules,
): Transition {
  switch (asked.kind) {
    case 'no_permit':
      return afterNoPermit(asked.permit, connectionId, situation, rules);
    case 'too_soon':
      return untilResent(asked.afterMs, situation, rules);
    case 'needs_human':
      return { event: 'no_electronic_way', to: 'needs_call', reason: asked.why, needs: [phoneNeed(payer)] };
    case 'unanswered': {
      const { why, retryAfterMs } = asked;
      return afterUnavailable({ ...situation, why, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }, rules);
    }
  }
}
