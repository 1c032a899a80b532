import { type Clock, createHttp, type Http, type HttpClient, HttpFailure, systemClock } from '@openvob/platform';
import { checkTransaction, readX12 } from '@openvob/x12';
import { type RunningSimulator, startSimulator } from '../../../apps/payer-simulator/simulator';
import { SimulatorDriver } from '../../testing/simulator-driver';
import type { Answer, Connection, Inquiry } from '../contract';
import { inquiryAbout, makeSimulatorWorld } from '../contract/simulator-world';
import { describeAdapter } from '../contract/suite';
import { x12Adapter } from './x12-adapter';

function connectionTo(url: string, envelope?: string): Connection {
  const settings = { senderId: 'HARBORHOUSE', receiverId: 'SIMULATOR', usageIndicator: 'T' };
  return {
    id: 'con_simulator',
    adapter: 'x12',
    endpointUrl: `${url}/x12`,
    settings: { ...settings, ...(envelope === undefined ? {} : { envelope }) },
    credentials: { username: 'harbor-house', password: 'pass-word-77' },
    timeoutMs: 20_000,
  };
}

const start = () => startSimulator({ port: 0, host: '127.0.0.1' });

for (const [envelope, how] of [
  [undefined, 'in a SOAP envelope'],
  ['mime', 'in a MIME envelope'],
  ['plain', 'without an envelope'],
] as const) {
  const makeWorld = () => makeSimulatorWorld({ start, connectionTo: (url) => connectionTo(url, envelope) });
  describeAdapter('x12', { adapter: x12Adapter, how, makeWorld });
}

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

  it.each([
    ['soap', 'credentials_refused'],
    ['mime', 'credentials_refused'],
    ['plain', 'http_401'],
  ])('is told that its login is refused in %s', async (envelope, detail) => {
    const known = connectionTo(simulator.url, envelope);
    const wrong = { ...known, credentials: { username: 'harbor-house', password: 'wrong' } };
    const context = { signal: new AbortController().signal, clock: systemClock, http, log: quiet };
    expect(await x12Adapter.verify(inquiryAbout({}), wrong, context)).toMatchObject({ why: 'configuration', detail });
  });

  it.each([
    ['soap', 'core-soap'],
    ['mime', 'core-mime'],
    ['plain', 'x12'],
  ])('asks in %s when it is told to, and reads 999 and TA1 there too', async (envelope, protocol) => {
    const context = { signal: new AbortController().signal, clock: systemClock, http, log: quiet };
    const before = (await driver.ledger()).length;
    for (const [kind, detail] of [
      ['ack_999', '999_rejected_8_NM1'],
      ['ta1', 'ta1_rejected_006'],
    ] as const) {
      await driver.playFault({ kind, count: 1 });
      const answer = await x12Adapter.verify(inquiryAbout({}), connectionTo(simulator.url, envelope), context);
      expect(answer).toMatchObject({ kind: 'unavailable', why: 'configuration', detail });
    }
    expect((await driver.ledger(before)).map((entry) => entry.protocol)).toEqual([protocol, protocol]);
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
