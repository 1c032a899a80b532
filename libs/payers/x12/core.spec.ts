import { readEnvelope } from '../../../apps/payer-simulator/core-envelope';
import { type CoreRequest, writeCoreRequest } from './core-request';
import { readCoreResponse } from './core-response';

const request: CoreRequest = {
  connection: { coreSender: 'HARBOR & HOUSE', coreReceiver: 'PAYER' },
  payloadId: 'f81d4fae-7dec-81d0-8765-00a0c91e6bf6',
  sentAt: new Date('2026-03-01T15:30:00.123Z'),
  payload: 'ISA*00*A&B<C>]]>~',
};

const core = 'http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd';

function response(inner: string, { prefix = 'ns1', soap = 'http://www.w3.org/2003/05/soap-envelope' } = {}): string {
  return `<?xml version="1.0"?><s:Envelope xmlns:s="${soap}"><s:Header/><s:Body><${prefix}:COREEnvelopeRealTimeResponse xmlns:${prefix}="${core}"><PayloadType>X12_271_Response_005010X279A1</PayloadType>${inner}</${prefix}:COREEnvelopeRealTimeResponse></s:Body></s:Envelope>`;
}

const success = '<ErrorCode>Success</ErrorCode><ErrorMessage>None</ErrorMessage>';

describe('the envelope that is sent', () => {
  it('is read by a payer that keeps to the rule, with every field and the payload untouched', () => {
    expect(readEnvelope(writeCoreRequest(request))).toEqual({
      kind: 'request',
      fields: {
        PayloadType: 'X12_270_Request_005010X279A1',
        ProcessingMode: 'RealTime',
        PayloadID: request.payloadId,
        TimeStamp: '2026-03-01T15:30:00Z',
        SenderID: 'HARBOR & HOUSE',
        ReceiverID: 'PAYER',
        CORERuleVersion: '2.2.0',
        Payload: request.payload,
      },
    });
  });

  it('carries a login as a UsernameToken of WS-Security, and no security header without one', () => {
    const login = { username: 'harbor<house', password: 'p&ss' };
    const sent = writeCoreRequest({ ...request, connection: { ...request.connection, login } });
    expect(readEnvelope(sent)).toMatchObject({ kind: 'request', user: 'harbor<house' });
    expect(sent).toContain('#PasswordText">p&amp;ss</wsse:Password>');
    expect(sent).toContain('mustUnderstand="true"');
    expect(writeCoreRequest(request)).not.toContain('Security');
  });
});

