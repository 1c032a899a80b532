import type { HttpFailure } from '@openvob/platform';

/** How a try ended: with an answer, or without one. */
export type Attempt =
  | { kind: 'answered'; status: number; retryAfterMs?: number; text?: string }
  | { kind: 'failed'; why: HttpFailure['why'] };

/** What becomes of the delivery. */
export type NextStep =
  | { state: 'delivered' }
  | { state: 'failed'; because: 'gone' | 'exhausted' }
  | { state: 'pending'; afterMs: number };

export interface Retrying {
  /** Tries so far, this one included. */
  tries: number;
  /** Waits between tries, milliseconds. */
  ladderMs: readonly number[];
  /** 0 to 1. */
  random: number;
}

/** Waits are made longer by so much at most, so that what failed together does not come back together. */
const jitter = 0.2;
const longestAskedForMs = 24 * 3_600_000;
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * A 2xx is a success and everything else a failure, redirects included; 410 ends it, and the endpoint (Standard Webhooks 1.0.0, "Delivery success and
 * failure"). No wait is shorter than the ladder's, nor than what the receiver asked for.
 */
export function nextStep(attempt: Attempt, { tries, ladderMs, random }: Retrying): NextStep {
  if (attempt.kind === 'answered' && attempt.status >= 200 && attempt.status < 300) return { state: 'delivered' };
  if (attempt.kind === 'answered' && attempt.status === 410) return { state: 'failed', because: 'gone' };
  const rung = ladderMs[tries - 1];
  if (rung === undefined) return { state: 'failed', because: 'exhausted' };
  const askedForMs = attempt.kind === 'answered' ? (attempt.retryAfterMs ?? 0) : 0;
  return { state: 'pending', afterMs: Math.ceil(Math.max(rung, askedForMs) * (1 + jitter * random)) };
}

/**
 * What a `Retry-After` asks for, milliseconds: seconds or a date (RFC 9110, 10.2.3), a day at most.
 *
 * @returns undefined where there is none that can be read
 */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  const isDate = httpDate.test(text);
  if (!isDate && !/^\d{1,9}$/.test(text)) return undefined;
  const ms = isDate ? Date.parse(text) - now.getTime() : Number(text) * 1000;
  if (Number.isNaN(ms)) return undefined;
  return Math.min(Math.max(ms, 0), longestAskedForMs);
}
