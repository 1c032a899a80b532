import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type Reply, reply } from './reply';

/**
 * The payer's side of the CAQH CORE Connectivity Rule vC2.2.0 (SOAP 1.2, real time), read by namespaces and as strictly
 * as the rule allows. It shares nothing with the client's side, so that a mistake in one is seen by the other.
 */
const soap12 = 'http://www.w3.org/2003/05/soap-envelope';
const core = 'http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd';
const security = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const contentType = 'application/soap+xml; charset=utf-8';

/** The fields of a request, all without a namespace of their own. */
export interface CoreRequest {
  readonly PayloadType: string;
  readonly ProcessingMode: string;
  readonly PayloadID: string;
  readonly TimeStamp: string;
  readonly SenderID: string;
  readonly ReceiverID: string;
  readonly CORERuleVersion: string;
  readonly Payload: string;
}

export type ReadEnvelope =
  | { readonly kind: 'request'; readonly fields: CoreRequest; readonly user?: string }
  | { readonly kind: 'error'; readonly code: string; readonly fields: Partial<CoreRequest> }
  | { readonly kind: 'fault'; readonly code: 'Sender' | 'VersionMismatch' };

interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: true,
});

/** Reads a request; what is wrong with it is told in the rule's own codes. */
export function readEnvelope(body: string): ReadEnvelope {
  if (body.includes('<!DOCTYPE') || XMLValidator.validate(body) !== true) return { kind: 'fault', code: 'Sender' };
  const envelope = toElements(parser.parse(body), {}).find(({ name }) => name === 'Envelope');
  if (envelope?.namespace !== soap12) return { kind: 'fault', code: 'VersionMismatch' };
  const request = child(child(envelope, soap12, 'Body'), core, 'COREEnvelopeRealTimeRequest');
  if (request === undefined) return { kind: 'fault', code: 'Sender' };
  const fields = fieldsOf(request);
  const wrong = fieldFault(fields) ?? orderFault(fields);
  if (wrong !== undefined) return { kind: 'error', code: wrong, fields };
  const user = userOf(envelope);
  if (user?.password === 'wrong') return { kind: 'error', code: 'UnAuthorized', fields };
  return { kind: 'request', fields: fields as CoreRequest, ...(user === undefined ? {} : { user: user.name }) };
}

/** A response with a payload of X12. */
export function writeEnvelope(request: Partial<CoreRequest>, payload: string, now: Date): Reply {
  return respond(responseFields(request, { payload, code: 'Success', now }));
}

/** A response that says what is wrong with the envelope; HTTP says 200, as the rule has it. */
export function writeEnvelopeError(request: Partial<CoreRequest>, code: string, now: Date): Reply {
  return respond(responseFields(request, { payload: undefined, code, now }));
}

/** A SOAP 1.2 fault: the request was no SOAP envelope of the rule. */
export function writeFault(code: 'Sender' | 'VersionMismatch'): Reply {
  const fault = `<env:Fault><env:Code><env:Value>env:${code}</env:Value></env:Code><env:Reason><env:Text xml:lang="en">not an envelope of CORE rule 2.2.0</env:Text></env:Reason></env:Fault>`;
  return reply(code === 'Sender' ? 400 : 500, contentType, inEnvelope(fault));
}

interface Response {
  readonly payload: string | undefined;
  readonly code: string;
  readonly now: Date;
}

/** The fields of a response in the order of the schema; without a payload it is an error of the envelope. */
export function responseFields(
  request: Partial<CoreRequest>,
  { payload, code, now }: Response,
): (readonly [string, string])[] {
  return [
    ['PayloadType', payload === undefined ? 'CoreEnvelopeError' : typeOf(payload)],
    ['ProcessingMode', 'RealTime'],
    ['PayloadID', request.PayloadID ?? 'unknown'],
    ['TimeStamp', now.toISOString().replace(/\.\d+Z$/, 'Z')],
    ['SenderID', request.ReceiverID ?? 'SIMULATOR'],
    ['ReceiverID', request.SenderID ?? 'unknown'],
    ['CORERuleVersion', '2.2.0'],
    ...(payload === undefined ? [] : [['Payload', payload] as const]),
    ['ErrorCode', code],
    ['ErrorMessage', payload === undefined ? `Envelope refused: ${code}` : 'None'],
  ];
}

