import { Database } from '@openvob/store';
import request from 'supertest';
import { type Body, facilityId, type Spine, startSpine, TestCaller } from '../setup/spine';

const dated = { source: 'https://payers.example/list', asOf: '2026-11-01' };

describe('the payer directory', () => {
  let spine: Spine;
  let owner: Database;
  let key: string;
  const sql = (text: string, parameters: unknown[] = []): Promise<Body> => owner.directory.query(text, parameters);

  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false });
    owner = await Database.open({ url: spine.database.ownerUrl, poolSize: 1 });
    key = await spine.keyFor('ops');
  });
  afterAll(async () => {
    await owner.close();
    await spine.stop();
  });

  const send = (method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object, by = key): request.Test => {
    const sent = request(spine.api.getHttpServer())[method](path).set('Authorization', `Bearer ${by}`);
    return body === undefined ? sent : sent.send(body);
  };
  const change = (id: string, body: object): request.Test => send('patch', `/v1/payers/${id}`, body);

  describe('a payer', () => {
    const birchwood = {
      id: 'pay_birchwood',
      name: 'Birchwood Mutual',
      aliases: ['Birchwood'],
      memberIdPrefixes: ['bwm'],
      states: ['nj', 'PA'],
      kind: 'commercial',
      portalUrl: 'https://birchwood.example/providers',
      ...dated,
      identifiers: [{ network: 'edi', identifier: 'BW123', enrollment: 'needed', ...dated }],
      phones: [
        {
          purpose: 'behavioral_health',
          number: '800-555-0142',
          hours: {
            timeZone: 'America/New_York',
            open: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' }],
          },
          ...dated,
        },
      ],
      administrators: [{ administratorId: 'pay_demo_lantern', state: 'NJ', planKind: 'commercial', ...dated }],
    };

    test('is added, read back, found and asked for', async () => {
      const added = await send('post', '/v1/payers', birchwood);
      expect(added.status).toBe(201);
      expect(added.headers.location).toBe('/v1/payers/pay_birchwood');
      const read = await new TestCaller(spine).get('/v1/payers/pay_birchwood');
      expect(read.body).toMatchObject({ ...birchwood, memberIdPrefixes: ['BWM'], states: ['NJ', 'PA'] });
      for (const text of ['BWM123456', 'birchwod', 'BW123', 'birchwood nj']) {
        const found = await new TestCaller(spine).get(`/v1/payers?search=${encodeURIComponent(text)}`);
        expect([text, found.body.items[0]]).toMatchObject([
          text,
          { id: 'pay_birchwood', via: [], phone: '800-555-0142', states: ['NJ', 'PA'], kind: 'commercial' },
        ]);
      }
    });

    test('is refused a second time under the same id', async () => {
      const again = await send('post', '/v1/payers', birchwood);
      expect([again.status, again.body.code]).toEqual([409, 'wrong_state']);
    });

    test('gets an id made of its name when none is given', async () => {
      const added = await send('post', '/v1/payers', { name: 'Älder & Ash Benefit Trust' });
      expect(added.body.id).toBe('pay_alder_ash_benefit_trust');
    });

    test('is changed in part', async () => {
      const changed = await change('pay_birchwood', { aliases: ['Birch'], portalUrl: null, kind: 'marketplace' });
      expect(changed.body).toMatchObject({ name: 'Birchwood Mutual', aliases: ['Birch'], kind: 'marketplace' });
      expect(changed.body).not.toHaveProperty('portalUrl');
      expect(changed.body.phones).toHaveLength(1);
    });

    test('leaves a line for every change, in both trails, with names and no values', async () => {
      const before = (await send('get', '/v1/payers/pay_birchwood/changes')).body.items.length;
      await change('pay_birchwood', { aliases: ['Birch'] });
      expect((await send('get', '/v1/payers/pay_birchwood/changes')).body.items).toHaveLength(before);
      await change('pay_birchwood', { aliases: ['Birch', 'BWMC'] });
      const { items } = (await send('get', '/v1/payers/pay_birchwood/changes')).body;
      expect(items).toHaveLength(before + 1);
      expect(items[0]).toMatchObject({ action: 'payer.changed', fields: ['aliases'], by: { kind: 'api_key' } });
      const audit = await sql(
        `SELECT action, detail, actor_id AS by FROM audit_entry WHERE facility_id = $1 AND subject_id = 'pay_birchwood' ORDER BY id DESC LIMIT 1`,
        [facilityId],
      );
      expect(audit).toEqual([{ action: 'payer.changed', detail: { fields: 'aliases' }, by: items[0].by.id }]);
      expect(JSON.stringify(items)).not.toContain('BWMC');
    });

    test('cannot have its trail changed', async () => {
      await expect(sql(`UPDATE directory_change SET actor_id = 'nobody'`)).rejects.toThrow(/append-only/);
      await expect(sql(`DELETE FROM directory_change`)).rejects.toThrow(/append-only/);
    });

    test.each([
      [{ nmae: 'x' }, '/nmae', 'unknown_field'],
      [{ name: '' }, '/name', 'malformed'],
      [{ name: '...' }, '/name', 'malformed'],
      [{ aliases: 'x' }, '/aliases', 'wrong_type'],
      [{ aliases: ['x', 7] }, '/aliases/1', 'wrong_type'],
      [{ states: ['NJ', 'ZZ'] }, '/states/1', 'malformed'],
      [{ kind: 'hospital' }, '/kind', 'malformed'],
      [{ portalUrl: 'javascript:alert(1)' }, '/portalUrl', 'malformed'],
      [{ memberIdPrefixes: ['A B'] }, '/memberIdPrefixes/0', 'malformed'],
      [{ source: 'a list' }, '/asOf', 'required'],
      [{ source: null }, '/source', 'required'],
      [{ asOf: null }, '/asOf', 'required'],
      [{ source: null, asOf: '2026-11-20' }, '/source', 'required'],
      [{ identifiers: [{ network: 'edi', identifier: '1' }] }, '/identifiers/0/source', 'required'],
      [
        { identifiers: [{ network: 'edi', identifier: '1', ...dated, asOf: '2026-02-30' }] },
        '/identifiers/0/asOf',
        'malformed',
      ],
      [{ phones: [{ purpose: 'fax', number: '8005550199' }] }, '/phones/0/purpose', 'malformed'],
      [{ phones: [{ purpose: 'general', number: 'call us' }] }, '/phones/0/number', 'malformed'],
      [
        { phones: [{ purpose: 'general', number: '8005550199', hours: { timeZone: 'Eastern', open: [] } }] },
        '/phones/0/hours/timeZone',
        'malformed',
      ],
      [
        {
          phones: [
            {
              purpose: 'general',
              number: '8005550199',
              hours: { timeZone: 'America/Denver', open: [{ days: ['mon'], from: '18:00', to: '08:00' }] },
            },
          ],
        },
        '/phones/0/hours/open/0',
        'malformed',
      ],
      [
        { administrators: [{ administratorId: 'pay_nobody', ...dated }] },
        '/administrators/0/administratorId',
        'malformed',
      ],
      [
        { administrators: [{ administratorId: 'pay_birchwood', ...dated }] },
        '/administrators/0/administratorId',
        'malformed',
      ],
    ])('is not changed by %j', async (body, pointer, code) => {
      const refused = await change('pay_birchwood', body);
      expect(refused.status).toBe(422);
      expect(refused.body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
    });

    test('that is withdrawn is neither found nor asked, and comes back', async () => {
      expect((await send('delete', '/v1/payers/pay_birchwood')).status).toBe(204);
      const found = await new TestCaller(spine).get('/v1/payers?search=birchwood');
      expect(found.body.items).toEqual([]);
      expect((await new TestCaller(spine).get('/v1/payers/pay_birchwood')).body.withdrawnAt).toBeDefined();
      expect((await change('pay_birchwood', { withdrawn: false })).body.withdrawnAt).toBeUndefined();
      expect((await new TestCaller(spine).get('/v1/payers?search=birchwood')).body.items).toHaveLength(1);
      const { items } = (await send('get', '/v1/payers/pay_birchwood/changes')).body;
      expect(items.slice(0, 2).map((one: Body) => one.action)).toEqual(['payer.restored', 'payer.withdrawn']);
    });

    test('that there is none is 404 to every question', async () => {
      for (const [method, path] of [
        ['get', ''],
        ['patch', ''],
        ['delete', ''],
        ['get', '/changes'],
        ['get', '/connections'],
      ] as const)
        expect([
          path,
          (await send(method, `/v1/payers/pay_none${path}`, method === 'patch' ? {} : undefined)).status,
        ]).toEqual([path, 404]);
    });
  });

  describe('a connection', () => {
    const address = '/v1/payers/pay_birchwood/connections';
    const secret = 'hunter2-hunter2';
    const connection = {
      adapter: 'x12',
      payerReference: 'BW123',
      endpointUrl: 'https://birchwood.example/core',
      settings: { senderId: 'TESTWOOD', receiverId: 'BW123' },
      credentials: { username: 'tests', password: secret },
      serviceTypes: ['30', 'MH'],
      enrollment: 'done',
    };
    let id: string;

    test('is added with the limits of its protocol', async () => {
      const added = await send('post', address, connection);
      expect(added.status).toBe(201);
      id = added.body.id;
      expect(added.body).toMatchObject({
        ...connection,
        credentials: ['password', 'username'],
        timeoutMs: 60_000,
        maxInFlight: 10,
        isLimitAgreed: false,
        preference: 1,
      });
      const stedi = await send('post', address, {
        adapter: 'stedi',
        payerReference: 'BW123',
        endpointUrl: 'https://healthcare.us.stedi.com',
        credentials: { apiKey: 'prod-key' },
      });
      expect(stedi.body).toMatchObject({ timeoutMs: 70_000, maxInFlight: 50, preference: 2 });
      const found = await new TestCaller(spine).get('/v1/payers?search=birchwood');
      expect(found.body.items[0].via).toEqual(['x12', 'stedi']);
    });

    test('never gives its credentials out and keeps them encrypted', async () => {
      const shown = await send('get', address);
      const trail = await send('get', '/v1/payers/pay_birchwood/changes');
      for (const { text } of [shown, trail]) expect(text).not.toContain(secret);
      expect(trail.body.items[1].fields).toEqual(expect.arrayContaining(['credentials.password', 'settings.senderId']));
      const kept = await sql(`SELECT encode(credentials, 'escape') AS text FROM payer_connection WHERE id = $1`, [id]);
      expect(kept[0].text).not.toContain(secret);
      const logged = await sql('SELECT detail::text AS text FROM audit_entry');
      expect(JSON.stringify([logged, spine.logged])).not.toContain(secret);
    });

    test('is changed setting by setting', async () => {
      const changed = await send('patch', `${address}/${id}`, {
        settings: { envelope: 'mime' },
        credentials: { username: null, password: null },
        maxInFlight: 3,
        serviceTypes: null,
        quietHours: { timeZone: 'America/New_York', windows: [{ on: ['mon'], from: '22:00', to: '06:00' }] },
      });
      expect(changed.body).toMatchObject({
        settings: { senderId: 'TESTWOOD', receiverId: 'BW123', envelope: 'mime' },
        credentials: [],
        maxInFlight: 3,
        isLimitAgreed: true,
        quietHours: { timeZone: 'America/New_York', windows: [{ on: ['mon'], from: '22:00', to: '06:00' }] },
      });
      expect(changed.body).not.toHaveProperty('serviceTypes');
      const open = await send('patch', `${address}/${id}`, { maxInFlight: null });
      expect(open.body).toMatchObject({ maxInFlight: 10, isLimitAgreed: false });
    });

    test.each([
      [{ settings: { senderId: null } }, '/settings/senderId'],
      [{ settings: { usageIndicator: 'X' } }, '/settings/usageIndicator'],
      [{ settings: { sendrId: 'TEST' } }, '/settings/sendrId'],
      [{ endpointUrl: 'http://birchwood.example' }, '/endpointUrl'],
      [{ credentials: { password: 'alone' } }, '/credentials/username'],
      [{ adapter: 'fax' }, '/adapter'],
      [{ serviceTypes: ['ZZZ'] }, '/serviceTypes'],
      [{ timeoutMs: 1 }, '/timeoutMs'],
      [{ variations: ['another_name'] }, '/variations/0'],
      [{ quietHours: { timeZone: 'America/New_York', windows: [{ on: 'sundays' }] } }, '/quietHours/windows/0/on'],
    ])('is refused with %j, naming the setting', async (body, pointer) => {
      const refused = await send('patch', `${address}/${id}`, body);
      expect(refused.status).toBe(422);
      expect(refused.body.errors.map((error: Body) => error.pointer)).toEqual([pointer]);
    });

    test.each([
      [{ source: null }, '/source'],
      [{ asOf: null }, '/asOf'],
    ])('whose source has its day is refused with %j alone, out of use too', async (body, pointer) => {
      const path = `${address}/${id}`;
      expect((await send('patch', path, { ...dated, disabled: true })).status).toBe(200);
      for (const disabled of [true, false]) {
        const refused = await send('patch', path, { ...body, disabled });
        expect([refused.status, refused.body.errors]).toMatchObject([422, [{ pointer, code: 'required' }]]);
      }
      expect((await send('patch', path, { source: null, asOf: null, disabled: false })).status).toBe(200);
    });

    test('whose credentials cannot be opened is refused until they are given anew', async () => {
      const path = `${address}/${id}`;
      await sql(`UPDATE payer_connection SET credentials = '\\x00' WHERE id = $1`, [id]);
      const refused = await send('patch', path, { costCents: 7 });
      expect([refused.status, refused.body.errors]).toMatchObject([422, [{ pointer: '/credentials' }]]);
      expect((await send('patch', path, { credentials: { username: 'tests', password: 'anew' } })).status).toBe(200);
    });

    test('that lacks something is refused', async () => {
      const refused = await send('post', address, { adapter: 'x12' });
      expect(refused.body.errors.map((error: Body) => error.pointer).sort()).toEqual([
        '/endpointUrl',
        '/payerReference',
      ]);
    });

    test('is taken out of use and brought back, and stays checked', async () => {
      expect((await send('delete', `${address}/${id}`)).status).toBe(204);
      expect((await new TestCaller(spine).get('/v1/payers?search=birchwood')).body.items[0].via).toEqual(['stedi']);
      await send('patch', `${address}/${id}`, { settings: { senderId: null } });
      expect((await send('patch', `${address}/${id}`, { disabled: false })).status).toBe(422);
      const mended = await send('patch', `${address}/${id}`, { disabled: false, settings: { senderId: 'TESTWOOD' } });
      expect(mended.status).toBe(200);
    });

    test('of another payer is not there', async () => {
      expect((await send('patch', `/v1/payers/pay_demo_lantern/connections/${id}`, {})).status).toBe(404);
    });
  });

  test.each([
    ['coordinator', 'post', '/v1/payers', 403],
    ['machine', 'patch', '/v1/payers/pay_birchwood', 403],
    ['supervisor', 'delete', '/v1/payers/pay_birchwood', 403],
    ['admin', 'post', '/v1/payers/pay_birchwood/connections', 403],
    ['admin', 'get', '/v1/payers/pay_birchwood/connections', 403],
    ['coordinator', 'get', '/v1/payers/pay_birchwood/changes', 403],
    ['auditor', 'get', '/v1/payers/pay_birchwood/connections', 200],
    ['admin', 'patch', '/v1/payers/pay_birchwood', 200],
  ] as const)('lets a key of role %s %s %s: %i', async (role, method, path, status) => {
    const by = await spine.keyFor(role);
    expect((await send(method, path, method === 'get' ? undefined : {}, by)).status).toBe(status);
  });
});
