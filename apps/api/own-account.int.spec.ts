import { Secret, TOTP } from 'otpauth';
import { Client } from 'pg';
import { type MailServer, startMailServer } from '../../test/setup/mail';
import { Browser, password, putPerson, requireSecondFactor, signedIn } from '../../test/setup/people';
import { facilityId, type Spine, startSpine } from '../../test/setup/spine';

const dana = 'dana.reyes@testwood.example';
const newPassword = 'velvet orbit candle 77';

/** Stands still but for what a test adds, so that a code is of the step that the test means. */
class StandingClock {
  at = Date.now();
  now(): Date {
    return new Date(this.at);
  }
}

describe('an account of one’s own', () => {
  const clock = new StandingClock();
  let spine: Spine;
  let mail: MailServer;
  let owner: Client;
  beforeAll(async () => {
    mail = await startMailServer();
    const settings = { SMTP_URL: mail.url, MAIL_FROM: 'OpenVOB <openvob@testwood.example>' };
    spine = await startSpine({ redisUrl: undefined, withWorker: false, clock, settings });
    owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    await requireSecondFactor(spine, false);
  });
  afterAll(async () => {
    await owner.end();
    await spine.stop();
    await mail.close();
  });
  beforeEach(async () => {
    await putPerson(spine, { email: dana, role: 'coordinator' });
    await owner.query('DELETE FROM sign_in_throttle');
    await owner.query('DELETE FROM recovery_code');
    await owner.query('UPDATE person SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = 0');
  });

  const actions = async (): Promise<string[]> =>
    (
      await owner.query<{ action: string }>('SELECT action FROM audit_entry WHERE facility_id = $1 ORDER BY id', [
        facilityId,
      ])
    ).rows.map(({ action }) => action);
  const codeOf = (secret: string): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.at });
  const post = (browser: Browser, path: string, body: object) => browser.send('post', `/v1/session/${path}`, body);

  async function withSecondFactor(browser: Browser): Promise<{ secret: string; recoveryCodes: string[] }> {
    const { secret } = (await post(browser, 'second-factor', { password })).body;
    const { recoveryCodes } = (await post(browser, 'second-factor/confirm', { code: codeOf(secret) })).body;
    clock.at += 60_000;
    return { secret, recoveryCodes };
  }

  describe('changes its password', () => {
    test('ends all other sessions, goes on under a new token, tells the trail and the owner', async () => {
      const [here, there] = [await signedIn(spine, dana), await signedIn(spine, dana)];
      const before = here.cookies.get('__Host-openvob') ?? '';
      expect((await post(here, 'password', { currentPassword: password, newPassword })).status).toBe(204);
      expect([(await here.get('/v1/session')).status, (await there.get('/v1/session')).status]).toEqual([200, 401]);
      here.cookies.set('__Host-openvob', before);
      expect((await here.get('/v1/session')).status).toBe(401);
      const fresh = new Browser(spine);
      expect((await fresh.signIn(dana)).status).toBe(401);
      expect((await fresh.signIn(dana, { password: newPassword })).status).toBe(200);
      expect(await actions()).toContain('password.changed');
      const told = await mail.mailTo(dana, ({ subject }) => subject === 'Your password was changed');
      expect(told.from).toBe('OpenVOB <openvob@testwood.example>');
      expect(told.headers).toMatch(/^Auto-Submitted: auto-generated$/m);
      expect(told.text).not.toContain(newPassword);
    });

    test.each([
      ['wrong', { currentPassword: 'not my password', newPassword }, '/currentPassword', 'wrong'],
      ['too short', { currentPassword: password, newPassword: 'short' }, '/newPassword', 'too_short'],
      ['common', { currentPassword: password, newPassword: 'passwordpassword' }, '/newPassword', 'too_common'],
      [
        'its owner’s name',
        { currentPassword: password, newPassword: 'danareyestestwood' },
        '/newPassword',
        'too_common',
      ],
    ])('not to or from one that is %s', async (_name, body, pointer, code) => {
      const browser = await signedIn(spine, dana);
      const refused = await post(browser, 'password', body);
      expect(refused.status).toBe(422);
      expect(refused.body.errors).toEqual([{ pointer, code, detail: expect.any(String) }]);
      expect((await browser.get('/v1/session')).status).toBe(200);
    });

    test('an open session is no place to guess it', async () => {
      const browser = await signedIn(spine, dana);
      const guess = () => post(browser, 'password', { currentPassword: 'not my password', newPassword });
      for (let n = 0; n < 5; n++) expect((await guess()).status).toBe(422);
      expect((await guess()).status).toBe(429);
    });
  });

  describe('with a second factor', () => {
    test('signs in by password and code, and a code counts once', async () => {
      const browser = await signedIn(spine, dana);
      const { secret, recoveryCodes } = await withSecondFactor(browser);
      expect(recoveryCodes).toHaveLength(10);
      expect((await browser.get('/v1/session')).body.hasSecondFactor).toBe(true);
      const other = new Browser(spine);
      expect((await other.signIn(dana)).body.code).toBe('second_factor_required');
      expect((await other.signIn(dana, { code: '000000' })).body.code).toBe('unauthenticated');
      const code = codeOf(secret);
      const both = await Promise.all([
        new Browser(spine).signIn(dana, { code }),
        new Browser(spine).signIn(dana, { code }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
      clock.at += 30_000;
      expect((await other.signIn(dana, { code })).status).toBe(401);
      expect((await other.signIn(dana, { code: codeOf(secret) })).status).toBe(200);
    });

    test('without password a code opens nothing', async () => {
      const { secret } = await withSecondFactor(await signedIn(spine, dana));
      const response = await new Browser(spine).signIn(dana, { password: 'not my password', code: codeOf(secret) });
      expect([response.status, response.body.code]).toEqual([401, 'unauthenticated']);
    });

    test('each recovery code signs in once, however it is typed; new ones replace them', async () => {
      const browser = await signedIn(spine, dana);
      const { recoveryCodes } = await withSecondFactor(browser);
      const [first = '', second = ''] = recoveryCodes;
      const signIn = async (recoveryCode: string): Promise<number> =>
        (await new Browser(spine).signIn(dana, { recoveryCode })).status;
      expect([
        await signIn(` ${first.toUpperCase()}`),
        await signIn(first),
        await signIn('aaaa-bbbb-cccc-dddd'),
      ]).toEqual([200, 401, 401]);
      const renewed = await post(browser, 'recovery-codes', { password });
      expect([await signIn(second), await signIn(renewed.body.recoveryCodes[0])]).toEqual([401, 200]);
    });

    test('counts only once a code was shown, and ends the other sessions then', async () => {
      const [here, there] = [await signedIn(spine, dana), await signedIn(spine, dana)];
      const { secret, uri } = (await post(here, 'second-factor', { password })).body;
      expect(uri).toContain(secret);
      expect((await new Browser(spine).signIn(dana)).status).toBe(200);
      expect((await post(here, 'second-factor/confirm', { code: '000000' })).status).toBe(422);
      expect((await post(here, 'second-factor/confirm', { code: codeOf(secret) })).status).toBe(200);
      expect([(await here.get('/v1/session')).status, (await there.get('/v1/session')).status]).toEqual([200, 401]);
      expect((await post(here, 'second-factor', { password })).status).toBe(409);
    });

    test('is removed with the password alone, and its codes with it', async () => {
      const browser = await signedIn(spine, dana);
      const { recoveryCodes } = await withSecondFactor(browser);
      expect((await post(browser, 'second-factor/remove', { password: 'not my password' })).status).toBe(422);
      expect((await post(browser, 'second-factor/remove', { password })).status).toBe(204);
      expect((await browser.get('/v1/session')).body.hasSecondFactor).toBe(false);
      expect((await new Browser(spine).signIn(dana)).status).toBe(200);
      expect((await owner.query('SELECT FROM recovery_code')).rowCount).toBe(0);
      expect(recoveryCodes).toHaveLength(10);
      expect(await actions()).toEqual(expect.arrayContaining(['second_factor.set_up', 'second_factor.removed']));
      await mail.mailTo(dana, ({ text }) => text.includes('was removed'));
    });

    test('is kept encrypted, its codes hashed', async () => {
      const { secret, recoveryCodes } = await withSecondFactor(await signedIn(spine, dana));
      const { rows } = await owner.query<{ text: string }>(
        'SELECT p::text AS text FROM person p UNION ALL SELECT r::text FROM recovery_code r UNION ALL SELECT a::text FROM audit_entry a',
      );
      const stored = rows.map(({ text }) => text).join('\n');
      const plain = [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))];
      expect(
        plain.filter((text) => stored.includes(text) || stored.includes(Buffer.from(text).toString('hex'))),
      ).toEqual([]);
    });

    test('opens a facility that requires one', async () => {
      await requireSecondFactor(spine, true);
      const browser = await signedIn(spine, dana);
      expect((await browser.get('/v1/verifications')).body.code).toBe('second_factor_missing');
      await withSecondFactor(browser);
      expect((await browser.get('/v1/verifications')).status).toBe(200);
      await requireSecondFactor(spine, false);
    });
  });

  test('a sign-in from another browser is told to the owner, one from a known browser is not', async () => {
    const sam = 'sam@testwood.example';
    await putPerson(spine, { email: sam, role: 'biller' });
    const known = await signedIn(spine, sam);
    await known.signIn(sam);
    const strange = new Browser(spine);
    strange.userAgent = 'Mozilla/5.0 (Linux; Android 16) Chrome/142.0 <b>http://evil.example</b>';
    await strange.signIn(sam);
    const told = await mail.mailTo(sam);
    expect(told.text).toContain('from Chrome on Android (network address');
    expect(told.text).not.toContain('evil');
    expect(mail.received.filter(({ to }) => to === sam)).toHaveLength(1);
  });
});
