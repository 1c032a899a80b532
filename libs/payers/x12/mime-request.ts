import type { CoreRequest } from './core-request';

/**
 * A real-time eligibility inquiry as multipart/form-data, a field a part, and the type that its header carries.
 * Source: CAQH CORE Connectivity Rule vC2.2.0, HTTP MIME multipart; RFC 7578. Fields in the order of the rule's table.
 */
export function writeMimeRequest(request: CoreRequest): { contentType: string; body: string } {
  const { connection, payloadId, sentAt, payload } = request;
  const login: [string, string][] =
    connection.login === undefined
      ? []
      : [
          ['UserName', connection.login.username],
          ['Password', connection.login.password],
        ];
  const fields: [string, string][] = [
    ['PayloadType', 'X12_270_Request_005010X279A1'],
    ['ProcessingMode', 'RealTime'],
    ['PayloadID', payloadId],
    ['TimeStamp', sentAt.toISOString().replace(/\.\d+Z$/, 'Z')],
    ...login,
    ['SenderID', connection.coreSender],
    ['ReceiverID', connection.coreReceiver],
    ['CORERuleVersion', '2.2.0'],
    ['Payload', payload],
  ];
  const boundary = `core-${payloadId}`;
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: `${parts.join('')}--${boundary}--\r\n` };
}
