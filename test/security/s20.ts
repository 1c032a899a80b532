import { spawnSync } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer, type Server, type TlsOptions } from 'node:tls';
import { ConfigError, createHttp, generateKeyRing, HttpFailure, readConfig } from '@openvob/platform';
import { selfSignedCertificate } from '../../libs/platform/http-client.fixture';
import type { Measurement } from '../setup/measure';
import { all, none } from './bar.rows';

interface Case {
  name: string;
  certificate: { key: string; cert: string };
  /** Whether we were told to trust it. */
  isTrusted: boolean;
  options?: TlsOptions;
}

const old = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;

/** S20: TLS that we do not trust, old TLS, and settings that would switch the check off. */
export async function run(): Promise<Measurement[]> {
  const good = selfSignedCertificate();
  const refused: Case[] = [
    { name: 'expired', certificate: selfSignedCertificate({ to: '210101000000Z' }), isTrusted: true },
    { name: 'not valid yet', certificate: selfSignedCertificate({ from: '480101000000Z' }), isTrusted: true },
    { name: 'of another host', certificate: selfSignedCertificate({ address: [127, 0, 0, 9] }), isTrusted: true },
    { name: 'made by itself', certificate: good, isTrusted: false },
    { name: 'TLS 1.0', certificate: good, isTrusted: true, options: { ...old, maxVersion: 'TLSv1' } },
    { name: 'TLS 1.1', certificate: good, isTrusted: true, options: { ...old, maxVersion: 'TLSv1.1' } },
  ];
  const taken: Case[] = (['TLSv1.2', 'TLSv1.3'] as const).map((version) => ({
    name: version,
    certificate: good,
    isTrusted: true,
    options: { minVersion: version, maxVersion: version },
  }));
  let [said, answered, received] = [0, 0, 0];
  for (const one of refused) {
    const result = await connectTo(one);
    if (result.why !== undefined) said += 1;
    else console.error(`  ${one.name} was trusted`);
    received += result.received;
  }
  for (const one of taken) answered += (await connectTo(one)).why === undefined ? 1 : 0;
  const starts = unsafeStarts();
  return [
    all('untrusted and old connections refused', said, refused.length, 'kinds'),
    none('bytes of requests that such a server was sent', received, 'bytes'),
    all('trusted connections by TLS 1.2 and 1.3 taken', answered, taken.length, 'kinds'),
    all('settings that weaken it refused at the start', starts.refused, starts.tried, 'settings'),
    all('API processes that refuse to start so', startsRefused(), 1, 'starts'),
  ];
}

async function connectTo({ certificate, isTrusted, options }: Case): Promise<{ why?: string; received: number }> {
  let received = 0;
  const server = createTlsServer({ ...certificate, ...options }, (socket) => {
    socket.on('data', (part) => {
      received += part.length;
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
    });
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  const port = await listen(server);
  const http = createHttp(isTrusted ? { ca: certificate.cert } : {});
  try {
    await http.send({ method: 'GET', url: `https://127.0.0.1:${port}/`, timeoutMs: 3000 });
    return { received };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { why: error.why, received };
  } finally {
    http.close();
    server.close();
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

const safe = { DATABASE_URL: 'postgres://openvob_app@127.0.0.1/x', OPENVOB_KEYS: generateKeyRing() };
const unsafe: readonly Record<string, string>[] = [
  { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  { NODE_TLS_REJECT_UNAUTHORIZED: '' },
  { NODE_OPTIONS: '--tls-min-v1.0' },
  { NODE_OPTIONS: '--max-old-space-size=512 --tls-min-v1.1' },
  { NODE_OPTIONS: '--insecure-http-parser' },
  { NODE_OPTIONS: '--inspect=0.0.0.0' },
  { NODE_DEBUG: 'http,tls' },
  { DATABASE_URL: 'postgres://openvob_app@127.0.0.1/x?sslmode=no-verify' },
];

function unsafeStarts(): { tried: number; refused: number } {
  readConfig(safe);
  const refused = unsafe.filter((setting) => {
    try {
      readConfig({ ...safe, ...setting });
      return false;
    } catch (error) {
      return error instanceof ConfigError;
    }
  });
  return { tried: unsafe.length, refused: refused.length };
}

/** A real process, with the variable that programs are switched off by in practice. */
function startsRefused(): number {
  const program = require.resolve(__dirname.includes('/dist/') ? '../../apps/api/main' : '../../dist/apps/api/main');
  const env = { ...process.env, ...safe, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const { status, stderr } = spawnSync(process.execPath, [program], { env, encoding: 'utf8', timeout: 20_000 });
  return status === 1 && stderr.includes('NODE_TLS_REJECT_UNAUTHORIZED') ? 1 : 0;
}
