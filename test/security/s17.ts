import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { readPayerMessage } from '@openvob/coverage';
import { readCoreResponse } from '@openvob/payers/x12/core-response';
import { createHttp, HttpFailure } from '@openvob/platform';
import { Fleet } from '../setup/fleet';
import type { Measurement } from '../setup/measure';
import { memoryOf } from '../setup/process-costs';
import { all, atMost } from './bar.rows';
import { overDatabase } from './bar.servers';
import { bombs, markupBombs } from './s17.bombs';
import { Prober } from './s17.prober';

const mebibyte = 1024 * 1024;
const longestMs = 10_000;

/**
 * S17: bodies and answers that unpack, nest or repeat without end.
 *
 * @param count how often each is sent; what it costs is measured with more than one
 */
export async function run({ count = 5 }: { count?: number } = {}): Promise<Measurement[]> {
  const api = await overDatabase(async (where) => {
    const fleet = await Fleet.start(where);
    try {
      return await throwBombs(fleet, count);
    } finally {
      await fleet.stop();
    }
  });
  const answers = await answerBombs();
  return [
    all('bombs at the API refused', api.refused, api.tried, 'requests'),
    all('bombs in answers of payers refused or read as nothing', answers.refused, answers.tried, 'answers'),
    ...(count > 1 ? costRows(api, answers) : []),
  ];
}

/** Worth something on a calm machine alone. */
function costRows(api: Thrown, answers: { slowestMs: number }): Measurement[] {
  return [
    atMost(`slowest refusal (${api.slowest})`, api.slowestMs, 1000, 'ms'),
    atMost('memory of the API above what it held before', api.grownBytes / mebibyte, 50, 'MB'),
    atMost('another request meanwhile, 99th of 100', api.otherMs, 200, 'ms'),
    atMost('slowest answer', answers.slowestMs, 1000, 'ms'),
  ];
}

interface Thrown {
  tried: number;
  refused: number;
  slowestMs: number;
  slowest: string;
  grownBytes: number;
  otherMs: number;
}

async function throwBombs(fleet: Fleet, count: number): Promise<Thrown> {
  const pid = fleet.pidOf('api');
  await throwOne(fleet, bombs()[0]?.body ?? Buffer.alloc(0), {}); // what is only built once is not a bomb's
  const before = memoryOf(pid).now;
  const prober = count > 1 ? Prober.start(`${fleet.apiUrl}/health/live`) : undefined;
  const result: Thrown = { tried: 0, refused: 0, slowestMs: 0, slowest: '', grownBytes: 0, otherMs: 0 };
  for (let round = 0; round < count; round += 1) await throwAll(fleet, before, result);
  const times = ((await prober?.stop()) ?? []).sort((one, other) => one - other);
  return { ...result, otherMs: times[Math.floor(times.length * 0.99)] ?? 0 };
}

async function throwAll(fleet: Fleet, before: number, result: Thrown): Promise<void> {
  const pid = fleet.pidOf('api');
  for (const { name, body, headers, path, refusedAs } of bombs()) {
    const startedAt = performance.now();
    const status = await throwOne(fleet, body, headers, path);
    const tookMs = performance.now() - startedAt;
    result.tried += 1;
    if (status === refusedAs || (status >= 400 && status < 500)) result.refused += 1;
    else console.error(`  ${name}: ${status}`);
    if (tookMs > result.slowestMs) Object.assign(result, { slowestMs: tookMs, slowest: name });
    result.grownBytes = Math.max(result.grownBytes, memoryOf(pid).now - before);
  }
}

/** Without a copy, which would be ours to wait for. */
function bytesOf(body: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.length);
}

/** 499 for a connection that the server closed instead of taking the rest; 0 when nothing came of it. */
async function throwOne(
  fleet: Fleet,
  body: Buffer,
  headers: Record<string, string>,
  path = '/v1/verifications',
): Promise<number> {
  const usual = {
    authorization: `Bearer ${fleet.apiKey}`,
    'idempotency-key': randomUUID(),
    'content-type': 'application/json',
  };
  const signal = AbortSignal.timeout(longestMs);
  try {
    const all = { method: 'POST', headers: { ...usual, ...headers }, body: bytesOf(body), signal };
    const response = await fetch(fleet.apiUrl + path, all);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return signal.aborted ? 0 : 499;
  }
}

async function answerBombs(): Promise<{ tried: number; refused: number; slowestMs: number }> {
  const packed = gzipSync(Buffer.alloc(64 * mebibyte, 'a'));
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(packed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const http = createHttp();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const tries: (() => Promise<boolean>)[] = [
    () =>
      http.send({ method: 'GET', url, timeoutMs: 5000 }).then(
        () => false,
        (error: unknown) => error instanceof HttpFailure && error.why === 'too_large',
      ),
    ...markupBombs().map((text) => async () => readCoreResponse(text, 'application/soap+xml').kind !== 'payload'),
    ...markupBombs().map(
      (text) => async () => 'error' in readPayerMessage(text, { track: 'sud', network: 'in', setting: 'in_person' }),
    ),
  ];
  let [refused, slowestMs] = [0, 0];
  for (const attempt of tries) {
    const startedAt = performance.now();
    refused += (await attempt()) ? 1 : 0;
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
  }
  http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { tried: tries.length, refused, slowestMs };
}
