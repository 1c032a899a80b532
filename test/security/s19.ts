import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttp, HttpFailure, type LookUpName, publicAddressesAnd } from '@openvob/platform';
import type { Measurement } from '../setup/measure';
import { all, none } from './bar.rows';
import { waysToLoopback } from './s19.urls';

/** S19: addresses that people set never lead to this machine or its network: spellings, names, names that change, redirects. */
export async function run(): Promise<Measurement[]> {
  let reached = 0;
  const canary = createServer((_request, response) => {
    reached += 1;
    response.end('reached');
  });
  const port = await listen(canary, '127.0.0.1');
  const onSix = createServer((_request, response) => {
    reached += 1;
    response.end('reached');
  });
  const hasSix = await listen(onSix, '::1', port).then(
    () => true,
    () => false,
  );
  if (!(await answers(createHttp(), `http://127.0.0.1:${port}/`)) || reached !== 1)
    throw new Error('the listener cannot be reached at all');
  reached = 0;
  const urls = waysToLoopback(port);
  const refused = await refusedOf(urls);
  const rebound = await rebinding(port);
  const redirected = await redirects(port);
  await Promise.all([close(canary), hasSix ? close(onSix) : undefined]);
  return [
    all('spellings of loopback and private addresses refused', refused, urls.length, 'URLs'),
    all(
      'look-ups with an inner address among others, or after one, refused',
      rebound.refused,
      rebound.tried,
      'look-ups',
    ),
    none('redirects that were followed', redirected, 'redirects'),
    none('connections that reached the listener', reached, 'connections'),
  ];
}

async function refusedOf(urls: readonly string[]): Promise<number> {
  const http = createHttp({ admits: publicAddressesAnd([]) });
  let refused = 0;
  for (const url of urls) refused += (await answers(http, url)) ? 0 : 1;
  http.close();
  return refused;
}

/** A name server that says a public address first and an inner one then, both at once, and in other orders. */
async function rebinding(port: number): Promise<{ tried: number; refused: number }> {
  const inner = [
    ['127.0.0.1', 4],
    ['::1', 6],
    ['::ffff:127.0.0.1', 6],
    ['10.0.0.1', 4],
    ['169.254.169.254', 4],
    ['fd00::1', 6],
  ] as const;
  let refused = 0;
  const tries = inner.flatMap(([address, family]) => [
    [{ address, family }],
    [
      { address: '93.184.216.34', family: 4 },
      { address, family },
    ],
    [
      { address, family },
      { address: '93.184.216.34', family: 4 },
    ],
  ]);
  for (const found of tries) {
    const lookUp = ((_name: string, _options: object, done: (error: null, found: object) => void) =>
      done(null, found)) as unknown as LookUpName;
    const http = createHttp({ admits: publicAddressesAnd([]), lookUp });
    refused += (await answers(http, `http://rebinding.example:${port}/`)) ? 0 : 1;
    http.close();
  }
  return { tried: tries.length, refused };
}

/** An admitted server sends on to the listener. */
async function redirects(port: number): Promise<number> {
  const codes = [301, 302, 303, 307, 308];
  const server = createServer((request, response) => {
    response.writeHead(Number(request.url?.slice(1)), { location: `http://127.0.0.1:${port}/` }).end();
  });
  const from = await listen(server, '127.0.0.2');
  const http = createHttp({ admits: publicAddressesAnd(['127.0.0.2']) });
  let followed = 0;
  for (const code of codes) {
    const { body, status } = await http.send({
      method: 'GET',
      url: `http://127.0.0.2:${from}/${code}`,
      timeoutMs: 3000,
    });
    followed += body === 'reached' || status !== code ? 1 : 0;
  }
  http.close();
  await close(server);
  return followed;
}

async function answers(http: ReturnType<typeof createHttp>, url: string): Promise<boolean> {
  try {
    await http.send({ method: 'GET', url, timeoutMs: 2000 });
    return true;
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return false;
  }
}

function listen(server: Server, host: string, port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
