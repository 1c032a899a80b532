import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { routesOf } from '../../apps/api/route-record';
import type { Spine } from '../setup/spine';

export interface JudgedAnswer {
  name: string;
  policy: string;
  faults: string[];
}

/** Asks every route, with a key and without, and what is no route, and judges the headers of each answer. */
export async function answersOf(spine: Spine): Promise<JudgedAnswer[]> {
  await spine.api.listen(0, '127.0.0.1');
  const port = Number(new URL(await spine.api.getUrl()).port);
  const admin = { authorization: `Bearer ${await spine.keyFor('ops')}` };
  const routes = routesOf(spine.api.getHttpAdapter().getInstance()).map(({ name }) => name);
  const asked = [
    ...routes,
    'GET /nothing',
    'GET /%ff',
    'POST /v1/verifications',
    'OPTIONS /v1/verifications',
    'PUT /ops/queues/api/x',
  ];
  const judged: JudgedAnswer[] = [];
  for (const name of asked)
    for (const headers of [{}, admin]) {
      const [method = '', pattern = ''] = name.split(' ');
      const found = await headersOf(port, { method, path: pattern.replace(/:\w+|\*/g, 'x'), headers });
      judged.push({ name, ...judgedHeaders(found) });
    }
  return [...judged, { name: 'no HTTP', ...judgedHeaders(await nonsense(port)) }];
}

function judgedHeaders(headers: IncomingHttpHeaders): { policy: string; faults: string[] } {
  const policy = String(headers['content-security-policy'] ?? '');
  const isAsset = /javascript|css|image|font/.test(String(headers['content-type'] ?? ''));
  const wanted: readonly (readonly [string, boolean])[] = [
    ['content-security-policy', policy.includes("default-src 'none'")],
    ['frame-ancestors', policy.includes("frame-ancestors 'none'")],
    // What is the same for everybody may be kept.
    ['cache-control', isAsset || String(headers['cache-control']).includes('no-store')],
    ['x-content-type-options', headers['x-content-type-options'] === 'nosniff'],
    ['referrer-policy', headers['referrer-policy'] === 'no-referrer'],
    ['no server named', headers.server === undefined && headers['x-powered-by'] === undefined],
  ];
  return { policy, faults: wanted.flatMap(([name, holds]) => (holds ? [] : [name])) };
}

function headersOf(
  port: number,
  asked: { method: string; path: string; headers: Record<string, string> },
): Promise<IncomingHttpHeaders> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, ...asked }, (response) => {
      resolve(response.headers);
      response.destroy();
    });
    sent.on('error', reject).end();
  });
}

/** The answer to what is not even HTTP. */
function nonsense(port: number): Promise<IncomingHttpHeaders> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
    socket.on('data', (part) => (heard += String(part)));
    socket.on('error', reject);
    socket.on('close', () => {
      const lines = heard.split('\r\n\r\n')[0]?.split('\r\n').slice(1) ?? [];
      resolve(
        Object.fromEntries(
          lines.map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.slice(line.indexOf(':') + 1).trim()]),
        ),
      );
    });
  });
}
