import { readMimeRequest, writeMime, writeMimeError } from '../../../apps/payer-simulator/core-mime';
import type { CoreRequest } from './core-request';
import { readCoreResponse } from './core-response';
import { intoEnvelope } from './envelope';
import { readMimeFields } from './mime-fields';
import { writeMimeRequest } from './mime-request';

const request: CoreRequest = {
  connection: { coreSender: 'HARBOR & HOUSE', coreReceiver: 'PAYER' },
  payloadId: 'f81d4fae-7dec-81d0-8765-00a0c91e6bf6',
  sentAt: new Date('2026-03-01T15:30:00.123Z'),
  payload: 'ISA*00*A~\r\nGS*--core-~',
};
const login = { username: 'harbor-house', password: 'p;"ss' };
const now = new Date('2026-03-01T15:30:00Z');

function parts(fields: Readonly<Record<string, string>>, { eol = '\r\n', boundary = 'XbCY' } = {}): string {
  const written = Object.entries(fields).map(([name, value]) =>
    [`--${boundary}`, `Content-Disposition: form-data; name="${name}"`, '', value].join(eol),
  );
  return [...written, `--${boundary}--`, ''].join(eol);
}

describe('the MIME envelope that is sent', () => {
  it('is read by a payer that keeps to the rule, with every field and the payload untouched', () => {
    const { contentType, body } = writeMimeRequest({ ...request, connection: { ...request.connection, login } });
    expect(readMimeRequest(body, contentType)).toEqual({
      kind: 'request',
      user: 'harbor-house',
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

  it('carries a login as two fields, and none without one', () => {
    expect(writeMimeRequest(request).body).not.toContain('UserName');
    const { body } = writeMimeRequest({ ...request, connection: { ...request.connection, login } });
    expect(body).toContain('name="UserName"\r\n\r\nharbor-house\r\n');
    expect(body).toContain('name="Password"\r\n\r\np;"ss\r\n');
  });

  it('is left out when it is plain: the 270 is the body, the login HTTP Basic', () => {
    const { headers, body } = intoEnvelope('plain', { ...request, connection: { ...request.connection, login } });
    expect(body).toBe(request.payload);
    expect(headers).toMatchObject({
      'content-type': 'application/EDI-X12',
      authorization: `Basic ${Buffer.from('harbor-house:p;"ss').toString('base64')}`,
    });
    expect(intoEnvelope('plain', request).headers).not.toHaveProperty('authorization');
  });
});

describe('the MIME envelope that comes back', () => {
  it('gives its payload, as the rule’s own payer writes it', () => {
    const { headers, body } = writeMime({ PayloadID: 'x' }, 'ISA*00*A~\nST*271~', now);
    const expected = { kind: 'payload', x12: 'ISA*00*A~\nST*271~' };
    expect(readCoreResponse(String(body), headers['content-type'])).toEqual(expected);
    expect(readCoreResponse(String(body))).toEqual(expected);
  });

  it.each([
    ['lines that end in LF alone', parts({ Payload: 'ISA*1~' }, { eol: '\n' }), undefined],
    ['a quoted boundary', parts({ Payload: 'ISA*1~' }), 'multipart/form-data; charset=utf-8; boundary="XbCY"'],
    ['a preamble', `This is MIME.\r\n${parts({ Payload: 'ISA*1~' })}`, 'multipart/form-data; boundary=XbCY'],
    [
      'further headers in a part',
      parts({ Payload: 'ISA*1~' }).replace('\r\n\r\n', '; filename="a.edi"\r\nContent-Type: text/plain\r\n\r\n'),
      undefined,
    ],
    ['a boundary of many dashes', parts({ Payload: 'ISA*1~' }, { boundary: '----=_Part_7_9' }), undefined],
    ['a header that names no boundary', parts({ Payload: 'ISA*1~' }), 'multipart/form-data'],
    ['fields in another order', parts({ ErrorCode: 'Success', Payload: 'ISA*1~' }), undefined],
    ['the payload twice', `${parts({ Payload: 'ISA*1~' }).slice(0, -10)}${parts({ Payload: 'ISA*2~' })}`, undefined],
  ])('is read with %s', (_name, body, contentType) => {
    expect(readCoreResponse(body, contentType)).toEqual({ kind: 'payload', x12: 'ISA*1~' });
  });

  it('gives an error of the envelope by its code', () => {
    const { headers, body } = writeMimeError({}, 'UnAuthorized', now);
    const expected = { kind: 'core_error', code: 'UnAuthorized' };
    expect(readCoreResponse(String(body), headers['content-type'])).toEqual(expected);
  });

  it('may hold bare X12 or a SOAP envelope in spite of its type', () => {
    const contentType = 'multipart/form-data; boundary=XbCY';
    expect(readCoreResponse('ISA*1~', contentType)).toEqual({ kind: 'payload', x12: 'ISA*1~' });
    const soap = `--XbCY\r\nContent-Type: application/xop+xml\r\n\r\n<Envelope><Body><COREEnvelopeRealTimeResponse><Payload>ISA*1~</Payload></COREEnvelopeRealTimeResponse></Body></Envelope>\r\n--XbCY--`;
    expect(readCoreResponse(soap, contentType)).toEqual({ kind: 'payload', x12: 'ISA*1~' });
  });

  it.each([
    ['no_payload', parts({ ErrorCode: 'Success' })],
    ['no_payload', parts({ Payload: 'hello', ErrorCode: '' })],
    ['broken_mime', '--XbCY\r\n'],
    ['broken_mime', '--XbCY\r\nno headers\r\n--XbCY--'],
  ])('is unreadable (%s) when there is nothing in it: %#', (why, body) => {
    expect(readCoreResponse(body)).toEqual({ kind: 'unreadable', why });
  });

  it('is never taken for whole when its payload is cut off, wherever that is', () => {
    const body = parts({ PayloadType: 'x', Payload: 'ISA*1~ST*271~SE*1~' });
    const end = body.indexOf('\r\n--XbCY--') + '\r\n--XbCY'.length;
    for (let length = 1; length < end; length++) {
      expect(readCoreResponse(body.slice(0, length)).kind).toBe('unreadable');
    }
    expect(readCoreResponse(body.slice(0, end)).kind).toBe('payload');
  });

  it('does not find a field in the text of another', () => {
    const sly = 'ISA*1~--XbCY Content-Disposition: form-data; name="ErrorCode" UnAuthorized';
    expect(readMimeFields(parts({ Payload: sly }), undefined)).toEqual(new Map([['Payload', sly]]));
  });

  it.each([
    ['boundaries', '--XbCY\r\n'.repeat(200_000)],
    ['dashes', `--X\r\n${'-'.repeat(1_000_000)}`],
    ['blanks', `${'--X'}\r\n${' '.repeat(1_000_000)}`],
    ['line breaks', `--X\r\n${'\r\n'.repeat(300_000)}`],
    ['dispositions', parts({ a: 'Content-Disposition: form-data; '.repeat(30_000) })],
    ['one endless header', `--X\r\nContent-Disposition: form-data${'; '.repeat(300_000)}\r\n\r\n\r\n--X--`],
  ])('is told from %s in less than a second of the processor', (_name, body) => {
    const before = process.cpuUsage();
    expect(readCoreResponse(body).kind).toBe('unreadable');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });
});
