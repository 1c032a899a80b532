import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { type SimulatedInquiry, SimulatorDriver } from '@openvob/testing/simulator-driver';
import { isResting, type Status } from '@openvob/verification';
import { Client } from 'pg';
import { until } from '../../apps/standalone/processes';
import { startWorker } from '../../apps/worker/main';
import { describeOnBothBackends } from '../setup/backends';
import { type AgreedLimits, agree } from '../setup/fleet';
import { canariesIn } from '../setup/patient-data';
import { type Spine, startSpine } from '../setup/spine';
import { chaosAdapters, faultCases } from './payers.cases';
import { failingExchanges } from './payers.exchanges';
import { astray, type Trouble, troubleOf } from './payers.faults';
import { canaries, requestAbout } from './payers.people';
import { judged } from './payers.replies';
import { FleetSetup } from './payers.ways';

const [northwind, cedarVale, blueHeron, summitRidge, harborlight] = [
  { id: 'pay_demo_northwind', memberIdPrefix: 'NWH', payerId: 'NW001' },
  { id: 'pay_demo_cedar_vale', memberIdPrefix: 'CVM', payerId: 'CV002' },
  { id: 'pay_demo_blue_heron', memberIdPrefix: 'BHN', payerId: 'BH003' },
  { id: 'pay_demo_summit_ridge', memberIdPrefix: 'SRA', payerId: 'SR004' },
  { id: 'pay_demo_harborlight', memberIdPrefix: 'HLC', payerId: 'HL005' },
] as const;
const patienceMs = 60_000;

test('through each adapter, twelve faults are called what they are, end in time and leave neither socket nor patient data', async () => {
  // Far beyond the deadline, which a busy machine may miss, and far below what hangs for good.
  const results = await failingExchanges({ count: 2, timeoutMs: 2000, graceMs: 15_000 });
  for (const { adapter, exchanges, misnamed, late, socketsLeft, leaks } of results)
    expect({ adapter, exchanges, misnamed, late, socketsLeft, leaks }).toEqual({
      adapter,
      ...{ exchanges: 2 * faultCases.length, misnamed: {}, late: 0, socketsLeft: 0, leaks: [] },
    });
}, 60_000);

