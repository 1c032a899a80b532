import { addDays } from '@openvob/benefits';
import { FieldCipher, todayIn } from '@openvob/platform';
import { Database, FacilitySetup, StoredPayerDirectory } from '@openvob/store';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { type Body, facilityId, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const today = todayIn('America/New_York', new Date());
const facility = { id: facilityId, name: 'Testwood Recovery', timeZone: 'America/New_York', npi: '1999999984' };

/** How each class of rejection is followed, from the request to what the coordinator reads. */
describe('a rejected inquiry', () => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, settings: { PAYER_REPEAT_NOT_FOUND_SECONDS: '1' } });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
    await withDatabase(async (database, cipher) => {
      const setup = new FacilitySetup(database, cipher);
      await setup.put({ ...facility, secondNpi: '1999999976' }, new Date());
      const directory = new StoredPayerDirectory(database, cipher);
      const [connection] = await directory.connectionsOf('pay_demo_harborlight');
      if (!connection) throw new Error('no connection');
      const takesAll = ['without_middle_name', 'dependent_as_subscriber', 'id_and_birth_date'] as const;
      const payer = {
        id: 'pay_demo_harborlight',
        name: 'Harborlight Community Plan',
        aliases: [],
        memberIdPrefixes: [],
      };
      await directory.put(payer, [{ ...connection, variations: takesAll }], new Date());
    });
  });
  afterAll(() => spine.stop());

  async function withDatabase(work: (database: Database, cipher: FieldCipher) => Promise<void>): Promise<void> {
    const database = await Database.open({ url: spine.config.databaseUrl, poolSize: 1 });
    await work(database, new FieldCipher(spine.config.keyRing));
    await database.close();
  }

  const asked = async (memberId: string): Promise<Body[]> =>
    (await payers.ledger()).filter((entry) => entry.memberId === memberId);
  const codes = (shown: Body): string[] => shown.basis.assumptions.map((one: Body) => one.code);
  const variations = async (shown: Body): Promise<(string | undefined)[]> =>
    (await caller.get(shown.links.answers)).body.items.map((item: Body) => item.variation);
  const patient = { firstName: 'Marlow', lastName: 'Quillfeather', birthDate: '1988-03-14', relationship: 'self' };
  const withMiddleName = { patient: { ...patient, middleName: 'Quinn' } };
  const ofChild = {
    patient: { ...patient, birthDate: '2008-03-14', relationship: 'child' },
    subscriber: { firstName: 'Wren', lastName: 'Quillfeather' },
  };

  test('of a name is followed by plainer ones, and says so', async () => {
    const shown = await caller.verify(requestFor('NWH1110001', withMiddleName));
    expect(shown).toMatchObject({ status: 'verified', costCents: 20 });
    expect(await variations(shown)).toEqual([undefined, 'without_middle_name']);
    expect(shown.basis.assumptions).toContainEqual({
      code: 'found_with_variation',
      text: 'Northwind Health Plan found the patient without the middle name or suffix that the request gives.',
      path: '/coverages/0',
    });
  });

  test('of a dependent is followed by the dependent as a subscriber', async () => {
    const shown = await caller.verify(requestFor('NWH1120001', ofChild));
    expect(shown.status).toBe('verified');
    expect(await variations(shown)).toEqual([undefined, 'dependent_as_subscriber']);
    expect(codes(shown)).toContain('found_with_variation');
  });

  test('is followed by four inquiries at most, those that the payer takes, none of them twice', async () => {
    const all = { ...ofChild, patient: { ...ofChild.patient, middleName: 'Quinn' } };
    const found = await caller.verify(requestFor('HLC1130001', all));
    expect(found.status).toBe('verified');
    expect(await variations(found)).toEqual([
      undefined,
      'without_middle_name',
      'dependent_as_subscriber',
      'id_and_birth_date',
    ]);
    const none = await caller.verify(requestFor('HLC0060001', all));
    expect(none).toMatchObject({ status: 'not_found', reason: 'member_not_found', costCents: 40 });
    expect(await asked('HLC0060001')).toHaveLength(4);
    const fewer = await caller.verify(requestFor('NWH0060001', all));
    expect(fewer.status).toBe('not_found');
    expect(await asked('NWH0060001')).toHaveLength(3);
  });

  test('of a birth date alone is the coordinator’s to mend', async () => {
    const shown = await caller.verify(requestFor('NWH0170001', withMiddleName));
    expect(shown).toMatchObject({ status: 'needs_information', needs: [{ fields: ['/patient/birthDate'] }] });
    expect(await asked('NWH0170001')).toHaveLength(1);
  });

  test('of the subscriber’s birth date asks for the subscriber’s, not for the child’s; of a further coverage, where it was sent', async () => {
    const coverages = [
      { order: 'secondary', payer: { id: 'pay_demo_summit_ridge' }, memberId: 'SRA0010811' },
      { order: 'primary', payer: { id: 'pay_demo_northwind' }, memberId: 'NWH0010811' },
    ];
    const rejected = { kind: 'reject', code: '71', level: 'subscriber', followUp: 'C' };
    await payers.playFault({ ...rejected, memberId: 'NWH0010811' });
    const shown = await caller.verify(requestFor('x', { ...ofChild, coverages }));
    expect(shown.needs[0].fields).toEqual(['/subscriber/birthDate']);
    await payers.clearFaults();
    await payers.playFault({ ...rejected, code: '72', memberId: 'SRA0010811' });
    const further = await caller.verify(requestFor('x', { ...ofChild, coverages }));
    const needs = further.needs.filter(({ kind }: Body) => kind === 'information');
    expect(needs.map(({ fields }: Body) => fields)).toEqual([['/coverages/0/memberId']]);
    await payers.clearFaults();
  });

  test('that allows no resubmission is not final: once more after a while', async () => {
    const found = await caller.verify(requestFor('NWH1140001', withMiddleName));
    expect(found.status).toBe('verified');
    expect(await asked('NWH1140001')).toHaveLength(2);
    const never = await caller.verify(requestFor('NWH1150001', withMiddleName));
    expect(never.status).toBe('not_found');
    expect(await asked('NWH1150001')).toHaveLength(2);
  });

  test('that asks for ten days of patience names the day', async () => {
    const shown = await caller.verify(requestFor('NWH1160001', withMiddleName));
    expect(shown).toMatchObject({ status: 'not_found', recheckOn: addDays(today, 10) });
    expect(await asked('NWH1160001')).toHaveLength(1);
  });

  test('of a date in the future is followed by today’s, the admission kept and to be asked about again', async () => {
    const startDate = addDays(`${addDays(today, 45).slice(0, 7)}-01`, 9);
    const admission = { network: 'in', startDate };
    const shown = await caller.verify(requestFor('NWH0450001', { admission }));
    expect(shown).toMatchObject({ startDate, recheckOn: `${startDate.slice(0, 7)}-01` });
    expect(shown.estimate.days[0].date >= startDate).toBe(true);
    expect(await variations(shown)).toEqual([undefined, 'today']);
    expect(codes(shown)).toContain('asked_for_today');
  });

  test('of the provider is followed by the other NPI, once', async () => {
    const shown = await caller.verify(requestFor('NWH0410001'));
    expect(shown.status).toBe('verified');
    expect(await variations(shown)).toEqual([undefined, 'second_npi']);
    expect(codes(shown)).toContain('asked_with_second_npi');
    const unknown = await caller.verify(requestFor('NWH0180001'));
    expect(unknown).toMatchObject({ status: 'failed', reason: 'provider_enrollment' });
    expect(await asked('NWH0180001')).toHaveLength(2);
  });

  test('of a participant that the payer does not know is followed by the other NPI, once', async () => {
    await payers.playFault({ kind: 'reject', code: '79', level: 'payer', memberId: 'SRA0010804', count: 1 });
    const shown = await caller.verify(requestFor('SRA0010804'));
    expect(shown.status).toBe('verified');
    expect((await variations(shown)).slice(0, 2)).toEqual([undefined, 'second_npi']);
    await payers.playFault({ kind: 'reject', code: '79', level: 'payer', memberId: 'SRA0010805' });
    const never = await caller.verify(requestFor('SRA0010805'));
    expect(never).toMatchObject({ status: 'failed', reason: 'configuration' });
    expect(await asked('SRA0010805')).toHaveLength(2);
    await payers.clearFaults();
  });

  test('of a payer that cannot answer now is asked again, and is no variation', async () => {
    const shown = await caller.verify(requestFor('NWH0070001', withMiddleName));
    expect(shown.status).toBe('verified');
    expect(await variations(shown)).toEqual([undefined, undefined, undefined]);
  });

  test('for want of an enrollment rests as failed, and operations are told', async () => {
    expect(await caller.verify(requestFor('NWH0400001'))).toMatchObject({ status: 'failed', reason: 'configuration' });
  });

  test.each(['S', 'Y'])(
    'that is held for an answer by itself (%s) is not sent again, and goes to a person',
    async (followUp) => {
      const memberId = followUp === 'S' ? 'SRA0010801' : 'SRA0010802';
      await payers.playFault({ kind: 'reject', code: '42', followUp, memberId });
      const shown = await caller.verify(requestFor(memberId));
      expect(shown).toMatchObject({ status: 'needs_call', reason: 'do_not_resend', needs: [{ kind: 'call' }] });
      expect(shown.needs[0].message).toMatch(/Do not send it again: .* will answer/);
      expect(await asked(memberId)).toHaveLength(1);
      await payers.clearFaults();
    },
  );

  test('for another last name, all else agreeing, is the coordinator’s to mend, and shows nobody’s benefits', async () => {
    await payers.playFault({ kind: 'other_person', part: 'last_name', memberId: 'SRA0010803' });
    const shown = await caller.verify(requestFor('SRA0010803'));
    expect(shown).toMatchObject({
      status: 'needs_information',
      reason: 'other_last_name',
      needs: [{ kind: 'information', fields: ['/patient/lastName'] }],
    });
    expect([shown.decision, shown.estimate]).toEqual([undefined, undefined]);
    expect(await asked('SRA0010803')).toHaveLength(1);
    await payers.clearFaults();
    await caller.post(`/v1/verifications/${shown.id}/information`, { patient: { middleName: 'Quinn' } });
    expect((await caller.rested(shown.id)).status).toBe('verified');
  });

  test('is asked about anew after a correction that changes nothing for the payer, each inquiry under its own trace', async () => {
    const shown = await caller.verify(requestFor('NWH1110002', withMiddleName));
    const [coverage] = (requestFor('NWH1110002') as { coverages: object[] }).coverages;
    const coverages = [{ ...coverage, groupNumber: 'GRP-1' }];
    const before = (await asked('NWH1110002')).length;
    const again = await caller.post(`/v1/verifications/${shown.id}/information`, { coverages });
    expect(again.status).toBe(202);
    expect((await caller.rested(shown.id)).status).toBe('verified');
    const rows = await asked('NWH1110002');
    expect(rows.length).toBeGreaterThan(before);
    expect(new Set(rows.map((row) => row.trace)).size).toBe(rows.length);
  });
});
