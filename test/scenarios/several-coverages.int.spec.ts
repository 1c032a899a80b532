import { randomUUID } from 'node:crypto';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import {
  type Body,
  intakeSourceId,
  programId,
  requestFor,
  type Spine,
  startSpine,
  TestCaller,
  usualConsent,
  usualStart,
} from '../setup/spine';

const northwind = 'pay_demo_northwind';
const cedar = 'pay_demo_cedar_vale';

/** The first coverage answers in full; the second is of another payer. */
const withSecond = (memberId: string, change: object = {}): Record<string, unknown> =>
  requestFor('NWH0010001', {
    coverages: [
      { payer: { id: northwind }, memberId: 'NWH0010001' },
      { payer: { id: cedar }, memberId },
    ],
    ...change,
  });

describe('more than one coverage', () => {
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

  test('both are asked, and the second pays what is left', async () => {
    const alone = await caller.verify(requestFor('NWH0010002'));
    const both = await caller.verify(withSecond('CVM0010001'));
    expect(both.status).toBe('verified');
    expect(both.estimate.total.likelyCents).toBeLessThan(alone.estimate.total.likelyCents);
  });

  test.each([
    ['CVM0060001', 'needs_information', 'further_coverage_member_not_found'],
    ['CVM0170001', 'needs_information', 'further_coverage_member_data'],
    ['CVM0180001', 'needs_call', 'further_coverage_provider_enrollment'],
    ['CVM0090001', 'needs_call', 'further_coverage_unreadable_answer'],
    ['CVM0130001', 'needs_call', 'further_coverage_foreign_answer'],
  ])(
    'a second one that cannot be used (%s) is never passed over in silence: %s, the first result kept',
    async (memberId, status, reason) => {
      const shown = await caller.verify(withSecond(memberId));
      expect(shown).toMatchObject({ status, reason, decision: { decision: 'covered' } });
      expect(shown.estimate.total.likelyCents).toBeGreaterThan(0);
      expect(shown.needs.some((need: Body) => need.message.includes('Cedar & Vale Mutual'))).toBe(true);
    },
  );

  test('a second one by phone alone is named, the first result kept', async () => {
    const coverages = [
      { payer: { id: northwind }, memberId: 'NWH0010003' },
      { payer: { id: 'pay_phone' }, memberId: 'P-1' },
    ];
    const shown = await caller.verify(requestFor('x', { coverages }));
    expect(shown).toMatchObject({ status: 'needs_call', decision: { decision: 'covered' } });
    expect(shown.needs[0].message).toContain('Paper and Phone Assurance at 555-0199');
  });

  test('a first one that has ended gives way to the second, and says so', async () => {
    const coverages = [
      { payer: { id: northwind }, memberId: 'NWH0050001' },
      { payer: { id: cedar }, memberId: 'CVM0010009' },
    ];
    const shown = await caller.verify(requestFor('x', { coverages }));
    expect(shown).toMatchObject({ status: 'verified', decision: { decision: 'covered' } });
    expect(shown.basis.assumptions.map((one: Body) => one.code)).toContain('first_coverage_inactive');
  });

  test('a consent for one payer is for that payer alone', async () => {
    const consent = { part2: { ...usualConsent(), scope: 'this_payer' } };
    const shown = await caller.verify(withSecond('CVM0010077', { consent }));
    expect(shown).toMatchObject({
      status: 'needs_consent',
      reason: 'consent_for_another_payer',
      decision: { decision: 'covered' },
    });
    expect(await askedOf('CVM0010077')).toBe(0);
    await caller.post(`/v1/verifications/${shown.id}/consent`, {
      part2: usualConsent(),
    });
    expect((await caller.rested(shown.id)).status).toBe('verified');
    expect(await askedOf('CVM0010077')).toBe(1);
  });

  test('a consent for one payer does not follow to another that is put in its place', async () => {
    const consent = { part2: { ...usualConsent(), scope: 'this_payer' } };
    const shown = await caller.verify(requestFor('NWH0060077', { consent }));
    expect(shown.status).toBe('not_found');
    await caller.post(`/v1/verifications/${shown.id}/information`, {
      coverages: [{ payer: { id: cedar }, memberId: 'CVM0010078' }],
    });
    expect((await caller.rested(shown.id)).status).toBe('needs_consent');
    expect(await askedOf('CVM0010078')).toBe(0);
  });
});

