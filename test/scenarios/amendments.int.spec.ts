import { LaneQueues } from '@openvob/queue';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

describe('a change that no payer sees', () => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
  });
  afterAll(() => spine.stop());

  const timesAsked = async (memberId: string): Promise<number> =>
    (await payers.ledger()).filter((entry) => entry.memberId === memberId).length;
  const amend = (id: string, patch: object) => caller.post(`/v1/verifications/${id}/information`, patch);
  const listed = async (reference: string): Promise<Body> =>
    (await caller.get(`/v1/verifications?q=${reference}`)).body.items[0];
  const actionsOn = async (id: string): Promise<string[]> =>
    (await caller.get(`/v1/verifications/${id}/history`)).body.items.map(({ what }: Body) => what);

  test('moves a caller up who rings back, under another reference, and asks nobody again', async () => {
    const given = { priority: 'routine', reference: 'CASE-A1', neededBy: inAnHour() };
    const shown = await caller.verify(requestFor('NWH0010301', given));
    const asked = await timesAsked('NWH0010301');
    const neededBy = new Date(Date.now() + 600_000).toISOString();
    const amended = await amend(shown.id, { priority: 'caller_waiting', reference: 'CASE-B2', neededBy });
    expect([amended.status, amended.body.status]).toEqual([202, 'verified']);
    expect([amended.body.reference, amended.body.estimate]).toEqual(['CASE-B2', shown.estimate]);
    expect(await listed('CASE-B2')).toMatchObject({ id: shown.id, priority: 'caller_waiting', dueAt: neededBy });
    expect(await listed('CASE-A1')).toBeUndefined();
    expect(await timesAsked('NWH0010301')).toBe(asked);
    expect(await actionsOn(shown.id)).toContain('verification.amended');
    expect((await amend(shown.id, { priority: 'caller_waiting' })).body.status).toBe('verified');
    expect(await timesAsked('NWH0010301')).toBe(asked);
  });

  test('takes back what null takes back, and leaves what is not spoken of', async () => {
    const given = { priority: 'routine', reference: 'CASE-C3', neededBy: inAnHour() };
    const shown = await caller.verify(requestFor('NWH0010302', given));
    await amend(shown.id, { patient: { phone: '555-0142' } });
    expect(await listed('CASE-C3')).toMatchObject({ id: shown.id, priority: 'routine', dueAt: given.neededBy });
    await amend(shown.id, { neededBy: null, priority: null });
    const usual = new Date(Date.parse(shown.createdAt) + 5 * 60_000).toISOString();
    expect(await listed('CASE-C3')).toMatchObject({ id: shown.id, priority: 'caller_waiting', dueAt: usual });
    await amend(shown.id, { reference: null });
    expect(await listed('CASE-C3')).toBeUndefined();
    const kept = (await caller.get(`/v1/verifications/${shown.id}/request`)).body;
    expect([kept.reference, kept.neededBy, kept.priority, kept.patient.phone]).toEqual([
      undefined,
      undefined,
      undefined,
      '555-0142',
    ]);
  });

  test('goes along with one that the payer is asked about', async () => {
    const shown = await caller.verify(requestFor('NWH0060303', { priority: 'routine', reference: 'CASE-D4' }));
    expect(shown.status).toBe('not_found');
    const { coverages } = requestFor('NWH0010303') as { coverages: object[] };
    await amend(shown.id, { coverages, priority: 'today', reference: 'CASE-E5' });
    expect(await caller.rested(shown.id)).toMatchObject({ status: 'verified', reference: 'CASE-E5' });
    expect(await listed('CASE-E5')).toMatchObject({ id: shown.id, priority: 'today' });
    expect(await timesAsked('NWH0010303')).toBeGreaterThan(0);
  });

  test('is taken while a payer is waited for, who needs it sooner being given to a person sooner', async () => {
    await payers.playFault({ kind: 'status', status: 503, memberId: 'SRA0010304' });
    const request = requestFor('SRA0010304', { priority: 'routine', reference: 'CASE-F6' });
    const { id } = (await caller.post('/v1/verifications', request)).body;
    const shown = async (): Promise<Body> => (await caller.get(`/v1/verifications/${id}`)).body;
    while ((await shown()).status !== 'waiting_for_payer') await new Promise((resolve) => setTimeout(resolve, 25));
    const patch = { priority: 'caller_waiting', neededBy: new Date(Date.now() + 700).toISOString() };
    expect((await retried(() => amend(id, patch))).status).toBe(202);
    expect(await caller.rested(id)).toMatchObject({ status: 'needs_call', reason: 'payer_down' });
    await payers.clearFaults();
    expect(await listed('CASE-F6')).toMatchObject({ priority: 'caller_waiting' });
  });

  test('still tries again where no answer stands', async () => {
    const shown = await caller.verify(requestFor('NWH0060305'));
    const asked = await timesAsked('NWH0060305');
    await amend(shown.id, { reference: 'CASE-G7' });
    expect((await caller.rested(shown.id)).status).toBe('not_found');
    expect(await timesAsked('NWH0060305')).toBeGreaterThan(asked);
  });
});

describe('one that is moved up before its turn', () => {
  let spine: Spine;
  let caller: TestCaller;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false });
    caller = new TestCaller(spine);
  });
  afterAll(() => spine.stop());

  test('has a job in the lane of its new priority, and by its new deadline', async () => {
    const { id } = (await caller.post('/v1/verifications', requestFor('NWH0010306', { priority: 'routine' }))).body;
    const jobsIn = async (lane: 'caller_waiting' | 'routine'): Promise<(number | undefined)[]> => {
      const jobs = await spine.api.get(LaneQueues).of(lane).getJobs(['waiting', 'prioritized', 'delayed']);
      return jobs.filter(({ data }) => data.verificationId === id).map(({ opts }) => opts.priority);
    };
    expect([(await jobsIn('routine')).length, (await jobsIn('caller_waiting')).length]).toEqual([1, 0]);
    const path = `/v1/verifications/${id}/information`;
    expect((await caller.post(path, { priority: 'caller_waiting', neededBy: inAnHour() })).status).toBe(202);
    const [inLane] = await jobsIn('caller_waiting');
    expect(inLane).toBeDefined();
    await caller.post(path, { neededBy: new Date(Date.now() + 60_000).toISOString() });
    expect(Math.min(...(await jobsIn('caller_waiting')).map(Number))).toBeLessThan(inLane ?? 0);
    await caller.post(`/v1/verifications/${id}/cancel`);
    expect((await caller.post(path, { priority: 'today' })).status).toBe(409);
  });
});

/** While it is just being asked about, a new deadline is refused. */
async function retried(send: () => Promise<{ status: number }>): Promise<{ status: number }> {
  const answer = await send();
  return answer.status === 409 ? retried(send) : answer;
}
