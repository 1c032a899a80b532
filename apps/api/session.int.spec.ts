import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import request from 'supertest';
import { Browser, password, putPerson, requireSecondFactor, signedIn } from '../../test/setup/people';
import { facilityId, requestFor, type Spine, startSpine } from '../../test/setup/spine';

const minute = 60_000;
const dana = 'dana.reyes@testwood.example';

/** Time goes on by itself unless it is stopped, and by what a test adds. */
class MovedClock {
  ahead = 0;
  stoppedAt: number | undefined;
  now(): Date {
    return new Date((this.stoppedAt ?? Date.now()) + this.ahead);
  }
}

describe('a session', () => {
  const clock = new MovedClock();
  let spine: Spine;
  let owner: Client;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false, clock });
    owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    await putPerson(spine, { email: dana, role: 'coordinator' });
    await requireSecondFactor(spine, false);
  });
  afterAll(async () => {
    await owner.end();
    await spine.stop();
  });
  beforeEach(async () => {
    clock.ahead = 0;
    await owner.query('DELETE FROM sign_in_throttle');
  });

  const trail = async (action: string): Promise<Record<string, unknown>[]> =>
    (
      await owner.query<Record<string, unknown>>(
        'SELECT actor_kind, actor_id, subject_id, detail FROM audit_entry WHERE action = $1 ORDER BY id',
        [action],
      )
    ).rows;

  describe('begins', () => {
    test('with e-mail and password, in a cookie that scripts cannot read and other sites cannot send', async () => {
      const browser = new Browser(spine);
      const response = await browser.signIn(' Dana.Reyes@Testwood.example ');
      expect(response.status).toBe(200);
      expect(response.body).toMatchObject({
        person: { email: dana, name: 'Dana Reyes' },
        facility: { id: facilityId, role: 'coordinator' },
        role: 'coordinator',
        hasSecondFactor: false,
      });
      const [session, device] = response.headers['set-cookie'] as unknown as string[];
      expect(session).toMatch(/^__Host-openvob=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
      expect(device).toMatch(
        /^__Host-openvob-device=[\w-]{43}; Max-Age=31536000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
      expect(response.text).not.toContain(browser.cookies.get('__Host-openvob'));
      expect(response.headers['cache-control']).toBe('no-store');
    });

    test('in several windows at the same moment, by colleagues behind one address', async () => {
      const colleagues = Array.from({ length: 6 }, (_, index) => `colleague.${index}@testwood.example`);
      await Promise.all(colleagues.map((email) => putPerson(spine, { email, role: 'coordinator' })));
      for (let round = 0; round < 3; round++) {
        const windows = colleagues.flatMap((email) => [email, email, email]);
        const answers = await Promise.all(windows.map((email) => new Browser(spine).signIn(email)));
        expect(answers.map(({ status }) => status)).toEqual(windows.map(() => 200));
      }
    });

    test('only its hash is stored', async () => {
      const browser = await signedIn(spine, dana);
      const { rows } = await owner.query<{ text: string }>('SELECT s::text AS text FROM session s');
      const token = browser.cookies.get('__Host-openvob') ?? '';
      const hidden = [token, Buffer.from(token, 'base64url').toString('hex'), Buffer.from(token).toString('hex')];
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter(({ text }) => hidden.some((secret) => text.includes(secret)))).toEqual([]);
    });

    test('and opens what the role may do, as the person in the trail', async () => {
      const browser = await signedIn(spine, dana);
      const { body } = await browser.get('/v1/session');
      const accepted = await browser.send('post', '/v1/verifications', requestFor('NWH0010001'), {
        'idempotency-key': randomUUID(),
      });
      expect(accepted.status).toBe(202);
      expect((await browser.send('post', '/v1/payers/pay_phone/pause')).status).toBe(403);
      expect((await trail('verification.requested')).at(-1)).toMatchObject({
        actor_kind: 'person',
        actor_id: body.person.id,
        subject_id: accepted.body.id,
      });
      expect((await trail('session.begun')).at(-1)).toMatchObject({
        actor_kind: 'person',
        actor_id: body.person.id,
        subject_id: body.id,
        detail: { device: 'Firefox on Windows', secondFactor: 'none' },
      });
    });

    test('never with a wrong password, and an unknown account reads the same', async () => {
      const answers = [
        await new Browser(spine).signIn(dana, { password: 'not the right password' }),
        await new Browser(spine).signIn('nobody@testwood.example'),
      ];
      expect(
        answers.map(({ status, body, headers }) => [status, body.code, body.detail, headers['set-cookie']]),
      ).toEqual([
        [401, 'unauthenticated', 'E-mail, password or code is wrong.', undefined],
        [401, 'unauthenticated', 'E-mail, password or code is wrong.', undefined],
      ]);
      expect((await trail('session.refused')).at(-1)).toMatchObject({
        actor_kind: 'nobody',
        detail: { why: 'password' },
      });
      const { rows } = await owner.query(
        'SELECT subject_id, detail FROM installation_audit_entry ORDER BY id DESC LIMIT 1',
      );
      expect(rows[0]).toMatchObject({
        subject_id: expect.stringMatching(/^unknown_/),
        detail: { why: 'unknown_account' },
      });
    });

    test('from our own pages alone', async () => {
      const attempt = (headers: Record<string, string | undefined>) =>
        new Browser(spine).send('post', '/v1/session', { email: dana, password }, headers);
      const foreign = [
        { 'x-openvob-csrf': undefined },
        { origin: 'https://evil.example' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'null' },
      ];
      for (const headers of foreign) {
        const response = await attempt(headers);
        expect([response.status, response.body.code]).toEqual([403, 'foreign_page']);
      }
      expect(
        (await attempt({ origin: spine.config.access.publicOrigin, 'sec-fetch-site': 'same-origin' })).status,
      ).toBe(200);
    });
  });

  describe('ends', () => {
    test('after 15 minutes without activity; what a page asks by itself is none', async () => {
      const browser = await signedIn(spine, dana);
      clock.ahead = 14 * minute;
      expect((await browser.get('/v1/session')).status).toBe(200);
      clock.ahead = 28 * minute;
      expect((await browser.send('get', '/v1/session', undefined, { 'x-openvob-background': '1' })).status).toBe(200);
      clock.ahead = 29.5 * minute;
      expect((await browser.get('/v1/session')).status).toBe(401);
      clock.ahead = 20 * minute;
      expect((await browser.get('/v1/session')).status).toBe(401);
      expect((await trail('session.ended')).at(-1)).toMatchObject({ detail: { why: 'idle' } });
    });

    test('after 12 hours whatever is done', async () => {
      const browser = await signedIn(spine, dana);
      for (let at = 14; at < 12 * 60; at += 14) {
        clock.ahead = at * minute;
        expect((await browser.get('/v1/session')).status).toBe(200);
      }
      clock.ahead = 12 * 60 * minute;
      expect((await browser.get('/v1/session')).status).toBe(401);
      expect((await trail('session.ended')).at(-1)).toMatchObject({ detail: { why: 'too_old' } });
    });

    test('when the clock jumps back before its beginning', async () => {
      clock.ahead = 60 * minute;
      const browser = await signedIn(spine, dana);
      clock.ahead = 0;
      expect((await browser.get('/v1/session')).status).toBe(401);
    });

    test('by signing out: a copy of the cookie opens nothing', async () => {
      const browser = await signedIn(spine, dana);
      const copy = new Map(browser.cookies);
      expect((await browser.send('delete', '/v1/session')).status).toBe(204);
      for (const [name, value] of copy) browser.cookies.set(name, value);
      expect((await browser.get('/v1/session')).status).toBe(401);
    });

    test('one by one or all others, from the list of own sessions', async () => {
      await owner.query('UPDATE session SET ended_at = now() WHERE ended_at IS NULL');
      const [here, there, elsewhere] = [
        await signedIn(spine, dana),
        await signedIn(spine, dana),
        await signedIn(spine, dana),
      ];
      const { items } = (await here.get('/v1/sessions')).body;
      expect(items.map((line: { isThis: boolean }) => line.isThis)).toEqual([false, false, true]);
      const thereId = (await there.get('/v1/session')).body.id;
      expect((await here.send('delete', `/v1/sessions/${thereId}`)).status).toBe(204);
      expect((await here.send('delete', `/v1/sessions/${thereId}`)).status).toBe(404);
      expect((await there.get('/v1/session')).status).toBe(401);
      expect((await here.send('delete', '/v1/sessions')).status).toBe(204);
      expect([(await here.get('/v1/session')).status, (await elsewhere.get('/v1/session')).status]).toEqual([200, 401]);
    });

    test('nobody ends another person’s', async () => {
      await putPerson(spine, { email: 'sam@testwood.example', role: 'admin' });
      const [own, other] = [await signedIn(spine, 'sam@testwood.example'), await signedIn(spine, dana)];
      const { id } = (await other.get('/v1/session')).body;
      expect((await own.send('delete', `/v1/sessions/${id}`)).status).toBe(404);
      expect((await other.get('/v1/session')).status).toBe(200);
    });
  });

  describe('changes nothing for another site', () => {
    test('of 200 forged changes none succeeds', async () => {
      const browser = await signedIn(spine, dana);
      const forged = [
        { 'x-openvob-csrf': undefined },
        { origin: 'https://evil.example' },
        { 'sec-fetch-site': 'cross-site' },
        { origin: 'http://127.0.0.1.evil.example' },
        { origin: 'null', 'sec-fetch-site': 'none' },
      ];
      const changes = [
        ['post', '/v1/verifications'],
        ['post', '/v1/session/facility'],
        ['delete', '/v1/session'],
        ['delete', '/v1/sessions'],
      ] as const;
      const statuses: number[] = [];
      for (let round = 0; round < 10; round++)
        for (const headers of forged)
          for (const [method, path] of changes)
            statuses.push((await browser.send(method, path, method === 'post' ? {} : undefined, headers)).status);
      expect(statuses.length).toBe(200);
      expect(statuses.filter((status) => status !== 403)).toEqual([]);
      expect((await browser.get('/v1/session')).status).toBe(200);
    });
  });

  describe('of a person in several facilities', () => {
    const lee = 'lee@testwood.example';
    beforeAll(async () => {
      await putPerson(spine, { email: lee, role: 'coordinator' });
      await putPerson(spine, { email: lee, role: 'auditor', facility: 'fac_other' });
    });

    test('opens nothing until one is chosen, then what the role there may do, under a new token', async () => {
      const browser = await signedIn(spine, lee);
      const begun = (await browser.get('/v1/session')).body;
      expect(begun).toMatchObject({ need: 'facility', facilities: [{ id: 'fac_other' }, { id: facilityId }] });
      expect((await browser.get('/v1/verifications')).body.code).toBe('facility_not_chosen');
      const before = browser.cookies.get('__Host-openvob') ?? '';
      const chosen = await browser.send('post', '/v1/session/facility', { facilityId: 'fac_other' });
      expect(chosen.body).toMatchObject({ facility: { id: 'fac_other' }, role: 'auditor' });
      expect((await browser.get('/v1/verifications')).status).toBe(200);
      expect((await browser.send('post', '/v1/verifications', {})).status).toBe(403);
      const replay = await request(spine.api.getHttpServer())
        .get('/v1/session')
        .set('cookie', `__Host-openvob=${before}`);
      expect(replay.status).toBe(401);
      expect((await trail('session.facility_chosen')).at(-1)).toMatchObject({ subject_id: begun.id });
    });

    test('begins where the last one was, or where it is asked to', async () => {
      const browser = await signedIn(spine, lee);
      expect((await browser.get('/v1/session')).body.facility.id).toBe('fac_other');
      expect((await browser.signIn(lee, { facilityId })).body.facility.id).toBe(facilityId);
    });

    test('never goes where the person does not work', async () => {
      const browser = await signedIn(spine, dana);
      expect((await browser.send('post', '/v1/session/facility', { facilityId: 'fac_other' })).status).toBe(404);
      const begun = await new Browser(spine).signIn(dana, { facilityId: 'fac_other' });
      expect(begun.body.facility).toBeUndefined();
    });

    test('holds no more for a facility that the person has left', async () => {
      const browser = new Browser(spine);
      await browser.signIn(lee, { facilityId: 'fac_other' });
      await owner.query(`UPDATE membership SET ended_at = now() WHERE facility_id = 'fac_other'`);
      expect((await browser.get('/v1/verifications')).body.code).toBe('facility_not_chosen');
      await owner.query(`UPDATE membership SET ended_at = NULL WHERE facility_id = 'fac_other'`);
    });
  });

  test('where a second factor is required, opens nothing to a person without one', async () => {
    await requireSecondFactor(spine, true);
    const browser = await signedIn(spine, dana);
    expect((await browser.get('/v1/session')).body.need).toBe('second_factor');
    expect((await browser.get('/v1/verifications')).body.code).toBe('second_factor_missing');
    await requireSecondFactor(spine, false);
    expect((await browser.get('/v1/verifications')).status).toBe(200);
  });

  describe('is not guessed', () => {
    beforeAll(() => {
      clock.stoppedAt = Date.now();
    });
    afterAll(() => {
      clock.stoppedAt = undefined;
    });

    const guess = (email: string, browser = new Browser(spine)): Promise<request.Response> =>
      browser.signIn(email, { password: 'one of many guesses' });

    test.each([[dana], ['nobody.at.all@testwood.example']])(
      '%s: five wrong passwords in a row make everybody wait, longer each time',
      async (email) => {
        for (let n = 0; n < 5; n++) expect((await guess(email)).status).toBe(401);
        const waits: number[] = [];
        for (let n = 0; n < 3; n++) {
          const refused = await new Browser(spine).signIn(email);
          expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
          waits.push(Number(refused.headers['retry-after']));
          clock.ahead += 1000 * Number(refused.headers['retry-after']);
          expect((await guess(email)).status).toBe(401);
        }
        expect(waits).toEqual([2, 4, 8]);
      },
    );

    test('a browser that the person used before is not locked out by a stranger', async () => {
      const browser = await signedIn(spine, dana);
      for (let n = 0; n < 6; n++) await guess(dana);
      expect((await new Browser(spine).signIn(dana)).status).toBe(429);
      expect((await browser.signIn(dana)).status).toBe(200);
    });

    test('of 200 guesses at the same moment no more are looked at than one after the other', async () => {
      const answers = await Promise.all(Array.from({ length: 200 }, () => guess(dana)));
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(195);
    });

    test('an address that guesses at many accounts waits too, whatever it claims to forward', async () => {
      let refused: request.Response | undefined;
      for (let n = 0; n < 40 && refused?.status !== 429; n++)
        refused = await new Browser(spine).send(
          'post',
          '/v1/session',
          { email: `guess${n}@testwood.example`, password: 'one of many guesses' },
          { 'x-forwarded-for': `203.0.113.${n}` },
        );
      expect(refused?.status).toBe(429);
      expect((await new Browser(spine).signIn('another@testwood.example')).status).toBe(429);
    });
  });

  test('a faulty body is told field by field, without its values', async () => {
    const response = await new Browser(spine).send('post', '/v1/session', {
      email: 'dana',
      password: 7,
      remember: true,
    });
    expect(response.status).toBe(422);
    expect(response.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/email',
      '/password',
      '/remember',
    ]);
    expect(response.text).not.toContain('dana');
  });

  test('a key is no session', async () => {
    const asked = (key: string) =>
      request(spine.api.getHttpServer()).get('/v1/session').set('authorization', `Bearer ${key}`);
    expect([(await asked(spine.apiKey)).status, (await asked('ovk_wrong')).status]).toEqual([403, 401]);
  });
});