describe('who holds the benefit', () => {
  let spine: Spine;
  let caller: TestCaller;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
  });
  afterAll(() => spine.stop());

  test('an administrator that does not know the patient is named with its phone', async () => {
    const shown = await caller.verify(requestFor('NWH0140001'));
    expect(shown).toMatchObject({
      status: 'needs_call',
      reason: 'named_payer_turned_away',
      decision: { decision: 'carved_out' },
    });
    expect(shown.needs[0].message.toUpperCase()).toContain('LANTERN BEHAVIORAL NETWORK (5550107007)');
  });

  test('another payer that comes first is named', async () => {
    const shown = await caller.verify(requestFor('NWH0160001'));
    expect(shown).toMatchObject({ status: 'needs_call', decision: { decision: 'other_payer' } });
    expect(shown.needs[0].message).toMatch(/has to be asked first/);
  });
});

describe('what if', () => {
  let spine: Spine;
  let caller: TestCaller;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
  });
  afterAll(() => spine.stop());

  test('the program were out of network, shorter, or a question answered: the estimate moves, nothing is stored', async () => {
    const shown = await caller.verify(requestFor('NWH0010050'));
    const ask = async (change: object): Promise<Body> =>
      (await caller.post(`/v1/verifications/${shown.id}/estimate`, change)).body;
    expect((await ask({})).total).toEqual(shown.estimate.total);
    expect((await ask({ network: 'out' })).total.likelyCents).toBeGreaterThan(shown.estimate.total.likelyCents);
    expect((await ask({ phases: [{ weeks: 2, weekdays: ['mon'] }] })).total.likelyCents).toBeLessThan(
      shown.estimate.total.likelyCents,
    );
    const open = await caller.verify(requestFor('NWH0030050'));
    const [question] = open.estimate.questions;
    const answered = await caller.post(`/v1/verifications/${open.id}/estimate`, {
      answers: { [question.id]: { order: 'copay', copayCents: 3000 } },
    });
    expect([answered.status, answered.body.questions, answered.body.total.likelyCents]).toEqual([200, [], 32 * 3000]);
    expect((await caller.get(`/v1/verifications/${open.id}`)).body.estimate).toEqual(open.estimate);
  });

  test.each([
    [{ startDate: 'soon' }, 422, 'validation_failed'],
    [{ programId: 'prg_nowhere' }, 422, 'unknown_program'],
    [{ answers: { 'cost_share:9:9': 'in' } }, 422, 'validation_failed'],
    [[], 422, 'validation_failed'],
  ])('%j is refused', async (change, status, code) => {
    const shown = await caller.verify(requestFor('NWH0010051'));
    expect((await caller.post(`/v1/verifications/${shown.id}/estimate`, change)).body).toMatchObject({ status, code });
  });
});

