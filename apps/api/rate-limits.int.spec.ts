import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database, RateWindows } from '@openvob/store';
import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import { putPerson, requireSecondFactor, signedIn } from '../../test/setup/people';
import { intakeSourceId, requestFor, type Spine, startSpine } from '../../test/setup/spine';
import { createApi } from './main';

class StandingClock {
  at = Date.now();
  now(): Date {
    return new Date(this.at);
  }
}

describe('two API processes', () => {
  const clock = new StandingClock();
  let spine: Spine;
  let second: NestFastifyApplication;
  beforeAll(async () => {
    const settings = {
      KEY_REQUESTS_PER_MINUTE: '60',
      PERSON_REQUESTS_PER_MINUTE: '40',
      WEBHOOKS_PER_MINUTE: '30',
      SIGN_INS_PER_MINUTE: '25',
    };
    spine = await startSpine({ redisUrl: undefined, withWorker: false, clock, settings });
    second = await createApi(spine.config, spine.log, clock);
    await second.init();
    await second.getHttpAdapter().getInstance().ready();
    await requireSecondFactor(spine, false);
    await putPerson(spine, { email: 'cora@testwood.example', role: 'coordinator' });
  });
  afterAll(async () => {
    await second.close();
    await spine.stop();
  });
  beforeEach(() => {
    clock.at += 120_000;
  });

  /** Many requests at once, to both in turn. */
  async function statusesOf(
    count: number,
    send: (agent: request.Agent, n: number) => request.Test,
  ): Promise<request.Response[]> {
    const agents = [spine.api, second].map((api) => request(api.getHttpServer()));
    return Promise.all(Array.from({ length: count }, (_, n) => send(agents[n % 2] as unknown as request.Agent, n)));
  }

  const counted = (responses: readonly request.Response[]): Record<number, number> => {
    const counts: Record<number, number> = {};
    for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  };

  test('give a key its requests a minute together, whatever address it claims', async () => {
    const send = (agent: request.Agent, n: number): request.Test =>
      agent
        .get('/v1/programs')
        .set('authorization', `Bearer ${spine.apiKey}`)
        .set('x-forwarded-for', `203.0.113.${n % 250}`);
    const responses = await statusesOf(200, send);
    expect(counted(responses)).toEqual({ 200: 60, 429: 140 });
    const refused = responses.find(({ status }) => status === 429);
    expect(refused?.headers['retry-after']).toBe('60');
    expect(refused?.body.code).toBe('too_many_requests');
    clock.at += 60_000;
    expect(counted(await statusesOf(100, send))).toEqual({ 200: 60, 429: 40 });
  });

  test('give a person requests of their own', async () => {
    const browser = await signedIn(spine, 'cora@testwood.example');
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const responses = await statusesOf(100, (agent) => agent.get('/v1/session').set('cookie', cookie));
    expect(counted(responses)).toEqual({ 200: 40, 429: 60 });
  });

  test('give a network its sign-ins', async () => {
    const responses = await statusesOf(100, (agent, n) =>
      agent
        .post('/v1/session')
        .set('x-openvob-csrf', '1')
        .set('x-forwarded-for', `203.0.113.${n}`)
        .send({ email: `somebody.${n}@testwood.example`, password: 'not a password of ours' }),
    );
    expect(counted(responses)).toEqual({ 401: 25, 429: 75 });
  });

  test('give an intake website its deliveries; what is forged in its name uses none of them up', async () => {
    const hook = new Webhook(spine.intakeSecret);
    const body = JSON.stringify({
      type: 'verification.requested',
      timestamp: clock.now().toISOString(),
      data: requestFor('NWH0010001'),
    });
    const deliver = (agent: request.Agent, isForged: boolean): request.Test => {
      const id = `msg_${randomUUID()}`;
      const signature = isForged ? 'v1,Zm9yZ2Vk' : hook.sign(id, clock.now(), body);
      return agent
        .post(`/v1/webhooks/intake/${intakeSourceId}`)
        .set('content-type', 'application/json')
        .set('webhook-id', id)
        .set('webhook-timestamp', String(Math.floor(clock.at / 1000)))
        .set('webhook-signature', signature)
        .send(body);
    };
    expect(counted(await statusesOf(50, (agent) => deliver(agent, true)))).toEqual({ 401: 50 });
    expect(counted(await statusesOf(60, (agent) => deliver(agent, false)))).toEqual({ 202: 30, 429: 30 });
  });

  test('of 500 who ask for parts of one allowance at once, no more than the limit is given', async () => {
    const database = await Database.open({ url: spine.config.databaseUrl, poolSize: 8 });
    const windows = new RateWindows(database);
    const request_ = { key: 'test:parts', wanted: 3, limit: 100, windowMs: 60_000 };
    const given = await Promise.all(Array.from({ length: 500 }, () => windows.take(request_, clock.now())));
    expect(given.reduce((sum, one) => sum + one.given, 0)).toBe(100);
    const later = await windows.take(request_, new Date(clock.at + 60_000));
    const backwards = await windows.take(request_, new Date(clock.at - 3_600_000));
    expect([later.given, backwards.given]).toEqual([3, 3]);
    await database.close();
  });
});
