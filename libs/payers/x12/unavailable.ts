import type { Acknowledgement } from '@openvob/x12';
import type { NoAnswer } from '../contract';
import type { SoapFault } from './core-response';

/** A fault is a reply: a receiver says that it did not process the message, which may be sent again (SOAP 1.2 part 1, 5.4.6; CORE: upstream not reachable). */
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