/** The large run of the same is `npm run chaos -- payers`. What is judged is orders, counts and lower bounds, never how long anything took. */
describeOnBothBackends('payers that fail, limits and shares, in small', (backend) => {
  let spine: Spine;
  let apiUrl: string;
  let owner: Client;
  let payers: SimulatorDriver;
  let other: { key: string; programId: string };
  const workers: INestApplicationContext[] = [];
  let number = 0;

  beforeAll(async () => {
    const settings = { PAYER_PROBE_MS: '400', SWEEP_EVERY_MS: '300', DRAIN_MS: '200', WORKER_CONCURRENCY: '40' };
    spine = await startSpine({ redisUrl: backend.redisUrl(), settings, withWorker: false });
    await spine.api.listen(0, '127.0.0.1');
    apiUrl = await spine.api.getUrl();
    owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    payers = new SimulatorDriver(spine.simulator.url);
    other = await FleetSetup.of(spine, (setup) => setup.addFacility('fac_other'));
  });
  afterEach(() => payers.clearFaults());
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await owner.end();
    await spine.stop();
  });

  async function call(path: string, key: string, body?: object): Promise<Response> {
    const headers = { authorization: `Bearer ${key}`, 'idempotency-key': randomUUID() };
    const sent = body
      ? { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } }
      : { headers };
    return fetch(`${apiUrl}/v1/verifications${path}`, { method: 'POST', ...sent });
  }
  async function request(body: object, key = spine.apiKey): Promise<string> {
    const response = await call('', key, body);
    expect(response.status).toBe(202);
    return ((await response.json()) as { id: string }).id;
  }
  /** One after the other: a queue that is given dozens at once on a busy machine answers late, and the sweep has to make up for it. */
  async function requestSome(
    count: number,
    payer: { id: string; memberIdPrefix: string },
    { key = spine.apiKey, ...change }: { key?: string; programId?: string; neededBy?: Date } = {},
  ): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      number += 1;
      ids.push(await request(requestAbout(number, payer, { priority: 'today', ...change }), key));
    }
    return ids;
  }
  async function statuses(ids: readonly string[]): Promise<Status[]> {
    const { rows } = await owner.query<{ status: Status }>('SELECT status FROM verification WHERE id = ANY ($1)', [
      ids,
    ]);
    return rows.map(({ status }) => status);
  }
  async function comesTrue(what: string, holds: () => Promise<boolean>): Promise<void> {
    if (!(await until(holds, patienceMs))) throw new Error(`It did not come to that: ${what}`);
  }
  async function rested(ids: readonly string[]): Promise<Status[]> {
    await comesTrue('all rest', async () => (await statuses(ids)).every(isResting));
    return statuses(ids);
  }
  async function received(payer: { payerId: string }): Promise<SimulatedInquiry[]> {
    return (await payers.ledger()).filter(({ payerId }) => payerId === payer.payerId);
  }
  async function count(sql: string, values: unknown[]): Promise<number> {
    const { rows } = await owner.query<{ count: string }>(sql, values);
    return Number(rows[0]?.count);
  }
  const limit = (limits: AgreedLimits, payer: { id: string }): Promise<void> => agree(owner, limits, payer.id);

  test('a facility with forty queued keeps another one’s few waiting for no more than its share', async () => {
    await limit({ maxInFlight: 3 }, harborlight);
    const many = await requestSome(40, harborlight);
    const few = await requestSome(4, harborlight, other);
    for (const _ of [1, 2]) workers.push(await startWorker(spine.config, spine.log));
    await rested([...few, ...many]);
    const ahead = await count(
      `SELECT count(*) FROM verification WHERE id = ANY ($1) AND updated_at < (SELECT max(updated_at) FROM verification WHERE id = ANY ($2))`,
      [many, few],
    );
    expect(ahead).toBeLessThan(20);
  }, 90_000);

  test('a payer that never answers holds up nobody else', async () => {
    await limit({ maxInFlight: 6, timeoutMs: 90_000 }, cedarVale);
    await payers.playFault({ kind: 'silent', payerId: cedarVale.payerId });
    const held = await requestSome(20, cedarVale);
    await comesTrue('as many hang as may', async () => (await received(cedarVale)).length === 6);
    const others = [...(await requestSome(6, northwind)), ...(await requestSome(6, summitRidge))];
    expect(new Set(await rested(others))).toEqual(new Set(['verified']));
    expect((await received(cedarVale)).length).toBe(6);
    expect((await statuses(held)).some(isResting)).toBe(false);
    await Promise.all(held.map((id) => call(`/${id}/cancel`, spine.apiKey)));
  }, 90_000);

  // Limits, breakers and answers are rows, wherever the queue lives.
  if (backend.name === 'Redis') return;

  test('no verification ends with the answer of another, however replies are mixed up', async () => {
    const from = number + 1;
    for (const fault of [
      { kind: 'shuffle', waitMs: 3000, share: 1 / 3 },
      { kind: 'duplicate', share: 1 / 5 },
      { kind: 'sent_twice', share: 1 / 7 },
      { kind: 'latency', ms: 50, share: 1 / 2 },
    ])
      await payers.playFault(fault);
    await limit({ maxInFlight: 30 }, northwind);
    const ids = await requestSome(30, northwind);
    await rested(ids);
    const { wrong, foreign, otherwise, verified } = await judged({ owner, config: spine.config }, ids, from);
    expect({ wrong, otherwise }).toEqual({ wrong: 0, otherwise: {} });
    expect(foreign).toBeGreaterThan(0);
    expect(verified).toBeGreaterThan(0);
  }, 90_000);

  test('two workers together ask a payer no more at once and no faster than was agreed', async () => {
    await limit({ perMinute: 300 }, summitRidge);
    await payers.playFault({ kind: 'latency', ms: 400, payerId: harborlight.payerId });
    const before = { narrow: (await received(harborlight)).length, rated: (await received(summitRidge)).length };
    const begun = Date.now();
    await rested((await Promise.all([requestSome(9, harborlight), requestSome(9, summitRidge)])).flat());
    const inFlight = (await received(harborlight)).slice(before.narrow).map((inquiry) => inquiry.inFlight);
    expect(inFlight).toHaveLength(9);
    expect(Math.max(...inFlight)).toBeLessThanOrEqual(3);
    // 300 a minute: the nth leaves no sooner than n fifths of a second after the first could.
    const rated = (await received(summitRidge)).slice(before.rated);
    expect(rated.filter(({ at }, index) => Date.parse(at) < begun + index * 200)).toEqual([]);
  }, 90_000);

  test('a payer that is down is asked by one at a time until it answers, and a 429 counts as no failure', async () => {
    await payers.playFault({ kind: 'status', status: 429, retryAfterSeconds: 1, payerId: northwind.payerId });
    await payers.playFault({ kind: 'status', status: 503, payerId: blueHeron.payerId });
    await payers.playFault({ kind: 'latency', ms: 700, payerId: blueHeron.payerId });
    const throttled = await requestSome(3, northwind);
    const waiting = await requestSome(8, blueHeron);
    const breaker = async (): Promise<string | undefined> => {
      const { rows } = await owner.query<{ breaker: string }>(
        'SELECT s.breaker FROM connection_state s JOIN payer_connection c ON c.id = s.connection_id WHERE c.payer_id = $1',
        [blueHeron.id],
      );
      return rows[0]?.breaker;
    };
    const underWay = (): Promise<number> =>
      count(
        `SELECT count(*) FROM connection_slot s JOIN payer_connection c ON c.id = s.connection_id
         WHERE c.payer_id = $1 AND NOT s.reserved AND s.lease_until > now()`,
        [blueHeron.id],
      );
    await comesTrue(
      'it is open, and nobody who asked before is under way',
      async () => (await breaker()) === 'open' && (await underWay()) === 0,
    );
    const failed = (await received(blueHeron)).length;
    await comesTrue('it was probed', async () => (await received(blueHeron)).length > failed + 1);
    // Slow refusals: a second probe beside the first would have come before its answer.
    const [probe, next] = (await received(blueHeron)).slice(failed);
    expect(Date.parse(next?.at ?? '') - Date.parse(probe?.at ?? '')).toBeGreaterThanOrEqual(700);
    const attempts = 'SELECT coalesce(sum(attempts), 0) AS count FROM verification WHERE id = ANY ($1)';
    expect(await count(attempts, [throttled])).toBe(0);

    await payers.clearFaults();
    expect(new Set(await rested([...throttled, ...waiting]))).toEqual(new Set(['verified']));
    expect(await breaker()).toBe('closed');
  }, 90_000);

  test('whatever is wrong with a payer, a verification rests where that leads, and nobody’s data are logged', async () => {
    const troubles: Trouble[] = [];
    for (const [index, one] of faultCases.entries())
      troubles.push(await troubleOf(one, chaosAdapters[index % 2] ?? 'x12', index, 1000));
    try {
      await FleetSetup.of(spine, (setup) => setup.connect(troubles.map(({ payer }) => payer)));
      const neededBy = new Date(Date.now() + 5000);
      const ids: string[] = [];
      for (const { payer } of troubles) ids.push(...(await requestSome(1, payer, { neededBy })));
      await rested(ids);
      expect(await astray(owner, troubles, ids)).toEqual({});
      expect(canariesIn(spine.logged.join('\n'), canaries)).toEqual([]);
    } finally {
      await Promise.all(troubles.map(({ failing }) => failing.close()));
    }
  }, 90_000);
});
