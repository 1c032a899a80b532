import { FieldCipher } from '@openvob/platform';
import { Database, StoredPayerDirectory, StoredRecipeMemory } from '@openvob/store';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { type Body, requestFor, type Spine, startSpine, TestCaller, usualStart } from '../setup/spine';

describe('what a payer is asked for', () => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
  });
  afterAll(() => spine.stop());

  const askedFor = async (memberId: string): Promise<string[]> =>
    (await payers.ledger())
      .filter((entry) => entry.memberId === memberId)
      .map(({ serviceTypes }) => serviceTypes.join());
  async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const database = await Database.open({ url: spine.config.databaseUrl, poolSize: 1 });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  }
  const learnt = (payerId: string): Promise<Record<string, number[]>> =>
    withDatabase(async (database) => {
      const memory = await new StoredRecipeMemory(database).of(`con_${payerId}`);
      const rounded = memory.map(({ serviceType, useful, nothingNew, rejected }) => [
        serviceType,
        [useful, nothingNew, rejected].map(Math.round),
      ]);
      return Object.fromEntries(rounded);
    });
  const onTrack = (track: string): object => ({ admission: { network: 'in', startDate: usualStart(), track } });

  test('ends with the first answer that leaves nothing open', async () => {
    expect((await caller.verify(requestFor('NWH0010301'))).status).toBe('verified');
    expect(await askedFor('NWH0010301')).toEqual(['30']);
  });

  test('goes on, one service type at a time, until the amounts are told; every figure says which answer it is from', async () => {
    const shown = await caller.verify(requestFor('NWH1170001'));
    expect(shown).toMatchObject({ status: 'verified', decision: { coinsurance: { value: { percent: 20 } } } });
    expect(await askedFor('NWH1170001')).toEqual(['30', 'AI', 'CJ']);
    const { items } = (await caller.get(shown.links.answers)).body;
    expect(shown.decision.coinsurance.source[0].answer).toBe(items[2].inquiryId);
    const answers = shown.decision.deductibleIndividual.source.map((source: Body) => source.answer);
    expect(new Set(answers)).toEqual(new Set(items.map((item: Body) => item.inquiryId)));
  });

  test('skips what is rejected, which spoils nothing', async () => {
    const shown = await caller.verify(requestFor('CVM1180001'));
    expect(shown).toMatchObject({ status: 'verified', decision: { decision: 'covered' } });
    expect(await askedFor('CVM1180001')).toEqual(['30', 'AI', 'CJ']);
    expect(await learnt('pay_demo_cedar_vale')).toEqual({ AI: [0, 0, 1], CJ: [1, 0, 0] });
  });

  test('is remembered for that payer, and for no other', async () => {
    for (let serial = 2; serial < 5; serial += 1) await caller.verify(requestFor(`CVM118000${serial}`));
    expect(await askedFor('CVM1180004')).toEqual(['30', 'CJ']);
    await caller.verify(requestFor('SRA1180001'));
    expect(await askedFor('SRA1180001')).toEqual(['30', 'AI', 'CJ']);
    expect(Object.keys(await learnt('pay_demo_blue_heron'))).toEqual([]);
  });

  test('tells nothing of substance use on a track of mental health', async () => {
    const shown = await caller.verify(requestFor('BHN0030001', { ...onTrack('mh'), consent: undefined }));
    expect(shown.status).toBe('needs_call');
    expect(await askedFor('BHN0030001')).toEqual(['30', 'MH', 'CH', 'A8']);
  });

  test('is nothing that the payer is known not to answer', async () => {
    await withDatabase(async (database) => {
      const directory = new StoredPayerDirectory(database, new FieldCipher(spine.config.keyRing));
      const [connection] = await directory.connectionsOf('pay_demo_granite_peak');
      if (!connection) throw new Error('no connection');
      const payer = { id: 'pay_demo_granite_peak', name: 'Granite Peak', aliases: [], memberIdPrefixes: ['GPA'] };
      await directory.put(payer, [{ ...connection, serviceTypes: ['30', 'MH'] }], new Date());
    });
    await caller.verify(requestFor('GPA0030001'));
    expect(await askedFor('GPA0030001')).toEqual(['30', 'MH']);
  });

  test('waits for the payer while it is down, with what is known by now, and gives it to a person in the end', async () => {
    const neededBy = new Date(Date.now() + 2500).toISOString();
    const shown = await caller.verify(requestFor('SRA1190001', { neededBy }));
    expect(shown).toMatchObject({ status: 'needs_call', decision: { decision: 'covered' } });
    expect(shown.needs[0].questions[0]).toMatchObject({ code: 'cost_share' });
    const asked = await askedFor('SRA1190001');
    expect(asked[0]).toBe('30');
    expect(new Set(asked.slice(1)).size).toBe(1);
    expect(asked.length).toBeGreaterThan(2);
  });

  test('is shown by a dry run, with what it can cost', async () => {
    const dry = await caller.post('/v1/verifications?dryRun=true', requestFor('HLC0010001', { patient: middle }));
    expect(dry.body).toMatchObject({ inquiries: [{ serviceTypes: ['30'] }], costCents: 10, mostCostCents: 50 });
    expect(
      dry.body.mayFollow.map(({ serviceTypes, when, variation }: Body) => [serviceTypes[0], when, variation]),
    ).toEqual([
      ['30', 'not_found', 'without_middle_name'],
      ['AI', 'unsaid', undefined],
      ['CJ', 'unsaid', undefined],
      ['MH', 'unsaid', undefined],
    ]);
  });
});

const middle = {
  firstName: 'Marlow',
  middleName: 'Quinn',
  lastName: 'Quillfeather',
  birthDate: '1988-03-14',
  relationship: 'self',
};
