import { type CoreRequest, coreContentType, writeCoreRequest } from './core-request';
import { writeMimeRequest } from './mime-request';

/** What a 270 travels in: the two envelopes of the CAQH CORE Connectivity Rule vC2.2.0, or none. */
export type EnvelopeKind = 'soap' | 'mime' | 'plain';

/** A 270 ready to be posted. */
export interface Enveloped {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Puts a 270 into its envelope; a login goes into the envelope, without one into HTTP Basic (RFC 7617). */
export function intoEnvelope(kind: EnvelopeKind, request: CoreRequest): Enveloped {
  switch (kind) {
    case 'soap':
      return {
        headers: { 'content-type': coreContentType, accept: 'application/soap+xml, multipart/related' },
        body: writeCoreRequest(request),
      };
    case 'mime': {
      const { contentType, body } = writeMimeRequest(request);
      return { headers: { 'content-type': contentType, accept: 'multipart/form-data' }, body };
    }
    case 'plain':
      return { headers: { ...x12Headers, ...basic(request.connection.login) }, body: request.payload };
  }
}

/** The media type of X12 (RFC 1767). */
const x12Headers = { 'content-type': 'application/EDI-X12', accept: 'application/EDI-X12, text/plain' };

function basic(login: CoreRequest['connection']['login']): Record<string, string> {
  if (login === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}` };
}
