import { FieldCipher } from '@openvob/platform';
import { Database, StoredPayerDirectory } from '@openvob/store';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { Client } from 'pg';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const link = (shown: Body): string[] =>
  (shown.chain ?? []).map(({ payer, because, answered, issue }: Body) =>
    [payer.name, because, answered ? 'answered' : (issue ?? 'not answered')].join(' | '),
  );
const codes = (shown: Body): string[] => shown.basis.assumptions.map((one: Body) => one.code);

describe('a chain of payers', () => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
  });
  afterEach(() => payers.clearFaults());
  afterAll(() => spine.stop());

  async function administer(payerId: string, administratorId: string): Promise<void> {
    const database = await Database.open({ url: spine.config.databaseUrl, poolSize: 1 });
    const directory = new StoredPayerDirectory(database, new FieldCipher(spine.config.keyRing));
    const quillmere = { id: 'pay_quillmere', name: 'Quillmere Behavioral', phone: '800-555-0177' };
    await directory.put({ ...quillmere, aliases: [], memberIdPrefixes: [] }, [], new Date());
    await database.close();
    const owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    await owner.query(
      `INSERT INTO payer_administrator (payer_id, administrator_id, state, plan_kind, source, as_of)
       VALUES ($1, $2, '', '', 'its provider manual', '2026-11-02')`,
      [payerId, administratorId],
    );
    await owner.end();
  }

  const askedOf = async (memberId: string): Promise<number> =>
    (await payers.ledger()).filter((entry) => entry.memberId === memberId).length;

  test('leads to the administrator of behavioral health, whose benefits count, with its own member id', async () => {
    const shown = await caller.verify(requestFor('MFT1010001'));
    expect(shown).toMatchObject({
      status: 'verified',
      payer: { id: 'pay_demo_maplefen', via: 'x12' },
      decision: {
        decision: 'covered_with_conditions',
        authorization: 'yes',
        coinsurance: { value: { percent: 20 } },
        deductibleIndividual: { value: { remainingCents: 25_000 } },
        limits: [{ unit: 'days', allowed: 40, remaining: 31 }],
      },
    });
    expect(link(shown)).toEqual([
      'Maplefen Employers Trust | requested | answered',
      'Driftmere Behavioral Administrators | carve_out | answered',
    ]);
    expect(codes(shown)).toEqual(expect.arrayContaining(['benefits_of_administrator', 'accumulator_of_administrator']));
    expect(await askedOf('DMB1020001')).toBe(1);
    const { items } = (await caller.get(shown.links.answers)).body;
    const [, administrator] = items;
    expect(administrator.payer).toBe('Driftmere Behavioral Administrators');
    expect(shown.decision.coinsurance.source[0].answer).toBe(administrator.inquiryId);
  });

  test('takes the deductible of the plan where the administrator says nothing of it', async () => {
    const shown = await caller.verify(requestFor('NWH0330001'));
    expect(link(shown)).toEqual([
      'Northwind Health Plan | requested | answered',
      'Lantern Behavioral Network | carve_out | answered',
    ]);
    // whether that deductible comes before the copay is for Lantern to tell
    expect(shown).toMatchObject({ status: 'needs_call', decision: { copay: { value: { amountCents: 3000 } } } });
    expect(shown.needs[0].message).toContain('Lantern Behavioral Network');
    expect(shown.decision.outOfPocketIndividual.value.remainingCents).toBe(390_000);
    expect(codes(shown)).toContain('accumulator_of_plan');
  });

  test('that goes in a circle is cut, and says so', async () => {
    const shown = await caller.verify(requestFor('CBH1030001'));
    expect(shown).toMatchObject({ status: 'needs_call', reason: 'carve_out_loop' });
    expect(link(shown)).toEqual([
      'Copperbrook Health | requested | answered',
      'Willowfen Behavioral Partners | carve_out | answered',
      'Copperbrook Health | carve_out | loop',
    ]);
    expect(shown.needs.some((need: Body) => /Copperbrook Health, Willowfen/.test(need.message))).toBe(true);
    expect(await askedOf('CBH1030001')).toBe(1);
  });

  test('ends at a payer for which there is no consent, and goes on once there is', async () => {
    const consent = { part2: { signedOn: '2026-01-02', scope: 'this_payer' } };
    const shown = await caller.verify(requestFor('MFT1010002', { consent }));
    expect(shown).toMatchObject({ status: 'needs_consent', reason: 'consent_for_another_payer' });
    expect(link(shown)[1]).toBe('Driftmere Behavioral Administrators | carve_out | no_consent');
    expect(shown.needs.some((need: Body) => need.message.includes('Driftmere'))).toBe(true);
    await caller.post(`/v1/verifications/${shown.id}/consent`, {
      part2: { signedOn: '2026-01-02', scope: 'treatment_payment_operations' },
    });
    const then = await caller.rested(shown.id);
    expect(then.status).toBe('verified');
    expect(await askedOf('MFT1010002')).toBe(1);
  });

  test('waits for an administrator that is down, the plan’s answer kept', async () => {
    await payers.playFault({ kind: 'status', status: 503, payerId: 'DB011', count: 2 });
    const shown = await caller.verify(requestFor('MFT1010003'));
    expect(shown.status).toBe('verified');
    expect(await askedOf('MFT1010003')).toBe(1);
  });

  test('ends at the administrator that the directory knows, where the answer does not say who', async () => {
    await administer('pay_demo_northwind', 'pay_quillmere');
    await payers.putAnswer('NWH0010667', carvedOutTo('BEHAVIORAL HEALTH VENDOR'));
    const shown = await caller.verify(requestFor('NWH0010667'));
    expect(shown).toMatchObject({ status: 'needs_call', reason: 'decision_carved_out' });
    expect(shown.needs[0].message).toContain('Quillmere Behavioral (800-555-0177)');
    expect(link(shown)[1]).toBe('Quillmere Behavioral | carve_out | by_phone');
    expect(codes(shown)).toContain('administrator_of_directory');
    await payers.putAnswer('NWH0010668', carvedOutToNobody);
    const named = await caller.verify(requestFor('NWH0010668'));
    expect(link(named)[1]).toBe('MARROWSTONE BEHAVIORAL | carve_out | unknown_payer');
  });

  test('leads to the administrator that the directory knows, where the answer does not say who', async () => {
    await administer('pay_demo_cedar_vale', 'pay_demo_driftmere');
    await payers.putAnswer('CVM0010669', carvedOutTo('THIRD PARTY ADMINISTRATOR*****MI*DMB1020001'));
    const shown = await caller.verify(requestFor('CVM0010669'));
    expect(shown.decision).toMatchObject({ coinsurance: { value: { percent: 20 } } });
    expect(link(shown)[1]).toBe('Driftmere Behavioral Administrators | carve_out | answered');
    expect(codes(shown)).toEqual(expect.arrayContaining(['administrator_of_directory', 'benefits_of_administrator']));
  });

  test('ends at an administrator that nobody knows, named with its phone', async () => {
    await payers.putAnswer('NWH0010666', carvedOutToNobody);
    const shown = await caller.verify(requestFor('NWH0010666'));
    expect(shown).toMatchObject({ status: 'needs_call', reason: 'decision_carved_out' });
    expect(shown.needs[0].message).toContain('MARROWSTONE BEHAVIORAL (5550100199)');
    expect(link(shown)[1]).toBe('MARROWSTONE BEHAVIORAL | carve_out | unknown_payer');
  });
});

