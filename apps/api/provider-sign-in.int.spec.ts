import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Client } from 'pg';
import { type MailServer, startMailServer } from '../../test/setup/mail';
import { clientSecret, type RealProvider, startProvider, throughProvider } from '../../test/setup/oidc';
import { Browser, putPerson, requireSecondFactor, signedIn } from '../../test/setup/people';
import { type Body, facilityId, type Spine, startSpine } from '../../test/setup/spine';

const dana = 'dana.reyes@testwood.example';
const origin = 'https://vob.testwood.example';
const redirectUri = `${origin}/v1/session/providers/callback`;

class MovedClock {
  ahead = 0;
  now(): Date {
    return new Date(Date.now() + this.ahead);
  }
}

describe('signing in by an OpenID provider', () => {
  const clock = new MovedClock();
  let spine: Spine;
  let mail: MailServer;
  let owner: Client;
  let provider: RealProvider;
  let admin: Browser;
  let providerId: string;
  beforeAll(async () => {
    mail = await startMailServer();
    provider = await startProvider(redirectUri);
    const settings = {
      SMTP_URL: mail.url,
      MAIL_FROM: 'openvob@testwood.example',
      PUBLIC_URL: origin,
      PROVIDER_NETWORKS: '127.0.0.1',
    };
    spine = await startSpine({ redisUrl: undefined, withWorker: false, clock, settings });
    owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    await requireSecondFactor(spine, true);
    await putPerson(spine, { email: dana, role: 'coordinator' });
    await putPerson(spine, { email: dana, role: 'admin', facility: 'fac_other' });
    await putPerson(spine, { email: 'ada@elsewhere.example', role: 'admin', facility: 'fac_other' });
    await putPerson(spine, { email: 'ada@testwood.example', role: 'admin' });
    await requireSecondFactor(spine, false);
    admin = await signedIn(spine, 'ada@testwood.example');
    providerId = (await add(provider.issuer)).body.id;
    await requireSecondFactor(spine, true);
  });
  afterAll(async () => {
    await owner.end();
    await spine.stop();
    await mail.close();
    provider.stop();
  });
  beforeEach(() => {
    clock.ahead = 0;
  });

  const add = (issuer: string, more: object = {}, by = admin) =>
    by.send('post', '/v1/identity-providers', {
      name: 'Testwood log-in',
      issuer,
      clientId: 'openvob',
      clientSecret,
      emailDomains: ['testwood.example'],
      ...more,
    });
  const start = (browser: Browser, query = '') => browser.get(`/v1/session/providers/${providerId}/start${query}`);
  const refusals = async (): Promise<string[]> =>
    (
      await owner.query<{ why: string }>(
        `SELECT detail->>'why' AS why FROM audit_entry WHERE action = 'session.refused' ORDER BY id`,
      )
    ).rows.map(({ why }) => why);

  async function signInAs(account: string | undefined, browser = new Browser(spine)): Promise<Body> {
    const begun = await start(browser);
    return browser.get(await throughProvider(begun.headers.location ?? '', account));
  }

  test('goes there with PKCE, state and nonce, and comes back signed in, to the page that was asked for', async () => {
    const browser = new Browser(spine);
    const begun = await start(browser, '?returnTo=/worklist');
    expect(begun.status).toBe(303);
    const asked = new URL(begun.headers.location ?? '');
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      redirect_uri: redirectUri,
    });
    const back = await browser.get(await throughProvider(asked.href, 'dana'));
    expect([back.status, back.headers.location]).toEqual([303, '/worklist']);
    const { body } = await browser.get('/v1/session');
    expect(body).toMatchObject({ person: { email: dana }, facility: { id: facilityId }, role: 'coordinator' });
    expect(body.need).toBeUndefined();
    expect((await browser.get('/v1/verifications')).status).toBe(200);
    await mail.mailTo(dana, ({ subject }) => subject === 'Your account can be entered another way');
    const { rows } = await owner.query('SELECT provider_id, subject FROM identity');
    expect(rows).toEqual([{ provider_id: providerId, subject: 'dana' }]);
  });

  test('stays in the provider’s facility, whatever else the person works for', async () => {
    const browser = new Browser(spine);
    await signInAs('dana', browser);
    expect((await browser.get('/v1/session')).body.facilities).toEqual([expect.objectContaining({ id: facilityId })]);
    expect((await browser.send('post', '/v1/session/facility', { facilityId: 'fac_other' })).status).toBe(404);
  });

  test('somebody who was invited is in by it, without a password', async () => {
    await requireSecondFactor(spine, false);
    const again = await signedIn(spine, 'ada@testwood.example');
    await again.send('post', '/v1/people', { email: 'ivy@testwood.example', name: 'Ivy', role: 'biller' });
    await requireSecondFactor(spine, true);
    const browser = new Browser(spine);
    expect((await signInAs('invited', browser)).status).toBe(303);
    expect((await browser.get('/v1/session')).body).toMatchObject({ role: 'biller' });
  });

  test.each([
    ['nobody invited', 'stranger'],
    ['has an address that the provider did not verify', 'unverified'],
    ['has an address outside the provider’s domains', 'foreign'],
  ])('whoever %s stays outside, and nobody is made', async (_name, account) => {
    const before = await owner.query('SELECT count(*) AS n FROM person');
    const refused = await signInAs(account);
    expect([refused.status, refused.body.detail]).toEqual([
      401,
      expect.stringContaining('ask your administrator for an invitation'),
    ]);
    expect(refused.headers['set-cookie'].join()).not.toMatch(/__Host-openvob=[\w-]/);
    expect((await owner.query('SELECT count(*) AS n FROM person')).rows).toEqual(before.rows);
    expect((await refusals()).at(-1)).toBe('not_invited');
  });

  test('whoever declines there is not signed in', async () => {
    const refused = await signInAs(undefined);
    expect([refused.status, refused.body.detail]).toEqual([401, 'Your log-in did not let you through.']);
  });

  describe('comes back only', () => {
    const back = async (browser: Browser): Promise<string> => {
      const begun = await start(browser);
      return throughProvider(begun.headers.location ?? '', 'dana');
    };
    const outside = expect.stringMatching(/took too long or began in another browser/);

    test('in the browser that went', async () => {
      const path = await back(new Browser(spine));
      const victim = new Browser(spine);
      const answer = await victim.get(path);
      expect([answer.status, answer.body.detail, victim.cookies.size]).toEqual([401, outside, 0]);
    });

    test('once', async () => {
      const browser = new Browser(spine);
      const path = await back(browser);
      const kept = browser.cookies.get('__Host-openvob-provider') ?? '';
      expect((await browser.get(path)).status).toBe(303);
      browser.cookies.set('__Host-openvob-provider', kept);
      expect((await browser.get(path)).status).toBe(401);
    });

    test('within ten minutes', async () => {
      const browser = new Browser(spine);
      const path = await back(browser);
      clock.ahead = 10 * 60_000;
      expect((await browser.get(path)).body.detail).toEqual(outside);
    });

    test('with the state that it went with', async () => {
      const browser = new Browser(spine);
      const path = (await back(browser)).replace(/state=[\w-]+/, `state=${'x'.repeat(43)}`);
      expect((await browser.get(path)).body.detail).toContain('could not be verified');
    });

    test('with a cookie of ours', async () => {
      const browser = new Browser(spine);
      const path = await back(browser);
      browser.cookies.set('__Host-openvob-provider', Buffer.from('{"state":"forged"}').toString('base64url'));
      expect((await browser.get(path)).body.detail).toEqual(outside);
    });
  });

  test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/a\nb', 'javascript:alert(1)'])(
    'leads to our first page instead of %j',
    async (returnTo) => {
      const browser = new Browser(spine);
      const begun = await start(browser, `?returnTo=${encodeURIComponent(returnTo)}`);
      if (begun.status === 400) return;
      const back = await browser.get(await throughProvider(begun.headers.location ?? '', 'dana'));
      expect(back.headers.location).toBe('/');
    },
  );

  test('is offered by the domain of an address, whether or not it has an account', async () => {
    const find = async (email: string): Promise<Body> =>
      (await new Browser(spine).send('post', '/v1/session/providers', { email })).body.items;
    expect(await find(dana)).toEqual([{ id: providerId, name: 'Testwood log-in' }]);
    expect(await find('nobody@TESTWOOD.example')).toEqual(await find(dana));
    expect(await find('dana@elsewhere.example')).toEqual([]);
  });

  describe('a provider that lies', () => {
    let liar: LyingProvider;
    let liarId: string;
    beforeAll(async () => {
      liar = await LyingProvider.start();
      await requireSecondFactor(spine, false);
      const by = await signedIn(spine, 'ada@testwood.example');
      liarId = (await add(liar.issuer, { name: 'Liar' }, by)).body.id;
      await requireSecondFactor(spine, true);
    });
    afterAll(() => liar.stop());

    async function signInByLiar(lie: Lie): Promise<Body> {
      liar.lie = lie;
      const browser = new Browser(spine);
      const begun = await browser.get(`/v1/session/providers/${liarId}/start`);
      const asked = new URL(begun.headers.location ?? '').searchParams;
      liar.nonce = asked.get('nonce') ?? '';
      const answer = await browser.get(`/v1/session/providers/callback?code=x&state=${asked.get('state')}`);
      return { answer, browser };
    }

    test('is believed while it tells the truth', async () => {
      const { answer, browser } = await signInByLiar({});
      expect(answer.status).toBe(303);
      expect((await browser.get('/v1/session')).body.person.email).toBe(dana);
    });

    const lies: [string, Lie][] = [
      ['another issuer', { claims: { iss: 'https://login.elsewhere.example' } }],
      ['another audience', { claims: { aud: 'another-client' } }],
      ['several audiences without saying for whom', { claims: { aud: ['openvob', 'another-client'] } }],
      ['another party that it is for', { claims: { aud: ['openvob', 'other'], azp: 'other' } }],
      ['another nonce', { claims: { nonce: 'x'.repeat(43) } }],
      ['no nonce', { claims: { nonce: undefined } }],
      ['an end that has passed', { claims: { iat: -7200, exp: -3600 } }],
      ['no end', { claims: { exp: undefined } }],
      ['a beginning that is to come', { claims: { nbf: 3600 } }],
      ['no subject', { claims: { sub: undefined } }],
      ['an empty subject', { claims: { sub: '' } }],
      ['a signature by a key that it does not publish', { key: 'unpublished' }],
      ['a signature by another key under the name of its own', { key: 'impostor' }],
      ['no signature (alg none)', { key: 'none' }],
      ['a signature with its public key as a secret (HS256)', { key: 'hmac' }],
      ['another payload under a true signature', { key: 'altered' }],
      ['no ID token', { key: 'missing' }],
    ];
    test.each(lies)('in its token, by %s, is refused, recorded and explained in one sentence', async (_name, lie) => {
      const before = (await refusals()).length;
      const { answer, browser } = await signInByLiar(lie);
      expect([answer.status, answer.body.detail]).toEqual([
        401,
        'What your log-in said could not be verified, so that nobody was signed in: tell your administrator.',
      ]);
      expect(browser.cookies.size).toBe(0);
      const told = await refusals();
      expect([told.length, told.at(-1)]).toEqual([before + 1, expect.stringMatching(/^not_believed: \w+$/)]);
    });

    test('does not become somebody else by an address that it changed', async () => {
      await signInByLiar({});
      const { browser } = await signInByLiar({ claims: { email: 'ada@testwood.example' } });
      expect((await browser.get('/v1/session')).body.person.email).toBe(dana);
    });

    test('and is down is told apart from one that lies', async () => {
      const { answer } = await signInByLiar({ key: 'outage' });
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '60']);
    });

    test('its words and tokens are in no log', () => {
      const hidden = [liar.lastToken, clientSecret, 'secret words of the provider', dana];
      expect(hidden.filter((text) => text && spine.logged.some((line) => line.includes(text)))).toEqual([]);
      expect(spine.logged.some((line) => line.includes('identity_provider.fault'))).toBe(true);
    });
  });

  describe('a provider', () => {
    let by: Browser;
    beforeAll(async () => {
      await requireSecondFactor(spine, false);
      by = await signedIn(spine, 'ada@testwood.example');
    });

    test('has to answer as one, from a public address or a named network', async () => {
      const inside = createServer((_request, response) => response.end('{}'));
      await new Promise<void>((ready) => inside.listen(0, '127.0.0.2', ready));
      let reached = 0;
      inside.on('request', () => (reached += 1));
      const { port } = inside.address() as AddressInfo;
      const issuers = [
        'http://169.254.169.254/latest/meta-data',
        'https://10.0.0.1',
        `http://127.0.0.2:${port}`,
        `http://localhost.testwood.example`,
        'https://[::1]',
        `${provider.issuer}/other`,
      ];
      for (const issuer of issuers) {
        const refused = await add(issuer, {}, by);
        expect([issuer, refused.status, refused.body.errors?.[0].pointer]).toEqual([issuer, 422, '/issuer']);
      }
      expect(reached).toBe(0);
      await new Promise((done) => inside.close(done));
    });

    test('is told field by field what is wrong with it', async () => {
      const refused = await add(
        'ftp://x',
        { name: '', clientId: '', emailDomains: ['not a domain'], isAdmin: true },
        by,
      );
      expect(refused.body.errors.map(({ pointer }: Body) => pointer)).toEqual([
        '/name',
        '/issuer',
        '/clientId',
        '/emailDomains',
        '/isAdmin',
      ]);
    });

    test('of another facility cannot vouch for the same addresses, and is not there', async () => {
      const stranger = await signedIn(spine, 'ada@elsewhere.example');
      expect((await add(provider.issuer, {}, stranger)).status).toBe(409);
      expect((await stranger.get('/v1/identity-providers')).body.items).toEqual([]);
      expect((await stranger.send('delete', `/v1/identity-providers/${providerId}`)).status).toBe(404);
    });

    test('keeps its secret to itself, and ends the sessions that it began when it is removed', async () => {
      await requireSecondFactor(spine, true);
      const browser = new Browser(spine);
      await signInAs('dana', browser);
      await requireSecondFactor(spine, false);
      const listed = await by.get('/v1/identity-providers');
      expect(listed.text).not.toContain(clientSecret);
      const { rows } = await owner.query<{ text: string }>('SELECT p::text AS text FROM identity_provider p');
      expect(rows.filter(({ text }) => text.includes(Buffer.from(clientSecret).toString('hex')))).toEqual([]);
      expect((await by.send('delete', `/v1/identity-providers/${providerId}`)).status).toBe(204);
      expect((await browser.get('/v1/session')).status).toBe(401);
      expect((await start(new Browser(spine))).status).toBe(404);
    });
  });
});

