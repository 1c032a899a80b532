import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '@openvob/platform';
import { type CoreRequest, readEnvelope, writeEnvelope, writeEnvelopeError, writeFault } from './core-envelope';
import { readMimeRequest, writeMime, writeMimeError, writeMimeFault } from './core-mime';
import { type Reply, reply } from './reply';

/** A 270 that came in, and how its answer is wrapped; or the refusal of the envelope. */
export type X12Request =
  | {
      readonly kind: 'asked';
      readonly protocol: X12Protocol;
      readonly x12: string;
      wrap(x12: string): Reply;
      /** How an error of the envelope of this code is told. */
      refuse(code: string): Reply;
    }
  | { readonly kind: 'refused'; readonly protocol: X12Protocol; readonly as: string; readonly reply: Reply };

export type X12Protocol = 'core-soap' | 'core-mime' | 'x12';

/** Reads a request by its type: multipart, SOAP, or a bare 270. Each is answered in kind. */
export function readX12Request(body: string, headers: IncomingHttpHeaders, clock: Clock): X12Request {
  const contentType = headers['content-type'] ?? '';
  if (/^multipart\//i.test(contentType)) return readMime(body, contentType, clock);
  if (body.trimStart().startsWith('<')) return readSoap(body, clock);
  if (passwordOf(headers.authorization) === 'wrong') {
    const refused = { ...reply(401, 'text/plain', ''), headers: { 'www-authenticate': 'Basic realm="payer"' } };
    return { kind: 'refused', protocol: 'x12', as: 'status 401', reply: refused };
  }
  const wrap = (x12: string): Reply => reply(200, 'application/EDI-X12', x12);
  const refuse = (code: string): Reply => reply(code === 'UnAuthorized' ? 401 : 400, 'text/plain', code);
  return { kind: 'asked', protocol: 'x12', x12: body, wrap, refuse };
}

function readSoap(body: string, clock: Clock): X12Request {
  const protocol = 'core-soap';
  const read = readEnvelope(body);
  if (read.kind === 'fault') return refused(protocol, read, writeFault(read.code));
  if (read.kind === 'error') return refused(protocol, read, writeEnvelopeError(read.fields, read.code, clock.now()));
  const { fields } = read;
  const wrap = (x12: string): Reply =>
    isXmlText(x12) ? writeEnvelope(fields, x12, clock.now()) : reply(200, 'application/EDI-X12', x12);
  return asked(protocol, fields, wrap, (code) => writeEnvelopeError(fields, code, clock.now()));
}

function readMime(body: string, contentType: string, clock: Clock): X12Request {
  const protocol = 'core-mime';
  const read = readMimeRequest(body, contentType);
  if (read.kind === 'fault') return refused(protocol, read, writeMimeFault());
  if (read.kind === 'error') return refused(protocol, read, writeMimeError(read.fields, read.code, clock.now()));
  const { fields } = read;
  return asked(
    protocol,
    fields,
    (x12) => writeMime(fields, x12, clock.now()),
    (code) => writeMimeError(fields, code, clock.now()),
  );
}

function asked(
  protocol: X12Protocol,
  fields: CoreRequest,
  wrap: (x12: string) => Reply,
  refuse: (code: string) => Reply,
): X12Request {
  return { kind: 'asked', protocol, x12: fields.Payload, wrap, refuse };
}

function refused(protocol: X12Protocol, { kind, code }: { kind: string; code: string }, with_: Reply): X12Request {
  return { kind: 'refused', protocol, as: `envelope ${kind} ${code}`, reply: with_ };
}

/** The password of HTTP Basic. */
function passwordOf(authorization = ''): string | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  return encoded === undefined
    ? undefined
    : Buffer.from(encoded, 'base64')
        .toString('utf8')
        .replace(/^[^:]*:/, '');
}

/** False when a character stands in the text that XML cannot carry, not even escaped. */
function isXmlText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML 1.0 does not allow
  return !/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(text);
}