describe('coverages of several payers', () => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
  });
  afterAll(() => spine.stop());

  const coverage = (id: string, memberId: string): object => ({ payer: { id }, memberId });
  const northwind = (memberId: string): object => coverage('pay_demo_northwind', memberId);
  const cedar = (memberId: string): object => coverage('pay_demo_cedar_vale', memberId);

  test('are asked and coordinated when one names another that pays first, with a member id', async () => {
    const alone = await caller.verify(requestFor('CVM0020001'));
    const shown = await caller.verify(requestFor('NWH0370001'));
    expect(shown).toMatchObject({
      status: 'verified',
      payer: { id: 'pay_demo_northwind' },
      decision: { copay: { value: { amountCents: 4000 } } },
    });
    expect(link(shown)).toEqual([
      'Northwind Health Plan | requested | answered',
      'Cedar & Vale Mutual | primary_payer | answered',
    ]);
    expect(codes(shown)).toContain('order_as_payers_say');
    expect(shown.estimate.total.likelyCents).toBeLessThanOrEqual(alone.estimate.total.likelyCents);
    expect(shown.basis.sources.some((one: Body) => one.coverage === 1)).toBe(true);
  });

  test('are put into the order that the payers tell', async () => {
    const asRequested = [northwind('NWH0370002'), cedar('CVM0020001')];
    const asTold = [cedar('CVM0020001'), northwind('NWH0370003')];
    const shown = await caller.verify(requestFor('x', { coverages: asRequested }));
    const same = await caller.verify(requestFor('x', { coverages: asTold }));
    expect(shown.status).toBe('verified');
    expect(codes(shown)).toContain('order_as_payers_say');
    expect(codes(same)).not.toContain('order_as_payers_say');
    expect(shown.estimate.total).toEqual(same.estimate.total);
  });

  test('need a person where the one that pays first is not known or gives no member id', async () => {
    const shown = await caller.verify(requestFor('NWH0160001'));
    expect(shown).toMatchObject({ status: 'needs_call', decision: { decision: 'other_payer' } });
    expect(link(shown)[1]).toBe('Cedar & Vale Mutual | primary_payer | no_member_id');
    expect(shown.needs[0].message).toMatch(/CEDAR & VALE MUTUAL has to be asked first/);
  });

  test('that pay after those that were asked are named', async () => {
    const shown = await caller.verify(requestFor('EBM1060001'));
    expect(codes(shown)).toContain('further_coverage_not_counted');
    expect(shown.chain).toBeUndefined();
  });

  test('that contradict each other stay in the order of the request, and a person decides', async () => {
    await payers.putAnswer('NWH0010777', primaryIs('CEDAR & VALE MUTUAL'));
    await payers.putAnswer('CVM0010777', primaryIs('NORTHWIND HEALTH PLAN'));
    const coverages = [northwind('NWH0010777'), cedar('CVM0010777')];
    const shown = await caller.verify(requestFor('x', { coverages }));
    expect(shown).toMatchObject({ status: 'needs_call', decision: { decision: 'other_payer' } });
    expect(codes(shown)).toContain('payers_disagree_on_order');
  });

  test('give way to the Medicare Advantage plan that holds one of them', async () => {
    await payers.putAnswer('EBM0010777', heldBy('CEDAR & VALE MUTUAL', 'CVM0020009'));
    const shown = await caller.verify(requestFor('EBM0010777'));
    expect(shown).toMatchObject({ status: 'verified', decision: { copay: { value: { amountCents: 4000 } } } });
    expect(link(shown)).toEqual([
      'Elderberry Medicare | requested | answered',
      'Cedar & Vale Mutual | holds_the_coverage | answered',
    ]);
    expect(codes(shown)).toContain('coverage_held_by');
    expect(shown.basis.sources.every((one: Body) => one.coverage === 0)).toBe(true);
  });
});