function typeOf(payload: string): string {
  if (/(?:^|[^A-Z0-9])ST.271/.test(payload)) return 'X12_271_Response_005010X279A1';
  return /(?:^|[^A-Z0-9])ST.999/.test(payload) ? 'X12_999_Response_005010X231A1' : 'X12_TA1_Response_00501X231A1';
}

function respond(fields: readonly (readonly [string, string])[]): Reply {
  const inner = fields.map(([name, value]) => `<${name}>${cdata(name, value)}</${name}>`);
  const response = `<cr:COREEnvelopeRealTimeResponse xmlns:cr="${core}">${inner.join('')}</cr:COREEnvelopeRealTimeResponse>`;
  return reply(200, contentType, inEnvelope(response));
}

function inEnvelope(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="${soap12}"><env:Body>${content}</env:Body></env:Envelope>`;
}

function cdata(name: string, value: string): string {
  if (name === 'Payload') return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Turns the parser's ordered output into elements with their namespaces, declared ones in scope. */
function toElements(nodes: unknown, scope: Readonly<Record<string, string>>): XmlElement[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: Record<string, unknown>) => {
    const tag = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
    if (tag === undefined || tag.startsWith('?')) return [];
    const declared = { ...scope, ...declarations(node[':@']) };
    const [prefix, name] = tag.includes(':') ? (tag.split(':', 2) as [string, string]) : ['', tag];
    const namespace = declared[prefix] ?? '';
    return [{ namespace, name, children: toElements(node[tag], declared), text: textOf(node[tag]) }];
  });
}

function declarations(attributes: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(typeof attributes === 'object' && attributes !== null ? attributes : {})) {
    if (name === 'xmlns') found[''] = String(value);
    if (name.startsWith('xmlns:')) found[name.slice(6)] = String(value);
  }
  return found;
}

function textOf(nodes: unknown): string {
  if (!Array.isArray(nodes)) return '';
  return nodes.map((node: Record<string, unknown>) => ('#text' in node ? String(node['#text']) : '')).join('');
}

function child(parent: XmlElement | undefined, namespace: string, name: string): XmlElement | undefined {
  return parent?.children.find((element) => element.name === name && element.namespace === namespace);
}

function fieldsOf(request: XmlElement): Partial<CoreRequest> {
  const unqualified = request.children.filter(({ namespace }) => namespace === '');
  return Object.fromEntries(unqualified.map(({ name, text }) => [name, name === 'Payload' ? text : text.trim()]));
}

const order: readonly (keyof CoreRequest)[] = [
  'PayloadType',
  'ProcessingMode',
  'PayloadID',
  'TimeStamp',
  'SenderID',
  'ReceiverID',
  'CORERuleVersion',
  'Payload',
];

/** What is missing or not allowed, in the rule's codes. */
export function fieldFault(fields: Partial<CoreRequest>): string | undefined {
  const missing = order.find((name) => (fields[name] ?? '') === '');
  if (missing !== undefined) return `${missing}Required`;
  if (fields.PayloadType !== 'X12_270_Request_005010X279A1') return 'PayloadTypeIllegal';
  if (fields.ProcessingMode !== 'RealTime') return 'ProcessingModeIllegal';
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/.test(fields.TimeStamp ?? '')) return 'TimeStampIllegal';
  return fields.CORERuleVersion === '2.2.0' ? undefined : 'VersionMismatch';
}

/** The schema is a sequence. */
function orderFault(fields: Partial<CoreRequest>): string | undefined {
  const names = Object.keys(fields).filter((name) => order.some((known) => known === name));
  return names.join() === order.join() ? undefined : 'PayloadNotUnderstood';
}

function userOf(envelope: XmlElement): { name: string; password: string } | undefined {
  const header = child(child(envelope, soap12, 'Header'), security, 'Security');
  const token = child(header, security, 'UsernameToken');
  if (token === undefined) return undefined;
  const read = (name: string) => child(token, security, name)?.text ?? '';
  return { name: read('Username'), password: read('Password') };
}
