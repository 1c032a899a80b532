import type { Clock, HttpFailure, HttpResponse } from '@openvob/platform';
import type { Answer, Evidence, Unavailable } from './adapter';

/** Why there is no answer; `detail` is a code. */
export interface NoAnswer {
  readonly why: Unavailable;
  readonly detail: string;
  readonly retryAfterMs?: number;
}

/** Without an answer; the evidence is what there is. */
export function unavailable(noAnswer: NoAnswer, evidence: Evidence): Answer {
  return { kind: 'unavailable', ...noAnswer, evidence };
}

const byFailure: Readonly<Record<HttpFailure['why'], NoAnswer>> = {
  refused: { why: 'down', detail: 'connection_refused' },
  dns: { why: 'down', detail: 'host_not_found' },
  reset: { why: 'timeout', detail: 'connection_reset' },
  timeout: { why: 'timeout', detail: 'timeout' },
  aborted: { why: 'timeout', detail: 'aborted' },
  tls: { why: 'configuration', detail: 'certificate_not_trusted' },
  too_large: { why: 'unreadable', detail: 'reply_too_large' },
  other: { why: 'unreadable', detail: 'not_http' },
};

/** What the same means where no connection stood: nobody received anything. */
const byFailureToConnect: Partial<typeof byFailure> = {
  reset: { why: 'down', detail: 'connection_reset' },
  timeout: { why: 'down', detail: 'connect_timeout' },
  other: { why: 'down', detail: 'not_connected' },
};

/** What a failed exchange means. Once a connection stood, the payer may have taken the question and answered it, whatever was cut afterwards. */
export function noAnswerOfFailure({ why, nothingSent }: HttpFailure): NoAnswer {
  return (nothingSent ? byFailureToConnect[why] : undefined) ?? byFailure[why];
}

/**
 * Statuses by which a server says that it did not do what it was asked for: it cannot, is not available, does not speak this version. Every other one
 * of 500 and above leaves that open: something broke while it was being done (500), or a gateway had no answer from whom it had asked (502, 504).
 * Source: RFC 9110 15.6; one that is not known counts as 500 (RFC 9110 15).
 */
const notDone: ReadonlySet<number> = new Set([501, 503, 505]);

/** What a status other than 2xx means; undefined where the body tells. A payer that is down may say for how long. */
export function noAnswerOfStatus(response: HttpResponse, clock: Clock): NoAnswer | undefined {
  const { status } = response;
  const detail = `http_${status}`;
  if (status >= 200 && status < 300) return undefined;
  if (status === 401 || status === 403 || status === 407) return { why: 'configuration', detail };
  if (status === 408) return { why: 'timeout', detail };
  if (status === 429) return { why: 'throttled', detail, ...retryAfter(response, clock) };
  if (status >= 500) return { why: notDone.has(status) ? 'down' : 'timeout', detail, ...retryAfter(response, clock) };
  return { why: 'configuration', detail };
}

const day = 24 * 60 * 60 * 1000;

/** `Retry-After` in seconds or as a date, at most a day (RFC 9110 10.2.3). */
function retryAfter({ headers }: HttpResponse, clock: Clock): { retryAfterMs?: number } {
  const value = headers['retry-after']?.trim() ?? '';
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - clock.now().getTime();
  return Number.isFinite(ms) && value !== '' ? { retryAfterMs: Math.min(Math.max(ms, 0), day) } : {};
}

/** A field of an inquiry that a protocol cannot carry: a JSON pointer into the inquiry and a code, never its value. */
export interface FieldFault {
  readonly field: string;
  readonly code: string;
}

/**
 * The answer to an inquiry that is not sent: what is wrong with the payer, the provider or the connection is a fault of
 * the set-up, what is wrong with the person's data only a person can mend.
 */
export function notSent(faults: readonly FieldFault[]): Answer {
  const ours = faults.filter(({ field }) => /^\/(?:envelope|payer|provider|originator)/.test(field));
  const told = ours.length > 0 ? ours : faults;
  const detail = ['not_sendable', ...told.slice(0, 5).map(({ field, code }) => `${field} ${code}`)].join(' ');
  return ours.length > 0
    ? unavailable({ why: 'configuration', detail }, {})
    : { kind: 'needs_human', why: detail, evidence: {} };
}
