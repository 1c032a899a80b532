import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { type Browser, putPerson, requireSecondFactor, signedIn } from '../setup/people';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const page = Buffer.concat([png, Buffer.from('<script>fetch("//evil.example")</script>')]);

/**
 * What was tried against patients, attachments, drafts, views, documents, holds, keys, the facility's settings and its trail, by a colleague
 * without the right and by an administrator next door. Paths with a foreign id are tried by the matrix of routes; here are ids in bodies,
 * searches and cursors, ids that do not belong together, and what a text may carry with it.
 */
describe('an adversary among records', () => {
  let spine: Spine;
  let caller: TestCaller;
  let admin: TestCaller;
  let stranger: TestCaller;
  let port: number;
  let mine: Body;
  let theirs: Body;
  let patientId: string;
  let attachment: string;
  const metricsToken = 'metrics-token-of-the-adversary';
  const secret = 'NWH0010001';

  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, settings: { METRICS_TOKEN: metricsToken } });
    await spine.api.listen(0, '127.0.0.1');
    port = Number(new URL(await spine.api.getUrl()).port);
    await requireSecondFactor(spine, false);
    caller = new TestCaller(spine);
    admin = new TestCaller(spine, await spine.keyFor('admin'));
    stranger = new TestCaller(spine, await spine.keyFor('admin', 'fac_elsewhere'));
    mine = await caller.verify(requestFor(secret));
    theirs = await caller.verify(requestFor('NWH0020001'));
    patientId = (await caller.post(`/v1/verifications/${mine.id}/patient`, {})).body.patientId;
    attachment = (await attach(page)).body.id;
  });
  afterAll(() => spine.stop());

  const attach = (bytes: Buffer, type = 'image/png') =>
    caller.post(`/v1/verifications/${mine.id}/attachments?kind=card_front`).set('content-type', type).send(bytes);
  const statuses = async (asked: readonly PromiseLike<{ status: number }>[]): Promise<number[]> =>
    (await Promise.all(asked)).map(({ status }) => status);

  describe('puts ids together that do not belong together', () => {
    test('another facility’s verification and patient are as good as none, in bodies, searches and the trail', async () => {
      const unknown = 'ver_00000000000000000000000000';
      expect(
        await statuses([
          stranger.post(`/v1/verifications/${mine.id}/patient`, {}),
          stranger.post(`/v1/verifications/${unknown}/patient`, { sameAs: mine.id }),
          stranger.post(`/v1/patients/${patientId}/export`, { to: 'me' }),
          stranger.post(`/v1/verifications/${mine.id}/hold`, { reason: 'mine' }),
          stranger.get(`/v1/verifications/${mine.id}/document?kind=summary&to=patient`),
        ]),
      ).toEqual([404, 404, 404, 404, 404]);
      for (const query of [
        `subject=${mine.id}`,
        `subject=${patientId}`,
        `actor=${spine.apiKey}`,
        'action=patient.confirmed',
      ])
        expect((await stranger.get(`/v1/audit?${query}`)).body.items).toEqual([]);
      expect((await stranger.get(`/v1/audit/installation?subject=${mine.id}`)).body.items).toEqual([]);
      expect(await preview(stranger)).toEqual(0);
    });
    const preview = async (by: TestCaller): Promise<number> =>
      (await by.get('/v1/facility/retention/preview?keepDays=30')).body.verifications;

    test('an attachment, a consent and a request are found under their own record alone', async () => {
      const [{ id: consentId }] = (await caller.get(`/v1/verifications/${theirs.id}/consents`)).body.items;
      const other = (await caller.post(`/v1/verifications/${theirs.id}/patient`, {})).body.patientId;
      const asked = await caller.post(`/v1/patients/${other}/requests`, { kind: 'access', receivedOn: '2026-01-05' });
      expect(
        await statuses([
          caller.get(`/v1/verifications/${theirs.id}/attachments/${attachment}`),
          caller.delete(`/v1/verifications/${theirs.id}/attachments/${attachment}`),
          caller.post(`/v1/verifications/${mine.id}/consents/${consentId}/revoke`, {}),
          admin.post(`/v1/patients/${patientId}/export`, { to: 'me', requestId: asked.body.id }),
        ]),
      ).toEqual([404, 404, 404, 404]);
      const { items } = (await caller.get(`/v1/patients/${other}/requests`)).body;
      expect(items[0].answeredAt).toBeUndefined();
      const account = (await caller.get(`/v1/patients/${patientId}/disclosures`)).body.items;
      expect(account.filter(({ how }: Body) => how === 'export')).toEqual([]);
    });

    test('cursors of its own making lead nowhere', async () => {
      const forge = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
      for (const cursor of [
        forge('2999-01-01T00:00:00.000Z', '999999999999999'),
        forge("' OR 1=1 --", '1'),
        'e30',
        '%00',
      ])
        for (const path of ['/v1/audit', '/v1/audit/installation']) {
          const { status, body } = await stranger.get(`${path}?cursor=${cursor}`);
          expect([200, 400]).toContain(status);
          expect(JSON.stringify(body)).not.toContain(mine.id);
        }
    });
  });

  describe('as somebody who works there', () => {
    let dana: Browser;
    let sam: Browser;
    beforeAll(async () => {
      await putPerson(spine, { email: 'dana@testwood.example', role: 'biller' });
      await putPerson(spine, { email: 'sam@testwood.example', role: 'coordinator' });
      dana = await signedIn(spine, 'dana@testwood.example');
      sam = await signedIn(spine, 'sam@testwood.example');
    });

    test('reads no draft of a colleague, and whoever reads or keeps one is on record', async () => {
      const content = { patient: { lastName: 'Quillfeather' }, ...JSON.parse('{"__proto__":{"role":"admin"}}') };
      const kept = await sam.send('put', `/v1/drafts/call:${mine.id}`, { content });
      expect(kept.status).toBe(204);
      expect((await dana.get(`/v1/drafts/call:${mine.id}`)).body).toEqual({});
      expect((await sam.get(`/v1/drafts/call:${mine.id}`)).status).toBe(200);
      const { items } = (await admin.get('/v1/audit?action=draft.saved,draft.read')).body;
      expect(items.map(({ action }: Body) => action)).toEqual(['draft.read', 'draft.saved']);
      expect(items[0]).toMatchObject({ actor: { name: 'Dana Reyes' }, detail: { draft: `call:${mine.id}` } });
      expect(({} as Body).role).toBeUndefined();
    });

    test('fills no table with forms and views', async () => {
      for (let turn = 0; turn < 53; turn += 1)
        expect((await dana.send('put', `/v1/drafts/request:n${turn}`, { content: {} })).status).toBe(204);
      expect((await dana.get('/v1/drafts/request:n0')).body).toEqual({});
      expect((await dana.get('/v1/drafts/request:n52')).body.content).toEqual({});
      const views: number[] = [];
      for (let turn = 0; turn < 52; turn += 1)
        views.push((await dana.send('post', '/v1/views', { name: `n${turn}`, filter: {} })).status);
      expect(views.filter((status) => status === 409)).toHaveLength(2);
      expect((await dana.send('post', '/v1/views', { name: 'n0', filter: { due: 'today' } })).status).toBe(201);
    });

    test('gives itself nothing by more fields than a route takes', async () => {
      const [person] = (await admin.get('/v1/people')).body.items.filter(({ email }: Body) => /^dana/.test(email));
      const tries = [
        admin.patch(`/v1/people/${person.id}`, { role: 'biller', facilityId: 'fac_elsewhere' }),
        admin.patch(`/v1/people/${person.id}`, { role: 'machine' }),
        admin.put('/v1/facility/retention', { keepDays: 365, facilityId: 'fac_elsewhere' }),
        admin.put('/v1/facility/privacy', { minimumInquiry: true, npi: '1234567893' }),
        admin.patch('/v1/facility/identity', { id: 'fac_elsewhere' }),
        admin.patch('/v1/facility/rechecks', { facilityId: 'fac_elsewhere' }),
        admin.post('/v1/keys', { name: 'x', scopes: ['payers:read'], role: 'admin' }),
        admin.post('/v1/keys', { name: 'x', scopes: ['admin:all'] }),
        admin.put('/v1/facility/letterhead', { facilityId: 'fac_elsewhere' }),
      ];
      expect(new Set(await statuses(tries))).toEqual(new Set([422]));
    });

    test('a copied cookie opens nothing after sign-out, with any route of these', async () => {
      const { cookies } = sam;
      const copy = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
      await sam.send('delete', '/v1/session');
      for (const path of [
        '/v1/drafts/request',
        '/v1/views',
        `/v1/patients/${patientId}`,
        `/v1/verifications/${mine.id}/document`,
      ])
        expect((await dana.send('get', path, undefined, copy)).status).toBe(401);
    });
  });

  describe('sends texts that carry something with them', () => {
    test('a page dressed as a photo runs nowhere, and what has its own scripts is handed out as a file', async () => {
      const shown = await caller.get(`/v1/verifications/${mine.id}/attachments/${attachment}`);
      expect(shown.headers).toMatchObject({
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining('sandbox'),
      });
      const pdf = (await attach(Buffer.from('%PDF-1.7\n/OpenAction /JS'), 'application/pdf')).body.id;
      const file = await caller.get(`/v1/verifications/${mine.id}/attachments/${pdf}`);
      expect(file.headers['content-disposition']).toBe('attachment');
      expect(await statuses([attach(Buffer.from('<svg onload="x"/>')), attach(Buffer.from('MZ'))])).toEqual([415, 415]);
    });

    test('a letterhead is text, in HTML and in the PDF’s markup', async () => {
      const letterhead = {
        address: {
          street: '<img src=x onerror=alert(1)>',
          city: '#read("/etc/passwd")',
          state: 'NY',
          postalCode: '12207',
        },
        hours: '"]#eval("1")[',
      };
      expect((await admin.put('/v1/facility/letterhead', letterhead)).status).toBe(200);
      const ask = (format: string) =>
        caller.get(`/v1/verifications/${mine.id}/document?kind=patient_estimate&format=${format}`);
      const html = (await ask('html').buffer(true)).text;
      expect(html).not.toContain('<img');
      expect(html).toContain('#read(&quot;/etc/passwd&quot;)');
      expect((await ask('pdf')).status).toBe(200);
    });

    test('line ends, escapes and JSON in names reach neither a log nor the trail as more than text', async () => {
      const poison = 'x"}\\n{"event":"POISON"}';
      const before = spine.logged.length;
      await admin.post('/v1/keys', { name: poison, scopes: ['payers:read'] });
      for (const reason of ['a\nPOISON', 'a\u001b[2JPOISON', 'a\u2028POISON', 'a\u0000POISON'])
        expect((await admin.post(`/v1/verifications/${mine.id}/hold`, { reason })).status).toBe(422);
      await caller.get(`/v1/audit?subject=${encodeURIComponent(poison)}`);
      expect(spine.logged.slice(before).join('\n')).not.toContain('POISON');
    });

    test.each(["'", "' OR '1'='1", "'; DROP TABLE patient; --", '\\', '%', '$1', '{{7*7}}', '../../etc/passwd', '☃'])(
      'a search for %s finds nothing and breaks nothing',
      async (text) => {
        const q = encodeURIComponent(text);
        const asked = [
          `/v1/audit?subject=${q}`,
          `/v1/audit?actor=${q}&action=${q}`,
          `/v1/audit/installation?subject=${q}`,
          `/v1/verifications?q=${q}`,
          `/v1/verifications?batch=${q}`,
          `/v1/patients/${q}`,
          `/v1/verifications/${q}/attachments/${q}`,
          `/v1/facility/retention/preview?keepDays=${q}`,
        ];
        for (const path of asked) {
          const { status, text: told } = await admin.get(path);
          expect([path, status < 500]).toEqual([path, true]);
          expect(told).not.toMatch(/syntax|relation|SELECT|postgres/i);
        }
      },
    );
  });

  test('goes around the guards by other spellings of a path', async () => {
    const spellings = [
      '/v1/keys/',
      '//v1/keys',
      '/V1/KEYS',
      '/v1/./keys',
      '/v1/x/../keys',
      '/v1/%6beys',
      '/v1/keys;x=1',
      '/v1/keys%2f',
      '/health/live/../../v1/keys',
      '/docs/../v1/keys',
      '/ops/queues/../../v1/keys',
      '/ops/queues/..%2f..%2fv1/keys',
      '/ops/queues/api/queues/',
      '/ops//queues/api/queues',
    ];
    const answers = await Promise.all(spellings.map((target) => rawStatus(port, target)));
    expect(answers.filter((status) => ![400, 401, 403, 404].includes(status))).toEqual([]);
  });

  test('finds a member id in no error, header, metric, queue, address or log', async () => {
    const ops = new TestCaller(spine, await spine.keyFor('ops'));
    const name = 'Quillfeather';
    const errors = [
      await caller.get(`/v1/patients/${secret}`),
      await caller.get(`/v1/verifications/${secret}/document?kind=${secret}`),
      await caller.get(`/v1/drafts/${secret}`),
      await caller.post(`/v1/verifications/${mine.id}/patient`, { sameAs: secret, patientId: name }),
      await caller.post(`/v1/patients/${patientId}/requests`, { kind: secret, receivedOn: name, [secret]: name }),
      await admin.put('/v1/facility/privacy', { minimumInquiry: secret, inquiryNpi: name }),
      await admin.post(`/v1/patients/${patientId}/export`, { to: [secret], requestId: { name } }),
      await caller.post('/v1/verifications', { ...requestFor(secret), program: { id: secret } }, `${secret} ${name}`),
      await admin.put('/v1/facility/letterhead', { tin: secret, phone: { name } }),
    ];
    expect(errors.filter(({ status }) => status < 400)).toEqual([]);
    // The names of fields that nobody knows are the caller's own words: pointers repeat them, values never are.
    const words = errors.map(({ text }) => text.replaceAll(`/${secret}`, ''));
    const headers = errors.map(({ headers: one }) => JSON.stringify(one));
    const board = await Promise.all(
      ['latest', 'completed', 'failed', 'delayed'].map((state) =>
        ops.get(`/ops/queues/api/queues?activeQueue=today&status=${state}`),
      ),
    );
    const metrics = await new TestCaller(spine, metricsToken).get('/metrics');
    expect([metrics.status, ...board.map(({ status }) => status)]).toEqual([200, 200, 200, 200, 200]);
    const shown = [...words, ...headers, metrics.text, ...board.map(({ text }) => text), spine.logged.join('\n')].join(
      '\n',
    );
    for (const hidden of [secret, name, 'Marlow', '1988-03-14'])
      expect(shown.includes(hidden) ? hidden : 'none').toBe('none');
    const document = await caller.get(`/v1/verifications/${mine.id}/document?kind=summary&format=html`);
    expect(JSON.stringify(document.headers)).not.toMatch(/Quillfeather|NWH001/);
  });
});

/** Sent as it is: clients tidy an address up. */
function rawStatus(port: number, target: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\nhost: x\r\nx-trace: ${randomUUID()}\r\nconnection: close\r\n\r\n`),
    );
    let heard = '';
    socket.on('data', (part) => (heard += String(part)));
    socket.on('error', reject);
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1] ?? 0)));
  });
}
