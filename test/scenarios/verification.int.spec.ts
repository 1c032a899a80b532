import { memberIdFor, scenarios, simulatedPayers } from '../../apps/payer-simulator/scenarios';
import { describeOnBothBackends } from '../setup/backends';
import { type Body, requestFor, type Spine, startSpine, TestCaller, usualConsent } from '../setup/spine';

const [payer] = simulatedPayers;

/** A member of the first payer whose answer is this scenario's. */
function member(id: string, serial = 1): string {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario || !payer) throw new Error(`no scenario ${id}`);
  return memberIdFor(payer, scenario, serial);
}

describeOnBothBackends('one verification, from request to estimate', (backend) => {
  let spine: Spine;
  let caller: TestCaller;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: backend.redisUrl() });
    caller = new TestCaller(spine);
  });
  afterAll(() => spine.stop());

  const inquiriesAbout = async (memberId: string): Promise<Body[]> => {
    const ledger = (await (await fetch(`${spine.simulator.url}/control/ledger`)).json()) as Body;
    return (ledger.items ?? ledger.entries ?? ledger).filter((entry: Body) => entry.memberId === memberId);
  };

  test('a plan with full financials is verified, every figure with its source', async () => {
    const shown = await caller.verify(requestFor(member('active_full')));
    expect(shown).toMatchObject({ status: 'verified', round: 1, payer: { name: payer?.name, via: 'x12' } });
    expect(shown.decision).toMatchObject({ decision: 'covered', coinsurance: { value: { percent: 20 } } });
    expect(shown.decision.deductibleIndividual.value).toMatchObject({ limitCents: 150_000, remainingCents: 60_000 });
    expect(shown.decision.deductibleIndividual.source.map((source: Body) => source.raw)).toContain(
      'EB*C*IND*30***29*600*****Y',
    );
    const { total, days, firstDayCents } = shown.estimate;
    // 24 days of $325 and 8 hours of $140 are $8,920: $600 of deductible, then 20 % of $8,320
    expect([total, firstDayCents, days.length]).toEqual([
      { lowCents: 226_400, likelyCents: 226_400, highCents: 226_400 },
      32_500,
      32,
    ]);
    expect(shown.basis.sources.length).toBeGreaterThan(3);
    expect(shown.goodUntil.because).toBeDefined();
  });

  test('a copay plan owes the copay each day', async () => {
    const shown = await caller.verify(requestFor(member('copay_a_day')));
    expect(shown.status).toBe('verified');
    expect(shown.estimate.firstDayCents).toBe(4_000);
  });

  test('behavioral health without amounts is covered, with a range and a question', async () => {
    const shown = await caller.verify(requestFor(member('behavioral_without_amounts')));
    expect(shown).toMatchObject({ status: 'needs_call', decision: { decision: 'covered' } });
    expect(shown.estimate.total.likelyCents).toBeUndefined();
    expect(shown.estimate.total.lowCents).toBeLessThan(shown.estimate.total.highCents);
    expect(shown.needs[0]).toMatchObject({ kind: 'call' });
    expect(shown.needs[0].questions[0]).toMatchObject({ code: 'cost_share' });
  });

  test('a required authorization is a condition', async () => {
    const shown = await caller.verify(requestFor(member('authorization_required')));
    expect(shown.decision).toMatchObject({
      decision: 'covered_with_conditions',
      conditions: ['authorization_required'],
      authorization: 'yes',
    });
  });

  test('ended coverage rests as inactive', async () => {
    expect((await caller.verify(requestFor(member('inactive')))).status).toBe('inactive');
  });

  test('an unknown member rests as not found, and a correction resumes it', async () => {
    const shown = await caller.verify(requestFor(member('not_found')));
    expect(shown).toMatchObject({ status: 'not_found', reason: 'member_not_found', needs: [{ kind: 'information' }] });
    const coverages = [{ payer: { id: payer?.id }, memberId: member('active_full', 77) }];
    const corrected = await caller.post(`/v1/verifications/${shown.id}/information`, { coverages });
    expect(corrected.status).toBe(202);
    expect(await caller.rested(shown.id)).toMatchObject({ status: 'verified', round: 1 });
  });

  test('a payer that is down is waited for and asked again', async () => {
    const memberId = member('down_twice');
    expect((await caller.verify(requestFor(memberId))).status).toBe('verified');
    expect((await inquiriesAbout(memberId)).length).toBe(3);
  });

  test.each([
    ['html', 'unreadable_answer'],
    ['cut_off', 'unreadable_answer'],
    ['other_person', 'foreign_answer'],
  ])('an answer that is %s is never read as benefits: it rests as failed, the raw answer kept', async (id, reason) => {
    const shown = await caller.verify(requestFor(member(id)));
    expect(shown).toMatchObject({ status: 'failed', reason });
    expect([shown.decision, shown.estimate]).toEqual([undefined, undefined]);
    const answers = (await caller.get(shown.links.answers)).body.items;
    expect(answers.length).toBe(3);
    expect(answers[0].answer.raw.length).toBeGreaterThan(20);
  });

  test('without consent nothing is sent, and a consent resumes it', async () => {
    const memberId = member('active_full', 501);
    const shown = await caller.verify(requestFor(memberId, { consent: undefined }));
    expect(shown).toMatchObject({ status: 'needs_consent', needs: [{ kind: 'consent' }] });
    expect(await inquiriesAbout(memberId)).toEqual([]);
    const given = await caller.post(`/v1/verifications/${shown.id}/consent`, {
      part2: { ...usualConsent(), scope: 'this_payer' },
    });
    expect(given.status).toBe(202);
    expect((await caller.rested(shown.id)).status).toBe('verified');
    expect((await inquiriesAbout(memberId)).length).toBe(1);
  });

  test('an expired consent is none', async () => {
    const consent = { part2: { signedOn: '2025-01-02', expiresOn: '2025-12-31', scope: 'this_payer' } };
    expect((await caller.verify(requestFor(member('active_full', 502), { consent }))).status).toBe('needs_consent');
  });

  test('a payer without an electronic way is given to a person, with its number', async () => {
    const shown = await caller.verify(
      requestFor('M1', { coverages: [{ payer: { id: 'pay_phone' }, memberId: 'M1' }] }),
    );
    expect(shown).toMatchObject({ status: 'needs_call', reason: 'no_electronic_way' });
    expect(shown.needs[0].message).toContain('555-0199');
  });

  test('a payer named nearly right is found; a missing member id is asked for', async () => {
    const found = await caller.verify(
      requestFor('x', {
        coverages: [{ payer: { name: 'Northwnd Health Plan' }, memberId: member('active_full', 503) }],
      }),
    );
    expect(found).toMatchObject({ status: 'verified', payer: { id: 'pay_demo_northwind' } });
    const missing = await caller.verify(requestFor('x', { coverages: [{ payer: { name: 'Nobody Knows This One' } }] }));
    expect(missing.status).toBe('needs_information');
    expect(missing.needs.flatMap((need: Body) => need.fields)).toEqual(
      expect.arrayContaining(['/coverages/0/memberId', '/coverages/0/payer']),
    );
  });

  test('asking again is a new round that asks the payer once more', async () => {
    const memberId = member('active_full', 504);
    const shown = await caller.verify(requestFor(memberId));
    const again = await caller.post(`/v1/verifications/${shown.id}/reverify`);
    expect(again.status).toBe(202);
    expect(await caller.rested(shown.id)).toMatchObject({ status: 'verified', round: 2 });
    expect((await inquiriesAbout(memberId)).length).toBe(2);
  });

  test('what is cancelled stays so', async () => {
    const shown = await caller.verify(requestFor(member('inactive', 2)));
    expect((await caller.post(`/v1/verifications/${shown.id}/cancel`)).body.status).toBe('cancelled');
    expect((await caller.post(`/v1/verifications/${shown.id}/reverify`)).body).toMatchObject({
      status: 409,
      code: 'wrong_state',
    });
  });

  test('the answers tell what the payer said, as vob read does', async () => {
    const shown = await caller.verify(requestFor(member('active_full', 506)));
    const { items } = (await caller.get(shown.links.answers)).body;
    expect(items).toMatchObject([
      {
        round: 1,
        payer: payer?.name,
        costCents: 10,
        answer: { outcome: 'benefits', status: 'active', iop: { decision: 'covered' } },
      },
    ]);
    expect(items[0].answer.iop).toEqual(shown.decision);
    expect(Object.keys(items[0].answer)).not.toContain('basis');
  });

  test('the history tells who did what', async () => {
    const shown = await caller.verify(requestFor(member('active_full', 505)));
    const { items } = (await caller.get(`/v1/verifications/${shown.id}/history`)).body;
    expect(items[0]).toMatchObject({ what: 'verification.requested' });
    expect(items[0].who).toMatch(/^api_key:key_/);
    expect(
      items.filter((line: Body) => line.what === 'verification.moved').map((line: Body) => line.detail.to),
    ).toEqual(['asking_payer', 'verified']);
  });

  test('no line that was logged holds a name, a birth date or a member id', () => {
    expect(spine.logged.length).toBeGreaterThan(20);
    const all = spine.logged.join('\n');
    for (const secret of ['Marlow', 'Quillfeather', '1988-03-14', '19880314', payer?.memberIdPrefix ?? ''])
      expect(all).not.toContain(secret);
  });
});
