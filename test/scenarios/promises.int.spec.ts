import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** What is said of time and money before anybody has answered. */
describe('a verification under way', () => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, settings: { PAYER_PROBE_MS: '60000' } });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
  });
  afterEach(() => payers.clearFaults());
  afterAll(() => spine.stop());

  const accept = async (memberId: string, change: object = {}): Promise<Body> =>
    (await caller.post('/v1/verifications', requestFor(memberId, change))).body;
  const inMs = (instant: string): number => Date.parse(instant) - Date.now();

  test('of a payer that nobody has measured is promised for no time', async () => {
    const accepted = await accept('NWH0010301', { neededBy: soon(3_600_000) });
    expect([accepted.status, accepted.promisedBy, accepted.atRisk]).toEqual(['received', undefined, undefined]);
    expect(accepted.neededBy).toBeDefined();
    await caller.rested(accepted.id);
  });

  test('is promised by what its payer took lately, from the 202 on, and no longer once it rests', async () => {
    await payers.playFault({ kind: 'latency', ms: 1500, payerId: 'NW001' });
    const measured = ['0302', '0303', '0304', '0305', '0306', '0307'].map((serial) =>
      caller.verify(requestFor(`NWH001${serial}`)),
    );
    await Promise.all(measured);
    const accepted = await accept('NWH0010308');
    expect(inMs(accepted.promisedBy)).toBeGreaterThan(1000);
    expect(inMs(accepted.promisedBy)).toBeLessThan(20_000);
    const { body: asked } = await caller.get(`/v1/verifications/${accepted.id}?wait=0`);
    expect(asked.promisedBy).toBeDefined();
    const { body: listed } = await caller.get('/v1/verifications?status=received,queued,asking_payer');
    expect(listed.items.find((one: Body) => one.id === accepted.id).promisedBy).toBeDefined();
    const shown = await caller.rested(accepted.id);
    expect([shown.status, shown.promisedBy, shown.turn]).toEqual(['verified', undefined, undefined]);
  });

  test('is at risk when it is promised for later than it is needed', async () => {
    await payers.playFault({ kind: 'latency', ms: 1500, payerId: 'NW001' });
    const late = await accept('NWH0010309', { neededBy: soon(300) });
    const inTime = await accept('NWH0010310', { neededBy: soon(3_600_000) });
    expect([late.atRisk, inTime.atRisk]).toEqual([true, undefined]);
    const again = await caller.post('/v1/verifications', requestFor('NWH0010310'), 'promised-once');
    const same = await caller.post('/v1/verifications', requestFor('NWH0010310'), 'promised-once');
    expect(same.text).toBe(again.text);
    await Promise.all([late, inTime, again.body].map(({ id }) => caller.rested(id)));
  });

  test('is promised nothing while its payer is down, and at risk when somebody needs it', async () => {
    await payers.playFault({ kind: 'status', status: 503, payerId: 'NW001' });
    const down = await Promise.all(
      ['0311', '0312', '0313', '0314', '0315', '0316'].map((serial) =>
        accept(`NWH001${serial}`, { neededBy: soon(600_000) }),
      ),
    );
    for (const { id } of down) {
      let shown: Body;
      do shown = (await caller.get(`/v1/verifications/${id}`)).body;
      while (shown.status !== 'waiting_for_payer' || shown.reason !== 'payer_down');
      expect([shown.promisedBy, shown.atRisk]).toEqual([undefined, true]);
    }
    await Promise.all(down.map(({ id }) => caller.post(`/v1/verifications/${id}/cancel`)));
  });

  test('costs what its dry run said, and every inquiry says what it cost', async () => {
    const request = requestFor('GPA0010320');
    const before = await payers.ledger();
    const planned = await caller.post('/v1/verifications?dryRun=true', request);
    expect(planned.body).toMatchObject({ payer: { name: expect.any(String) }, missing: [], costCents: 10 });
    expect(planned.body.mostCostCents).toBeGreaterThanOrEqual(10);
    const { body: listed } = await caller.get('/v1/verifications?q=GPA0010320');
    expect([planned.status, listed.items, await payers.ledger()]).toEqual([200, [], before]);
    const shown = await caller.verify(request);
    const { body: answers } = await caller.get(`/v1/verifications/${shown.id}/answers`);
    const asked = (await payers.ledger()).filter(({ memberId }) => memberId === 'GPA0010320');
    expect(asked[0]?.serviceTypes).toEqual(planned.body.inquiries[0].serviceTypes);
    expect(answers.items.map((one: Body) => one.costCents)).toEqual(asked.map(() => 10));
    expect(shown.costCents).toBe(10 * asked.length);
    expect(shown.costCents).toBeLessThanOrEqual(planned.body.mostCostCents);
  });
});
