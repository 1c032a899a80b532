import { FieldCipher } from '@openvob/platform';
import { Database, StoredPayerDirectory } from '@openvob/store';
import { type SimulatedFault, SimulatorDriver } from '@openvob/testing/simulator-driver';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

/** Replies that are lost behind a payer that may have taken the question, over real HTTP. */
describe('a lost reply', () => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  let serial = 0;

  beforeAll(async () => {
    const settings = { PAYER_RETRY_SECONDS: '0.2', PAYER_PROBE_MS: '60000', REUSE_ANSWERS_HOURS: '0' };
    spine = await startSpine({ redisUrl: undefined, settings });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
  });
  afterEach(() => payers.clearFaults());
  afterAll(() => spine.stop());

  /** A payer that is reached by X12 and, behind that, by another connection, where the simulator knows it by another id. */
  async function payerWith(first: { resendAfterMs?: number }): Promise<{ id: string; first: string; second: string }> {
    serial += 1;
    const id = `pay_lost_${serial}`;
    const [one, other] = [`LR${serial}A`, `LR${serial}B`];
    const common = { adapter: 'x12', endpointUrl: `${spine.simulator.url}/x12`, timeoutMs: 5000, costCents: 10 };
    const connectionTo = (payerReference: string) => ({
      ...common,
      id: `con_${payerReference}`,
      payerReference,
      settings: { senderId: 'TESTWOOD', receiverId: payerReference, usageIndicator: 'T' },
      credentials: {},
    });
    const database = await Database.open({ url: spine.config.databaseUrl, poolSize: 1 });
    const directory = new StoredPayerDirectory(database, new FieldCipher(spine.config.keyRing));
    const connections = [{ ...connectionTo(one), ...first }, connectionTo(other)];
    await directory.put({ id, name: `Lost ${serial}`, aliases: [], memberIdPrefixes: [] }, connections, new Date());
    await database.close();
    return { id, first: one, second: other };
  }
  const request = async (payer: string): Promise<string> => {
    const body = requestFor('x', { coverages: [{ payer: { id: payer }, memberId: `NWH001${1000 + serial}` }] });
    return (await caller.post('/v1/verifications', body)).body.id;
  };
  const askedOver = async (reference: string): Promise<number> =>
    (await payers.ledger()).filter(({ payerId }) => payerId === reference).length;
  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (const deadline = performance.now() + 20_000; !(await holds()); ) {
      if (performance.now() > deadline) throw new Error('It did not come to that within 20 s');
      await new Promise((next) => setTimeout(next, 50));
    }
  }
  async function shownWhen(id: string, holds: (shown: Body) => boolean): Promise<Body> {
    let shown: Body;
    await until(async () => {
      shown = (await caller.get(`/v1/verifications/${id}`)).body;
      return holds(shown);
    });
    return shown;
  }

  const lost: [string, SimulatedFault][] = [
    ['a connection that is cut', { kind: 'reset' }],
    ['an answer that is cut', { kind: 'cut_body' }],
    ['status 500', { kind: 'status', status: 500 }],
    ['status 502', { kind: 'status', status: 502 }],
    ['status 504', { kind: 'status', status: 504 }],
  ];

  test.each(lost)('by %s is not asked for again before the protocol allows it', async (_what, fault) => {
    const { id: payer, first, second } = await payerWith({});
    await payers.playFault({ ...fault, payerId: first });
    const id = await request(payer);
    const { status } = await shownWhen(id, ({ reason }) => reason === 'payer_timeout' || reason === 'payer_down');
    expect(status).toBe('waiting_for_payer');
    await new Promise((next) => setTimeout(next, 1000));
    const { reason } = (await caller.get(`/v1/verifications/${id}`)).body;
    expect([reason, await askedOver(first), await askedOver(second)]).toEqual(['payer_timeout', 1, 0]);
    await caller.post(`/v1/verifications/${id}/cancel`);
  });

  test('binds its question to its connection: while that one is down, nobody else is asked', async () => {
    const { id: payer, first, second } = await payerWith({ resendAfterMs: 50 });
    await payers.playFault({ kind: 'reset', payerId: first });
    const id = await request(payer);
    const shown = await shownWhen(id, ({ reason, status }) => reason === 'payer_down' || status === 'verified');
    expect([shown.status, await askedOver(second)]).toEqual(['waiting_for_payer', 0]);
    expect(await askedOver(first)).toBe(5);
    await caller.post(`/v1/verifications/${id}/cancel`);
  });

  test('is none where the payer said that it did not take the question: then the next connection is asked', async () => {
    const { id: payer, first, second } = await payerWith({ resendAfterMs: 50 });
    await payers.playFault({ kind: 'status', status: 503, payerId: first });
    const id = await request(payer);
    await until(async () => (await askedOver(second)) > 0);
    expect(await askedOver(first)).toBe(1);
    await caller.post(`/v1/verifications/${id}/cancel`);
  });
});
