import { randomUUID } from 'node:crypto';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { Client } from 'pg';
import request from 'supertest';
import { describeOnBothBackends } from '../setup/backends';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const batchSize = 600;
const bulkPrefix = 'CVM001';

/** What is judged is the order in which the payer answered, never the time that anything took. */
describeOnBothBackends('a person on the phone behind a file of six hundred', (backend) => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: backend.redisUrl(), settings: { SWEEP_EVERY_MS: '2000', DRAIN_MS: '2000' } });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
  });
  afterAll(async () => {
    await payers.clearFaults();
    await spine.stop();
  }, 90_000);

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

  async function inquiriesOf(verificationId: string): Promise<string[]> {
    const client = new Client({ connectionString: spine.database.ownerUrl });
    await client.connect();
    const { rows } = await client.query<{ id: string }>('SELECT id FROM inquiry WHERE verification_id = $1', [
      verificationId,
    ]);
    await client.end();
    return rows.map(({ id }) => id);
  }

  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (const deadline = performance.now() + 100_000; !(await holds()); ) {
      if (performance.now() > deadline) throw new Error('It did not come to that in time');
      await new Promise((next) => setTimeout(next, 50));
    }
  }

  /** The worker's own lines, in their order: who was answered after the caller had begun to wait, up to the caller's answer. */
  async function answeredBefore(memberId: string): Promise<{ others: number; status: string }> {
    const from = spine.logged.length;
    const shown = await caller.verify(requestFor(memberId, { priority: 'caller_waiting' }));
    const lines = spine.logged.slice(from).map((line) => JSON.parse(line));
    const answered = (line: Body): boolean => line.event === 'inquiry.answered' && line.connectionId.includes('cedar');
    const own = await inquiriesOf(shown.id);
    const waits = lines.findIndex((line) => line.verificationId === shown.id && line.to === 'waiting_for_payer');
    const last = lines.findLastIndex((line) => answered(line) && own.includes(line.inquiryId));
    const between = waits < 0 ? [] : lines.slice(waits, last).filter(answered);
    return { others: between.filter(({ inquiryId }) => !own.includes(inquiryId)).length, status: shown.status };
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

    // The one that is under way when the caller begins to wait, and none behind it.
    const alone = await answeredBefore('CVM0010001');
    expect(alone.status).toBe('verified');
    expect(alone.others).toBeLessThanOrEqual(1);

    await allow(4);
    const begun = (await asked()).length;
    await until(async () => (await asked()).length >= begun + 6);
    // A slot is kept for people: nobody waits.
    expect(await answeredBefore('CVM0010002')).toEqual({ others: 0, status: 'verified' });

    const { byStatus } = (await caller.get(sent.headers.location ?? '')).body;
    expect(byStatus.verified ?? 0).toBeLessThan(batchSize / 2);
  }, 150_000);
});
