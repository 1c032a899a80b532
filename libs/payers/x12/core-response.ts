import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { readMimeFields } from './mime-fields';

/** What a payer sent back, as far as its envelope goes. */
export type CoreResponse =
  /** X12 to be read. */
  | { readonly kind: 'payload'; readonly x12: string }
  /** An error of the envelope, SOAP or MIME, by the rule's own code (`UnAuthorized`, `PayloadIDRequired`). */
  | { readonly kind: 'core_error'; readonly code: string }
  | { readonly kind: 'soap_fault'; readonly fault: SoapFault }
  | { readonly kind: 'unreadable'; readonly why: UnreadableEnvelope };

/** Who is to blame for a SOAP fault, as its code tells. */
export type SoapFault = 'sender' | 'receiver' | 'security' | 'version';

export type UnreadableEnvelope =
  | 'empty'
  | 'html'
  | 'not_xml'
  | 'broken_xml'
  | 'broken_mime'
  | 'doctype'
  | 'not_core'
  | 'no_payload';

type XmlNode = Readonly<Record<string, unknown>>;

/** Names are compared without prefixes, which every payer chooses for itself. No entity is ever expanded by the parser. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  removeNSPrefix: true,
  processEntities: false,
  parseTagValue: false,
  trimValues: false,
  cdataPropName: '#cdata',
});

/**
 * Reads the reply to a real-time inquiry by what came, not by what was sent: the CORE envelope in SOAP (1.2 or 1.1, bare or
 * as the first part of a MIME message) or in multipart/form-data, or X12 without any.
 * Source: CAQH CORE Connectivity Rule vC2.2.0, COREEnvelopeRealTimeResponse and HTTP MIME multipart.
 */
export function readCoreResponse(body: string, contentType?: string): CoreResponse {
  const whole = body.replace(/^\uFEFF/, '').trim();
  if (whole === '') return { kind: 'unreadable', why: 'empty' };
  if (isX12(whole)) return { kind: 'payload', x12: whole };
  return isMime(whole, contentType) ? readMime(whole, contentType) : readSoap(whole);
}

/** True for a message of MIME parts, by its header or by a first line that is a boundary. */
export function isMime(body: string, contentType = ''): boolean {
  return /^multipart\//i.test(contentType) || /^\s{0,10}--\S/.test(body);
}

function readMime(text: string, contentType: string | undefined): CoreResponse {
  const fields = readMimeFields(text, contentType);
  if (fields === undefined) {
    const soap = withoutMime(text);
    return soap === undefined ? { kind: 'unreadable', why: 'broken_mime' } : readSoap(soap);
  }
  return readFields(fields.get('Payload') ?? '', fields.get('ErrorCode') ?? '');
}

function readSoap(text: string): CoreResponse {
  if (!text.startsWith('<')) return { kind: 'unreadable', why: 'not_xml' };
  if (/^<(?:!doctype\s+html|html)\b/i.test(text)) return { kind: 'unreadable', why: 'html' };
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text.slice(0, 10_000))) return { kind: 'unreadable', why: 'doctype' };
  const nodes = parse(text);
  return nodes === undefined ? { kind: 'unreadable', why: 'broken_xml' } : readEnvelope(nodes);
}

/** A document type may stand nowhere but in front; the parser is not asked to find out what it says. */
function parse(text: string): unknown {
  try {
    return XMLValidator.validate(text) === true ? parser.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** From `<` to `>` of a MIME message (MTOM) whose first part is the envelope. */
function withoutMime(text: string): string | undefined {
  const start = text.indexOf('<?xml') >= 0 ? text.indexOf('<?xml') : text.search(/<[\w:]*Envelope\b/);
  const end = /<\/[\w:]*Envelope\s*>/.exec(text);
  return start < 0 || end === null ? undefined : text.slice(start, end.index + end[0].length);
}

function readEnvelope(nodes: unknown): CoreResponse {
  const content = child(child(nodes, 'Envelope'), 'Body');
  const fault = child(content, 'Fault');
  if (fault !== undefined) return { kind: 'soap_fault', fault: faultOf(allText(fault)) };
  const response = child(content, 'COREEnvelopeRealTimeResponse');
  if (response === undefined) return { kind: 'unreadable', why: 'not_core' };
  return readFields(textOf(child(response, 'Payload')), textOf(child(response, 'ErrorCode')));
}

/** A payload is the answer, whatever the error code beside it. */
function readFields(payload: string, errorCode: string): CoreResponse {
  const x12 = payload.trim();
  if (isX12(x12)) return { kind: 'payload', x12 };
  const code = errorCode.trim();
  if (code !== '' && !/^success$/i.test(code)) return { kind: 'core_error', code };
  return { kind: 'unreadable', why: 'no_payload' };
}

function isX12(text: string): boolean {
  return /^(?:ISA|GS|ST)[^A-Za-z0-9\s]/.test(text);
}

/** Content of the first element of a name; undefined when there is none. */
function child(nodes: unknown, name: string): readonly XmlNode[] | undefined {
  if (!Array.isArray(nodes)) return undefined;
  const found = nodes.find((node: XmlNode) => Object.hasOwn(node, name));
  return found === undefined ? undefined : (found[name] as readonly XmlNode[]);
}

/** Text and CDATA in their order; nothing of elements inside. */
function textOf(nodes: readonly XmlNode[] | undefined): string {
  return (nodes ?? []).map(textOfNode).join('');
}

function textOfNode(node: XmlNode): string {
  if (typeof node['#text'] === 'string') return decode(node['#text']);
  const section = node['#cdata'];
  const [content] = Array.isArray(section) ? (section as readonly XmlNode[]) : [];
  return typeof content?.['#text'] === 'string' ? content['#text'] : '';
}

/** All text below; the parser allows no more than a hundred levels. */
function allText(nodes: readonly XmlNode[]): string {
  return nodes
    .map((node) => {
      const inner = Object.values(node).find((value) => Array.isArray(value));
      return textOfNode(node) || (Array.isArray(inner) ? ` ${allText(inner as readonly XmlNode[])}` : '');
    })
    .join(' ');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The five entities of XML and characters by number; anything else stays as it stands. */
function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** By the codes of SOAP 1.1 and 1.2 and of WS-Security, wherever they stand in the fault. */
function faultOf(text: string): SoapFault {
  if (/FailedAuthentication|InvalidSecurity|FailedCheck|SecurityTokenUnavailable|UnAuthori[sz]ed/i.test(text))
    return 'security';
  if (/VersionMismatch|MustUnderstand/.test(text)) return 'version';
  return /\b(?:Sender|Client)\b/.test(text) ? 'sender' : 'receiver';
}
