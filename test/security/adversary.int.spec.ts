import { randomUUID } from 'node:crypto';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import { until } from '../../apps/standalone/processes';
import { putPerson, requireSecondFactor, signedIn } from '../setup/people';
import { type Body, intakeSourceId, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

/** What somebody with bad intent tried, beside what the suites of each part try: every attempt fails, and says nothing. */
describe('an adversary', () => {
  let spine: Spine;
  let port: number;
  let victim: Body;
  let stranger: TestCaller;
  const reference = 'Zanzibarquill-77';

  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false });
    await spine.api.listen(0, '127.0.0.1');
    port = Number(new URL(await spine.api.getUrl()).port);
    await requireSecondFactor(spine, false);
    stranger = new TestCaller(spine, await spine.keyFor('admin', 'fac_elsewhere'));
    victim = (await new TestCaller(spine).post('/v1/verifications', requestFor('NWH0010001', { reference }))).body;
  });
  afterAll(() => spine.stop());

  describe('of another facility', () => {
    test.each([
      ['names the victim’s facility in headers', { 'x-facility-id': 'fac_test', 'x-openvob-facility': 'fac_test' }],
      [
        'claims to be the proxy',
        { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1' },
      ],
      ['asks under another method', { 'x-http-method-override': 'GET', 'x-original-url': '/v1/verifications' }],
    ])('%s', async (_name, headers) => {
      for (const path of ['', '/answers', '/request', '/history', '/events', '/call-script'])
        expect((await stranger.get(`/v1/verifications/${victim.id}${path}`).set(headers)).status).toBe(404);
    });

    test('searches for what it knows of the patient', async () => {
      const secrets = [reference, 'Quillfeather', 'Qui', 'NWH0010001', victim.id];
      for (const q of secrets)
        expect((await stranger.get(`/v1/verifications?q=${encodeURIComponent(q)}`)).body.items).toEqual([]);
      const place = Buffer.from(JSON.stringify([new Date(Date.now() + 60_000).toISOString(), 'ver_zzz'])).toString(
        'base64url',
      );
      expect((await stranger.get(`/v1/verifications?cursor=${place}`)).body.items).toEqual([]);
      expect((await stranger.get(`/v1/audit?subject=${victim.id}`)).body.items).toEqual([]);
    });

    test('repeats the victim’s idempotency key, and gets a verification of its own', async () => {
      const key = randomUUID();
      const own = await new TestCaller(spine).post('/v1/verifications', requestFor('NWH0010001'), key);
      const other = await stranger.post('/v1/verifications', requestFor('NWH0010001'), key);
      expect(other.body.id).not.toBe(own.body.id);
      expect(other.text).not.toContain(own.body.id);
    });

    test('says in the body whose row it is to be', async () => {
      const answer = await stranger.post('/v1/verifications', { ...requestFor('NWH0010001'), facilityId: 'fac_test' });
      expect(answer.status).toBe(422);
    });
  });

  describe('with a website’s secret', () => {
    const deliver = (path: string, signed: { id: string; at: Date; body: string; secret: string }): request.Test =>
      request(spine.api.getHttpServer())
        .post(path)
        .set({
          'content-type': 'application/json',
          'webhook-id': signed.id,
          'webhook-timestamp': String(Math.floor(signed.at.getTime() / 1000)),
          'webhook-signature': new Webhook(signed.secret).sign(signed.id, signed.at, signed.body),
        })
        .send(signed.body);

    test('signs for another website, another time, another body', async () => {
      const secret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
      const body = JSON.stringify({ type: 'verification.requested', data: requestFor('NWH0010001') });
      const [id, at] = [randomUUID(), new Date()];
      const own = `/v1/webhooks/intake/${intakeSourceId}`;
      const ago = (minutes: number): Date => new Date(at.getTime() - minutes * 60_000);
      expect((await deliver(own, { id, at, body, secret })).status).toBe(401);
      for (const when of [ago(6), ago(-6), ago(60 * 24 * 365)])
        expect((await deliver(own, { id, at: when, body, secret: spine.intakeSecret })).status).toBe(401);
      const good = { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)) };
      const signature = new Webhook(spine.intakeSecret).sign(id, at, body);
      for (const forged of [
        signature.replace('v1,', 'v1a,'),
        `${signature}x`,
        signature.toLowerCase(),
        'v1,',
        '',
        signature.slice(0, -2),
      ])
        expect(
          (
            await request(spine.api.getHttpServer())
              .post(own)
              .set({ ...good, 'webhook-signature': forged, 'content-type': 'application/json' })
              .send(body)
          ).status,
        ).toBe(401);
      expect(
        (
          await request(spine.api.getHttpServer())
            .post(own)
            .set({ ...good, 'webhook-signature': signature, 'content-type': 'application/json' })
            .send(`${body} `)
        ).status,
      ).toBe(401);
    });
  });

  describe('who was let in once', () => {
    const listen = (
      headers: Record<string, string>,
    ): Promise<{ sent: ClientRequest; response: IncomingMessage; ended: () => boolean }> =>
      new Promise((resolve, reject) => {
        const path = `/v1/verifications/${victim.id}/events`;
        const sent = httpRequest({ host: '127.0.0.1', port, path, headers }, (response) => {
          let isOver = false;
          response.on('data', () => undefined);
          response.on('end', () => {
            isOver = true;
          });
          resolve({ sent, response, ended: () => isOver });
        });
        sent.on('error', reject).end();
      });

    test('hears no more once the session is ended', async () => {
      await putPerson(spine, { email: 'mallory@testwood.example', role: 'coordinator' });
      const browser = await signedIn(spine, 'mallory@testwood.example');
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const stream = await listen({ cookie });
      expect(stream.response.statusCode).toBe(200);
      expect((await browser.send('delete', '/v1/session')).status).toBeLessThan(300);
      await new TestCaller(spine).post(`/v1/verifications/${victim.id}/cancel`);
      expect(await until(() => stream.ended(), 20_000)).toBe(true);
      expect((await listen({ cookie })).response.statusCode).toBe(401);
    });
  });

  test('writes lines of its own into no log', async () => {
    const poison = '\\n{"level":50,"event":"POISON"}\u001b[2J';
    const before = spine.logged.length;
    for (const headers of [
      { 'user-agent': poison },
      { referer: poison },
      { 'x-request-id': poison },
      { traceparent: poison },
    ])
      await request(spine.api.getHttpServer())
        .get(`/v1/verifications/${encodeURIComponent(poison)}`)
        .set(headers)
        .catch(() => undefined);
    expect(spine.logged.slice(before).join('\n')).not.toContain('POISON');
  });

  test('learns from no answer whether an account, a key or a record is there', async () => {
    const answer = async (email: string): Promise<Body> => {
      const { status, body } = await request(spine.api.getHttpServer())
        .post('/v1/session')
        .set({ 'x-openvob-csrf': '1' })
        .send({ email, password: 'quartz lantern meadow 42' });
      return [status, body.code, body.title];
    };
    await putPerson(spine, { email: 'there@testwood.example', role: 'biller' });
    expect(await answer('there@testwood.example')).toEqual(await answer('nowhere@testwood.example'));
    const foreign = await stranger.get(`/v1/verifications/${victim.id}`);
    const missing = await stranger.get(`/v1/verifications/${victim.id.slice(0, -3)}zzz`);
    expect({ ...foreign.body, traceId: '' }).toEqual({ ...missing.body, traceId: '' });
  });
});
