import { randomUUID } from 'node:crypto';
import { testEvent, webhookEvents } from '@openvob/notifications';
import { problemCodes } from '@openvob/platform';
import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import { simulatedPayers } from '../../apps/payer-simulator/simulated-payers';
import { type Body, intakeSourceId, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

/** What callers rely on, where no payer is needed: refusals, repeats, signatures, access. */
describe('the HTTP API', () => {
  let spine: Spine;
  let caller: TestCaller;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false });
    caller = new TestCaller(spine);
  });
  afterAll(() => spine.stop());

  const count = async (): Promise<number> => {
    const { Client } = await import('pg');
    const client = new Client({ connectionString: spine.database.ownerUrl });
    await client.connect();
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM verification');
    await client.end();
    return Number(rows[0]?.count);
  };

  describe('accepting a request', () => {
    test('answers 202 with the place to look and a verification', async () => {
      const response = await caller.post('/v1/verifications', requestFor('NWH0010001', { reference: 'crm-77' }));
      expect(response.status).toBe(202);
      expect(response.headers.location).toBe(`/v1/verifications/${response.body.id}`);
      expect(response.body).toMatchObject({
        status: 'received',
        round: 1,
        reference: 'crm-77',
        program: { id: 'prg_test' },
      });
      expect(response.body.links).toEqual({
        self: `/v1/verifications/${response.body.id}`,
        events: `/v1/verifications/${response.body.id}/events`,
        answers: `/v1/verifications/${response.body.id}/answers`,
      });
    });

    test('gives a repeat the first response byte for byte, whatever the order of its keys', async () => {
      const key = randomUUID();
      const body = requestFor('NWH0010002');
      const first = await caller.post('/v1/verifications', body, key);
      const reordered = Object.fromEntries(Object.entries(body).reverse());
      const again = await caller.post('/v1/verifications', reordered, key);
      expect([again.status, again.text, again.headers.location]).toEqual([202, first.text, first.headers.location]);
    });

    test('refuses a key with another body', async () => {
      const key = randomUUID();
      await caller.post('/v1/verifications', requestFor('NWH0010003'), key);
      const other = await caller.post('/v1/verifications', requestFor('NWH0010004'), key);
      expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    });

    test('makes one verification of twenty requests at once with one key', async () => {
      const before = await count();
      const key = randomUUID();
      const body = requestFor('NWH0010005');
      const responses = await Promise.all(
        Array.from({ length: 20 }, () => caller.post('/v1/verifications', body, key)),
      );
      const statuses = new Set(responses.map((response) => response.status));
      expect([...statuses].every((status) => status === 202 || status === 409)).toBe(true);
      expect(
        new Set(responses.filter((response) => response.status === 202).map((response) => response.text)).size,
      ).toBe(1);
      expect(await count()).toBe(before + 1);
    });

    test('keeps the keys of facilities apart', async () => {
      const elsewhere = new TestCaller(spine, await spine.keyFor('machine', 'fac_elsewhere'));
      const key = randomUUID();
      await caller.post('/v1/verifications', requestFor('NWH0010006'), key);
      const response = await elsewhere.post('/v1/verifications', requestFor('NWH0010006'), key);
      expect([response.status, response.body.code]).toEqual([422, 'unknown_program']);
    });

    test('says in a dry run what would be asked, and stores nothing', async () => {
      const before = await count();
      const dry = await caller.post(
        '/v1/verifications?dryRun=true',
        requestFor('NWH0010007', { coverages: [{ payer: { id: 'pay_demo_northwind' } }] }),
      );
      expect(dry.status).toBe(200);
      expect(dry.body).toMatchObject({
        payer: { id: 'pay_demo_northwind' },
        via: 'x12',
        missing: [{ pointer: '/coverages/0/memberId' }],
        inquiries: [],
      });
      const complete = await caller.post('/v1/verifications?dryRun=true', requestFor('NWH0010007'));
      expect(complete.body).toMatchObject({ inquiries: [{ serviceTypes: ['30'] }], missing: [], costCents: 10 });
      expect(complete.body.inquiries[0].fields.length).toBeGreaterThan(3);
      expect(await count()).toBe(before);
    });
  });

  describe('refusing', () => {
    const broken: [string, unknown, number, string, string | null][] = [
      ['text that is no JSON', '{"patient":', 400, 'unparsable_body', null],
      ['a body that poisons the prototype', '{"__proto__":{"x":1}}', 422, 'validation_failed', '/__proto__'],
      ['no object', '[]', 422, 'validation_failed', ''],
      ['a missing patient', { coverages: [] }, 422, 'validation_failed', '/patient'],
      ['an unknown field', requestFor('NWH0010001', { hurry: true }), 422, 'validation_failed', '/hurry'],
      [
        '30 February',
        requestFor('NWH0010001', { admission: { startDate: '2027-02-30' } }),
        422,
        'validation_failed',
        '/admission/startDate',
      ],
      [
        'an unknown program',
        requestFor('NWH0010001', { program: { id: 'prg_nowhere' } }),
        422,
        'unknown_program',
        '/program/id',
      ],
      [
        'an unknown payer',
        requestFor('NWH0010001', { coverages: [{ payer: { id: 'pay_nowhere' }, memberId: 'M' }] }),
        422,
        'unknown_payer',
        '/coverages/0/payer/id',
      ],
      [
        'a body of a megabyte',
        requestFor('NWH0010001', { reference: 'x'.repeat(1_000_000) }),
        413,
        'body_too_large',
        null,
      ],
    ];
    test.each(broken)('%s: names it, stores nothing', async (_name, body, status, code, pointer) => {
      const before = await count();
      const response = await caller.post('/v1/verifications', body);
      expect([response.status, response.body.code]).toEqual([status, code]);
      expect(response.headers['content-type']).toContain('application/problem+json');
      expect(response.body.traceId).toMatch(/^trc_/);
      if (pointer !== null) expect(response.body.errors.map((error: Body) => error.pointer)).toContain(pointer);
      expect(problemCodes).toContain(response.body.code);
      expect(await count()).toBe(before);
    });

    test('a request without an Idempotency-Key', async () => {
      const response = await request(spine.api.getHttpServer())
        .post('/v1/verifications')
        .set('Authorization', `Bearer ${spine.apiKey}`)
        .send(requestFor('NWH0010001'));
      expect([response.status, response.body.code]).toEqual([400, 'idempotency_key_missing']);
    });

    test('without echoing what was sent', async () => {
      const secret = 'Zyx*Canary';
      const response = await caller.post(
        '/v1/verifications',
        requestFor('NWH0010001', {
          patient: { firstName: secret, lastName: secret, birthDate: secret, relationship: secret, email: secret },
        }),
      );
      expect(response.status).toBe(422);
      expect(response.text).not.toContain('Canary');
    });

    test.each([
      ['no key', undefined],
      ['a wrong key', 'Bearer ovk_wrong'],
      ['another scheme', 'Basic abc'],
    ])('%s: 401', async (_name, authorization) => {
      const asked = request(spine.api.getHttpServer()).get('/v1/programs');
      const response = await (authorization ? asked.set('Authorization', authorization) : asked);
      expect([response.status, response.body.code]).toEqual([401, 'unauthenticated']);
    });

    test('a role that may not: 403', async () => {
      const auditor = new TestCaller(spine, await spine.keyFor('auditor'));
      const response = await auditor.post('/v1/verifications', requestFor('NWH0010001'));
      expect([response.status, response.body.code]).toEqual([403, 'forbidden']);
    });

    test("another facility's verification: 404, as if it were not there", async () => {
      const { body } = await caller.post('/v1/verifications', requestFor('NWH0010010'));
      const elsewhere = new TestCaller(spine, await spine.keyFor('coordinator', 'fac_elsewhere'));
      for (const path of ['', '/answers', '/history', '?wait=1']) {
        expect((await elsewhere.get(`/v1/verifications/${body.id}${path}`)).body).toMatchObject({
          status: 404,
          code: 'not_found',
        });
      }
      expect((await elsewhere.post(`/v1/verifications/${body.id}/cancel`)).status).toBe(404);
    });

    test.each([
      ['GET', '/v1/verifications/ver_nowhere', 404],
      ['GET', '/v1/nowhere', 404],
      ['GET', '/v1/verifications/ver_x?wait=soon', 400],
      ['GET', '/v1/payers?cursor=%00nonsense', 400],
      ['POST', '/v1/verifications/ver_nowhere/cancel', 404],
      ['POST', '/v1/verifications/ver_nowhere/information', 404],
    ])('%s %s: %i as problem details', async (method, path, status) => {
      const response = method === 'GET' ? await caller.get(path) : await caller.post(path, {});
      expect(response.status).toBe(status);
      expect(response.headers['content-type']).toContain('application/problem+json');
    });
  });

  describe('an intake website', () => {
    const send = (
      data: unknown,
      change: { id?: string; secret?: string; at?: Date; sourceId?: string; body?: string } = {},
    ): request.Test => {
      const at = change.at ?? new Date();
      const id = change.id ?? `msg_${randomUUID()}`;
      const body = change.body ?? JSON.stringify({ type: 'verification.requested', timestamp: at.toISOString(), data });
      return request(spine.api.getHttpServer())
        .post(`/v1/webhooks/intake/${change.sourceId ?? intakeSourceId}`)
        .set({
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'content-type': 'application/json',
        })
        .set('webhook-signature', new Webhook(change.secret ?? spine.intakeSecret).sign(id, at, body))
        .send(body);
    };

    test('is answered 202 with id and status', async () => {
      const response = await send(requestFor('NWH0010020'));
      expect(response.status).toBe(202);
      expect(Object.keys(response.body).sort()).toEqual(['id', 'status']);
    });

    test('is answered the same again for the same webhook-id, whatever the body', async () => {
      const id = `msg_${randomUUID()}`;
      const first = await send(requestFor('NWH0010021'), { id });
      const before = await count();
      const again = await send({ quite: 'another' }, { id });
      expect([again.status, again.text]).toEqual([200, first.text]);
      expect(await count()).toBe(before);
    });

    test.each([
      ['nothing', {}],
      [
        'half a form',
        { patient: { firstName: 'Ida', lastName: null, birthDate: '' }, coverages: [{ payer: { name: 'Northwind' } }] },
      ],
      ['nonsense', { patient: 'Ida', coverages: 'Blue', program: 7, admission: [], extra: { deep: [1] } }],
      [
        'a malformed date and an unknown program',
        requestFor('NWH0010022', { program: { id: 'prg_gone' }, admission: { startDate: '31/12/2026' } }),
      ],
      ['text as data', 'call me'],
    ])('may send %s', async (_name, data) => {
      expect((await send(data)).status).toBe(202);
    });

    test.each([
      ['a bad signature', { secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` }, 401],
      ['a stale timestamp', { at: new Date(Date.now() - 400_000) }, 401],
      ['a timestamp from the future', { at: new Date(Date.now() + 400_000) }, 401],
      ['an unknown source', { sourceId: 'src_nowhere' }, 401],
      ['a body that is no object', { body: '"text"' }, 400],
      ['a body that is no JSON', { body: '{' }, 400],
    ])('is refused with %s, and nothing is stored', async (_name, change, status) => {
      const before = await count();
      expect((await send(requestFor('NWH0010023'), change)).status).toBe(status);
      expect(await count()).toBe(before);
    });
  });

  describe('the directory', () => {
    test('lists all payers without a search', async () => {
      const { body } = await caller.get('/v1/payers?search=');
      expect(body.items.length).toBe(simulatedPayers.length + 1);
    });

    test.each([
      ['blue heron', 'pay_demo_blue_heron'],
      ['Blu Herron', 'pay_demo_blue_heron'],
      ['cvm', 'pay_demo_cedar_vale'],
      ['SRA0010001', 'pay_demo_summit_ridge'],
      ['granit', 'pay_demo_granite_peak'],
    ])('finds "%s"', async (search, id) => {
      const { body } = await caller.get(`/v1/payers?search=${encodeURIComponent(search)}`);
      expect(body.items[0]).toMatchObject({ id, via: ['x12'] });
    });

    test('lists the programs of the facility', async () => {
      expect((await caller.get('/v1/programs')).body.items).toMatchObject([{ id: 'prg_test', plan: { track: 'sud' } }]);
    });
  });

  describe('for operations', () => {
    test('says that it lives, that requests can be taken, and that without a worker nothing comes out of the queue', async () => {
      expect((await request(spine.api.getHttpServer()).get('/health/live')).status).toBe(200);
      const ready = await request(spine.api.getHttpServer()).get('/health/ready');
      expect([ready.status, ready.body.checks]).toEqual([200, { database: 'ok', queue: 'down' }]);
    });

    test('describes itself: OpenAPI 3.1 with every route, and pages', async () => {
      const { body } = await request(spine.api.getHttpServer()).get('/openapi.json');
      expect(body.openapi).toMatch(/^3\.1/);
      expect(Object.keys(body.paths)).toEqual(
        expect.arrayContaining([
          '/v1/verifications',
          '/v1/verifications/{id}',
          '/v1/webhooks/intake/{sourceId}',
          '/v1/payers',
          '/v1/programs',
          '/health/live',
          '/health/ready',
        ]),
      );
      expect(Object.keys(body.webhooks)).toEqual([...webhookEvents, testEvent]);
      const page = await request(spine.api.getHttpServer()).get('/docs');
      expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
    });
  });
});
