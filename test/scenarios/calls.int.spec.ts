import { memberIdFor, scenarios, simulatedPayers } from '../../apps/payer-simulator/scenarios';
import { everything } from '../setup/phoned';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const [payer] = simulatedPayers;

/** A member of the first payer whose answer is this scenario's. */
function member(id: string, serial: number): string {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario || !payer) throw new Error(`no scenario ${id}`);
  return memberIdFor(payer, scenario, serial);
}

const call = (answers: object[], change: object = {}): object => ({
  representative: 'Tamsin Oakhurst',
  referenceNumber: 'REF-4711',
  startedAt: new Date(Date.now() - 20 * 60_000).toISOString(),
  endedAt: new Date(Date.now() - 60_000).toISOString(),
  answers,
  ...change,
});

describe('a call to a payer', () => {
  let spine: Spine;
  let caller: TestCaller;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
  });
  afterAll(() => spine.stop());

  const record = async (id: string, answers: object[], change: object = {}): Promise<Body> => {
    const response = await caller.post(`/v1/verifications/${id}/calls`, call(answers, change));
    if (response.status !== 200) throw new Error(`${response.status} ${response.text}`);
    return response.body;
  };
  const byPhone = (): Promise<Body> =>
    caller.verify(requestFor('x', { coverages: [{ payer: { id: 'pay_phone' }, memberId: 'P-1' }] }));

  test('is tried out while it is typed, however often others record on the same verification meanwhile', async () => {
    const { id } = await byPhone();
    const path = `/v1/verifications/${id}/calls`;
    const [first = {}] = everything;
    const sent = Array.from({ length: 24 }, (_, index) =>
      index % 4 === 0
        ? caller.post(path, call([first]))
        : caller.post(`${path}?dryRun=true`, call(everything.slice(0, index % 4))),
    );
    expect(new Set((await Promise.all(sent)).map(({ status }) => status))).toEqual(new Set([200]));
    expect((await caller.get(path)).body.items).toHaveLength(6);
  });

  test('answers what was left unsaid: the verification is settled in the response', async () => {
    const open = await caller.verify(requestFor(member('behavioral_without_amounts', 1)));
    expect(open.status).toBe('needs_call');
    const { id: questionId } = open.needs[0].questions[0];
    const half = await record(open.id, [{ questionId, value: { order: 'copay', copayCents: 4000, copayPer: 'day' } }]);
    expect(half.estimate.firstDayCents).toBe(4000);
    const rest = half.needs?.[0]?.questions ?? [];
    const settled = rest.length === 0 ? half : await record(open.id, everything);
    expect(settled).toMatchObject({ status: 'verified', decision: { decision: 'covered' } });
    expect(settled.needs).toBeUndefined();
    // 24 days and 8 hours with a therapist, $40 each
    expect(settled.estimate.total).toEqual({ lowCents: 128_000, likelyCents: 128_000, highCents: 128_000 });
    expect((await caller.get(`/v1/verifications/${open.id}`)).body).toMatchObject({ status: 'verified' });
  });

  test('gives every figure its source: date, reference, representative, words', async () => {
    const open = await caller.verify(requestFor(member('behavioral_without_amounts', 2)));
    const shown = await record(open.id, everything);
    const [source] = shown.basis.sources.filter((one: Body) => one.path === '/coverages/0/costShares/0');
    expect(source.source.call).toMatchObject({
      representative: 'Tamsin Oakhurst',
      reference: 'REF-4711',
      words: 'Forty dollars a day.',
    });
    expect(shown.decision.copay.source[0].call.id).toMatch(/^cal_/);
  });

  test('estimates a payer that no machine can ask, wholly from the call', async () => {
    const open = await byPhone();
    expect(open).toMatchObject({ status: 'needs_call', reason: 'no_electronic_way', payer: { via: 'phone' } });
    const asked = open.needs[0].questions.map((question: Body) => question.id);
    expect(asked).toEqual(
      expect.arrayContaining(['iop_covered:0', 'share_kind:0', 'deductible_individual:0', 'anything_else:0']),
    );
    const settled = await record(open.id, everything);
    expect(settled).toMatchObject({ status: 'verified', decision: { decision: 'covered' } });
    expect(settled.estimate.total.likelyCents).toBe(128_000);
  });

  test('leaves open what the payer would not say', async () => {
    const open = await byPhone();
    const answers = everything.map((answer) =>
      answer.questionId === 'copay:0' ? { ...answer, value: 'unknown' } : answer,
    );
    const shown = await record(open.id, answers);
    expect(shown.status).toBe('needs_call');
    expect(shown.estimate.total.likelyCents).toBeUndefined();
    const script = (await caller.get(`/v1/verifications/${open.id}/call-script`)).body;
    const [copay] = script.questions.filter((question: Body) => question.id === 'copay:0');
    expect(copay.notSaid).toHaveLength(1);
  });

  test('shows where it differs from the electronic answer, and covers both until it is settled', async () => {
    const shown = await caller.verify(requestFor(member('active_full', 1)));
    const { likelyCents } = shown.estimate.total;
    const disputed = await record(shown.id, [
      {
        questionId: 'deductible_individual:0',
        value: { limitCents: 150_000, remainingCents: 30_000 },
        words: 'Three hundred left.',
      },
    ]);
    expect(disputed.status).toBe('needs_call');
    expect(disputed.conflicts).toEqual([
      expect.objectContaining({
        path: '/coverages/0/periods/0/deductible/individual/remainingCents',
        electronic: 60_000,
        phone: 30_000,
        used: 'phone',
        isSettled: false,
      }),
    ]);
    // $300 less of deductible saves 80 % of it
    expect(disputed.estimate.total).toEqual({
      lowCents: likelyCents - 24_000,
      likelyCents: likelyCents - 24_000,
      highCents: likelyCents,
    });
    const [question] = disputed.needs[0].questions;
    expect(question).toMatchObject({ code: 'conflict', id: 'deductible_individual:0', swingCents: 24_000 });
    const settled = await record(shown.id, [
      { questionId: question.id, value: { limitCents: 150_000, remainingCents: 30_000 } },
    ]);
    expect(settled).toMatchObject({ status: 'verified', conflicts: [{ isSettled: true }] });
    expect(settled.estimate.total.highCents).toBe(likelyCents - 24_000);
  });

  test('counts in its last form alone once it is amended, and keeps every form', async () => {
    const open = await byPhone();
    const first = await record(open.id, everything);
    const [original] = (await caller.get(`/v1/verifications/${open.id}/calls`)).body.items;
    const answers = everything.map((answer) => (answer.questionId === 'copay:0' ? { ...answer, value: 2500 } : answer));
    const amended = await record(open.id, answers, { amends: original.id });
    expect(amended.estimate.total.likelyCents).toBe((first.estimate.total.likelyCents * 25) / 40);
    const { items } = (await caller.get(`/v1/verifications/${open.id}/calls`)).body;
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ id: original.id, amendedBy: items[1].id, representative: 'Tamsin Oakhurst' });
    expect(items[1]).toMatchObject({ amends: original.id, referenceNumber: 'REF-4711' });
    const withdrawn = await record(open.id, [], { amends: items[1].id });
    expect(withdrawn.status).toBe('needs_call');
    expect(withdrawn.estimate).toBeUndefined();
  });

  test('of two at once both count', async () => {
    const open = await byPhone();
    const half = everything.length / 2;
    const [one, other] = [everything.slice(0, half), everything.slice(half)];
    await Promise.all([record(open.id, one), record(open.id, other)]);
    expect((await caller.get(`/v1/verifications/${open.id}`)).body).toMatchObject({ status: 'verified' });
  });

  test('with a key is recorded once, however often it is sent', async () => {
    const open = await byPhone();
    const body = call(everything);
    const path = `/v1/verifications/${open.id}/calls`;
    const first = await caller.post(path, body, 'call-1');
    const again = await caller.post(path, body, 'call-1');
    expect([again.status, again.text]).toEqual([200, first.text]);
    const other = await caller.post(path, call([]), 'call-1');
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    expect((await caller.get(path)).body.items).toHaveLength(1);
  });

  test('is kept in a later round, with its age', async () => {
    const open = await caller.verify(requestFor(member('behavioral_without_amounts', 3)));
    await record(open.id, everything);
    await caller.post(`/v1/verifications/${open.id}/reverify`);
    const later = await caller.rested(open.id);
    expect(later).toMatchObject({ round: 2, status: 'verified' });
    expect(later.decision.copay.source[0].call.reference).toBe('REF-4711');
  });

  test('mends a member that was not found', async () => {
    const open = await caller.verify(requestFor(member('not_found', 4)));
    expect(open.status).toBe('not_found');
    expect(await record(open.id, everything)).toMatchObject({ status: 'verified' });
  });

  test('is refused once it is cancelled', async () => {
    const open = await byPhone();
    await caller.post(`/v1/verifications/${open.id}/cancel`);
    const response = await caller.post(`/v1/verifications/${open.id}/calls`, call(everything));
    expect([response.status, response.body.code]).toEqual([409, 'wrong_state']);
  });
});
