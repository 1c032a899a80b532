import type { X12Connection } from './connection';

/** A message for the CAQH CORE Connectivity Rule vC2.2.0 envelope. */
export interface CoreRequest {
  readonly connection: Pick<X12Connection, 'coreSender' | 'coreReceiver' | 'login'>;
  /** UUID of this message. */
  readonly payloadId: string;
  readonly sentAt: Date;
  /** The 270. */
  readonly payload: string;
}

/** Content-Type of a SOAP 1.2 request of the rule's real-time operation. */
export const coreContentType = 'application/soap+xml; charset=utf-8; action="RealTimeTransaction"';

const wss = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
const passwordText = `${wss}-username-token-profile-1.0#PasswordText`;

/**
 * A real-time eligibility inquiry in its SOAP 1.2 envelope.
 * Source: CAQH CORE Connectivity Rule vC2.2.0, CORERule2.2.0.xsd: fields in this order and without a namespace of their own.
 */
export function writeCoreRequest(request: CoreRequest): string {
  const { connection, payloadId, sentAt, payload } = request;
  const fields = [
    element('PayloadType', 'X12_270_Request_005010X279A1'),
    element('ProcessingMode', 'RealTime'),
    element('PayloadID', payloadId),
    element('TimeStamp', sentAt.toISOString().replace(/\.\d+Z$/, 'Z')),
    element('SenderID', connection.coreSender),
    element('ReceiverID', connection.coreReceiver),
    element('CORERuleVersion', '2.2.0'),
    `<Payload>${characterData(payload)}</Payload>`,
  ].join('');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<soapenv:Envelope xmlns:soapenv="http://www.w3.org/2003/05/soap-envelope"',
    ' xmlns:cor="http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd">',
    `<soapenv:Header>${connection.login === undefined ? '' : securityHeader(connection.login)}</soapenv:Header>`,
    `<soapenv:Body><cor:COREEnvelopeRealTimeRequest>${fields}</cor:COREEnvelopeRealTimeRequest></soapenv:Body>`,
    '</soapenv:Envelope>',
  ].join('');
}

function securityHeader({ username, password }: NonNullable<X12Connection['login']>): string {
  return [
    `<wsse:Security soapenv:mustUnderstand="true" xmlns:wsse="${wss}-wssecurity-secext-1.0.xsd">`,
    `<wsse:UsernameToken><wsse:Username>${escapeXml(username)}</wsse:Username>`,
    `<wsse:Password Type="${passwordText}">${escapeXml(password)}</wsse:Password></wsse:UsernameToken>`,
    '</wsse:Security>',
  ].join('');
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function characterData(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