/** An invented 271 of one subscriber; trace and person are put in by the simulator. */
function text271(...benefits: string[]): string {
  const segments = [
    'ST*271*0001*005010X279A1',
    'BHT*0022*11*R1*20260302*0900',
    'HL*1**20*1',
    'NM1*PR*2*INVENTED PAYER*****PI*99001',
    'HL*2*1*21*1',
    'NM1*1P*2*TESTWOOD RECOVERY*****XX*1999999984',
    'HL*3*2*22*0',
    'TRN*2*T1*9SIMULATOR',
    'NM1*IL*1*EXAMPLE*AVERY****MI*W100',
    'DMG*D8*19900101',
    'DTP*346*D8*20260101',
    ...benefits,
  ];
  const body = [...segments, `SE*${segments.length + 1}*0001`].map((segment) => `${segment}~`).join('');
  const isa =
    'ISA*00*          *00*          *ZZ*PAYER          *ZZ*CENTER         *260302*0900*^*00501*000000007*0*T*:~';
  return `${isa}GS*HB*PAYER*CENTER*20260302*0900*7*X*005010X279A1~${body}GE*1*7~IEA*1*000000007~`;
}

const active = ['EB*1**30*PR*INVENTED PPO', 'EB*1**MH^CJ^CH', 'EB*A**MH^CJ^CH*****.2**N*Y'];
const accumulators = [
  'EB*C*IND*30***23*1500*****Y',
  'EB*C*IND*30***29*600*****Y',
  'EB*G*IND*30***23*5000*****Y',
  'EB*G*IND*30***29*3900*****Y',
];

const carvedOutToNobody = carvedOutTo('MARROWSTONE BEHAVIORAL', 'PER*IC**TE*5550100199');

function carvedOutTo(name: string, ...more: string[]): string {
  const party = ['LS*2120', `NM1*Y2*2*${name}`, ...more, 'LE*2120'];
  return text271('EB*1**30*PR*INVENTED PPO', 'EB*U**MH^CJ^CH', ...party);
}

function primaryIs(name: string): string {
  return text271(...active, ...accumulators, 'EB*R**30', 'LS*2120', `NM1*PRP*2*${name}`, 'LE*2120');
}

function heldBy(name: string, memberId: string): string {
  const advantage = ['EB*R**30*HN', 'LS*2120', `NM1*PR*2*${name}*****MI*${memberId}`, 'LE*2120'];
  return text271('EB*1**30*MA*MEDICARE PART A', 'EB*1**30*MB*MEDICARE PART B', ...advantage);
}