describe('a correction', () => {
  let spine: Spine;
  let caller: TestCaller;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
  });
  afterAll(() => spine.stop());

  test('of one field leaves the others as they were: what is unusable still has to be mended', async () => {
    const data = requestFor('NWH0010001', {
      admission: { startDate: '01/15/2027', network: 'Out of network' },
    }) as Body;
    delete data.patient.lastName;
    const shown = await caller.rested(await fromWebsite(spine, data));
    expect(shown.needs[0].fields.sort()).toEqual(['/admission/network', '/admission/startDate', '/patient/lastName']);

    await caller.post(`/v1/verifications/${shown.id}/information`, { patient: { lastName: 'Quillfeather' } });
    const still = await caller.rested(shown.id);
    expect([still.status, still.needs[0].fields.sort()]).toEqual([
      'needs_information',
      ['/admission/network', '/admission/startDate'],
    ]);

    const bad = await caller.post(`/v1/verifications/${shown.id}/information`, { admission: { network: 'sometimes' } });
    expect([bad.status, bad.body.errors[0].pointer]).toEqual([422, '/admission/network']);
    await caller.post(`/v1/verifications/${shown.id}/information`, {
      admission: { network: 'in', startDate: usualStart() },
    });
    expect((await caller.rested(shown.id)).status).toBe('verified');
  });

  test('of one field leaves a program and a payer of which there are none as they were, and is refused where it names such', async () => {
    const coverages = [{ payer: { id: 'pay_nowhere', name: 'Northwind Health Plan' }, memberId: 'NWH0010046' }];
    const data = requestFor('NWH0010046', { coverages, program: { id: 'prg_nowhere' } }) as Body;
    delete data.patient.lastName;
    const shown = await caller.rested(await fromWebsite(spine, data));
    const unusable = ['/coverages/0/payer/id', '/program/id'];
    expect(shown.unusable.map((fault: Body) => fault.pointer).sort()).toEqual(unusable);

    const information = `/v1/verifications/${shown.id}/information`;
    expect((await caller.post(information, { patient: { lastName: 'Quillfeather' } })).status).toBe(202);
    const still = await caller.rested(shown.id);
    expect(still.unusable.map((fault: Body) => fault.pointer).sort()).toEqual(unusable);
    expect(still.needs.flatMap(({ fields = [] }: Body) => fields)).not.toContain('/patient/lastName');

    const bad = await caller.post(information, { program: { id: 'prg_nowhere_either' } });
    expect([bad.status, bad.body.code, bad.body.errors[0].pointer]).toEqual([422, 'unknown_program', '/program/id']);
    await caller.post(information, {
      program: { id: programId },
      coverages: [{ payer: { id: 'pay_demo_northwind' }, memberId: 'NWH0010046' }],
    });
    expect((await caller.rested(shown.id)).status).toBe('verified');
  });

  test('finds each coverage where it was sent, whatever their order: what is unusable of one never gets to another', async () => {
    const first = { order: 'secondary', payer: { id: 'pay_demo_cedar_vale' }, memberId: 'CVM001\n0047' };
    const second = { order: 'primary', payer: { id: 'pay_demo_northwind' } };
    const data = requestFor('x', { coverages: [first, second] }) as Body;
    delete data.patient.lastName;
    const shown = await caller.rested(await fromWebsite(spine, data));
    const ofCoverages = ['/coverages/0/memberId', '/coverages/1/memberId'];
    expect(shown.needs[0].fields.sort()).toEqual([...ofCoverages, '/patient/lastName']);

    const information = `/v1/verifications/${shown.id}/information`;
    await caller.post(information, { patient: { lastName: 'Quillfeather' } });
    expect((await caller.rested(shown.id)).needs[0].fields.sort()).toEqual(ofCoverages);
    const { body: kept } = await caller.get(`/v1/verifications/${shown.id}/request`);
    expect(kept.coverages).toEqual([
      { order: 'primary', payer: { id: 'pay_demo_northwind' } },
      { order: 'secondary', payer: { id: 'pay_demo_cedar_vale' } },
    ]);
    expect(kept).not.toHaveProperty('sentAs');
    await caller.post(information, { coverages: [{ ...first, memberId: 'CVM0010047' }, second] });
    expect((await caller.rested(shown.id)).needs[0].fields).toEqual(['/coverages/1/memberId']);
  });

  test('of a coverage that no payer goes by names it as it was sent', async () => {
    const nowhere = { order: 'secondary', payer: { id: 'pay_nowhere' }, memberId: 'N1' };
    const first = { order: 'primary', payer: { id: 'pay_demo_northwind' }, memberId: 'NWH0010048' };
    const refused = await caller.post('/v1/verifications', requestFor('x', { coverages: [nowhere, first] }));
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/coverages/0/payer/id']);
    const shown = await caller.rested(
      await fromWebsite(spine, requestFor('x', { coverages: [nowhere, first] }) as Body),
    );
    expect(shown.needs[0].fields).toEqual(['/coverages/0/payer', '/coverages/0/payer/id']);
  });

  test('may bring the consent along', async () => {
    const shown = await caller.verify(requestFor('NWH0010044', { consent: undefined }));
    expect(shown.status).toBe('needs_consent');
    const consent = { part2: { ...usualConsent(), scope: 'this_payer' } };
    expect((await caller.post(`/v1/verifications/${shown.id}/information`, { consent })).status).toBe(202);
    expect((await caller.rested(shown.id)).status).toBe('verified');
  });

  test('while a payer is asked again the last good result stays visible, with its age', async () => {
    const shown = await caller.verify(requestFor('NWH0010045'));
    const payers = new SimulatorDriver(spine.simulator.url);
    await payers.playFault({ kind: 'status', status: 503, payerId: 'NW001' });
    await caller.post(`/v1/verifications/${shown.id}/reverify`);
    const waiting = (await caller.get(`/v1/verifications/${shown.id}`)).body;
    expect(waiting).toMatchObject({ round: 2, decision: shown.decision, resultOf: { round: 1 } });
    await payers.clearFaults();
    expect(await caller.rested(shown.id)).toMatchObject({ status: 'verified', resultOf: { round: 2 } });
  });
});

/** What a website sends; the id of what was made of it. */
async function fromWebsite(spine: Spine, data: Body): Promise<string> {
  const body = JSON.stringify({ type: 'verification.requested', timestamp: new Date().toISOString(), data });
  const at = new Date();
  const id = randomUUID();
  const sent = await request(spine.api.getHttpServer())
    .post(`/v1/webhooks/intake/${intakeSourceId}`)
    .set({
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'content-type': 'application/json',
    })
    .set('webhook-signature', new Webhook(spine.intakeSecret).sign(id, at, body))
    .send(body);
  return sent.body.id;
}