/** How an answer of the provider differs from the truth; times are seconds from now. */
interface Lie {
  claims?: Record<string, unknown>;
  key?: 'unpublished' | 'impostor' | 'none' | 'hmac' | 'altered' | 'missing' | 'outage';
}

/** A provider written by hand, since a real one does not lie. */
class LyingProvider {
  lie: Lie = {};
  nonce = '';
  lastToken = '';

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
    private readonly own: CryptoKeyPair,
    private readonly other: CryptoKeyPair,
  ) {}

  static async start(): Promise<LyingProvider> {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [own, other] = [await generateKeyPair('RS256', { extractable: true }), await generateKeyPair('RS256')];
    const provider = new LyingProvider(server, issuer, own, other);
    server.on('request', (request, response) => {
      provider.answer(request.url ?? '').then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    return provider;
  }

  async stop(): Promise<void> {
    await new Promise((done) => this.server.close(done));
  }

  private async answer(path: string): Promise<{ status: number; body: object }> {
    const { issuer } = this;
    if (path.startsWith('/.well-known')) {
      const endpoints = {
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
      };
      return {
        status: 200,
        body: {
          issuer,
          ...endpoints,
          response_types_supported: ['code'],
          id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'],
        },
      };
    }
    if (path === '/jwks')
      return { status: 200, body: { keys: [{ ...(await exportJWK(this.own.publicKey)), kid: 'own', alg: 'RS256' }] } };
    if (this.lie.key === 'outage') return { status: 502, body: { error: 'secret words of the provider' } };
    const idToken = this.lie.key === 'missing' ? {} : { id_token: await this.token() };
    return { status: 200, body: { access_token: 'x', token_type: 'Bearer', ...idToken } };
  }

  private async token(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const truth = {
      iss: this.issuer,
      aud: 'openvob',
      sub: 'dana',
      nonce: this.nonce,
      email: dana,
      email_verified: true,
    };
    const times = Object.fromEntries(
      Object.entries({ iat: 0, exp: 300, ...this.lie.claims })
        .filter(([name]) => ['iat', 'exp', 'nbf'].includes(name))
        .map(([name, value]) => [name, typeof value === 'number' ? now + value : undefined]),
    );
    this.lastToken = await this.signed({ ...truth, ...this.lie.claims, ...times });
    return this.lastToken;
  }

  private async signed(claims: Record<string, unknown>): Promise<string> {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const sign = (key: CryptoKey, kid: string): Promise<string> =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
    switch (this.lie.key) {
      case 'none':
        return `${part({ alg: 'none' })}.${part(claims)}.`;
      case 'hmac':
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', kid: 'own' })
          .sign(Buffer.from(JSON.stringify(await exportJWK(this.own.publicKey))));
      case 'altered': {
        const [head, , signature] = (await sign(this.own.privateKey, 'own')).split('.');
        return `${head}.${part({ ...claims, sub: 'somebody-else' })}.${signature}`;
      }
      case 'unpublished':
        return sign(this.other.privateKey, 'other');
      case 'impostor':
        return sign(this.other.privateKey, 'own');
      default:
        return sign(this.own.privateKey, 'own');
    }
  }
}

type CryptoKeyPair = Awaited<ReturnType<typeof generateKeyPair>>;
type CryptoKey = CryptoKeyPair['privateKey'];