describe('the envelope that comes back', () => {
  it.each([
    ['in CDATA', '<Payload><![CDATA[ISA*A&B~]]></Payload>'],
    ['escaped', '<Payload>ISA*A&amp;B~</Payload>'],
    ['with characters by number', '<Payload>&#73;SA*A&#x26;B~</Payload>'],
    ['in several CDATA sections', '<Payload>\n  <![CDATA[ISA*A]]><![CDATA[&B~]]>\n</Payload>'],
    ['between blanks', '<Payload>\r\n ISA*A&amp;B~ \r\n</Payload>'],
  ])('gives a payload %s', (_name, payload) => {
    expect(readCoreResponse(response(payload + success))).toEqual({ kind: 'payload', x12: 'ISA*A&B~' });
  });

  it('does not care about prefixes, the version of SOAP or a byte order mark', () => {
    const payload = { kind: 'payload', x12: 'ISA*1~' };
    const inner = `<Payload>ISA*1~</Payload>${success}`;
    expect(readCoreResponse(response(inner, { prefix: 'cor' }))).toEqual(payload);
    expect(readCoreResponse(response(inner, { soap: 'http://schemas.xmlsoap.org/soap/envelope/' }))).toEqual(payload);
    expect(readCoreResponse(`\uFEFF${response(inner)}`)).toEqual(payload);
    expect(readCoreResponse(response(inner.replaceAll('Payload>', 'ns1:Payload>')))).toEqual(payload);
  });

  it('is found in the first part of a MIME message', () => {
    const mime = `--uuid:1\r\nContent-Type: application/xop+xml\r\n\r\n${response('<Payload>ISA*1~</Payload>')}\r\n--uuid:1--\r\n`;
    expect(readCoreResponse(mime)).toEqual({ kind: 'payload', x12: 'ISA*1~' });
    expect(readCoreResponse(mime.replace('<?xml version="1.0"?>', ''))).toEqual({ kind: 'payload', x12: 'ISA*1~' });
  });

  it('may be missing: X12 is taken as it is', () => {
    expect(readCoreResponse('\nISA*00*1~')).toEqual({ kind: 'payload', x12: 'ISA*00*1~' });
    expect(readCoreResponse('ISABELLA')).toEqual({ kind: 'unreadable', why: 'not_xml' });
  });

  it('gives a payload even beside an error code, for the payload is the answer', () => {
    const inner = '<Payload>ISA*1~</Payload><ErrorCode></ErrorCode>';
    expect(readCoreResponse(response(inner))).toMatchObject({ kind: 'payload' });
    expect(readCoreResponse(response('<Payload>ISA*1~</Payload><ErrorCode>Oddity</ErrorCode>'))).toMatchObject({
      kind: 'payload',
    });
  });

  it('gives an error of the envelope by its code', () => {
    const inner = '<ErrorCode> UnAuthorized </ErrorCode><ErrorMessage>no</ErrorMessage>';
    expect(readCoreResponse(response(inner))).toEqual({ kind: 'core_error', code: 'UnAuthorized' });
  });

  it.each([
    ['receiver', '<s:Code><s:Value>s:Receiver</s:Value></s:Code>'],
    ['sender', '<s:Code><s:Value>s:Sender</s:Value></s:Code>'],
    ['sender', '<faultcode>s:Client</faultcode>'],
    ['version', '<s:Code><s:Value>s:VersionMismatch</s:Value></s:Code>'],
    [
      'security',
      '<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>wsse:FailedAuthentication</s:Value></s:Subcode></s:Code>',
    ],
    ['receiver', '<s:Reason><s:Text>it broke</s:Text></s:Reason>'],
  ])('blames the %s for a fault', (fault, inner) => {
    const body = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault>${inner}</s:Fault></s:Body></s:Envelope>`;
    expect(readCoreResponse(body)).toEqual({ kind: 'soap_fault', fault });
  });

  const whole = response(`<Payload>ISA*1~</Payload>${success}`);
  it.each([
    ['empty', ' \n'],
    ['html', '<!DOCTYPE html><html><body>ISA*1~</body></html>'],
    ['html', '<HTML><p>down'],
    ['not_xml', 'Service unavailable'],
    ['broken_xml', whole.slice(0, -20)],
    ['broken_xml', '<a><__proto__>x</__proto__></a>'],
    ['broken_xml', '<a>'.repeat(20_000) + '</a>'.repeat(20_000)],
    [
      'doctype',
      `<!DOCTYPE x [<!ENTITY p "ISA*1~">]>${response('<Payload>&p;</Payload>').replace('<?xml version="1.0"?>', '')}`,
    ],
    ['not_core', '<a><Payload>ISA*1~</Payload></a>'],
    ['no_payload', response(success)],
    ['no_payload', response(`<Payload/>${success}`)],
    ['no_payload', response('<Payload>hello</Payload>')],
    ['no_payload', response('<Payload>&p;</Payload>')],
  ])('is unreadable (%s) when it is none', (why, body) => {
    expect(readCoreResponse(body)).toEqual({ kind: 'unreadable', why });
  });

  it.each([
    ['open tags', '<a '.repeat(200_000)],
    ['open comments', `<a>${'<!--'.repeat(200_000)}`],
    ['entities', response(`<Payload>${'&amp;'.repeat(300_000)}</Payload>`)],
    ['attributes', `<a ${'b="c" '.repeat(100_000)}/>`],
    ['closing brackets', response(`<Payload><![CDATA[${']]'.repeat(500_000)}]]></Payload>`)],
    ['dashes in front of nothing', `--${'<'.repeat(300_000)}`],
  ])('is told from %s in less than a second of the processor', (_name, body) => {
    const before = process.cpuUsage();
    expect(readCoreResponse(body).kind).toBe('unreadable');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });

  it('is never taken for whole when it is cut off, wherever that is', () => {
    for (let length = 1; length < whole.length; length++) {
      expect(readCoreResponse(whole.slice(0, length)).kind).toBe('unreadable');
    }
  });

  it('leaves the prototypes of objects alone', () => {
    readCoreResponse('<constructor><prototype><polluted>1</polluted></prototype></constructor>');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
