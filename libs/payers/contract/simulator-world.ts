import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SimulatedFault, SimulatorDriver } from '../../testing/simulator-driver';
import type { Connection, Inquiry } from './adapter';
import type { AdapterWorld, PayerBehavior } from './adapter-world';

/** A payer simulator that was started for a suite. */
export interface StartedSimulator {
  readonly url: string;
  close(): Promise<void>;
}

export interface SimulatorWorldParts {
  start(): Promise<StartedSimulator>;
  connectionTo(url: string): Connection;
  /** How the simulator plays a behaviour where that differs from the common way; `undefined`: it cannot. */
  readonly faults?: Partial<Record<PayerBehavior, SimulatedFault>>;
}

const common: Partial<Record<PayerBehavior, SimulatedFault>> = {
  reset: { kind: 'reset' },
  silent: { kind: 'silent' },
  drip: { kind: 'drip', everyMs: 50 },
  cut_body: { kind: 'cut_body' },
  status_401: { kind: 'status', status: 401 },
  status_429: { kind: 'status', status: 429, retryAfterSeconds: 30 },
  status_500: { kind: 'status', status: 500 },
  status_502: { kind: 'status', status: 502 },
  status_503: { kind: 'status', status: 503 },
  status_504: { kind: 'status', status: 504 },
  redirect: { kind: 'redirect' },
  html: { kind: 'html' },
  garbage: { kind: 'garbage' },
  empty: { kind: 'empty' },
  truncated: { kind: 'truncate' },
  gzip_bomb: { kind: 'gzip_bomb' },
  wrong_trace: { kind: 'wrong_trace' },
  other_person: { kind: 'other_person' },
  other_first_name: { kind: 'other_person', part: 'first_name' },
};

/** The world of the conformance suite over the payer simulator: one person, a member id and a trace of its own each time. */
export async function makeSimulatorWorld(parts: SimulatorWorldParts): Promise<AdapterWorld> {
  const simulator = await parts.start();
  const driver = new SimulatorDriver(simulator.url);
  const connection = parts.connectionTo(simulator.url);
  const faults = { ...common, ...parts.faults };
  let scenario = '001';
  let asked = 0;
  const inquiry = (): Inquiry => {
    asked += 1;
    return inquiryAbout({ trace: `SUITE${asked}`, memberId: `NWH${scenario}${1_000 + asked}` });
  };
  return {
    connection,
    inquiry,
    inquiryAboutDependent: () => ({
      ...inquiry(),
      dependent: { firstName: 'Tobias', lastName: 'Marlowe', birthDate: '2010-07-05', relationship: 'child' },
    }),
    arrange: async (behavior) => {
      await driver.clearFaults();
      scenario = behavior === 'rejected' ? '006' : '001';
      if (behavior === 'benefits' || behavior === 'rejected') return connection;
      if (behavior === 'refuse') return { ...connection, endpointUrl: await closedPort() };
      for (const fault of behavior === 'other_member' ? otherMember : [faultOf(behavior, faults)]) {
        await driver.playFault({ ...fault, count: 1 });
      }
      return connection;
    },
    received: async () => (await driver.ledger()).length,
    close: () => simulator.close(),
  };
}

/** A member id of somebody else, with nothing beside it that would make it a correction. */
const otherMember: readonly SimulatedFault[] = [
  { kind: 'other_person', part: 'member_id' },
  { kind: 'other_person', part: 'birth_date' },
];

function faultOf(behavior: PayerBehavior, faults: Partial<Record<PayerBehavior, SimulatedFault>>): SimulatedFault {
  const fault = faults[behavior];
  if (fault === undefined) throw new Error(`no such behavior: ${behavior}`);
  return fault;
}

/** An inquiry about an invented person; what a test does not name has a value that works. */
export function inquiryAbout(given: {
  readonly trace?: string;
  readonly lastName?: string;
  readonly memberId?: string;
}): Inquiry {
  const { trace = 'SUITE1', lastName = 'Marlowe', memberId = 'NWH0010001' } = given;
  return {
    id: `inq_${trace}`,
    trace,
    payer: { name: 'Northwind Health Plan', id: 'NW001' },
    provider: { name: 'Harbor House Recovery', npi: '1999999984' },
    subscriber: { firstName: 'Imogen', lastName, birthDate: '1988-04-12', memberId },
    serviceTypes: ['30'],
    serviceDate: '2026-03-02',
  };
}

/** An address at which nobody listens. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
