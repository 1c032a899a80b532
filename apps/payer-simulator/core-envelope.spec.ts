import { XMLValidator } from 'fast-xml-parser';
import { readEnvelope, writeEnvelope, writeEnvelopeError, writeFault } from './core-envelope';

const now = new Date('2026-03-01T15:30:00.123Z');

const fields = {
  PayloadType: 'X12_270_Request_005010X279A1',
  ProcessingMode: 'RealTime',
  PayloadID: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  TimeStamp: '2026-03-01T15:29:59Z',
  SenderID: 'CLINIC',
  ReceiverID: 'PAYER',
  CORERuleVersion: '2.2.0',
  Payload: 'ISA*00~',
};

function envelope(
  changes: Record<string, string | undefined> = {},
  more: { header?: string; soap?: string; prefix?: string } = {},
): string {
  const { soap = 'http://www.w3.org/2003/05/soap-envelope', header = '', prefix = 'x' } = more;
  const inner = Object.entries({ ...fields, ...changes })
    .map(([name, value]) => (value === undefined ? '' : `<${name}>${value}</${name}>`))
    .join('');
  const core = 'http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd';
  return `<s:Envelope xmlns:s="${soap}" xmlns:${prefix}="${core}">${header}<s:Body><${prefix}:COREEnvelopeRealTimeRequest>${inner}</${prefix}:COREEnvelopeRealTimeRequest></s:Body></s:Envelope>`;
}

function security(password: string): string {
  const namespace = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
  return `<s:Header><w:Security xmlns:w="${namespace}"><w:UsernameToken><w:Username>clinic</w:Username><w:Password>${password}</w:Password></w:UsernameToken></w:Security></s:Header>`;
}

describe('the payer side of the CORE envelope', () => {
  it('reads a request whatever its prefixes are', () => {
    expect(readEnvelope(envelope())).toEqual({ kind: 'request', fields });
    expect(readEnvelope(envelope({}, { prefix: 'cor' }))).toEqual({ kind: 'request', fields });
  });

  it('takes a payload in CDATA and one that is escaped', () => {
    for (const Payload of ['<![CDATA[ISA*A&B~]]>', 'ISA*A&amp;B~']) {
      expect(readEnvelope(envelope({ Payload }))).toMatchObject({ kind: 'request', fields: { Payload: 'ISA*A&B~' } });
    }
  });

  it('takes the user of a UsernameToken and refuses a wrong password', () => {
    expect(readEnvelope(envelope({}, { header: security('right') }))).toMatchObject({
      kind: 'request',
      user: 'clinic',
    });
    expect(readEnvelope(envelope({}, { header: security('wrong') }))).toMatchObject({
      kind: 'error',
      code: 'UnAuthorized',
    });
  });

  it.each([
    ['PayloadID', undefined, 'PayloadIDRequired'],
    ['Payload', '', 'PayloadRequired'],
    ['PayloadType', 'X12_276_Request_005010X212', 'PayloadTypeIllegal'],
    ['ProcessingMode', 'Batch', 'ProcessingModeIllegal'],
    ['TimeStamp', 'yesterday', 'TimeStampIllegal'],
    ['CORERuleVersion', '4.0.0', 'VersionMismatch'],
  ])('refuses %s %j as %s', (name, value, code) => {
    expect(readEnvelope(envelope({ [name]: value }))).toMatchObject({ kind: 'error', code });
  });

  it.each([
    ['text that is no XML', 'hello <', 'Sender'],
    ['a document type', `<!DOCTYPE x [<!ENTITY e "x">]>${envelope()}`, 'Sender'],
    ['SOAP 1.1', envelope({}, { soap: 'http://schemas.xmlsoap.org/soap/envelope/' }), 'VersionMismatch'],
    ['another request', envelope().replaceAll('RealTimeRequest', 'BatchSubmission'), 'Sender'],
  ])('answers %s with a fault', (_name, body, code) => {
    expect(readEnvelope(body)).toEqual({ kind: 'fault', code });
  });

  it('refuses fields that carry a namespace, which the schema does not give them', () => {
    const body = envelope().replace('<PayloadID>', '<x:PayloadID>').replace('</PayloadID>', '</x:PayloadID>');
    expect(readEnvelope(body)).toMatchObject({ kind: 'error', code: 'PayloadIDRequired' });
  });

  it('answers the other way round, with the payload untouched', () => {
    const { status, headers, body } = writeEnvelope(fields, 'ISA*00~ST*271*1~ A&B <x> ]]> ~', now);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/soap+xml; charset=utf-8');
    expect(XMLValidator.validate(String(body))).toBe(true);
    expect(body).toContain('<SenderID>PAYER</SenderID><ReceiverID>CLINIC</ReceiverID>');
    expect(body).toContain('<PayloadType>X12_271_Response_005010X279A1</PayloadType>');
    expect(body).toContain(`<PayloadID>${fields.PayloadID}</PayloadID><TimeStamp>2026-03-01T15:30:00Z</TimeStamp>`);
    expect(body).toContain('A&B <x> ]]]]><![CDATA[> ~]]></Payload><ErrorCode>Success</ErrorCode>');
  });

  it.each([
    ['~ST*999*1~', 'X12_999_Response_005010X231A1'],
    ['ISA*00~TA1*1~', 'X12_TA1_Response_00501X231A1'],
  ])('names the type of %s', (payload, type) => {
    expect(writeEnvelope(fields, payload, now).body).toContain(`<PayloadType>${type}</PayloadType>`);
  });

  it('says what is wrong with an envelope in one, and faults in another', () => {
    const error = writeEnvelopeError({}, 'UnAuthorized', now);
    expect(error.body).toContain('<PayloadType>CoreEnvelopeError</PayloadType>');
    expect(error.body).toContain('<ErrorCode>UnAuthorized</ErrorCode>');
    expect(error.body).not.toContain('<Payload>');
    expect(writeFault('Sender')).toMatchObject({ status: 400 });
    expect(XMLValidator.validate(String(writeFault('VersionMismatch').body))).toBe(true);
  });
});
