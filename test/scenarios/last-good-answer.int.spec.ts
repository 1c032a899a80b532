import { addDays } from '@openvob/benefits';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { type Body, requestFor, type Spine, startSpine, TestCaller, usualStart } from '../setup/spine';

/** What was answered once stays to be read, with its age, whatever becomes of asking again. */
describe('the last good answer', () => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  beforeAll(async () => {
    spine = await startSpine({
      redisUrl: undefined,
      settings: { PAYER_REPEAT_NOT_FOUND_SECONDS: '1', PAYER_PROBE_MS: '200' },
    });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
  });
  afterEach(() => payers.clearFaults());
  afterAll(() => spine.stop());

  async function askedAgain(memberId: string, fault: Parameters<SimulatorDriver['playFault']>[0]) {
    const first = await caller.verify(requestFor(memberId));
    expect(first).toMatchObject({ status: 'verified', round: 1, resultOf: { round: 1 } });
    await payers.playFault({ ...fault, memberId });
    const accepted = await caller.post(`/v1/verifications/${first.id}/reverify`);
    expect(accepted.body).toMatchObject({ status: 'queued', round: 2, resultOf: { round: 1 } });
    return { first, accepted: accepted.body as Body };
  }

  test.each([
    ['a web page', 'NWH0010201', { kind: 'html' }, 'failed', 'unreadable_answer'],
    ['a missing enrollment', 'NWH0010202', { kind: 'reject', code: '41' }, 'failed', 'configuration'],
    ['“not found”', 'NWH0010203', { kind: 'reject', code: '75' }, 'not_found', 'member_not_found'],
    ['“wrong birth date”', 'NWH0010204', { kind: 'reject', code: '71' }, 'needs_information', 'member_data'],
  ])('stays when asking again comes to %s', async (_what, memberId, fault, status, reason) => {
    const { first } = await askedAgain(memberId, fault);
    const shown = await caller.rested(first.id);
    expect(shown).toMatchObject({ status, reason, round: 2, resultOf: first.resultOf });
    expect([shown.decision, shown.estimate]).toEqual([first.decision, first.estimate]);
    expect(shown.goodUntil).toEqual(status === 'failed' ? first.goodUntil : undefined);
    const { body: listed } = await caller.get(`/v1/verifications?q=${memberId}`);
    expect(listed.items).toMatchObject([{ id: first.id, status }]);
    const { body: whatIf } = await caller.post(`/v1/verifications/${first.id}/estimate`, {});
    expect(whatIf.total).toEqual(first.estimate.total);
  });

  test('stays while the payer is down, good for as long as it was, and gives way to the next one', async () => {
    const { first, accepted } = await askedAgain('CVM0010205', { kind: 'status', status: 503 });
    expect(accepted).toMatchObject({ decision: first.decision, estimate: first.estimate, goodUntil: first.goodUntil });
    const waiting = await caller.get(`/v1/verifications/${first.id}?wait=1`);
    expect(waiting.body).toMatchObject({ round: 2, decision: first.decision, goodUntil: first.goodUntil });
    await payers.clearFaults();
    const shown = await caller.rested(first.id);
    expect(shown).toMatchObject({ status: 'verified', round: 2, resultOf: { round: 2 } });
    expect(shown.resultOf.at > first.resultOf.at).toBe(true);
  });

  test('stays when the payer was down until a person has to call', async () => {
    const neededBy = new Date(Date.now() + 3000).toISOString();
    const request = requestFor('SRA0010206', { neededBy });
    const first = await caller.verify(request);
    await payers.playFault({ kind: 'status', status: 503, memberId: 'SRA0010206' });
    await caller.post(`/v1/verifications/${first.id}/reverify`);
    const shown = await caller.rested(first.id);
    expect(shown).toMatchObject({ status: 'needs_call', reason: 'payer_down', resultOf: { round: 1 } });
    expect([shown.estimate, shown.goodUntil]).toEqual([first.estimate, first.goodUntil]);
  });

  test('is not that of another person, or of another member id', async () => {
    const first = await caller.verify(requestFor('GPA0010207'));
    const { coverages } = requestFor('GPA0060207') as { coverages: object[] };
    const corrected = await caller.post(`/v1/verifications/${first.id}/information`, { coverages });
    expect([corrected.status, corrected.body.estimate, corrected.body.goodUntil]).toEqual([202, undefined, undefined]);
    const shown = await caller.rested(first.id);
    expect([shown.status, shown.decision, shown.estimate, shown.resultOf]).toEqual([
      'not_found',
      undefined,
      undefined,
      undefined,
    ]);
    await caller.post(`/v1/verifications/${first.id}/information`, { coverages: requestFor('GPA0010207').coverages });
    expect(await caller.rested(first.id)).toMatchObject({
      status: 'verified',
      estimate: { total: first.estimate.total },
    });
  });

  const absences = {
    days: [usualStart(), addDays(usualStart(), 2)].map((date) => ({ date, attended: false })),
  };
  const approval = { status: 'approved', unit: 'days', approved: 10, number: 'N-1' };

  test.each([
    ['failed', 'NWH0010211', { kind: 'html' }, true],
    ['not_found', 'NWH0010212', { kind: 'reject', code: '75' }, false],
  ])('goes with what people record while it is %s', async (status, memberId, fault, isGood) => {
    const { first } = await askedAgain(memberId, fault);
    const path = `/v1/verifications/${first.id}`;
    await caller.rested(first.id);
    const attended = (await caller.post(`${path}/attendance`, absences)).body;
    expect(attended).toMatchObject({ status, round: 2, attendance: { missed: 2 } });
    expect(attended.estimate.total.likelyCents).toBeLessThan(first.estimate.total.likelyCents);
    expect(attended.estimate.days).toHaveLength(first.estimate.days.length - 2);
    const authorized = (await caller.post(`${path}/authorizations`, approval)).body;
    expect(authorized).toMatchObject({ status, authorization: { number: 'N-1', approvedDays: 10 } });
    expect(authorized.estimate.atRiskCents).toBeGreaterThan(0);
    for (const shown of [attended, authorized, (await caller.get(path)).body]) {
      expect(shown.goodUntil).toEqual(isGood ? first.goodUntil : undefined);
      expect([shown.resultOf, shown.needs]).toEqual([first.resultOf, attended.needs]);
    }
  });

  test('goes with nothing that is recorded of another member id', async () => {
    const first = await caller.verify(requestFor('GPA0010214'));
    const { coverages } = requestFor('GPA0060214') as { coverages: object[] };
    await caller.post(`/v1/verifications/${first.id}/information`, { coverages });
    await caller.rested(first.id);
    const shown = (await caller.post(`/v1/verifications/${first.id}/attendance`, absences)).body;
    expect([shown.status, shown.estimate, shown.attendance, shown.goodUntil]).toEqual([
      'not_found',
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('stays where only what the payer is not asked about was corrected', async () => {
    const first = await caller.verify(requestFor('GPA0010208'));
    const corrected = await caller.post(`/v1/verifications/${first.id}/information`, {
      patient: { phone: '555-0142' },
    });
    expect(corrected.body).toMatchObject({ status: 'verified', estimate: first.estimate });
  });
});
