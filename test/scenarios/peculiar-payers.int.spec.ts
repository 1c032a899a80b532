import { simulatedPayers, usualMemberId } from '../../apps/payer-simulator/scenarios';
import { requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

/** Where a verification ends at the payers that each show one thing. */
describe('a payer with a peculiarity', () => {
  let spine: Spine;
  let caller: TestCaller;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
  });
  afterAll(() => spine.stop());

  function memberOf(payerId: string): string {
    const payer = simulatedPayers.find(({ id }) => id === payerId);
    if (!payer) throw new Error(`no payer ${payerId}`);
    return usualMemberId(payer);
  }

  test.each([
    ['pay_demo_sandling', { status: 'verified', payer: { via: 'stedi' }, decision: { decision: 'covered' } }],
    ['pay_demo_petrelwing', { status: 'verified', payer: { via: 'x12' } }],
    ['pay_demo_driftmere', { status: 'verified', decision: { decision: 'covered_with_conditions' } }],
    ['pay_demo_pinehallow', { status: 'failed' }],
    ['pay_demo_ironleaf', { status: 'needs_information' }],
    ['pay_demo_thistlegate', { decision: { decision: 'covered_with_conditions' } }],
    ['pay_demo_juniper_bend', { estimate: { total: { highCents: 0 } } }],
    ['pay_demo_windrose', { decision: { decision: 'covered_with_conditions' } }],
    [
      'pay_demo_wren_orchard',
      { status: 'needs_call', needs: [{ kind: 'call', message: expect.stringContaining('555-010-7022') }] },
    ],
  ])('%s ends as it should', async (payerId, expected) => {
    const shown = await caller.verify({ ...requestFor(memberOf(payerId)) });
    expect(shown).toMatchObject(expected);
  });

  test('is named by its name alone', async () => {
    const request = requestFor('DMB0000001');
    const coverages = [{ payer: { name: 'Driftmere Behavioral Administrators' }, memberId: 'DMB0000001' }];
    expect((await caller.verify({ ...request, coverages })).payer?.id).toBe('pay_demo_driftmere');
  });
});
