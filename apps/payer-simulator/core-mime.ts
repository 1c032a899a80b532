import { type CoreRequest, fieldFault, responseFields } from './core-envelope';
import { type Reply, reply } from './reply';

/**
 * The payer's side of the HTTP MIME multipart envelope of the CAQH CORE Connectivity Rule vC2.2.0 (multipart/form-data,
 * RFC 7578), read byte by byte as the RFC has it: CRLF everywhere, every part closed, a closing boundary.
 */
export type ReadMime =
  | { readonly kind: 'request'; readonly fields: CoreRequest; readonly user?: string }
  | { readonly kind: 'error'; readonly code: string; readonly fields: Partial<CoreRequest> }
  /** No multipart/form-data at all. */
  | { readonly kind: 'fault'; readonly code: 'Sender' };

const boundary = 'SimulatorBoundary7MA4YWxk';

/** Reads a request; what is wrong with it is told in the rule's own codes. */
export function readMimeRequest(body: string, contentType: string): ReadMime {
  const named = /^multipart\/form-data\s{0,9};\s{0,9}boundary="?([^";\s]{1,70})"?\s{0,9}$/i.exec(contentType)?.[1];
  const parts = named === undefined ? undefined : partsOf(body, named);
  if (parts === undefined) return { kind: 'fault', code: 'Sender' };
  const { UserName: user, Password: password, ...rest } = Object.fromEntries(parts) as Record<string, string>;
  const fields = rest as Partial<CoreRequest>;
  const wrong = fieldFault(fields);
  if (wrong !== undefined) return { kind: 'error', code: wrong, fields };
  if (password === 'wrong') return { kind: 'error', code: 'UnAuthorized', fields };
  return { kind: 'request', fields: fields as CoreRequest, ...(user === undefined ? {} : { user }) };
}

/** A response with a payload of X12. */
export function writeMime(request: Partial<CoreRequest>, payload: string, now: Date): Reply {
  return multipart(200, responseFields(request, { payload, code: 'Success', now }));
}

/** A response that says what is wrong with the envelope. */
export function writeMimeError(request: Partial<CoreRequest>, code: string, now: Date): Reply {
  return multipart(200, responseFields(request, { payload: undefined, code, now }));
}

/** A request that is no envelope of the rule. */
export function writeMimeFault(): Reply {
  return reply(400, 'text/plain', 'not an envelope of CORE rule 2.2.0');
}

function multipart(status: number, fields: readonly (readonly [string, string])[]): Reply {
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return reply(status, `multipart/form-data; boundary=${boundary}`, `${parts.join('')}--${boundary}--\r\n`);
}

/** Names and values; undefined when anything is not as the RFC has it. */
function partsOf(body: string, named: string): [string, string][] | undefined {
  const opening = `--${named}\r\n`;
  const closing = `\r\n--${named}--`;
  if (!body.startsWith(opening) || !body.trimEnd().endsWith(closing)) return undefined;
  const inner = body.trimEnd().slice(opening.length, -closing.length);
  const parts = inner.split(`\r\n--${named}\r\n`).map(partOf);
  return parts.some((part) => part === undefined) ? undefined : (parts as [string, string][]);
}

function partOf(part: string): [string, string] | undefined {
  const end = part.indexOf('\r\n\r\n');
  const name = /^Content-Disposition: form-data; name="([^"]+)"$/i.exec(part.slice(0, end))?.[1];
  return end < 0 || name === undefined ? undefined : [name, part.slice(end + 4)];
}
