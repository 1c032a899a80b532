import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const example = readFileSync(join(process.cwd(), 'apps/cli/examples/answer.271'), 'utf8');
const usedUp = example.replace('EB*C*IND*30***29*600*****Y', 'EB*C*IND*30***29*0*****Y');

/** What another round changed, as callers read it. */
describe('asking again says what changed in dollars', () => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  let first: Body;
  let second: Body;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
    await payers.putAnswer('NWH0010401', example);
    first = await caller.verify(requestFor('NWH0010401'));
    await payers.putAnswer('NWH0010401', usedUp);
    await caller.post(`/v1/verifications/${first.id}/reverify`);
    second = await caller.rested(first.id);
  });
  afterAll(() => spine.stop());

  test('with before, after, difference and the payer’s words of both', () => {
    expect(first.changes).toBeUndefined();
    expect(second).toMatchObject({
      status: 'verified',
      round: 2,
      changes: { sinceRound: 1, since: first.resultOf.at },
    });
    const { items } = second.changes;
    expect(items.map(({ code }: Body) => code)).toEqual(['estimate_total', 'estimate_first_day', 'deductible_left']);
    const [total, , left] = items;
    expect(left).toMatchObject({
      text: 'The deductible left went from $600.00 to $0.00.',
      before: 60_000,
      after: 0,
      differenceCents: -60_000,
    });
    expect(left.sources.before.map(({ raw }: Body) => raw)).toContain('EB*C*IND*30***29*600*****Y');
    expect(left.sources.after.map(({ raw }: Body) => raw)).toContain('EB*C*IND*30***29*0*****Y');
    const moved = second.estimate.total.likelyCents - first.estimate.total.likelyCents;
    expect([total.before, total.after, total.differenceCents]).toEqual([
      first.estimate.total,
      second.estimate.total,
      moved,
    ]);
    expect(moved).toBeLessThan(0);
  });

  test('in its history by codes alone, and in the list not at all', async () => {
    const { body } = await caller.get(`/v1/verifications/${first.id}/history`);
    const told = body.items.filter(({ what }: Body) => what === 'verification.benefits_changed');
    expect(told.map(({ detail }: Body) => detail)).toEqual([
      { round: 2, sinceRound: 1, changes: 'estimate_total estimate_first_day deductible_left' },
    ]);
    const { body: list } = await caller.get('/v1/verifications?q=NWH0010401');
    expect([list.items[0].changes, list.items[0].estimate]).toEqual([undefined, undefined]);
  });

  test('nothing, where nothing changed', async () => {
    await caller.post(`/v1/verifications/${first.id}/reverify`);
    expect((await caller.rested(first.id)).changes).toMatchObject({ sinceRound: 2, items: [] });
  });

  test('not against what was answered about somebody else', async () => {
    const { coverages } = requestFor('NWH0020402') as { coverages: object[] };
    await caller.post(`/v1/verifications/${first.id}/information`, { coverages });
    await caller.rested(first.id);
    await caller.post(`/v1/verifications/${first.id}/reverify`);
    const shown = await caller.rested(first.id);
    expect([shown.round, shown.changes.items]).toEqual([4, []]);
  });
});
