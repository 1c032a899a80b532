import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { readRequest } from '@openvob/intake';
import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import {
  type Body,
  intakeSourceId,
  requestFor,
  type Spine,
  startSpine,
  TestCaller,
  usualConsent,
  usualStart,
} from '../setup/spine';

/** What comes from outside is judged at the border: nothing hostile gets in, and nothing of it comes back in an error. */
describe('the border of the API', () => {
  let spine: Spine;
  let caller: TestCaller;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false });
    caller = new TestCaller(spine);
    await spine.api.listen(0, '127.0.0.1');
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

  const raw = (path: string, body: string, headers: Record<string, string> = {}): request.Test =>
    request(spine.api.getHttpServer())
      .post(path)
      .set({
        authorization: `Bearer ${spine.apiKey}`,
        'idempotency-key': randomUUID(),
        'content-type': 'application/json',
      })
      .set(headers)
      .send(body);

  const deliver = (body: string, id = `msg_${randomUUID()}`, contentType = 'application/json'): request.Test => {
    const at = new Date();
    return request(spine.api.getHttpServer())
      .post(`/v1/webhooks/intake/${intakeSourceId}`)
      .set({
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(spine.intakeSecret).sign(id, at, body),
        'content-type': contentType,
      })
      .send(body);
  };
  const form = (data: unknown): string => JSON.stringify({ type: 'verification.requested', data });

  const expectProblem = (response: Body, status: number, code: string): void => {
    expect([response.status, response.body.code]).toEqual([status, code]);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.body.traceId).toMatch(/^trc_/);
  };

  describe('a body', () => {
    const valid = JSON.stringify(requestFor('NWH0010001'));
    const within = (fields: string): string => `${valid.slice(0, -1)},${fields}}`;
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;

    test.each<[string, string, number, string, string | undefined]>([
      ['nested 20,000 deep', within(`"x":${deep}`), 422, 'validation_failed', ''],
      ['a list nested 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 422, 'validation_failed', ''],
      ['with 1e400', within('"reference":1e400'), 422, 'validation_failed', '/reference'],
      ['with a week for an instant', within('"neededBy":"2027-W01"'), 422, 'validation_failed', '/neededBy'],
      ['with half a character', within('"reference":"a\\ud800"'), 422, 'validation_failed', '/reference'],
      ['with a NUL', within('"reference":"a\\u0000b"'), 422, 'validation_failed', '/reference'],
      ['with a bell', within('"reference":"a\\u0007b"'), 422, 'validation_failed', '/reference'],
      ['with toString', within('"toString":"x"'), 422, 'validation_failed', '/toString'],
      ['with __defineGetter__', within('"__defineGetter__":"x"'), 422, 'validation_failed', '/__defineGetter__'],
      ['with __proto__', within('"__proto__":{"polluted":1}'), 422, 'validation_failed', '/__proto__'],
      [
        "with a constructor's prototype",
        within('"constructor":{"prototype":{"polluted":1}}'),
        422,
        'validation_failed',
        '/constructor',
      ],
      ['that is empty', '', 400, 'unparsable_body', undefined],
      ['that is no JSON', '{"patient":Canary}', 400, 'unparsable_body', undefined],
    ])('%s is refused and not stored', async (_name, body, status, code, pointer) => {
      const before = await count();
      const response = await raw('/v1/verifications', body);
      expectProblem(response, status, code);
      if (pointer !== undefined) expect(response.body.errors.map((error: Body) => error.pointer)).toContain(pointer);
      expect(response.text).not.toContain('Canary');
      expect(await count()).toBe(before);
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    });

    test.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/xml',
      'multipart/form-data; boundary=x',
    ])('of %s is refused: 415', async (contentType) => {
      expectProblem(
        await raw('/v1/verifications', valid, { 'content-type': contentType }),
        415,
        'unsupported_media_type',
      );
    });

    test('that is no JSON is not looked at without credentials', async () => {
      const headers = { authorization: 'Bearer ovk_wrong' };
      expectProblem(await raw('/v1/verifications', '{"patient":', headers), 401, 'unauthenticated');
      expectProblem(
        await raw('/v1/verifications', 'x=1', { ...headers, 'content-type': 'text/plain' }),
        401,
        'unauthenticated',
      );
      const auditor = `Bearer ${await spine.keyFor('auditor')}`;
      expectProblem(await raw('/v1/verifications', '{"patient":', { authorization: auditor }), 403, 'forbidden');
    });

    test.each(['/information', '/consent', '/assignee'])(
      'of %s that holds a NUL, 1e400 or a depth is refused',
      async (path) => {
        const { body } = await caller.post('/v1/verifications', requestFor('NWH0010001'));
        for (const bad of ['{"assignee":"a\\u0000"}', '{"assignee":1e400}', deep, '{"reference":"\\udc00"}']) {
          expectProblem(await raw(`/v1/verifications/${body.id}${path}`, bad), 422, 'validation_failed');
        }
      },
    );
  });

  describe('a dry run', () => {
    test.each([
      'dryRun=1',
      'dryRun=TRUE',
      'dryRun=yes',
      'dryRun=',
      'dryRun',
      'dryRun=true&dryRun=true',
      'dryRun=true&dryRun=false',
    ])('is not guessed from ?%s', async (query) => {
      const before = await count();
      expectProblem(
        await caller.post(`/v1/verifications?${query}`, requestFor('NWH0010001')),
        400,
        'malformed_request',
      );
      expect(await count()).toBe(before);
    });

    test.each([
      ['Northwnd Health Plan', 'pay_demo_northwind'],
      ['NW001', 'pay_demo_northwind'],
      ['pay_demo_northwind', 'pay_demo_northwind'],
      ['Blu Herron', 'pay_demo_blue_heron'],
    ])('takes the payer that is plainly meant by "%s"', async (name, id) => {
      const coverages = [{ payer: { name }, memberId: 'NWH0010001' }];
      const { body } = await caller.post('/v1/verifications?dryRun=true', requestFor('NWH0010001', { coverages }));
      expect(body.payer).toMatchObject({ id });
    });

    test.each(['Southwind Health Plan', 'Northwest Health Plan', 'New Jersey', 'Insurance', 'Blue', 'NW00', 'x12'])(
      'does not guess a payer from "%s"',
      async (name) => {
        const coverages = [{ payer: { name }, memberId: 'NWH0010001' }];
        const { body } = await caller.post('/v1/verifications?dryRun=true', requestFor('NWH0010001', { coverages }));
        expect(body.payer).toBeUndefined();
        expect(body.inquiries).toEqual([]);
        expect(body.missing.map((one: Body) => one.pointer)).toContain('/coverages/0/payer');
      },
    );

    test('is none with dryRun=false', async () => {
      expect((await caller.post('/v1/verifications?dryRun=false', requestFor('NWH0010001'))).status).toBe(202);
    });
  });

  describe('a target', () => {
    test.each<[string, number, string]>([
      ['/v1/verifications/%00', 404, 'not_found'],
      ['/v1/verifications/ver_%0Ax/history', 404, 'not_found'],
      [`/v1/verifications/${'v'.repeat(500)}`, 404, 'not_found'],
      ['/v1/verifications/%ff-Canary', 400, 'malformed_request'],
      ['/v1/Canary', 404, 'not_found'],
      ['/v1/payers?search=%00', 400, 'malformed_request'],
      ['/v1/payers?search=a&search=b', 400, 'malformed_request'],
      ['/v1/verifications?q=%00', 400, 'malformed_request'],
      ['/v1/verifications?q=a&q=b', 400, 'malformed_request'],
      ['/v1/verifications?payer=%07', 400, 'malformed_request'],
      ['/v1/verifications?dueBefore=2027-W01', 400, 'malformed_request'],
      ['/v1/verifications?dueBefore=-271821-04-20T00:00:00Z', 400, 'malformed_request'],
      [`/v1/verifications?cursor=${Buffer.from('["soon","ver_x"]').toString('base64url')}`, 400, 'malformed_request'],
      [`/v1/payers?cursor=${Buffer.from('["\\u0000","x"]').toString('base64url')}`, 400, 'malformed_request'],
    ])('%s: %i %s', async (path, status, code) => {
      const response = await caller.get(path);
      expectProblem(response, status, code);
      expect(response.text).not.toContain('Canary');
    });

    test('of a webhook that cannot be: 401', async () => {
      expectProblem(await raw('/v1/webhooks/intake/%00', '{}'), 401, 'unauthenticated');
    });

    test.each(['delete', 'put', 'patch'] as const)('of another method (%s) is not there', async (method) => {
      const response = await request(spine.api.getHttpServer())[method]('/v1/verifications/Canary');
      expectProblem(response, 404, 'not_found');
      expect(response.text).not.toContain('Canary');
    });

    test('of HEAD is answered without a body', async () => {
      const head = await request(spine.api.getHttpServer())
        .head('/v1/programs')
        .set('authorization', `Bearer ${spine.apiKey}`);
      expect([head.status, head.text]).toEqual([200, undefined]);
    });

    test('of HEAD is refused where GET does more than read', async () => {
      const { id } = (await caller.post('/v1/verifications', requestFor('NWH0010001'))).body;
      const paths = [`${id}/document`, `${id}/events`, 'events'].map((path) => `/v1/verifications/${path}`);
      for (const path of [...paths, '/v1/session/providers/callback', '/v1/session/providers/idp_1/start']) {
        const head = await request(spine.api.getHttpServer()).head(path).set('authorization', `Bearer ${spine.apiKey}`);
        expect([path, head.status, head.headers.allow]).toEqual([path, 405, 'GET']);
      }
      expect((await caller.get(`/v1/verifications/${id}/disclosures`)).body.items).toEqual([]);
    });

    test('that is not HTTP is refused as problem details', async () => {
      const { port } = new URL(await spine.api.getUrl());
      const answer = await new Promise<string>((resolve, reject) => {
        let heard = '';
        const socket = connect(Number(port), '127.0.0.1', () => socket.write('CANARY nonsense\r\n\r\n'));
        socket.on('data', (chunk) => {
          heard += String(chunk);
        });
        socket.on('error', reject);
        socket.on('close', () => resolve(heard));
      });
      expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"malformed_request"/);
      expect(answer).not.toContain('CANARY');
    });
  });

  describe('a signed webhook', () => {
    test.each<[string, string, string | undefined]>([
      ['poisons the prototype', '{"type":"verification.requested","data":{"__proto__":{"polluted":1}}}', undefined],
      [
        'poisons a constructor',
        '{"type":"verification.requested","data":{"patient":{"constructor":{"prototype":{"polluted":1}}}}}',
        undefined,
      ],
      ['poisons its envelope', '{"type":"verification.requested","__proto__":{"polluted":1},"data":{}}', undefined],
      ['has fields of every object', form({ toString: 'x', patient: { hasOwnProperty: 1, valueOf: null } }), undefined],
      [
        'is nested deep',
        `{"type":"verification.requested","data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
        undefined,
      ],
      ['holds 1e400', '{"type":"verification.requested","data":{"patient":{"firstName":1e400}}}', undefined],
      [
        'holds control characters',
        form({ patient: { firstName: 'a\u0000', phone: '\u0007' }, reference: '\ud800' }),
        undefined,
      ],
      ['comes as text', form(requestFor('NWH0010020')), 'text/plain'],
      ['comes as a form', form(requestFor('NWH0010020')), 'application/x-www-form-urlencoded'],
    ])('that %s is kept', async (_name, body, contentType) => {
      expect((await deliver(body, undefined, contentType)).status).toBe(202);
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    });

    test.each([
      ['another type', '{"type":"other","data":{}}'],
      ['a list', '[]'],
      ['no JSON', '{'],
      ['nothing', ' '],
    ])('that comes again with %s gets the first response', async (_name, body) => {
      const id = `msg_${randomUUID()}`;
      const first = await deliver(form(requestFor('NWH0010021')), id);
      const before = await count();
      const again = await deliver(body, id);
      expect([first.status, again.status, again.text]).toEqual([202, 200, first.text]);
      expect(await count()).toBe(before);
    });

    test('that is of another type or no JSON is refused the first time', async () => {
      expect((await deliver('{"type":"other","data":{}}')).status).toBe(422);
      expect((await deliver('{')).status).toBe(400);
      expect((await deliver('[]')).status).toBe(400);
    });
  });
  describe('what a website sent and cannot be used', () => {
    const phone = 'ring Canary after six';
    const malformed = requestFor('NWH0010030', {
      patient: {
        firstName: 'Marlow',
        lastName: 'Quillfeather',
        birthDate: '1988-03-14',
        relationship: 'self',
        phone,
        sex: 7,
        email: 'nobody',
      },
      neededBy: '2027-W01',
      priority: 'at once',
      reference: ['a'],
    });
    const pointers = ['/neededBy', '/patient/email', '/patient/phone', '/patient/sex', '/priority', '/reference'];

    test('is named on the verification and readable with the request', async () => {
      const { id } = (await deliver(form(malformed))).body;
      const shown = await caller.get(`/v1/verifications/${id}`);
      expect(shown.body.unusable.map((fault: Body) => fault.pointer).sort()).toEqual(pointers);
      expect(shown.body.unusable.every((fault: Body) => fault.code && fault.detail && !('value' in fault))).toBe(true);
      expect(shown.text).not.toContain('Canary');
      const kept = await caller.get(`/v1/verifications/${id}/request`);
      expect(kept.body).toMatchObject({
        patient: { firstName: 'Marlow' },
        coverages: [{ memberId: 'NWH0010030' }],
        consent: { part2: { signedOn: usualConsent().signedOn } },
      });
      expect(kept.body.unusable).toContainEqual(expect.objectContaining({ pointer: '/patient/phone', value: phone }));
      const { body: history } = await caller.get(`/v1/verifications/${id}/history`);
      expect(history.items.map((line: Body) => line.what)).toContain('request.read');
    });

    test('nested too deep is readable as the text that came', async () => {
      const text = `{"type":"verification.requested","data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
      const { id } = (await deliver(text)).body;
      const { body } = await caller.get(`/v1/verifications/${id}/request`);
      expect(body.unusable).toMatchObject([{ pointer: '', value: text }]);
    });

    test('is for those who mend it, and for no other facility', async () => {
      const { id } = (await deliver(form(malformed))).body;
      const auditor = new TestCaller(spine, await spine.keyFor('auditor'));
      expectProblem(await auditor.get(`/v1/verifications/${id}/request`), 403, 'forbidden');
      const elsewhere = new TestCaller(spine, await spine.keyFor('coordinator', 'fac_elsewhere'));
      expectProblem(await elsewhere.get(`/v1/verifications/${id}/request`), 404, 'not_found');
    });
  });

  describe('a consent', () => {
    const consent = { part2: usualConsent() };

    test.each([undefined, '{}', '{"part2":null}'])('without its content (%s) names /part2', async (body) => {
      const { id } = (await caller.post('/v1/verifications', requestFor('NWH0010031'))).body;
      const response = await caller.post(`/v1/verifications/${id}/consent`, body);
      expectProblem(response, 422, 'validation_failed');
      expect(response.body.errors.map((error: Body) => error.pointer)).toEqual(['/part2']);
    });

    test('to nothing is 404, whatever it says', async () => {
      expectProblem(await caller.post('/v1/verifications/ver_nowhere/consent', {}), 404, 'not_found');
    });

    test('to what was cancelled is refused', async () => {
      const { id } = (await caller.post('/v1/verifications', requestFor('NWH0010032'))).body;
      await caller.post(`/v1/verifications/${id}/cancel`);
      expectProblem(await caller.post(`/v1/verifications/${id}/consent`, consent), 409, 'wrong_state');
    });
  });

  describe('every field, with every nasty value', () => {
    const full = requestFor('NWH0010033', {
      patient: {
        firstName: 'Marlow',
        lastName: 'Quillfeather',
        middleName: 'Q',
        birthDate: '1988-03-14',
        sex: 'female',
        relationship: 'child',
        phone: '555-0100',
        email: 'm@example.org',
      },
      subscriber: { firstName: 'Ira', lastName: 'Quillfeather', birthDate: '1960-01-02' },
      coverages: [
        {
          order: 'primary',
          payer: { id: 'pay_demo_northwind', name: 'N' },
          memberId: 'NWH0010033',
          groupNumber: 'G',
          planName: 'P',
        },
      ],
      admission: {
        startDate: usualStart(),
        track: 'sud',
        network: 'in',
        steppingDownFrom: 'php',
        pendingClaims: { deductibleCents: 1, outOfPocketCents: 1 },
        screening: { withdrawalRisk: true, needs24HourCare: false, unsafeHome: false },
      },
      priority: 'routine',
      neededBy: '2026-11-20T15:00:00Z',
      reference: 'crm',
    });
    const nasty = [
      'null',
      'true',
      '-1',
      '1.5',
      '1e400',
      '-1e400',
      '9007199254740993',
      '""',
      '" \\t"',
      '"Canary\\u0000"',
      '"\\u001fCanary"',
      '"\\ud83d"',
      '"Canary*~^:"',
      '"2027-W01"',
      '"9999-12-31"',
      '"0000-00-00"',
      '"__proto__"',
      '"constructor"',
      `"${'Canary'.repeat(3_000)}"`,
      '[]',
      '[[]]',
      '[null]',
      '{}',
      '{"length":3}',
      '{"__proto__":{"polluted":1}}',
      '{"toString":"Canary","valueOf":1}',
      '{"constructor":{"prototype":{"polluted":1}}}',
    ];
    const bottomless = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    const places = placesOf(full, '');
    const today = new Date().toISOString().slice(0, 10);

    /** Nothing breaks, nothing is told back, whichever way it comes. */
    const judge = async (body: string, id: string): Promise<void> => {
      const responses: [string, request.Response][] = [
        ['POST', await raw('/v1/verifications', body)],
        ['webhook', await deliver(`{"type":"verification.requested","data":${body}}`)],
        ['information', await raw(`/v1/verifications/${id}/information`, body)],
      ];
      for (const [way, response] of responses) {
        const told = `${way} ${body.slice(0, 400)} ${response.status}`;
        expect(told).toMatch(/ (2|4)\d\d$/);
        if (response.status >= 400 || way === 'webhook') expect(response.text).not.toContain('Canary');
        if (way === 'webhook') expect(told).toMatch(/ 202$/);
      }
    };
    /** A verification that waits to be corrected by whatever is judged. */
    const waiting = async (): Promise<string> =>
      (await caller.post('/v1/verifications', requestFor('NWH0010034'))).body.id;
    const nothingLeft = async (id: string): Promise<void> => {
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      expect((await caller.get(`/v1/verifications/${id}`)).status).toBe(200);
      expect(spine.logged.filter((line) => line.includes('Canary'))).toEqual([]);
    };

    // every place of a row meets every value, each time among others: what is wrong in one place hides nothing of another
    test.each(apart(places).map((row) => [row.join(' '), row] as const))('at once in %s', async (_, row) => {
      const id = await waiting();
      const bodies = nasty.map((_value, turn) =>
        bodyWith(full, new Map(row.map((place, at) => [place, nasty[(at + turn) % nasty.length] ?? '']))),
      );
      await Promise.all(bodies.map((body) => judge(body, id)));
      await nothingLeft(id);
    });

    // what the reader lets through goes on to the database: nothing but it may be nasty in such a body
    test('alone, where it may be what was meant', async () => {
      const id = await waiting();
      const pairs = places.flatMap((place) => nasty.map((value) => bodyWith(full, new Map([[place, value]]))));
      const usable = pairs.filter((body) => {
        const { missing, unusable } = readRequest(JSON.parse(body), today);
        return missing.length + unusable.length === 0;
      });
      expect(usable.length).toBeGreaterThan(20);
      const statuses = await Promise.all(usable.map(async (body) => (await raw('/v1/verifications', body)).status));
      // a program or payer of that name is looked up, and not found
      expect(new Set(statuses)).toEqual(new Set([202, 422]));
      await nothingLeft(id);
    });

    test('without bottom, in every place', async () => {
      const id = await waiting();
      await Promise.all(places.map((place) => judge(bodyWith(full, new Map([[place, bottomless]])), id)));
      await nothingLeft(id);
    });
  });
});

