import { readMimeRequest } from './core-mime';

const fields = {
  PayloadType: 'X12_270_Request_005010X279A1',
  ProcessingMode: 'RealTime',
  PayloadID: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  TimeStamp: '2026-03-01T15:29:59Z',
  UserName: 'clinic',
  Password: 'right',
  SenderID: 'CLINIC',
  ReceiverID: 'PAYER',
  CORERuleVersion: '2.2.0',
  Payload: 'ISA*00~',
};
const type = 'multipart/form-data; boundary=XbCY';

function message(changes: Record<string, string | undefined> = {}): string {
  const parts = Object.entries({ ...fields, ...changes }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--XbCY\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`],
  );
  return `${parts.join('')}--XbCY--\r\n`;
}

describe('the payer side of the MIME envelope', () => {
  it('reads every field, the login apart', () => {
    const { UserName: _name, Password: _password, ...rest } = fields;
    expect(readMimeRequest(message(), type)).toEqual({ kind: 'request', user: 'clinic', fields: rest });
  });

  it.each([
    ['PayloadID', undefined, 'PayloadIDRequired'],
    ['Payload', '', 'PayloadRequired'],
    ['PayloadType', 'X12_276_Request_005010X212', 'PayloadTypeIllegal'],
    ['ProcessingMode', 'Batch', 'ProcessingModeIllegal'],
    ['TimeStamp', '01.03.2026', 'TimeStampIllegal'],
    ['CORERuleVersion', '4.0.0', 'VersionMismatch'],
    ['Password', 'wrong', 'UnAuthorized'],
  ])('refuses %s %j by the rule’s code', (name, value, code) => {
    expect(readMimeRequest(message({ [name]: value }), type)).toMatchObject({ kind: 'error', code });
  });

  it.each([
    ['another type', message(), 'text/plain'],
    ['no boundary', message(), 'multipart/form-data'],
    ['another boundary', message(), 'multipart/form-data; boundary=Other'],
    ['lines that end in LF', message().replaceAll('\r\n', '\n'), type],
    ['no closing boundary', message().replace('--XbCY--', ''), type],
    ['a part without a name', message().replace('; name="PayloadID"', ''), type],
  ])('calls %s no envelope', (_name, body, contentType) => {
    expect(readMimeRequest(body, contentType)).toEqual({ kind: 'fault', code: 'Sender' });
  });
});
