import { Client } from 'pg';
import { type MailServer, secretIn, startMailServer } from '../../test/setup/mail';
import { Browser, password, putPerson, requireSecondFactor, signedIn } from '../../test/setup/people';
import { type Body, facilityId, type Spine, startSpine } from '../../test/setup/spine';

const day = 24 * 3_600_000;
const ada = 'ada.admin@testwood.example';
const newPassword = 'velvet orbit candle 77';

class MovedClock {
  ahead = 0;
  now(): Date {
    return new Date(Date.now() + this.ahead);
  }
}

describe('the people of a facility', () => {
  const clock = new MovedClock();
  let spine: Spine;
  let mail: MailServer;
  let owner: Client;
  let admin: Browser;
  beforeAll(async () => {
    mail = await startMailServer();
    const settings = {
      SMTP_URL: mail.url,
      MAIL_FROM: 'openvob@testwood.example',
      PUBLIC_URL: 'https://vob.testwood.example',
    };
    spine = await startSpine({ redisUrl: undefined, withWorker: false, clock, settings });
    owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    await requireSecondFactor(spine, false);
    await putPerson(spine, { email: ada, role: 'admin', name: 'Ada Admin' });
  });
  afterAll(async () => {
    await owner.end();
    await spine.stop();
    await mail.close();
  });
  beforeEach(async () => {
    clock.ahead = 0;
    await owner.query('DELETE FROM sign_in_throttle');
    await owner.query('DELETE FROM rate_window');
    admin = await signedIn(spine, ada);
  });

  const invite = (email: string, role = 'coordinator', by = admin) =>
    by.send('post', '/v1/people', { email, name: 'New Colleague', role });
  const use = (token: string, more: object = {}) =>
    new Browser(spine).send('post', '/v1/links/use', { token, ...more });
  const lines = async (action: string, facility = facilityId): Promise<Body[]> =>
    (
      await owner.query(
        'SELECT actor_kind, actor_id, subject_id, detail FROM audit_entry WHERE action = $1 AND facility_id = $2 ORDER BY id',
        [action, facility],
      )
    ).rows;
  const idOf = async (email: string): Promise<string> =>
    (await owner.query<{ id: string }>('SELECT id FROM person WHERE email = $1', [email])).rows[0]?.id ?? '';

  async function joined(email: string, role = 'coordinator'): Promise<string> {
    const { id } = (await invite(email, role)).body;
    await use(secretIn(await mail.mailTo(email)), { password });
    return id;
  }

  describe('are invited', () => {
    test('by a mail whose link works once; then they sign in by the password that they chose', async () => {
      const email = 'nina@testwood.example';
      const invited = await invite(' Nina@Testwood.example');
      expect([invited.status, invited.body]).toEqual([
        201,
        expect.objectContaining({ email, name: 'New Colleague', role: 'coordinator', status: 'invited' }),
      ]);
      const letter = await mail.mailTo(email);
      expect(letter.text).toMatch(/https:\/\/vob\.testwood\.example\/welcome#[\w-]{43}/);
      const token = secretIn(letter);
      expect((await new Browser(spine).signIn(email)).status).toBe(401);
      const shown = await new Browser(spine).send('post', '/v1/links/read', { token });
      expect(shown.body).toMatchObject({
        kind: 'invitation',
        email,
        facility: 'Testwood Recovery',
        needsPassword: true,
      });
      expect((await use(token)).body.errors[0].pointer).toBe('/password');
      expect((await use(token, { password: 'short' })).body.errors[0].code).toBe('too_short');
      expect((await use(token, { password: newPassword, name: 'Nina Okafor' })).status).toBe(204);
      const again = await use(token, { password });
      expect([again.status, again.body.code]).toEqual([410, 'link_unusable']);
      const browser = new Browser(spine);
      const begun = await browser.signIn(email, { password: newPassword });
      expect(begun.body).toMatchObject({ person: { name: 'Nina Okafor' }, role: 'coordinator' });
      const adminId = await idOf(ada);
      expect((await lines('person.invited')).at(-1)).toMatchObject({
        actor_kind: 'person',
        actor_id: adminId,
        subject_id: begun.body.person.id,
        detail: { role: 'coordinator' },
      });
      expect((await lines('invitation.accepted')).at(-1)).toMatchObject({ actor_id: begun.body.person.id });
    });

    test('the link is stored as a hash, and the mail is gone once it is sent', async () => {
      const email = 'otto@testwood.example';
      await invite(email);
      const token = secretIn(await mail.mailTo(email));
      const { rows } = await owner.query<{ text: string }>(
        `SELECT l::text AS text FROM one_time_link l UNION ALL SELECT m::text FROM outgoing_mail m WHERE sent_at IS NOT NULL`,
      );
      const hidden = [token, Buffer.from(token).toString('hex'), Buffer.from(token, 'base64url').toString('hex')];
      expect(rows.filter(({ text }) => hidden.some((secret) => text.includes(secret)))).toEqual([]);
      expect(
        (await owner.query('SELECT FROM outgoing_mail WHERE sent_at IS NOT NULL AND content IS NOT NULL')).rowCount,
      ).toBe(0);
    });

    test('the link ends after seven days, and when another one is sent', async () => {
      const email = 'piet@testwood.example';
      const { id } = (await invite(email)).body;
      const first = secretIn(await mail.mailTo(email));
      expect((await admin.send('post', `/v1/people/${id}/invitation`)).status).toBe(200);
      const second = secretIn(await mail.mailTo(email, (letter) => secretIn(letter) !== first));
      expect((await use(first, { password })).status).toBe(410);
      clock.ahead = 7 * day;
      expect((await use(second, { password })).status).toBe(410);
      clock.ahead = 7 * day - 60_000;
      expect((await use(second, { password })).status).toBe(204);
    });

    test('of two who follow the same link at the same moment one comes through', async () => {
      const email = 'quinn@testwood.example';
      await invite(email);
      const token = secretIn(await mail.mailTo(email));
      const both = await Promise.all([use(token, { password }), use(token, { password: newPassword })]);
      expect(both.map(({ status }) => status).sort()).toEqual([204, 410]);
    });

    test('an invitation that was taken back opens nothing', async () => {
      const email = 'rosa@testwood.example';
      const { id } = (await invite(email)).body;
      const token = secretIn(await mail.mailTo(email));
      expect((await admin.send('delete', `/v1/people/${id}`)).status).toBe(204);
      expect((await use(token, { password })).status).toBe(410);
    });

    test('somebody who has an account elsewhere keeps it; the invitation does not tell that there is one', async () => {
      const email = 'lee@elsewhere.example';
      await putPerson(spine, { email, role: 'admin', facility: 'fac_other', name: 'Lee Elsewhere' });
      const invited = await invite(email, 'biller');
      expect(invited.body).toMatchObject({ name: 'New Colleague', status: 'invited', hasSecondFactor: false });
      const token = secretIn(await mail.mailTo(email));
      expect((await use(token, { password: newPassword, name: 'Somebody Else' })).status).toBe(204);
      const browser = await signedIn(spine, email);
      const chosen = await browser.send('post', '/v1/session/facility', { facilityId });
      expect(chosen.body).toMatchObject({ person: { name: 'Lee Elsewhere' }, role: 'biller' });
    });

    test('not twice, and not by anybody but an admin', async () => {
      await joined('sami@testwood.example', 'supervisor');
      expect((await invite('sami@testwood.example')).status).toBe(409);
      const supervisor = await signedIn(spine, 'sami@testwood.example');
      expect((await invite('tess@testwood.example', 'admin', supervisor)).status).toBe(403);
      const faulty = await admin.send('post', '/v1/people', {
        email: 'x',
        name: 'a\nb',
        role: 'machine',
        isOwner: true,
      });
      expect(faulty.body.errors.map(({ pointer }: Body) => pointer)).toEqual(['/email', '/name', '/role', '/isOwner']);
    });
  });

  describe('forget their passwords', () => {
    const ask = (email: string) => new Browser(spine).send('post', '/v1/password-resets', { email });

    test('and set a new one by a link that works once, for half an hour; sessions end, the second factor stays', async () => {
      const email = 'uma@testwood.example';
      await joined(email);
      const before = await signedIn(spine, email);
      expect((await ask(email)).status).toBe(202);
      const letter = await mail.mailTo(email, ({ subject }) => subject.startsWith('A new password'));
      const token = secretIn(letter);
      clock.ahead = 30 * 60_000;
      expect((await use(token, { password: newPassword })).status).toBe(410);
      clock.ahead = 29 * 60_000;
      expect((await use(token, { password: newPassword })).status).toBe(204);
      expect((await use(token, { password: newPassword })).status).toBe(410);
      await mail.mailTo(email, ({ subject }) => subject === 'Your password was changed');
      clock.ahead = 0;
      expect((await before.get('/v1/session')).status).toBe(401);
      expect((await new Browser(spine).signIn(email)).status).toBe(401);
      expect((await new Browser(spine).signIn(email, { password: newPassword })).status).toBe(200);
      expect((await lines('password.reset')).at(-1)).toMatchObject({ subject_id: await idOf(email) });
    });

    test('an unknown address is answered the same, and gets nothing', async () => {
      const email = 'vera@testwood.example';
      await joined(email);
      const [known, unknown] = [await ask(email), await ask('nobody@testwood.example')];
      expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
      await mail.mailTo(email, ({ subject }) => subject.startsWith('A new password'));
      expect(mail.received.filter(({ to }) => to === 'nobody@testwood.example')).toEqual([]);
    });

    test('at most three mails an hour go to one account', async () => {
      const email = 'will@testwood.example';
      await joined(email);
      for (let n = 0; n < 6; n++) expect((await ask(email)).status).toBe(202);
      await mail.mailTo(email, ({ subject }) => subject.startsWith('A new password'));
      const { rows } = await owner.query(`SELECT FROM one_time_link l JOIN person p ON p.id = l.person_id
        WHERE p.email = '${email}' AND kind = 'password_reset'`);
      expect(rows.length).toBe(3);
    });
  });

  describe('change', () => {
    test('a new role ends the sessions there, and holds at the next one', async () => {
      const email = 'xena@testwood.example';
      const id = await joined(email);
      const browser = await signedIn(spine, email);
      expect((await admin.send('patch', `/v1/people/${id}`, { role: 'auditor' })).body.role).toBe('auditor');
      expect((await browser.get('/v1/session')).status).toBe(401);
      expect((await browser.signIn(email)).body.role).toBe('auditor');
      expect((await lines('person.role_changed')).at(-1)).toMatchObject({
        detail: { from: 'coordinator', to: 'auditor' },
      });
    });

    test('who leaves is out at once, and is kept in the list of those who left', async () => {
      const email = 'yuri@testwood.example';
      const id = await joined(email);
      const browser = await signedIn(spine, email);
      expect((await admin.send('delete', `/v1/people/${id}`)).status).toBe(204);
      expect((await browser.get('/v1/verifications')).status).toBe(401);
      expect((await new Browser(spine).signIn(email)).status).toBe(401);
      const listed = async (query: string): Promise<string[]> =>
        (await admin.get(`/v1/people${query}`)).body.items.map((one: Body) => one.id);
      expect(await listed('')).not.toContain(id);
      expect(await listed('?former=true')).toContain(id);
      expect((await admin.send('delete', `/v1/people/${id}`)).status).toBe(404);
    });

    test('an admin ends somebody’s sessions, and removes a second factor that was lost', async () => {
      const email = 'zoe@testwood.example';
      const id = await joined(email);
      const browser = await signedIn(spine, email);
      expect((await admin.send('delete', `/v1/people/${id}/sessions`)).status).toBe(204);
      expect((await browser.get('/v1/session')).status).toBe(401);
      await owner.query('UPDATE person SET totp_secret = $2, totp_confirmed_at = now() WHERE id = $1', [
        id,
        Buffer.from('x'),
      ]);
      expect((await admin.send('delete', `/v1/people/${id}/second-factor`)).status).toBe(204);
      expect((await browser.signIn(email)).status).toBe(200);
      await mail.mailTo(email, ({ text }) => text.includes('was removed'));
      expect((await lines('second_factor.removed')).at(-1)).toMatchObject({ subject_id: id });
    });

    test('but not the second factor of somebody who works elsewhere too', async () => {
      const id = await idOf('lee@elsewhere.example');
      expect((await admin.send('delete', `/v1/people/${id}/second-factor`)).status).toBe(409);
    });

    test('the last admin stays', async () => {
      const id = await idOf(ada);
      expect((await admin.send('patch', `/v1/people/${id}`, { role: 'biller' })).status).toBe(409);
      expect((await admin.send('delete', `/v1/people/${id}`)).status).toBe(409);
      await putPerson(spine, { email: 'second@testwood.example', role: 'admin' });
      const second = await idOf('second@testwood.example');
      const both = await Promise.all([
        admin.send('patch', `/v1/people/${second}`, { role: 'biller' }),
        admin.send('patch', `/v1/people/${id}`, { role: 'biller' }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      await putPerson(spine, { email: ada, role: 'admin' });
    });
  });

  test('colleagues see names and roles; addresses are for admin and auditor', async () => {
    await putPerson(spine, { email: 'cora@testwood.example', role: 'coordinator', name: 'Cora' });
    const coordinator = await signedIn(spine, 'cora@testwood.example');
    const { items } = (await coordinator.get('/v1/people?former=true')).body;
    expect(items).toContainEqual({ id: await idOf('cora@testwood.example'), name: 'Cora', role: 'coordinator' });
    expect(
      items.flatMap((one: Body) => Object.keys(one)).filter((key: string) => !['id', 'name', 'role'].includes(key)),
    ).toEqual([]);
    expect((await admin.get('/v1/people')).body.items[0]).toHaveProperty('email');
  });

  test('of another facility are not there, whatever is tried', async () => {
    await putPerson(spine, { email: 'far@elsewhere.example', role: 'coordinator', facility: 'fac_other' });
    const id = await idOf('far@elsewhere.example');
    const tries = [
      await admin.get(`/v1/people/${id}`),
      await admin.send('patch', `/v1/people/${id}`, { role: 'admin' }),
      await admin.send('delete', `/v1/people/${id}`),
      await admin.send('delete', `/v1/people/${id}/sessions`),
      await admin.send('delete', `/v1/people/${id}/second-factor`),
      await admin.send('post', `/v1/people/${id}/invitation`),
    ];
    expect(tries.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect((await signedIn(spine, 'far@elsewhere.example')).cookies.size).toBe(2);
  });

  test('a mail server that is busy is asked again, one that refuses is not; its words go nowhere', async () => {
    mail.refuseWith = 451;
    await invite('busy@testwood.example');
    await waitFor(`SELECT fault FROM outgoing_mail WHERE fault = 'smtp_451' AND next_try_at IS NOT NULL`);
    mail.refuseWith = 550;
    clock.ahead = 60_000;
    await waitFor(
      `SELECT fault FROM outgoing_mail WHERE fault = 'smtp_550' AND next_try_at IS NULL AND content IS NULL`,
    );
    mail.refuseWith = undefined;
    expect(spine.logged.filter((line) => line.includes('patient@example') || line.includes('busy@testwood'))).toEqual(
      [],
    );
    expect(spine.logged.some((line) => line.includes('mail.given_up'))).toBe(true);
  });

  async function waitFor(sql: string): Promise<void> {
    const deadline = performance.now() + 20_000;
    while ((await owner.query(sql)).rowCount === 0) {
      if (performance.now() > deadline) throw new Error(`Never: ${sql}`);
      await owner.query('SELECT pg_sleep(0.1)');
    }
  }
});
