import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, createHttp, type Http, type HttpClient, HttpFailure, systemClock } from '@openvob/platform';
import { checkTransaction, readX12 } from '@openvob/x12';
import { type RunningSimulator, startSimulator } from '../../../apps/payer-simulator/simulator';
import { SimulatorDriver } from '../../testing/simulator-driver';
import type { Answer, Connection, Inquiry } from '../contract';
import { type AdapterWorld, describeAdapter, type PayerBehavior } from '../contract/suite';
import { x12Adapter } from './x12-adapter';

const faults: Partial<Record<PayerBehavior, { kind: string; [setting: string]: string | number }>> = {
  reset: { kind: 'reset' },
  silent: { kind: 'silent' },
  drip: { kind: 'drip', everyMs: 50 },
  cut_body: { kind: 'cut_body' },
  status_401: { kind: 'status', status: 401 },
  status_429: { kind: 'status', status: 429, retryAfterSeconds: 30 },
  status_500: { kind: 'status', status: 500 },
  status_503: { kind: 'status', status: 503 },
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

function connectionTo(url: string): Connection {
  return {
    id: 'con_simulator',
    adapter: 'x12',
    endpointUrl: `${url}/x12`,
    settings: { senderId: 'HARBORHOUSE', receiverId: 'SIMULATOR', usageIndicator: 'T' },
    credentials: { username: 'harbor-house', password: 'pass-word-77' },
    timeoutMs: 20_000,
  };
}

function inquiryAbout({ trace = 'SUITE1', lastName = 'Marlowe', memberId = 'NWH0010001' }): Inquiry {
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

async function makeWorld(): Promise<AdapterWorld> {
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1' });
  const driver = new SimulatorDriver(simulator.url);
  let asked = 0;
  const connection = connectionTo(simulator.url);
  const inquiry = (): Inquiry => {
    asked += 1;
    return inquiryAbout({ trace: `SUITE${asked}` });
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
      await driver.removeAnswer('NWH0010001').catch(() => undefined);
      if (behavior === 'benefits') return connection;
      if (behavior === 'refuse') return { ...connection, endpointUrl: await closedPort() };
      if (behavior === 'rejected') {
        await driver.putAnswer('NWH0010001', rejection);
        return connection;
      }
      if (behavior === 'other_member') {
        await driver.playFault({ kind: 'other_person', part: 'member_id', count: 1 });
        await driver.playFault({ kind: 'other_person', part: 'birth_date', count: 1 });
        return connection;
      }
      const fault = faults[behavior];
      if (fault === undefined) throw new Error(`no such behavior: ${behavior}`);
      await driver.playFault({ ...fault, count: 1 });
      return connection;
    },
    received: async () => (await driver.ledger()).length,
    close: () => simulator.close(),
  };
}

/** A subscriber who is not found, as some payer wrote it. */
const rejection = [
  'ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *260301*0800*^*00501*000000001*0*T*:',
  'GS*HB*PAYER*CLINIC*20260301*0800*1*X*005010X279A1',
  'ST*271*0001*005010X279A1',
  'BHT*0022*11*REFERENCE*20260301*0800',
  'HL*1**20*1',
  'NM1*PR*2*NORTHWIND HEALTH PLAN*****PI*NW001',
  'HL*2*1*21*1',
  'NM1*1P*2*CLINIC*****XX*1999999984',
  'HL*3*2*22*0',
  'TRN*2*TRACE*9CLINIC0000',
  'NM1*IL*1*DOE*JANE****MI*XYZ',
  'AAA*N**75*C',
  'SE*11*0001',
  'GE*1*1',
  'IEA*1*000000001',
]
  .map((segment) => `${segment}~`)
  .join('');

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/x12`;
}

describeAdapter('x12', { adapter: x12Adapter, makeWorld });

describe('the x12 adapter alone', () => {
  let simulator: RunningSimulator;
  let driver: SimulatorDriver;
  let http: HttpClient;

  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, host: '127.0.0.1' });
    driver = new SimulatorDriver(simulator.url);
    http = createHttp();
  });

  afterAll(async () => {
    http.close();
    await simulator.close();
  });

  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

  function connection(): Connection {
    return connectionTo(simulator.url);
  }

  function verify(asked: Inquiry, clock: Clock = systemClock, over: Http = http): Promise<Answer> {
    return x12Adapter.verify(asked, connection(), {
      signal: new AbortController().signal,
      clock,
      http: over,
      log: quiet,
    });
  }

  it('gives no answer to a wrong inquiry when a payer exchanges and repeats its answers', async () => {
    await driver.playFault({ kind: 'shuffle', count: 120 });
    await driver.playFault({ kind: 'duplicate', count: 200 });
    const inquiries = Array.from({ length: 240 }, (_, index) =>
      inquiryAbout({ trace: `CROWD${index}`, lastName: `Person${letters(index)}`, memberId: `NWH001${1_000 + index}` }),
    );
    const answers = await Promise.all(inquiries.map((asked) => verify(asked)));
    const taken = answers.flatMap((answer, index) =>
      answer.kind === 'benefits' ? [[answer.snapshot, inquiries[index]] as const] : [],
    );
    for (const [snapshot, asked] of taken) {
      expect(snapshot.trace).toEqual([asked?.trace]);
      expect(snapshot.patient).toMatchObject({
        lastName: asked?.subscriber.lastName?.toUpperCase(),
        memberId: asked?.subscriber.memberId,
      });
    }
    const foreign = answers.filter((answer) => answer.kind === 'unavailable' && answer.why === 'foreign');
    expect(taken.length + foreign.length).toBe(240);
    expect(foreign).toHaveLength(120);
  });

  it('sends the same trace again under another control number, so that the payer does not take it for a repetition', async () => {
    const sent = new Set<string>();
    const traces = new Set<string>();
    for (const second of ['00', '01', '02']) {
      const answer = await verify(inquiryAbout({}), { now: () => new Date(`2026-03-01T15:30:${second}Z`) });
      const file = readX12(answer.evidence.request ?? '');
      expect(file.issues).toEqual([]);
      expect(file.transactions.flatMap(checkTransaction)).toEqual([]);
      sent.add(file.transactions[0]?.interchange?.control ?? '');
      traces.add(file.segments.find(({ id }) => id === 'TRN')?.element(2) ?? '');
    }
    expect(sent.size).toBe(3);
    expect(traces).toEqual(new Set(['SUITE1']));
  });

  it('asks a person to help where a name cannot be said in X12, and sends nothing', async () => {
    const before = (await driver.ledger()).length;
    expect(await verify(inquiryAbout({ lastName: 'Mar*lowe~ISA' }))).toEqual({
      kind: 'needs_human',
      why: 'not_sendable /subscriber/lastName character',
      evidence: {},
    });
    expect(await driver.ledger()).toHaveLength(before);
  });

  it('says that its own data is wrong where it is', async () => {
    const asked = { ...inquiryAbout({ lastName: 'Mar*lowe' }), provider: { name: 'Harbor House', npi: '12' } };
    expect(await verify(asked)).toEqual({
      kind: 'unavailable',
      why: 'configuration',
      detail: 'not_sendable /provider/npi number',
      evidence: {},
    });
  });

  it('is told that its login is refused', async () => {
    const wrong = { ...connection(), credentials: { username: 'harbor-house', password: 'wrong' } };
    const context = { signal: new AbortController().signal, clock: systemClock, http, log: quiet };
    expect(await x12Adapter.verify(inquiryAbout({}), wrong, context)).toMatchObject({
      why: 'configuration',
      detail: 'credentials_refused',
    });
  });

  it.each([
    ['dns', 'down'],
    ['tls', 'configuration'],
    ['other', 'unreadable'],
  ] as const)('calls a failure by %s %s', async (failure, why) => {
    const failing: Http = { send: () => Promise.reject(new HttpFailure(failure)) };
    expect(await verify(inquiryAbout({}), systemClock, failing)).toMatchObject({ kind: 'unavailable', why });
  });

  it('lets a fault of the program through', async () => {
    const broken: Http = { send: () => Promise.reject(new TypeError('a fault of ours')) };
    await expect(verify(inquiryAbout({}), systemClock, broken)).rejects.toThrow('a fault of ours');
  });
});

/** 0 is `A`, 27 is `BB`: names hold no digits. */
function letters(index: number): string {
  return [...index.toString(10)].map((digit) => String.fromCharCode(65 + Number(digit))).join('');
}
