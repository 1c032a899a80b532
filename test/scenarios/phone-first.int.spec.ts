import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { until } from '../../apps/standalone/processes';
import { phoned } from '../setup/phoned';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const byPhone = { payer: { id: 'pay_phone' }, memberId: 'P-1' };
const behindPhone = (second: object): Record<string, unknown> => requestFor('x', { coverages: [byPhone, second] });
const kinds = ({ needs = [] }: Body): string[] => needs.map(({ kind }: Body) => kind);
const call = () => phoned(new Date(Date.now() - 20 * 60_000).toISOString());

describe('a first coverage that no machine can ask about keeps no other from being asked', () => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
  });
  afterAll(() => spine.stop());

  const askedOf = async (memberId: string): Promise<number> =>
    (await payers.ledger()).filter((entry) => entry.memberId === memberId).length;
  const afterCall = async ({ id }: Body): Promise<Body> =>
    (await caller.post(`/v1/verifications/${id}/calls`, call())).body;

  test('a call to the first completes what the second answered by itself, and neither is asked twice', async () => {
    const open = await caller.verify(behindPhone({ payer: { id: 'pay_demo_northwind' }, memberId: 'NWH0010061' }));
    expect(open).toMatchObject({ status: 'needs_call', reason: 'no_electronic_way', payer: { id: 'pay_phone' } });
    expect(kinds(open)).toEqual(['call']);
    expect(open.needs[0].questions.every(({ id }: Body) => id.split(':')[1] !== '1')).toBe(true);
    expect(await askedOf('NWH0010061')).toBe(1);

    const both = await afterCall(open);
    expect(both).toMatchObject({ status: 'verified', decision: { decision: 'covered' } });
    const alone = await afterCall(await caller.verify(requestFor('x', { coverages: [byPhone] })));
    expect(both.estimate.total.likelyCents).toBeLessThan(alone.estimate.total.likelyCents);
    expect(await askedOf('NWH0010061')).toBe(1);

    await caller.post(`/v1/verifications/${open.id}/reverify`);
    expect((await caller.rested(open.id)).status).toBe('verified');
    expect(await askedOf('NWH0010061')).toBe(2);
  });

  test('a second one that is not found is to be mended, beside the call to the first', async () => {
    const shown = await caller.verify(behindPhone({ payer: { id: 'pay_demo_cedar_vale' }, memberId: 'CVM0060061' }));
    expect([shown.status, kinds(shown)]).toEqual(['needs_information', ['call', 'information']]);
  });

  test('a second one that is down is waited for and asked again by itself, beside the call to the first', async () => {
    await payers.playFault({ kind: 'status', status: 503, payerId: 'NW001' });
    const second = { payer: { id: 'pay_demo_northwind' }, memberId: 'NWH0010062' };
    const { id } = (await caller.post('/v1/verifications', behindPhone(second))).body;
    const shown = async (): Promise<Body> => (await caller.get(`/v1/verifications/${id}`)).body;
    await until(async () => (await shown()).status === 'waiting_for_payer', 15_000);
    expect(kinds(await shown())[0]).toBe('call');
    await payers.clearFaults();
    expect(await caller.rested(id)).toMatchObject({ status: 'needs_call', reason: 'no_electronic_way' });
    expect(await askedOf('NWH0010062')).toBeGreaterThan(1);
  });
});
