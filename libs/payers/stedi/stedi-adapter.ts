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
import { connectionFaults, readConnection, type StediConnection } from './connection';
import { readReply } from './incoming';
import { sentFields, writeRequest } from './request';
import { faultsOf } from './sendable';

/** Largest reply that is read; the longest published answer has 100 KB, half of it the 271 itself. */
const mostBytes = 8 * 1024 * 1024;

/**
 * The JSON eligibility checks of the Stedi clearinghouse, v3 and 2026-06-01. Settings and credentials of a connection:
 * `readConnection`.
 *
 * - A check takes no trace and gives back none of ours: an answer is tied by its exchange and its person.
 * - A lost reply is asked for again: there is no way to look a check up without the id that was in the reply, and no
 *   idempotency key. A check changes nothing at the payer; at worst one more is paid, which the vendor itself advises.
 * - An account may have 50 checks in flight; one more is refused with status 429.
 *
 * Source: Stedi, OpenAPI of healthcare 2024-04-01 and documentation of November 2026.
 */
export const stediAdapter: Adapter = {
  name: 'stedi',
  capabilities: {
    severalServiceTypes: false,
    afterLostReply: 'resend_same_trace',
    variations: ['without_middle_name', 'dependent_as_subscriber'],
    electronic: true,
    tracesComeBack: false,
    mostInFlight: 50,
    usualTimeoutMs: 70_000,
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
  const faults = faultsOf(inquiry);
  if (faults.length > 0) return notSent(faults);
  return exchange(inquiry, readConnection(connection), context);
}

async function exchange(inquiry: Inquiry, connection: StediConnection, context: AdapterContext): Promise<Answer> {
  const { signal, clock, http, log } = context;
  const { url, endpoint, apiKey, timeoutMs } = connection;
  const now = clock.now();
  const body = writeRequest(inquiry, connection, now);
  // without the password: what was sent is kept and read by people
  const evidence: Evidence = {
    request: writeRequest(inquiry, { endpoint }, now),
    format: `stedi-${endpoint}-request`,
  };
  const headers = { authorization: apiKey, 'content-type': 'application/json', accept: 'application/json' };
  try {
    const response = await http.send({
      method: 'POST',
      url,
      headers,
      body,
      timeoutMs,
      maxResponseBytes: mostBytes,
      signal,
    });
    log.debug('stedi.reply', { inquiryId: inquiry.id, httpStatus: response.status, length: response.body.length });
    return readReply(response, { inquiry, connection, clock, evidence });
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    log.debug('stedi.no_reply', { inquiryId: inquiry.id, why: error.why });
    return unavailable(noAnswerOfFailure(error), evidence);
  }
}
