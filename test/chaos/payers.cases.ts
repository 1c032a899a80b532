import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Unavailable } from '@openvob/payers';
import type { SimulatedFault } from '@openvob/testing/simulator-driver';
import { startSimulator } from '../../apps/payer-simulator/simulator';

export type ChaosAdapter = 'x12' | 'stedi';
export const chaosAdapters: readonly ChaosAdapter[] = ['x12', 'stedi'];

/** One way in which a payer fails, what an adapter has to call it, and where a verification that meets it all the time has to end. */
export interface FaultCase {
  readonly name: string;
  /** Played to every inquiry; the protocols differ in what is cut off. */
  readonly fault?: SimulatedFault | Readonly<Record<ChaosAdapter, SimulatedFault>>;
  readonly reachedBy?: 'closed port' | 'bad certificate';
  readonly called: Unavailable;
  /** Until the deadline nothing ends it. */
  readonly hangs?: true;
  readonly ends: { readonly status: 'needs_call' | 'failed'; readonly reasons: readonly string[] };
  /** Unpacking keeps a worker so busy that the deadline of some passes before their first turn at the payer: those are handed to a person. */
  readonly mayMissItsTurn?: boolean;
}

const byPhone = (...reasons: string[]): FaultCase['ends'] => ({ status: 'needs_call', reasons });
const forOperations = (reason: string): FaultCase['ends'] => ({ status: 'failed', reasons: [reason] });
/** Who finds the breaker open when the deadline passes is told that the payer is down, whoever tried is told what came of it. */
const silence = byPhone('payer_down', 'payer_timeout');

/** The twelve faults of bar R18. */
export const faultCases: readonly FaultCase[] = [
  { name: 'refused', reachedBy: 'closed port', called: 'down', ends: byPhone('payer_down') },
  { name: 'reset', fault: { kind: 'reset' }, called: 'timeout', ends: silence },
  { name: 'never answered', fault: { kind: 'silent' }, called: 'timeout', hangs: true, ends: silence },
  {
    name: 'headers byte by byte',
    fault: { kind: 'slow_header', everyMs: 1000 },
    called: 'timeout',
    hangs: true,
    ends: silence,
  },
  {
    name: 'body at 1 byte a second',
    fault: { kind: 'drip', everyMs: 1000 },
    called: 'timeout',
    hangs: true,
    ends: silence,
  },
  {
    name: 'answer cut off',
    fault: { x12: { kind: 'truncate' }, stedi: { kind: 'truncate_envelope' } },
    called: 'unreadable',
    ends: forOperations('unreadable_answer'),
  },
  { name: 'wrong trace', fault: { kind: 'wrong_trace' }, called: 'foreign', ends: forOperations('foreign_answer') },
  { name: 'status 500', fault: { kind: 'status', status: 500 }, called: 'timeout', ends: silence },
  {
    name: 'status 429',
    fault: { kind: 'status', status: 429, retryAfterSeconds: 1 },
    called: 'throttled',
    ends: byPhone('payer_throttled', 'payer_busy'),
  },
  {
    name: 'web page with 200',
    fault: { kind: 'html' },
    called: 'unreadable',
    ends: forOperations('unreadable_answer'),
  },
  {
    name: 'compressed bomb',
    fault: { kind: 'gzip_bomb' },
    called: 'unreadable',
    ends: forOperations('unreadable_answer'),
    mayMissItsTurn: true,
  },
  {
    name: 'bad certificate',
    reachedBy: 'bad certificate',
    called: 'configuration',
    ends: forOperations('configuration'),
  },
];

/** Payers that fail in one way, on a port of their own, for one adapter. */
export interface FailingPayers {
  readonly url: string;
  /** Sockets that callers hold open. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

export async function startFailing({ fault, reachedBy }: FaultCase, adapter: ChaosAdapter): Promise<FailingPayers> {
  if (reachedBy === 'closed port') return closedPort();
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1', ...(reachedBy ? { tlsPort: 0 } : {}) });
  if (fault) await play(simulator.url, 'kind' in fault ? (fault as SimulatedFault) : fault[adapter]);
  return {
    url: (reachedBy && simulator.tls?.url) || simulator.url,
    connections: simulator.connections,
    close: simulator.close,
  };
}

/** Over a connection of its own that is closed at once, so that it is not counted among those of callers. */
function play(url: string, fault: SimulatedFault): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/control/faults`, { method: 'POST', agent: false, headers: { connection: 'close' } });
    sent.once('response', (response) => response.resume().once('close', resolve));
    sent.once('error', reject).end(JSON.stringify(fault));
  });
}

/** An address at which nobody listens. */
async function closedPort(): Promise<FailingPayers> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${port}`, connections: async () => 0, close: async () => undefined };
}
