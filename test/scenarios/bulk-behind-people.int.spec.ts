import { randomUUID } from 'node:crypto';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { Client } from 'pg';
import request from 'supertest';
import { describeOnBothBackends } from '../setup/backends';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const batchSize = 2000;
const bulkPrefix = 'CVM001';
const caredFor = 'CVM0010001';

/** What is judged is the order in which the payer was asked, never the time that anything took. */
describeOnBothBackends('a person on the phone behind a file of two thousand', (backend) => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: backend.redisUrl(), settings: { SWEEP_EVERY_MS: '2000' } });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
  });
  afterAll(() => spine.stop());

  async function allow(slots: number): Promise<void> {
    const client = new Client({ connectionString: spine.database.ownerUrl });
    await client.connect();
    await client.query(
      `UPDATE payer_connection SET max_in_flight = $1, agreed_in_flight = $1 WHERE payer_reference = 'CV002'`,
      [slots],
    );
    await client.end();
  }
  const asked = async (): Promise<string[]> =>
    (await payers.ledger()).flatMap(({ payerId, memberId }) => (payerId === 'CV002' && memberId ? [memberId] : []));

  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (const deadline = performance.now() + 100_000; !(await holds()); ) {
      if (performance.now() > deadline) throw new Error('It did not come to that in time');
      await new Promise((next) => setTimeout(next, 50));
    }
  }

  /** How often somebody else was asked about from the caller's request to the answer, and how often the caller. */
  async function overtaken(memberId: string): Promise<{ others: number; own: number; shown: Body }> {
    const before = (await asked()).length;
    const shown = await caller.verify(requestFor(memberId, { priority: 'caller_waiting' }));
    const since = (await asked()).slice(before);
    const last = since.lastIndexOf(memberId);
    const upToLast = since.slice(0, last + 1);
    const own = upToLast.filter((one) => one === memberId).length;
    return { others: upToLast.length - own, own, shown };
  }

  test('is answered after one exchange more at the most, also where only one may be under way', async () => {
    await payers.playFault({ kind: 'latency', ms: 1000, payerId: 'CV002' });
    await allow(1);
    const rows = Array.from({ length: batchSize }, (_, serial) =>
      JSON.stringify(requestFor(`${bulkPrefix}${String(serial + 1000).padStart(4, '0')}`)),
    );
    const sent = await request(spine.api.getHttpServer())
      .post('/v1/verifications/batch')
      .set('Authorization', `Bearer ${caller.key}`)
      .set('Idempotency-Key', randomUUID())
      .set('Content-Type', 'application/x-ndjson')
      .send(rows.join('\n'));
    expect(sent.status).toBe(202);
    await until(async () => (await asked()).length >= 2);

    const alone = await overtaken(caredFor);
    expect(alone.shown.status).toBe('verified');
    // One is under way, and one may have been handed the slot before the caller's request was read.
    expect(alone.others).toBeLessThanOrEqual(alone.own + 1);

    await allow(4);
    const begun = (await asked()).length;
    await until(async () => (await asked()).length >= begun + 6);
    const beside = await overtaken('CVM0010002');
    expect(beside.shown.status).toBe('verified');
    // A slot is kept for people: the three others go on meanwhile, each with one exchange an exchange of the caller's.
    expect(beside.others).toBeLessThanOrEqual(3 * (beside.own + 1));

    const { byStatus } = (await caller.get(sent.headers.location ?? '')).body;
    expect(byStatus.verified ?? 0).toBeLessThan(batchSize / 2);
  }, 150_000);
});
