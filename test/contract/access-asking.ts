import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { requestFor, usualStart } from '../setup/seed';

/** Bodies that a route takes, so that what is tested is the way in and not the body. */
export const bodies: Readonly<Record<string, unknown>> = {
  'POST /v1/verifications': requestFor('NWH0010001'),
  'POST /v1/verifications/batch': requestFor('NWH0010001'),
  'POST /v1/verifications/:id/assignee': { assignee: 'somebody' },
  'POST /v1/verifications/:id/calls': {
    representative: 'Tamsin Oakhurst',
    referenceNumber: 'X1',
    startedAt: '2026-11-20T15:00:00Z',
    endedAt: '2026-11-20T15:10:00Z',
    answers: [],
  },
  'POST /v1/verifications/:id/calls/:callId/review': { verdict: 'approved' },
  'POST /v1/verifications/:id/document': { kind: 'summary' },
  'POST /v1/verifications/:id/notes': { text: 'Call back at four.' },
  'PATCH /v1/facility/calls': { approval: false },
  'POST /v1/rates': { items: [{ network: 'in', code: 'H0015', allowedCents: 32500, from: '2031-01-01' }] },
  'POST /v1/verifications/:id/consent': { part2: { signedOn: '2026-03-01', scope: 'treatment_payment_operations' } },
  'POST /v1/verifications/:id/information': { patient: { phone: '555-0142' } },
  'POST /v1/verifications/:id/authorizations': { status: 'not_required' },
  'POST /v1/verifications/:id/attendance': { days: [{ date: usualStart(), attended: true }] },
  'POST /v1/verifications/:id/remittances': { from: usualStart(), through: usualStart(), patientCents: 4000 },
  'POST /v1/verifications/:id/attachments': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  'POST /v1/verifications/:id/hold': { reason: 'Litigation' },
  'POST /v1/patients/:id/erasure': { confirm: 'erase' },
  'POST /v1/patients/:id/export': { to: 'the patient' },
  'POST /v1/patients/:id/requests': { kind: 'access', receivedOn: '2026-03-01' },
  'PUT /v1/facility/privacy': { minimumInquiry: false },
  'POST /v1/webhook-endpoints': { url: 'https://hooks.example.org/', recipient: 'Records' },
  'PATCH /v1/webhook-endpoints/:id': { recipient: 'Elsewhere' },
  'POST /v1/webhook-endpoints/:id/replay': { since: '2026-11-20T15:00:00Z' },
  'PATCH /v1/people/:id': { role: 'auditor' },
  'POST /v1/people': { email: 'new@testwood.example', name: 'New', role: 'biller' },
};

const traceId = /"traceId":"[^"]*"/;

/** Bodies that are no JSON. */
const otherTypes: Readonly<Record<string, string>> = {
  'POST /v1/verifications/batch': 'application/x-ndjson',
  'POST /v1/rates/import': 'text/csv',
  'POST /v1/verifications/:id/attachments': 'image/png',
};

export interface Asked {
  status: number;
  /** Of the problem details, where there are any. */
  code: string;
  /** Without the trace id, which differs each time. */
  text: string;
}

export interface Asking {
  /** E.g. `GET /v1/verifications/:id`. */
  route: string;
  /** For the parameters of the path, in order. */
  ids: readonly string[];
  headers: Record<string, string>;
}

/** Asks a route of a running API, with a body that it takes. */
export function askRoute(port: number, { route, ids, headers }: Asking): Promise<Asked> {
  const [method = '', pattern = ''] = route.split(' ');
  const remaining = [...ids];
  const path = pattern.replace(/:\w+/g, () => remaining.shift() ?? 'x');
  const content = bodies[route] ?? {};
  const body = method === 'GET' ? undefined : Buffer.isBuffer(content) ? content : JSON.stringify(content);
  const json =
    body === undefined
      ? {}
      : { 'content-type': otherTypes[route] ?? 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  const all = { ...headers, ...json, 'idempotency-key': randomUUID() };
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, method, path, headers: all }, (response) => {
      const status = response.statusCode ?? 0;
      // A stream of events has no end.
      if (response.headers['content-type']?.startsWith('text/event-stream')) {
        response.destroy();
        resolve({ status, code: '', text: '' });
        return;
      }
      let text = '';
      response.on('data', (part: Buffer) => (text += part));
      response.on('end', () =>
        resolve({ status, code: /"code":"(\w+)"/.exec(text)?.[1] ?? '', text: text.replace(traceId, '') }),
      );
    });
    sent.on('error', reject).end(body);
  });
}
