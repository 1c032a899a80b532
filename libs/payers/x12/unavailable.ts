import { type Clock, type HttpFailure, type HttpResponse } from '@openvob/platform';
import type { Acknowledgement } from '@openvob/x12';
import type { Unavailable } from '../contract';
import type { SoapFault } from './core-response';

/** Why there is no answer, in the words of the contract; `detail` is a code. */
export interface NoAnswer {
  readonly why: Unavailable;
  readonly detail: string;
  readonly retryAfterMs?: number;
}

const byFailure: Readonly<Record<HttpFailure['why'], NoAnswer>> = {
  refused: { why: 'down', detail: 'connection_refused' },
  reset: { why: 'down', detail: 'connection_reset' },
  dns: { why: 'down', detail: 'host_not_found' },
  timeout: { why: 'timeout', detail: 'timeout' },
  aborted: { why: 'timeout', detail: 'aborted' },
  tls: { why: 'configuration', detail: 'certificate_not_trusted' },
  too_large: { why: 'unreadable', detail: 'reply_too_large' },
  other: { why: 'unreadable', detail: 'not_http' },
};

/** What a failed exchange means. */
export function noAnswerOfFailure(failure: HttpFailure): NoAnswer {
  return byFailure[failure.why];
}

/** What a status other than 200 means; undefined where the body tells. A payer that is down may say for how long. */
export function noAnswerOfStatus(response: HttpResponse, clock: Clock): NoAnswer | undefined {
  const { status } = response;
  const detail = `http_${status}`;
  if (status >= 200 && status < 300) return undefined;
  if (status === 401 || status === 403 || status === 407) return { why: 'configuration', detail };
  if (status === 408) return { why: 'timeout', detail };
  if (status === 429) return { why: 'throttled', detail, ...retryAfter(response, clock) };
  if (status >= 500) return { why: 'down', detail, ...retryAfter(response, clock) };
  return { why: 'configuration', detail };
}

const day = 24 * 60 * 60 * 1000;

/** `Retry-After` in seconds or as a date, at most a day (RFC 9110 10.2.3). */
function retryAfter({ headers }: HttpResponse, clock: Clock): { retryAfterMs?: number } {
  const value = headers['retry-after']?.trim() ?? '';
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - clock.now().getTime();
  return Number.isFinite(ms) && value !== '' ? { retryAfterMs: Math.min(Math.max(ms, 0), day) } : {};
}

const byFault: Readonly<Record<SoapFault, NoAnswer>> = {
  receiver: { why: 'down', detail: 'soap_receiver' },
  sender: { why: 'configuration', detail: 'soap_sender' },
  version: { why: 'configuration', detail: 'soap_version' },
  security: { why: 'configuration', detail: 'credentials_refused' },
};

export function noAnswerOfFault(fault: SoapFault): NoAnswer {
  return byFault[fault];
}

const fieldError =
  /^(?:PayloadType|ProcessingMode|PayloadID|PayloadLength|TimeStamp|SenderID|ReceiverID|CORERuleVersion|CheckSum|Payload)(?:Required|Illegal|NotUnderstood)$/;

/** What an envelope error means, by the codes of CORE rule 2.2.0 section 4.3.3; one that is not of the rule is an outage. */
export function noAnswerOfCoreError(code: string): NoAnswer {
  if (/^UnAuthori[sz]ed$/i.test(code)) return { why: 'configuration', detail: 'credentials_refused' };
  if (fieldError.test(code) || code === 'VersionMismatch') return { why: 'configuration', detail: `core_${code}` };
  if (/^Checksum/i.test(code)) return { why: 'unreadable', detail: 'core_ChecksumMismatched' };
  return { why: 'down', detail: /^(?:Sender|Receiver)$/.test(code) ? `core_${code}` : 'core_error' };
}

/** TA105 notes of what may go wrong on the way once: numbers that differ, a file that ends too early, a number used before. */
const passing = new Set(['001', '023', '025']);

/** What acknowledgements without an answer mean: refused is our own fault, accepted leaves us without an answer. */
export function noAnswerOfAcknowledgements(acknowledgements: readonly Acknowledgement[]): NoAnswer {
  const refusal = acknowledgements.find(({ accepted }) => !accepted);
  if (refusal === undefined) return { why: 'unreadable', detail: 'acknowledged_without_answer' };
  const [error] = refusal.errors;
  const isPassing = refusal.kind === 'TA1' && passing.has(error?.code ?? '');
  return { why: isPassing ? 'unreadable' : 'configuration', detail: detailOf(refusal) };
}

/** `999_rejected_7_NM109`: error code, segment and element; codes that are none are left out. */
function detailOf({ kind, errors: [error] }: Acknowledgement): string {
  const code = /^[A-Z]?\d{1,3}$/.test(error?.code ?? '') ? `_${error?.code}` : '';
  const segment = /^[A-Z][A-Z0-9]{1,2}$/.test(error?.segment ?? '') ? `_${error?.segment}` : '';
  const element =
    segment === '' || error?.element === undefined ? '' : String(error.element).padStart(2, '0').slice(0, 2);
  return `${kind.toLowerCase()}_rejected${code}${segment}${element}`;
}
