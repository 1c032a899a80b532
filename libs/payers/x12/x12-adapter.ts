import { HttpFailure } from '@openvob/platform';
import {
  type Adapter,
  type AdapterContext,
  type Answer,
  type Connection,
  type Evidence,
  type Inquiry,
  noAnswerOfFailure,
  notSent,
  unavailable,
} from '../contract';
import { connectionFaults, readConnection, type X12Connection } from './connection';
import { intoEnvelope } from './envelope';
import { readReply } from './incoming';
import { messageId, writeInquiry } from './outgoing';
import { sentFields } from './sent-fields';

/** Largest reply that is read: many times the longest 271 about one person. */
const mostBytes = 4 * 1024 * 1024;

/**
 * X12 270/271 (005010X279A1) in real time: in the SOAP 1.2 or the MIME envelope of the CAQH CORE Connectivity Rule vC2.2.0,
 * or in none.
 * Settings and credentials of a connection: `readConnection`.
 *
 * - An inquiry without a reply is sent again no sooner than 90 s after it was sent (CAQH CORE Connectivity Rule).
 * - Payers have to search by member id, name and birth date together; names may be plainer, and members with an id of their own stand as subscribers.
 *   A search without names needs the payer's word (setting `variations` of the connection).
 */
export const x12Adapter: Adapter = {
  name: 'x12',
  capabilities: {
    severalServiceTypes: false,
    afterLostReply: 'resend_same_trace',
    resendNotBeforeMs: 90_000,
    variations: ['without_middle_name', 'dependent_as_subscriber'],
    electronic: true,
  },
  checkConnection: connectionFaults,
  fieldsOf: sentFields,
  verify,
};

async function verify(inquiry: Inquiry, connection: Connection, context: AdapterContext): Promise<Answer> {
  if (connectionFaults(connection).length > 0) {
    return unavailable({ why: 'configuration', detail: 'connection_settings' }, {});
  }
  if (context.signal.aborted) return unavailable({ why: 'timeout', detail: 'aborted' }, {});
  const settings = readConnection(connection);
  const sentAt = context.clock.now();
  const written = writeInquiry(inquiry, settings, sentAt);
  if (!written.ok) return notSent(written.faults);
  return exchange({ inquiry, settings, sentAt, payload: written.text }, context);
}

interface Outgoing {
  readonly inquiry: Inquiry;
  readonly settings: X12Connection;
  readonly sentAt: Date;
  /** The 270. */
  readonly payload: string;
}

async function exchange(outgoing: Outgoing, { signal, clock, http, log }: AdapterContext): Promise<Answer> {
  const { inquiry, settings, sentAt, payload } = outgoing;
  const evidence: Evidence = { request: payload, format: 'x12-270' };
  try {
    const message = { connection: settings, payloadId: messageId(inquiry.id, sentAt), sentAt, payload };
    const response = await http.send({
      method: 'POST',
      url: settings.endpointUrl,
      ...intoEnvelope(settings.envelope, message),
      timeoutMs: settings.timeoutMs,
      maxResponseBytes: mostBytes,
      signal,
    });
    log.debug('x12.reply', { inquiryId: inquiry.id, httpStatus: response.status, length: response.body.length });
    return readReply(response, { inquiry, clock, evidence });
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    log.debug('x12.no_reply', { inquiryId: inquiry.id, why: error.why });
    return unavailable(noAnswerOfFailure(error), evidence);
  }
}
