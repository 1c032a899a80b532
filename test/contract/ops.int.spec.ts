import { getQueueToken } from '@nestjs/bullmq';
import { lanes } from '@openvob/queue';
import type { Queue } from 'bullmq';
import { Client } from 'pg';
import request from 'supertest';
import { freePort } from '../../apps/standalone/ports';
import { until } from '../../apps/standalone/processes';
import { CallerWaitingProcessor } from '../../apps/worker/verification.processor';
import { describeOnBothBackends } from '../setup/backends';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';
import { boardMethods, boardPaths, statusOnTheWire } from './board-paths';

const token = 'metrics-token-of-the-tests';

/** What operations see of a running installation, wherever its queue lives. */
describeOnBothBackends('seen by operations', (backend) => {
  let spine: Spine;
  let caller: TestCaller;
  let ops: TestCaller;
  beforeAll(async () => {
    spine = await startSpine({
      redisUrl: backend.redisUrl(),
      settings: {
        METRICS_TOKEN: token,
        CANARY_EVERY_MS: '200',
        CANARY_LATE_MS: '1000',
        PAYER_RETRY_SECONDS: '60,60',
        PAYER_REREAD_SECONDS: '0.1',
      },
    });
    caller = new TestCaller(spine);
    ops = new TestCaller(spine, await spine.keyFor('ops'));
  });
  afterAll(() => spine.stop());

  const http = () => request(spine.api.getHttpServer());
  const queueOf = (lane: string): Queue => spine.api.get<Queue>(getQueueToken(lane), { strict: false });
  const put = (path: string): request.Test => http().put(path).set('Authorization', `Bearer ${ops.key}`);

  describe('readiness', () => {
    test('is shown by jobs that came out of every lane', async () => {
      const ready = await http().get('/health/ready');
      expect(ready.body).toMatchObject({ status: 'ok', checks: { database: 'ok', queue: 'ok' } });
      const shown: { lane: string; state: string; ageSeconds: number }[] = ready.body.canary;
      expect(shown.map(({ lane, state }) => [lane, state])).toEqual(lanes.map((lane) => [lane, 'ok']));
      expect(shown.every(({ ageSeconds }) => ageSeconds <= 1)).toBe(true);
    });

    test('says so when a lane no longer moves, and when it moves again', async () => {
      const queueState = async (): Promise<string> => (await http().get('/health/ready')).body.checks.queue;
      await queueOf('routine').pause();
      expect(await until(async () => (await queueState()) === 'down', 15_000)).toBe(true);
      await queueOf('routine').resume();
      expect(await until(async () => (await queueState()) === 'ok', 15_000)).toBe(true);
    });

    test('a consumer that stopped taking jobs is replaced, and what waited is done', async () => {
      const processor = spine.worker.get(CallerWaitingProcessor, { strict: false });
      const stuck = processor.worker;
      await stuck.pause(true);
      expect(stuck.isRunning()).toBe(true);
      expect(await until(() => processor.worker !== stuck, 15_000)).toBe(true);
      const shown = await caller.verify(requestFor('NWH0010001', { priority: 'caller_waiting' }));
      expect(shown.status).toBe('verified');
      expect(spine.logged.some((line) => line.includes('worker.replaced'))).toBe(true);
    });
  });

  describe('the queue board', () => {
    let port: number;
    beforeAll(async () => {
      await spine.api.listen(0, '127.0.0.1');
      port = Number(new URL(await spine.api.getUrl()).port);
    });

    const statusOf = (method: string, path: string, authorization: string | undefined): Promise<number> =>
      statusOnTheWire(port, { method, path, headers: authorization === undefined ? {} : { authorization } });

    const statusesOf = async (authorization: string | undefined): Promise<Map<string, number>> => {
      const found = new Map<string, number>();
      for (const path of boardPaths())
        for (const method of boardMethods) found.set(`${method} ${path}`, await statusOf(method, path, authorization));
      return found;
    };

    test('refuses every path and method without a key', async () => {
      const found = await statusesOf(undefined);
      expect(found.size).toBeGreaterThan(300);
      expect([...found].filter(([, status]) => status !== 401 && status !== 404)).toEqual([]);
      expect(found.get('GET /ops/queues/api/queues')).toBe(401);
    });

    test('refuses every path and method to a coordinator', async () => {
      const found = await statusesOf(`Bearer ${caller.key}`);
      expect([...found].filter(([, status]) => status !== 403 && status !== 404)).toEqual([]);
      expect(found.get('PUT /ops/queues/api/queues/pause')).toBe(403);
    });

    test('opens to the role ops, in a browser by the key as password', async () => {
      const page = await http().get('/ops/queues').auth('ops', ops.key);
      expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.headers['content-security-policy']).toMatch(/^(?!.*unsafe).*frame-ancestors 'none'/);
      const script = /src="(static\/js\/main[^"]+)"/.exec(page.text)?.[1];
      expect((await http().get(`/ops/queues/${script}`).auth('ops', ops.key)).status).toBe(200);
      const nobody = await http().get('/ops/queues');
      expect([nobody.status, nobody.headers['www-authenticate']]).toEqual([401, expect.stringContaining('Basic')]);
    });

    test('lists the lanes, and tells about the server that holds them', async () => {
      const shown = await ops.get('/ops/queues/api/queues');
      expect(shown.body.queues.map((queue: Body) => queue.name)).toEqual([...lanes]);
      expect((await ops.get('/ops/queues/api/queues/today/workers')).status).toBe(200);
      const server = await ops.get('/ops/queues/api/redis/stats');
      expect([server.status, server.body.backend]).toEqual([
        200,
        backend.name === 'Redis' ? 'redis' : expect.stringMatching(/postgres/i),
      ]);
    });

    test('shows ids only, whatever a job holds', async () => {
      const secret = 'Quillfeather 1988-03-14';
      const data = { facilityId: 'fac_test', verificationId: 'ver_shown', round: 1, patient: secret, sentAt: secret };
      const job = await queueOf('routine').add('verify', data, { delay: 600_000, jobId: 'planted' });
      await job.log(secret);
      await job.updateProgress({ of: secret });
      const list = await ops.get('/ops/queues/api/queues?activeQueue=routine&status=delayed');
      const one = await ops.get('/ops/queues/api/queues/routine/planted');
      const logs = await ops.get('/ops/queues/api/queues/routine/planted/logs');
      expect(one.body.job.data).toEqual({ facilityId: 'fac_test', verificationId: 'ver_shown', round: 1 });
      expect(list.text).toContain('ver_shown');
      expect([list, one, logs].filter(({ text }) => text.includes('Quillfeather'))).toEqual([]);
      await job.remove();
    });

    test('pauses and resumes a lane, and the audit trail says who did', async () => {
      expect((await put('/ops/queues/api/queues/routine/pause')).status).toBe(200);
      expect(await queueOf('routine').isPaused()).toBe(true);
      expect((await put('/ops/queues/api/queues/routine/resume')).status).toBe(200);
      expect(await queueOf('routine').isPaused()).toBe(false);
      const rows = await ask(
        `SELECT subject_id AS lane, detail->>'route' AS route FROM audit_entry WHERE action = 'queue.operated' ORDER BY id`,
      );
      expect(rows).toEqual([
        { lane: 'routine', route: 'PUT /api/queues/:queueName/pause' },
        { lane: 'routine', route: 'PUT /api/queues/:queueName/resume' },
      ]);
    });

    test('makes and rewrites no jobs, and heeds no other page', async () => {
      const send = (method: 'post' | 'put' | 'patch', path: string): request.Test =>
        http()[method](`/ops/queues/api/queues/${path}`).set('Authorization', `Bearer ${ops.key}`).send({});
      const refused = await Promise.all([
        send('post', 'today/add'),
        send('patch', 'today/x/update-data'),
        send('put', 'today/obliterate'),
        send('put', 'today/concurrency'),
        put('/ops/queues/api/queues/today/pause').set('Sec-Fetch-Site', 'cross-site'),
      ]);
      expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
      expect((await put('/ops/queues/api/queues/payroll/pause')).status).toBe(404);
      expect(await queueOf('today').isPaused()).toBe(false);
    });
  });

  describe('the metrics', () => {
    const read = async (): Promise<string> =>
      (await http().get('/metrics').set('Authorization', `Bearer ${token}`)).text;
    const figure = (text: string, series: string): number | undefined => {
      const line = text.split('\n').find((one) => one.startsWith(`${series} `));
      return line === undefined ? undefined : Number(line.slice(series.length));
    };

    test('are read with their own token alone', async () => {
      const refused = await Promise.all([
        http().get('/metrics'),
        http().get('/metrics').set('Authorization', 'Bearer wrong-token-of-the-tests'),
        http().get('/metrics').set('Authorization', `Bearer ${ops.key}`),
        http().get(`/metrics?token=${token}`),
      ]);
      expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
      const others = await Promise.all(
        (['post', 'put', 'patch', 'delete'] as const).map((method) =>
          http()[method]('/metrics').set('Authorization', `Bearer ${token}`),
        ),
      );
      expect(others.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    });

    test('tell what was asked, how it ended and what it cost', async () => {
      const before = await read();
      const series = 'openvob_payer_exchanges_total{connection="con_pay_demo_northwind",outcome="answered"}';
      const spend = 'openvob_spend_cents_total{connection="con_pay_demo_northwind"}';
      expect((await caller.verify(requestFor('NWH0010001'))).status).toBe('verified');
      expect(await until(async () => (figure(await read(), series) ?? 0) > (figure(before, series) ?? 0), 10_000)).toBe(
        true,
      );
      const after = await read();
      expect((figure(after, spend) ?? 0) - (figure(before, spend) ?? 0)).toBe(10);
      expect(figure(after, 'openvob_verifications{status="verified"}')).toBeGreaterThan(0);
      expect(figure(after, 'openvob_payer_latency_seconds_bucket{connection="con_pay_demo_northwind",le="+Inf"}')).toBe(
        figure(after, 'openvob_payer_latency_seconds_count{connection="con_pay_demo_northwind"}'),
      );
      expect(after).toMatch(
        /^openvob_connection_info\{connection="con_pay_demo_northwind",payer="Northwind[^"]*",adapter="x12"\} 1$/m,
      );
      expect(figure(after, 'openvob_payer_breaker_open{connection="con_pay_demo_northwind"}')).toBe(0);
    });

    test('tell of lanes, workers and requests', async () => {
      const counted = 'openvob_jobs_total{lane="caller_waiting",outcome="done"}';
      expect(await until(async () => (figure(await read(), counted) ?? 0) > 0, 15_000)).toBe(true);
      const text = await read();
      expect(figure(text, 'openvob_queue_up')).toBe(1);
      expect(figure(text, 'openvob_workers')).toBe(1);
      expect(figure(text, 'openvob_lane_moving{lane="today"}')).toBe(1);
      expect(figure(text, 'openvob_queue_age_seconds{lane="today"}')).toBe(0);
      expect(figure(text, 'openvob_queue_jobs{lane="today",state="waiting"}')).toBeDefined();
      expect(
        figure(
          text,
          'openvob_http_request_duration_seconds_count{method="POST",route="/v1/verifications",status="2xx"}',
        ),
      ).toBeGreaterThan(0);
      expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    });

    test('hold no id, name or member id, whatever was sent, and stay few', async () => {
      const ids: string[] = [];
      for (const serial of ['0001', '0005', '0006', '0009'])
        ids.push((await caller.verify(requestFor(`NWH00${serial.slice(2)}0001`))).id);
      await caller.get(`/v1/verifications/Quillfeather-${ids[0]}`);
      await http().get('/Marlow/NWH0010001?name=Quillfeather');
      await http().get('/ops/queues/Quillfeather');
      const text = await read();
      const secrets = [...ids, 'Quillfeather', 'Marlow', '1988-03-14', 'NWH00', 'fac_test', 'prg_test', ops.key, token];
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
      const known = [
        'method',
        'route',
        'status',
        'le',
        'lane',
        'state',
        'connection',
        'payer',
        'adapter',
        'outcome',
        'to',
        'reason',
        'result',
        'event',
        'level',
      ];
      const ofNode = ['version', 'major', 'minor', 'patch', 'type', 'space', 'kind'];
      expect([...labels].filter((label) => ![...known, ...ofNode].includes(label ?? ''))).toEqual([]);
      const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      expect(lines.filter((line) => !/^[a-z_]\w*(\{(\w+="[^"]*",?)+\})? [-+.\deInfNa]+$/.test(line))).toEqual([]);
      expect(new Set(lines.map((line) => line.split(' ')[0])).size).toBe(lines.length);
      expect(lines.length).toBeLessThan(5000);
    });

    test('stay below 5,000 series with a thousand payers and callers that make up paths', async () => {
      await ask(`INSERT INTO payer (id, name, created_at) VALUES ('pay_many', 'Many Connections', now())`);
      await ask(`INSERT INTO payer_connection (id, payer_id, adapter, payer_reference, endpoint_url, timeout_ms)
        SELECT 'con_many_' || n, 'pay_many', 'x12', 'x', 'http://127.0.0.1:1', 1000 FROM generate_series(1, 1000) n`);
      await ask(`INSERT INTO connection_outcome (connection_id, at, outcome, duration_ms)
        SELECT id, now(), o, 100 FROM payer_connection, unnest(ARRAY['answered', 'member_rejected', 'rejected', 'useless', 'throttled', 'down', 'configuration']) o
        WHERE payer_id = 'pay_many'`);
      for (let n = 0; n < 300; n++) await http().get(`/made/up/${n}`);
      expect(await until(async () => (await read()).includes('connection="other"'), 10_000)).toBe(true);
      const lines = (await read()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      expect(lines.length).toBeLessThan(5000);
      await ask(`DELETE FROM payer_connection WHERE payer_id = 'pay_many'`);
    });
  });

  describe('a payer', () => {
    const northwind = '/v1/payers/pay_demo_northwind';
    const statusOf = async (id: string): Promise<string> => (await caller.get(`/v1/verifications/${id}`)).body.status;

    test('tells how it does to everybody, and takes orders from the role ops alone', async () => {
      await caller.verify(requestFor('NWH0010001'));
      const health = await caller.get(`${northwind}/health`);
      expect(health.body).toMatchObject({ id: 'pay_demo_northwind', state: 'up' });
      expect(health.body.connections[0]).toMatchObject({ via: 'x12', breaker: 'closed', inFlight: 0, waiting: 0 });
      expect(health.body.connections[0].lastHour.exchanges).toBeGreaterThan(0);
      expect(health.body.connections[0].lastHour.medianMs).toBeGreaterThan(0);
      const orders = await Promise.all(
        ['pause', 'resume', 'replay'].map((order) => caller.post(`${northwind}/${order}`)),
      );
      expect(orders.map(({ status }) => status)).toEqual([403, 403, 403]);
      const unknown = await Promise.all([
        ops.get('/v1/payers/pay_nobody/health'),
        ops.post('/v1/payers/pay_nobody/pause'),
        ops.post('/v1/payers/pay_nobody/replay'),
      ]);
      expect(unknown.map(({ status }) => status)).toEqual([404, 404, 404]);
      expect((await ops.post('/v1/payers/pay_phone/pause')).status).toBe(409);
      expect((await ops.get('/v1/payers/pay_phone/health')).body).toMatchObject({ state: 'by_phone', connections: [] });
    });

    test('is asked nothing while it is paused; what came meanwhile goes on when it is resumed', async () => {
      expect((await ops.post(`${northwind}/pause`)).body.state).toBe('paused');
      const { id } = (await caller.post('/v1/verifications', requestFor('NWH0010001'))).body;
      expect(await until(async () => (await statusOf(id)) === 'waiting_for_payer', 10_000)).toBe(true);
      expect((await ops.get(`${northwind}/health`)).body.connections[0].waiting).toBe(1);
      expect((await ops.post(`${northwind}/resume`)).body.state).toBe('up');
      expect((await caller.rested(id)).status).toBe('verified');
      const rows = await ask(`SELECT action FROM audit_entry WHERE subject_id = 'pay_demo_northwind' ORDER BY id`);
      expect(rows).toEqual([{ action: 'payer.paused' }, { action: 'payer.resumed' }]);
    });

    test.each(['-271821-04-20T00:00:00Z', '1', '2026-11-20', 'soon'])('is not replayed since %s', async (since) => {
      const refused = await ops.post(`${northwind}/replay?since=${since}`);
      expect([refused.status, refused.body.code]).toEqual([400, 'malformed_request']);
    });

    test('replayed: what waits for it is looked at now, what failed is asked anew', async () => {
      const failed = await caller.verify(requestFor('NWH0090001'));
      const waiting = (await caller.post('/v1/verifications', requestFor('NWH0080001'))).body.id;
      expect(failed.status).toBe('failed');
      expect(await until(async () => (await statusOf(waiting)) === 'waiting_for_payer', 10_000)).toBe(true);
      const replayed = await ops.post(`${northwind}/replay`);
      expect([replayed.status, replayed.body]).toEqual([202, { waiting: 1, failed: 1, more: false }]);
      expect((await caller.rested(failed.id)).round).toBe(2);
      await until(async () => (await statusOf(waiting)) === 'waiting_for_payer', 10_000);
      await ops.post(`${northwind}/replay?since=${new Date().toISOString()}`);
      expect((await caller.rested(waiting)).status).toBe('verified');
    });
  });

  async function ask(sql: string): Promise<object[]> {
    const client = new Client({ connectionString: spine.database.ownerUrl });
    await client.connect();
    try {
      return (await client.query<object>(sql)).rows;
    } finally {
      await client.end();
    }
  }
});

test('a worker process tells its own figures on a port of its own, with the token', async () => {
  const port = await freePort();
  const settings = { METRICS_TOKEN: token, WORKER_METRICS_PORT: String(port) };
  const spine = await startSpine({ redisUrl: undefined, settings });
  const worker = request(`http://127.0.0.1:${port}`);
  try {
    const told = await worker.get('/metrics').set('Authorization', `Bearer ${token}`);
    expect([told.status, told.headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(told.text).toMatch(/^openvob_worker_jobs_active\{lane="today"\} \d+$/m);
    expect(told.text).toMatch(/^process_resident_memory_bytes \d+$/m);
    const others = [
      worker.get('/metrics'),
      worker.get('/metrics').set('Authorization', `Bearer ${spine.apiKey}`),
      worker.post('/metrics').set('Authorization', `Bearer ${token}`),
      worker.get('/').set('Authorization', `Bearer ${token}`),
      worker.get('/health/live'),
    ];
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([401, 401, 404, 404, 200]);
  } finally {
    await spine.stop();
  }
});

test('without a token there are no metrics', async () => {
  const spine = await startSpine({ redisUrl: undefined, withWorker: false });
  try {
    expect((await request(spine.api.getHttpServer()).get('/metrics')).status).toBe(404);
  } finally {
    await spine.stop();
  }
});
