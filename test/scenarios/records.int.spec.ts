import { memberIdFor, scenarios, simulatedPayers } from '../../apps/payer-simulator/scenarios';
import { SuiteClock } from '../setup/clock';
import { type Body, requestFor as requestAt, type Spine, startSpine, TestCaller } from '../setup/spine';

const [payer] = simulatedPayers;

function member(id: string, serial: number): string {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario || !payer) throw new Error(`no scenario ${id}`);
  return memberIdFor(payer, scenario, serial);
}

const clock = new SuiteClock('2026-11-20T15:00:00Z');
const requestFor = (memberId: string, change: object = {}): Record<string, unknown> =>
  requestAt(memberId, change, clock.now());

/** The test program runs from 2 March 2026 for eight weeks of Monday, Wednesday and Friday: 24 days, the last on 24 April. */
describe('what people record beside calls', () => {
  let spine: Spine;
  let caller: TestCaller;
  let biller: TestCaller;
  let serial = 0;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, clock });
    caller = new TestCaller(spine);
    biller = new TestCaller(spine, await spine.keyFor('biller'));
  });
  afterAll(() => spine.stop());

  /** A copay of $40 a day, authorization required. */
  const withCopay = async (scenario = 'copay_a_day'): Promise<Body> => {
    serial += 1;
    return caller.verify(requestFor(member(scenario, 100 + serial)));
  };
  const record = async (id: string, what: string, body: object): Promise<Body> => {
    const response = await caller.post(`/v1/verifications/${id}/${what}`, body);
    if (response.status !== 200) throw new Error(`${response.status} ${response.text}`);
    return response.body;
  };
  const codes = (shown: Body): string[] => shown.basis.flags.map((flag: Body) => flag.code);

  describe('an authorization', () => {
    test('says how many days are approved, what is at risk after them and when the packet is due', async () => {
      const { id } = await withCopay();
      const shown = await record(id, 'authorizations', {
        status: 'approved',
        number: 'AUTH-9',
        unit: 'days',
        approved: 10,
        from: '2026-03-02',
        decidedOn: '2026-02-27',
      });
      expect(shown.authorization).toMatchObject({
        required: 'yes',
        status: 'approved',
        number: 'AUTH-9',
        programDays: 24,
        approvedDays: 10,
        lastApprovedDay: '2026-03-23',
        packetDueOn: '2026-03-18',
      });
      // 14 program days of $325 and 5 Tuesdays of $140 lie past the approval
      expect(shown.estimate.atRiskCents).toBe(14 * 32_500 + 5 * 14_000);
      expect(codes(shown)).toEqual(expect.arrayContaining(['authorization_runs_out', 'review_packet_due']));
      expect(shown.decision).toMatchObject({ decision: 'covered_with_conditions', authorization: 'yes' });
      const { source } = shown.basis.sources.find(
        (one: Body) => one.path === '/coverages/0/authorization/approvedDays',
      );
      expect(source.authorization.number).toBe('AUTH-9');
    });

    test('goes on by an extension, and covers all by two', async () => {
      const { id } = await withCopay();
      await record(id, 'authorizations', { status: 'approved', unit: 'days', approved: 10, from: '2026-03-02' });
      const extended = await record(id, 'authorizations', { status: 'approved', unit: 'visits', approved: 6 });
      expect(extended.authorization).toMatchObject({ approvedDays: 16, lastApprovedDay: '2026-04-06' });
      const whole = await record(id, 'authorizations', { status: 'approved', unit: 'hours', approved: 24 });
      expect(whole.authorization).toMatchObject({ approvedDays: 24 });
      expect(whole.estimate.atRiskCents).toBe(0);
      expect(codes(whole)).not.toContain('authorization_runs_out');
    });

    test('that is refused leaves no doubt about the days after it', async () => {
      const { id, estimate } = await withCopay();
      await record(id, 'authorizations', { status: 'approved', unit: 'days', approved: 10 });
      const refused = await record(id, 'authorizations', { status: 'denied', words: 'Not medically necessary.' });
      expect(refused.estimate.total.likelyCents).toBeLessThan(estimate.total.likelyCents);
      expect(refused.estimate.total.lowCents).toBe(refused.estimate.total.highCents);
      expect(codes(refused)).toContain('authorization_denied');
    });

    test('that is not required ends the question', async () => {
      const { id } = await withCopay('authorization_required');
      const shown = await record(id, 'authorizations', { status: 'not_required' });
      expect(shown.decision.conditions).not.toContain('authorization_required');
      expect(shown.authorization).toMatchObject({ required: 'no' });
    });

    test('of a payer stays with it when the coverage is corrected to another', async () => {
      const { id } = await withCopay();
      await record(id, 'authorizations', { status: 'approved', unit: 'days', approved: 10, number: 'N-1' });
      const coverages = [{ payer: { id: 'pay_demo_cedar_vale' }, memberId: 'CVM0010931' }];
      await caller.post(`/v1/verifications/${id}/information`, { coverages });
      const shown = await caller.rested(id);
      const flag = shown.basis.flags.find((one: Body) => one.code === 'authorization_of_other_payer');
      expect(flag.text).toContain('N-1');
      expect(shown.authorization).toBeUndefined();
      expect(shown.estimate.atRiskCents).toBe(0);
      const path = `/v1/verifications/${id}/authorizations`;
      const [former] = (await caller.get(path)).body.items;
      expect(former).toMatchObject({ number: 'N-1', payer: payer?.id });
      // what is mended of the old one is the old payer's still
      const words = 'By letter.';
      const mended = await record(id, 'authorizations', {
        status: 'approved',
        number: 'N-1',
        words,
        amends: former.id,
      });
      expect(mended.authorization).toBeUndefined();
      const own = await record(id, 'authorizations', { status: 'approved', unit: 'days', approved: 4, number: 'C-2' });
      expect(own.authorization).toMatchObject({ approvedDays: 4, number: 'C-2' });
    });

    test('is amended, never edited', async () => {
      const { id } = await withCopay();
      await record(id, 'authorizations', { status: 'approved', unit: 'days', approved: 100 });
      const path = `/v1/verifications/${id}/authorizations`;
      const [first] = (await caller.get(path)).body.items;
      const shown = await record(id, 'authorizations', {
        status: 'approved',
        unit: 'days',
        approved: 12,
        amends: first.id,
      });
      expect(shown.authorization.approvedDays).toBe(12);
      const { items } = (await caller.get(path)).body;
      expect(items.map((one: Body) => [one.approved, one.amends, one.amendedBy])).toEqual([
        [100, undefined, items[1].id],
        [12, first.id, undefined],
      ]);
    });
  });

  describe('attendance', () => {
    test('takes absences out of the estimate, and they use no approval up', async () => {
      const { id, estimate } = await withCopay();
      await record(id, 'authorizations', { status: 'approved', unit: 'days', approved: 10, from: '2026-03-02' });
      const shown = await record(id, 'attendance', {
        days: [
          { date: '2026-03-02', attended: true },
          { date: '2026-03-04', attended: false },
          { date: '2026-03-06', attended: false },
        ],
      });
      expect(shown.estimate.total.likelyCents).toBe(estimate.total.likelyCents - 2 * 4000);
      expect(shown.authorization).toMatchObject({ programDays: 22, approvedDays: 10, lastApprovedDay: '2026-03-27' });
      expect(shown.attendance).toMatchObject({ attended: 1, missed: 2 });
      expect(codes(shown)).toContain('attendance_not_recorded');
    });

    test('bills a day that was attended otherwise than planned', async () => {
      const { id, estimate } = await withCopay();
      const shown = await record(id, 'attendance', {
        days: [{ date: '2026-03-05', attended: true, services: ['H0015'] }],
      });
      expect(shown.estimate.days.map((day: Body) => day.date)).toContain('2026-03-05');
      expect(shown.estimate.total.likelyCents).toBe(estimate.total.likelyCents + 4000);
    });

    test('of one date counts as it was recorded last, and the same again is no record', async () => {
      const { id, estimate } = await withCopay();
      await record(id, 'attendance', { days: [{ date: '2026-03-02', attended: false }] });
      await record(id, 'attendance', { days: [{ date: '2026-03-02', attended: false }] });
      const shown = await record(id, 'attendance', { days: [{ date: '2026-03-02', attended: true }] });
      expect(shown.estimate.total.likelyCents).toBe(estimate.total.likelyCents);
      const { items } = (await caller.get(`/v1/verifications/${id}/attendance`)).body;
      expect(items).toMatchObject([{ date: '2026-03-02', attended: true, before: [{ attended: false }] }]);
    });

    test('without an authorization is told', async () => {
      const { id } = await withCopay();
      await record(id, 'authorizations', { status: 'approved', unit: 'days', approved: 1, from: '2026-03-02' });
      const shown = await record(id, 'attendance', { days: [{ date: '2026-03-04', attended: true }] });
      const flag = shown.basis.flags.find((one: Body) => one.code === 'attended_without_authorization');
      expect(flag.text).toContain('2026-03-04');
    });
  });

  describe('a remittance', () => {
    const line = (serviceDate: string, change: object = {}): object => ({
      serviceDate,
      code: 'HC:H0015:HF',
      allowedCents: 32_500,
      copayCents: 4000,
      paidCents: 28_500,
      patientCents: 4000,
      ...change,
    });

    test('is explained line by line: another rate of the copay, a day that was not attended', async () => {
      const { id } = await withCopay();
      await record(id, 'attendance', { days: [{ date: '2026-03-04', attended: false }] });
      const response = await biller.post(`/v1/verifications/${id}/remittances`, {
        lines: [line('2026-03-02'), line('2026-03-06', { copayCents: 5500, paidCents: 27_000, patientCents: 5500 })],
      });
      expect(response.status).toBe(201);
      const { comparison } = response.body;
      // the Tuesday with a therapist and the Wednesday were planned too
      expect(comparison).toMatchObject({ estimatedCents: 16_000, settledCents: 9500, differenceCents: -6500 });
      expect(comparison.causes).toEqual([
        { cause: 'attendance', cents: -8000 },
        { cause: 'share_rule', cents: 1500 },
      ]);
      expect((await biller.get(`/v1/verifications/${id}/remittances`)).body.items).toEqual([response.body]);
    });

    test('is summed for its payer, in its last form, without a word of the patient', async () => {
      const elsewhere = 'pay_demo_cedar_vale';
      const settle = async (patientCents: number, amends?: string): Promise<Body> => {
        serial += 1;
        const { id } = await caller.verify(
          requestFor('x', { coverages: [{ payer: { id: elsewhere }, memberId: `CVM002${1000 + serial}` }] }),
        );
        const sent = await biller.post(`/v1/verifications/${id}/remittances`, {
          lines: [line('2026-03-02', { copayCents: patientCents, paidCents: 32_500 - patientCents, patientCents })],
          ...(amends ? { amends } : {}),
        });
        return { ...sent.body, verification: id };
      };
      await settle(4000);
      await settle(4200);
      const wrong = await settle(30_000);
      await biller.post(`/v1/verifications/${wrong.verification}/remittances`, {
        amends: wrong.id,
        lines: [line('2026-03-02', { copayCents: 10_000, paidCents: 22_500, patientCents: 10_000 })],
      });
      const accuracy = await biller.get(`/v1/payers/${elsewhere}/accuracy`);
      expect(accuracy.status).toBe(200);
      expect(accuracy.body).toMatchObject({
        payerId: elsewhere,
        count: 3,
        withinTenPercent: 2,
        withinTenPercentShare: 66.7,
        biasCents: 2067,
        medianDifferenceCents: 200,
        causes: [{ cause: 'share_rule', cents: 6200 }],
      });
      expect(accuracy.text).not.toMatch(/ver_|2026-03-02|Quillfeather/);
      const other = new TestCaller(spine, await spine.keyFor('biller', 'fac_elsewhere'));
      expect((await other.get(`/v1/payers/${elsewhere}/accuracy`)).body).toMatchObject({ count: 0 });
    });

    test('by totals alone is told in proportion', async () => {
      const { id } = await withCopay();
      const totals = { from: '2026-03-02', through: '2026-03-06', patientCents: 8000, programDays: 2 };
      const { body } = await biller.post(`/v1/verifications/${id}/remittances`, totals);
      expect(body.comparison).toMatchObject({ settledCents: 8000, lines: [] });
    });

    test('is refused while there is no estimate, and for a payer that nobody knows', async () => {
      const none = await caller.verify(
        requestFor('x', { coverages: [{ payer: { id: 'pay_phone' }, memberId: 'P-9' }] }),
      );
      const early = await biller.post(`/v1/verifications/${none.id}/remittances`, { lines: [line('2026-03-02')] });
      expect([early.status, early.body.code]).toEqual([409, 'wrong_state']);
      const { id } = await withCopay();
      const unknown = { payerId: 'pay_nowhere', lines: [line('2026-03-02')] };
      const refused = await biller.post(`/v1/verifications/${id}/remittances`, unknown);
      expect([refused.status, refused.body.code, refused.body.errors[0].pointer]).toEqual([
        422,
        'unknown_payer',
        '/payerId',
      ]);
    });
  });
});
