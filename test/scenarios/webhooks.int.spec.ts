import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { WebhookSender } from '@openvob/notifications';
import { childEnvironment, createHttp, generateKeyRing, publicAddressesAnd, Tally } from '@openvob/platform';
import { part2ShortNotice } from '@openvob/results';
import { StoredWebhookOutbox, WebhookDeliveryList } from '@openvob/store';
import { noticeHeader } from '@openvob/verification';
import { Webhook } from 'standardwebhooks';
import { Spine as ApiSpine } from '../../apps/api/spine';
import { SuiteClock } from '../setup/clock';
import { putPerson } from '../setup/people';
import { Receiver } from '../setup/receiver';
import { type Body, facilityId, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const seconds = 1_000;
const hours = 3_600 * seconds;
const days = 24 * hours;
const workerEntry = resolve(__dirname, '../../dist/apps/worker/main.js');

describe('outbound webhooks', () => {
  let folder: string;
  let keys: string;
  let spine: Spine;
  let admin: TestCaller;
  let receiver: Receiver;
  const clock = new SuiteClock(new Date().toISOString());
  const ladderMs = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000].map((wait) => wait * seconds);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'openvob-webhooks-'));
    keys = generateKeyRing();
    spine = await startSpine({ redisUrl: undefined, withWorker: false, clock, settings: { OPENVOB_KEYS: keys } });
    admin = new TestCaller(spine, await spine.keyFor('admin'));
    await putPerson(spine, { email: 'boss@testwood.example', role: 'admin' });
  });
  beforeEach(async () => {
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    await receiver.stop();
    clock.set(new Date().toISOString());
    for (const { id } of (await admin.get('/v1/webhook-endpoints')).body.items)
      expect((await admin.delete(`/v1/webhook-endpoints/${id}`)).status).toBe(204);
  });
  afterAll(async () => {
    await spine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const store = (): ApiSpine => spine.api.get(ApiSpine);
  const forward = (ms: number): void => clock.set(new Date(clock.now().getTime() + ms).toISOString());

  /** A worker's sender over the same rows. */
  async function pass(networks: readonly string[] = ['127.0.0.0/8'], stopping = new AbortController()): Promise<void> {
    const { database, cipher } = store();
    const http = createHttp({ admits: publicAddressesAnd(networks) });
    const sender = new WebhookSender({
      ...{ outbox: new StoredWebhookOutbox(database, cipher), http, clock, log: spine.log, tally: new Tally() },
      ...{ ladderMs, timeoutMs: 15_000, everyMs: 60_000, stopping: stopping.signal },
      notice: { header: noticeHeader, text: part2ShortNotice },
    });
    await sender.pass();
    http.close();
  }

  async function endpoint(change: object = {}): Promise<Body> {
    const added = await admin.post('/v1/webhook-endpoints', { url: receiver.url, recipient: 'Records', ...change });
    expect(added.status).toBe(201);
    return added.body;
  }

  const deliveries = async (id: string, query = ''): Promise<Body[]> =>
    (await admin.get(`/v1/webhook-endpoints/${id}/deliveries${query}`)).body.items;
  const asked = async (change: object = {}): Promise<string> =>
    (await admin.post('/v1/verifications', requestFor('NWH0010001', change, clock.now()))).body.id;
  const cancelled = async (change: object = {}): Promise<string> => {
    const id = await asked(change);
    expect((await admin.post(`/v1/verifications/${id}/cancel`)).body.status).toBe('cancelled');
    return id;
  };
  const withoutPart2 = { admission: { network: 'in', track: 'mh' }, consent: undefined };
  const completed = ['verification.completed'];

  test('tell of each move by ids, status and links, signed, with the notice and a line on the account', async () => {
    const { secret, ...shown } = await endpoint();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const id = await cancelled();
    await pass();
    const bodies = receiver.received.map(({ body, headers }) => {
      expect(headers[noticeHeader.toLowerCase()]).toBe(part2ShortNotice);
      return { told: new Webhook(secret).verify(body, headers) as Body, id: headers['webhook-id'] };
    });
    const self = `/v1/verifications/${id}`;
    expect(bodies.map(({ told }) => told)).toEqual(
      expect.arrayContaining(
        ['queued', 'cancelled', 'cancelled'].map((status, index) => ({
          type: index === 2 ? 'verification.completed' : 'verification.updated',
          timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
          data: {
            ...{ id, status, round: 1, version: index === 0 ? 2 : 3 },
            links: { self, events: `${self}/events`, answers: `${self}/answers` },
          },
          notice: part2ShortNotice,
        })),
      ),
    );
    expect(new Set(bodies.map((one) => one.id)).size).toBe(3);
    const listed = await deliveries(shown.id);
    expect(listed.map(({ eventId }) => eventId).sort()).toEqual(bodies.map((one) => one.id).sort());
    for (const one of listed)
      expect(one).toMatchObject({ state: 'delivered', attempts: [{ status: 204, durationMs: expect.any(Number) }] });
    const account = (await admin.get(`${self}/disclosures`)).body.items;
    expect(account).toHaveLength(3);
    for (const line of account)
      expect(line).toMatchObject({
        ...{ how: 'webhook', basis: 'consent', notice: 'short', recipient: { name: 'Records' } },
        ...{ what: ['verification_status'], consentId: expect.stringMatching(/^cst_/) },
      });
    const again = await admin.get('/v1/webhook-endpoints');
    expect(again.body.items).toEqual([{ ...shown, enabled: true }]);
    expect(again.text).not.toContain('whsec_');
  });

  test('need neither consent nor notice where no substance use is treated', async () => {
    const { secret, id: endpointId } = await endpoint({ events: completed });
    const id = await cancelled(withoutPart2);
    await pass();
    const [only, ...more] = receiver.received;
    expect(more).toEqual([]);
    expect(only?.headers).not.toHaveProperty(noticeHeader.toLowerCase());
    expect(new Webhook(secret).verify(only?.body ?? '', only?.headers ?? {})).not.toHaveProperty('notice');
    expect((await deliveries(endpointId))[0]).toMatchObject({ verificationId: id, state: 'delivered' });
    const [line] = (await admin.get(`/v1/verifications/${id}/disclosures`)).body.items;
    expect(line).toMatchObject({ how: 'webhook', basis: 'treatment_payment_operations', notice: 'none' });
  });

  test('say nothing once the consent is revoked, or where there never was one; a new one lets them be replayed', async () => {
    const { id: endpointId } = await endpoint();
    const id = await asked();
    const others = [
      await asked({ consent: undefined }),
      await asked({ consent: { part2: { signedOn: '2026-01-05', scope: 'this_payer' } } }),
    ];
    const [{ id: consentId }] = (await admin.get(`/v1/verifications/${id}/consents`)).body.items;
    await admin.post(`/v1/verifications/${id}/consents/${consentId}/revoke`, {});
    await pass();
    expect(receiver.received).toEqual([]);
    const states = (await deliveries(endpointId)).map(({ state }) => state);
    expect([...new Set(states)]).toEqual(['withheld']);
    expect((await admin.get(`/v1/verifications/${id}/disclosures`)).body.items).toEqual([]);
    const trail = (await admin.get(`/v1/audit?subject=${id}&action=disclosure.refused`)).body.items;
    expect(trail[0]).toMatchObject({ detail: { why: 'no_live_consent' } });

    const today = clock.now().toISOString().slice(0, 10);
    const live = { part2: { signedOn: today, scope: 'treatment_payment_operations' } };
    await admin.post(`/v1/verifications/${id}/consent`, live);
    const [one] = await deliveries(endpointId, `?verification=${id}&state=withheld`);
    await admin.post(`/v1/webhook-endpoints/${endpointId}/deliveries/${one.id}/replay`);
    await pass();
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toContain(one.eventId);
    for (const each of [id, ...others]) await admin.post(`/v1/verifications/${each}/cancel`);
  });

  test('try eight times over 27 hours, each time under the same id and signed anew, then give up', async () => {
    const { id, secret } = await endpoint({ events: completed });
    receiver.answer = () => ({ status: 500, body: '{"error":"no such member NWH0010001"}' });
    await cancelled();
    const startedAt = clock.now().getTime();
    for (let tries = 1; tries <= 8; tries += 1) {
      await pass();
      await pass();
      expect(receiver.received).toHaveLength(tries);
      const [{ nextTryAt, state }] = await deliveries(id);
      expect(state).toBe(tries < 8 ? 'pending' : 'failed');
      if (nextTryAt) clock.set(nextTryAt);
    }
    expect(clock.now().getTime() - startedAt).toBeGreaterThan(27 * hours);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const stamps = receiver.received.map(({ headers }) => headers['webhook-timestamp']);
    expect(new Set(stamps).size).toBe(8);
    const [first] = receiver.received;
    // The published verifier goes by this machine's clock: it takes the first, and finds the others to be of times to come.
    expect(new Webhook(secret).verify(first?.body ?? '', first?.headers ?? {})).toBeDefined();
    const [failed] = await deliveries(id, '?state=failed');
    expect(failed).toMatchObject({ response: 'no such member [member]' });
    expect(failed.attempts).toHaveLength(8);
  });

  test('wait as long as Retry-After asks, the whole endpoint alike', async () => {
    const { id } = await endpoint({ events: completed });
    receiver.answer = () => ({ status: 429, headers: { 'retry-after': '600' } });
    await cancelled();
    await pass();
    await cancelled();
    forward(599 * seconds);
    await pass();
    expect(receiver.received).toHaveLength(1);
    receiver.answer = () => ({ status: 200 });
    forward(122 * seconds);
    await pass();
    expect((await deliveries(id)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });

  test('follow no redirect, and connect to no inner address', async () => {
    const target = await Receiver.start();
    receiver.answer = () => ({ status: 307, headers: { location: target.url } });
    const { id } = await endpoint({ events: completed });
    await cancelled();
    await pass();
    expect(target.received).toEqual([]);
    expect((await deliveries(id))[0]).toMatchObject({ state: 'pending', attempts: [{ status: 307 }] });
    forward(7 * seconds);
    await pass([]);
    expect(receiver.received).toHaveLength(1);
    expect((await deliveries(id))[0].attempts[1]).toMatchObject({ failure: 'refused' });
    await target.stop();
    for (const url of [
      'http://hooks.example.org/',
      'https://10.0.0.1/',
      'https://169.254.169.254/',
      'https://[fd00::1]/',
    ]) {
      const refused = await admin.post('/v1/webhook-endpoints', { url, recipient: 'Records' });
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/url']);
    }
  });

  test('end with 410: the endpoint is disabled, administrators hear of it by mail, and what it missed can be replayed', async () => {
    const { id } = await endpoint({ events: completed });
    receiver.answer = () => ({ status: 410 });
    await cancelled();
    await pass();
    const { body: shown } = await admin.get(`/v1/webhook-endpoints/${id}`);
    expect(shown).toMatchObject({ enabled: false, disabled: { because: 'gone' } });
    const missed = await cancelled();
    await pass();
    expect(receiver.received).toHaveLength(1);
    expect((await admin.post(`/v1/webhook-endpoints/${id}/test`)).status).toBe(409);

    receiver.answer = () => ({ status: 200 });
    const since = new Date(clock.now().getTime() - hours).toISOString();
    await admin.patch(`/v1/webhook-endpoints/${id}`, { enabled: true });
    const replayed = await admin.post(`/v1/webhook-endpoints/${id}/replay`, { since });
    expect(replayed.body.deliveries).toBeGreaterThanOrEqual(2);
    await pass();
    expect((await deliveries(id, `?verification=${missed}`))[0]).toMatchObject({ state: 'delivered' });
    const trail = (await admin.get(`/v1/audit?subject=${id}`)).body.items.map(({ action }: Body) => action);
    expect(trail).toEqual(
      expect.arrayContaining(['added', 'disabled', 'changed', 'replayed'].map((what) => `webhook_endpoint.${what}`)),
    );
    expect((await mails()).filter((kind) => kind === 'webhook_disabled').length).toBe(1);
  });

  async function mails(): Promise<string[]> {
    const rows = await store().database.directory.query<{ kind: string }[]>('SELECT kind FROM outgoing_mail');
    return rows.map(({ kind }) => kind);
  }

  test('are disabled after five days of nothing but failures, and no earlier', async () => {
    const { id } = await endpoint({ events: completed });
    receiver.answer = () => ({ status: 503 });
    for (const after of [0, 4.9, 0.2]) {
      forward(after * days);
      await cancelled();
      await pass();
      const { enabled } = (await admin.get(`/v1/webhook-endpoints/${id}`)).body;
      expect([after, enabled]).toEqual([after, after !== 0.2]);
    }
    expect((await admin.get(`/v1/webhook-endpoints/${id}`)).body.disabled.because).toBe('failing');
  });

  test('are signed by both secrets while one is replaced, and by the new one alone afterwards', async () => {
    const { id, secret: old } = await endpoint({ events: completed });
    const { secret: fresh, formerSecretUntil } = (
      await admin.post(`/v1/webhook-endpoints/${id}/rotate`, { overlapHours: 1 })
    ).body;
    expect(Date.parse(formerSecretUntil) - clock.now().getTime()).toBeGreaterThan(0.9 * hours);
    await cancelled();
    await pass();
    const [both] = receiver.received;
    for (const secret of [old, fresh]) new Webhook(secret).verify(both?.body ?? '', both?.headers ?? {});
    receiver.clear();
    await admin.post(`/v1/webhook-endpoints/${id}/rotate`, { overlapHours: 0 });
    await cancelled();
    await pass();
    const [alone] = receiver.received;
    for (const secret of [old, fresh])
      expect(() => new Webhook(secret).verify(alone?.body ?? '', alone?.headers ?? {})).toThrow();
    expect(alone?.headers['webhook-signature']).toMatch(/^v1,\S+$/);
  });

  test('reach one endpoint while another hangs', async () => {
    const silent = await Receiver.start();
    silent.answer = () => 'hang';
    const { id: slow } = await endpoint({ events: completed, url: silent.url });
    const { id: quick } = await endpoint({ events: completed });
    for (let count = 0; count < 12; count += 1) await cancelled(withoutPart2);
    const stopping = new AbortController();
    const passed = pass(undefined, stopping);
    await receiver.came(12);
    expect((await deliveries(slow)).filter(({ state }) => state === 'pending')).toHaveLength(12);
    stopping.abort();
    await passed;
    expect((await deliveries(quick)).filter(({ state }) => state === 'delivered')).toHaveLength(12);
    await silent.stop();
  });

  test('can be tried out, paged through and filtered, and changed', async () => {
    const { id } = await endpoint({ events: completed });
    const tried = await admin.post(`/v1/webhook-endpoints/${id}/test`);
    expect(tried.body).toMatchObject({ type: 'webhook.test', state: 'pending', attempts: [] });
    await pass();
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ type: 'webhook.test', data: { id } });
    const first = await cancelled(withoutPart2);
    await cancelled(withoutPart2);
    await pass();
    const page = (await admin.get(`/v1/webhook-endpoints/${id}/deliveries?limit=2`)).body;
    const rest = (await admin.get(`/v1/webhook-endpoints/${id}/deliveries?limit=2&cursor=${page.nextCursor}`)).body;
    expect([page.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, undefined]);
    expect(await deliveries(id, `?verification=${first}`)).toHaveLength(1);
    expect(await deliveries(id, '?state=failed,withheld')).toEqual([]);
    expect((await admin.get(`/v1/webhook-endpoints/${id}/deliveries?state=lost`)).status).toBe(400);
    const changed = await admin.patch(`/v1/webhook-endpoints/${id}`, { events: ['verification.needs_attention'] });
    expect(changed.body.events).toEqual(['verification.needs_attention']);
    await cancelled(withoutPart2);
    expect(await deliveries(id)).toHaveLength(3);
    const old = new Date(clock.now().getTime() + days);
    const list = new WebhookDeliveryList(store().database, store().cipher);
    expect(await list.forget(facilityId, old, 1_000)).toBeGreaterThanOrEqual(3);
    expect(await deliveries(id)).toEqual([]);
  });

  describe('of a worker that is killed between sending and its note of it', () => {
    const workers: ChildProcess[] = [];
    const start = (): ChildProcess => {
      const keysFile = join(folder, 'keys.json');
      writeFileSync(keysFile, keys, { mode: 0o600 });
      const child = spawn(process.execPath, [workerEntry], {
        env: childEnvironment({
          ...{ DATABASE_URL: spine.config.databaseUrl, OPENVOB_KEYS_FILE: keysFile, REDIS_URL: '' },
          ...{
            PAYER_NETWORKS: '127.0.0.0/8',
            WEBHOOK_NETWORKS: '127.0.0.0/8',
            WEBHOOK_TIMEOUT_MS: '1000',
            WEBHOOK_EVERY_MS: '100',
          },
        }),
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      workers.push(child);
      return child;
    };
    const gone = (child: ChildProcess): Promise<unknown> => new Promise((done) => child.once('exit', done));
    afterAll(async () => {
      for (const child of workers) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGTERM');
        await gone(child);
      }
    });

    test('arrive twice under the same id, and never not at all', async () => {
      const { id } = await endpoint({ events: completed });
      receiver.answer = () => 'hang';
      await cancelled();
      const first = start();
      const ended = gone(first);
      await receiver.came(1);
      first.kill('SIGKILL');
      await ended;
      receiver.answer = () => ({ status: 200 });
      start();
      await receiver.came(2);
      const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
      expect(new Set(ids)).toEqual(new Set([(await deliveries(id))[0].eventId]));
      expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    }, 60_000);
  });
});
