import { randomUUID } from 'node:crypto';
import { FieldCipher } from '@openvob/platform';
import { Database, FacilitySetup } from '@openvob/store';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import { SuiteClock } from '../setup/clock';
import { plan } from '../setup/seed';
import { type Body, intakeSourceId, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const quarterToEleven = '2026-11-20T15:45:00Z';
const elsewhere = { facility: 'fac_elsewhere', program: 'prg_elsewhere' };

describe('the same question within a day', () => {
  const clock = new SuiteClock(quarterToEleven);
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, settings: { REUSE_ANSWERS_HOURS: '24' }, clock });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
  });
  beforeEach(() => clock.set(quarterToEleven));
  afterEach(() => payers.clearFaults());
  afterAll(() => spine.stop());

  const ask = (memberId: string, change: object = {}): Body => requestFor(memberId, change, clock.now());
  const timesAsked = async (memberId: string): Promise<number> =>
    (await payers.ledger()).filter((entry) => entry.memberId === memberId).length;
  const answersOf = async (id: string): Promise<Body[]> =>
    (await caller.get(`/v1/verifications/${id}/answers`)).body.items;
  const reuseOf = (shown: Body): Body => shown.basis.assumptions.find((one: Body) => one.code === 'answer_reused');

  async function fromWebsite(data: Body): Promise<string> {
    const body = JSON.stringify({ type: 'verification.requested', timestamp: clock.now().toISOString(), data });
    const id = randomUUID();
    const at = clock.now();
    const sent = await request(spine.api.getHttpServer())
      .post(`/v1/webhooks/intake/${intakeSourceId}`)
      .set('webhook-id', id)
      .set('webhook-timestamp', String(Math.floor(at.getTime() / 1000)))
      .set('webhook-signature', new Webhook(spine.intakeSecret).sign(id, at, body))
      .set('content-type', 'application/json')
      .send(body);
    return sent.body.id;
  }

  test('is asked once when website and coordinator send the same intake; the second costs nothing and says why', async () => {
    const data = ask('NWH0010101');
    const first = await caller.rested(await fromWebsite(data));
    const asked = await timesAsked('NWH0010101');
    clock.set('2026-11-20T17:45:00Z');
    const second = await caller.verify(data);
    expect([asked, await timesAsked('NWH0010101')]).toEqual([asked, asked]);
    expect([first.status, first.costCents]).toEqual(['verified', 10 * asked]);
    expect([second.status, second.costCents]).toEqual(['verified', 0]);
    expect(second.estimate.total).toEqual(first.estimate.total);
    expect(reuseOf(first)).toBeUndefined();
    expect(reuseOf(second)).toMatchObject({ path: '/coverages/0' });
    expect(reuseOf(second).text).toMatch(
      /^The answer of Northwind.* of November 20 at 10:45 AM was used again, 2 hours old/,
    );
    const answers = await answersOf(second.id);
    expect(answers).toHaveLength(asked);
    for (const one of answers) {
      expect(one).toMatchObject({ costCents: 0, answer: { outcome: 'benefits' } });
      expect(one.reused.answeredAt.slice(0, 16)).toBe('2026-11-20T15:45');
    }
  });

  test('costs nothing by its dry run either, which says so', async () => {
    const data = ask('NWH0010111');
    const dryRun = async (body: Body): Promise<Body> => (await caller.post('/v1/verifications?dryRun=true', body)).body;
    const before = await dryRun(data);
    expect([before.costCents, before.inquiries[0].reused]).toEqual([10, undefined]);
    await caller.verify(data);
    const asked = await timesAsked('NWH0010111');
    const after = await dryRun(data);
    expect(after).toMatchObject({ costCents: 0, inquiries: [{ serviceTypes: ['30'] }] });
    expect(after.inquiries[0].reused.answeredAt.slice(0, 16)).toBe('2026-11-20T15:45');
    expect(after.mostCostCents).toBe(before.mostCostCents - 10);
    expect(await timesAsked('NWH0010111')).toBe(asked);
    clock.set('2026-11-21T15:50:00Z');
    expect((await dryRun(data)).costCents).toBe(10);
  });

  test('asked by both at once waits for the one that is under way', async () => {
    await payers.playFault({ kind: 'latency', ms: 1500, payerId: 'NW001' });
    const data = ask('NWH0010102');
    const ids = await Promise.all([1, 2, 3].map(async () => (await caller.post('/v1/verifications', data)).body.id));
    const shown = await Promise.all(ids.map((id) => caller.rested(id)));
    expect(shown.map((one) => one.status)).toEqual(['verified', 'verified', 'verified']);
    const once = (await answersOf(ids[0] ?? '')).length;
    expect(await timesAsked('NWH0010102')).toBe(once);
    expect(shown.map((one) => one.costCents).sort((a, b) => a - b)).toEqual([0, 0, 10 * once]);
  });

  test('is asked anew when somebody reverifies, and that answer serves the next', async () => {
    const data = ask('NWH0010103');
    const shown = await caller.verify(data);
    const once = await timesAsked('NWH0010103');
    await caller.post(`/v1/verifications/${shown.id}/reverify`);
    expect(await caller.rested(shown.id)).toMatchObject({ status: 'verified', round: 2, costCents: 20 * once });
    expect(await timesAsked('NWH0010103')).toBe(2 * once);
    expect((await caller.verify(data)).costCents).toBe(0);
    expect(await timesAsked('NWH0010103')).toBe(2 * once);
  });

  test.each([
    [
      'another first name',
      'NWH0010104',
      { patient: { firstName: 'Marla', lastName: 'Quillfeather', birthDate: '1988-03-14', relationship: 'self' } },
    ],
    ['another month', 'NWH0010105', { admission: { network: 'in', startDate: '2026-12-07' } }],
  ])('with %s is another question', async (_what, memberId, change) => {
    await caller.verify(ask(memberId));
    const once = await timesAsked(memberId);
    await caller.verify(ask(memberId, change));
    expect(await timesAsked(memberId)).toBeGreaterThan(once);
  });

  test('with another start in the same month, or a patient written otherwise, is the same', async () => {
    await caller.verify(ask('NWH0010106'));
    const once = await timesAsked('NWH0010106');
    const patient = { firstName: 'MARLOW', lastName: 'quillfeather', birthDate: '1988-03-14', relationship: 'self' };
    const shown = await caller.verify(
      ask('NWH0010106', { patient, admission: { network: 'in', startDate: '2026-03-16' } }),
    );
    expect([shown.status, shown.startDate, await timesAsked('NWH0010106')]).toEqual(['verified', '2026-03-16', once]);
  });

  test('is asked anew after a day, and after the end of a month', async () => {
    const [day, month] = [ask('NWH0010107'), ask('NWH0010108')];
    await caller.verify(day);
    const once = await timesAsked('NWH0010107');
    clock.set('2026-11-21T15:50:00Z');
    await caller.verify(day);
    expect(await timesAsked('NWH0010107')).toBe(2 * once);
    clock.set('2026-12-01T04:50:00Z'); // ten to twelve on 30 November in New York
    await caller.verify(month);
    clock.set('2026-12-01T05:10:00Z');
    await caller.verify(month);
    expect(await timesAsked('NWH0010108')).toBe(2 * once);
  });

  test('needs a live consent as ever, and is none of another facility’s business', async () => {
    await caller.verify(ask('NWH0010109'));
    const once = await timesAsked('NWH0010109');
    const without = await caller.verify(ask('NWH0010109', { consent: undefined }));
    expect([without.status, (await answersOf(without.id)).length]).toEqual(['needs_consent', 0]);
    const key = await spine.keyFor('coordinator', elsewhere.facility);
    await addProgram(spine);
    const stranger = new TestCaller(spine, key);
    const shown = await stranger.verify(ask('NWH0010109', { program: { id: elsewhere.program } }));
    expect(shown.decision).toMatchObject({ decision: 'covered' });
    expect(shown.costCents).toBeGreaterThan(0);
    expect(await timesAsked('NWH0010109')).toBe(2 * once);
  });

  test('that was refused is not asked by a second intake within the hour, but by whoever tries again', async () => {
    const data = ask('NWH0060110');
    const first = await caller.verify(data);
    const asked = await timesAsked('NWH0060110');
    const second = await caller.verify(data);
    expect([first.status, second.status, second.costCents]).toEqual(['not_found', 'not_found', 0]);
    expect(await timesAsked('NWH0060110')).toBe(asked);
    await caller.post(`/v1/verifications/${first.id}/information`, { reference: 'asked the family' });
    expect((await caller.rested(first.id)).status).toBe('not_found');
    expect(await timesAsked('NWH0060110')).toBeGreaterThan(asked);
    const afterSecond = await timesAsked('NWH0060110');
    clock.set('2026-11-20T17:00:00Z');
    await caller.verify(data);
    expect(await timesAsked('NWH0060110')).toBeGreaterThan(afterSecond);
  });
});

async function addProgram(spine: Spine): Promise<void> {
  const database = await Database.open({ url: spine.config.databaseUrl, poolSize: 1 });
  const program = { id: elsewhere.program, name: 'Elsewhere', plan, onFirstDay: [], description: {} };
  await new FacilitySetup(database, new FieldCipher(spine.config.keyRing)).putProgram(
    elsewhere.facility,
    program,
    new Date(),
  );
  await database.close();
}