/** Rows of places of which none lies in another: deepest first, then what they lie in. */
function apart(places: readonly string[]): string[][] {
  const rows: string[][] = [];
  for (const place of [...places].reverse()) {
    const isApart = (row: string[]) =>
      !row.some((other) => other.startsWith(`${place}/`) || place.startsWith(`${other}/`));
    const row = rows.find(isApart);
    if (row) row.push(place);
    else rows.push([place]);
  }
  return rows;
}

/** A body with other text, of JSON or not quite, at some of its places. */
function bodyWith(body: unknown, values: ReadonlyMap<string, string>): string {
  const marks = new Map([...values].map(([place, value], at) => [`PLACE-${at}-OF-A-NASTY-VALUE`, { place, value }]));
  let marked = body;
  for (const [mark, { place }] of marks) marked = withAt(marked, place.split('/').slice(1), mark);
  let text = JSON.stringify(marked);
  for (const [mark, { value }] of marks) text = text.replace(`"${mark}"`, () => value);
  return text;
}

/** JSON Pointers of every place in a body. */
function placesOf(value: unknown, pointer: string): string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  const below = Object.entries(value).flatMap(([key, item]) => placesOf(item, `${pointer}/${key}`));
  return pointer === '' ? below : [pointer, ...below];
}

function withAt(value: unknown, [key, ...rest]: string[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? withAt(item, rest, put) : item));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: withAt(record[key], rest, put) };
}
