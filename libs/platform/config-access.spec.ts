import { readAccessConfig, refuseWeakPassword } from './config-access';

function read(env: Record<string, string>): { faults: string[]; origin: string; proxies: readonly string[] } {
  const faults: string[] = [];
  const { publicOrigin, trustedProxies } = readAccessConfig(env, 3000, faults);
  return { faults, origin: publicOrigin, proxies: trustedProxies };
}

describe('how people reach the installation', () => {
  test('is this machine alone when nobody says', () => {
    expect(read({})).toEqual({ faults: [], origin: 'http://127.0.0.1:3000', proxies: [] });
  });

  test.each([
    ['https://vob.example.org/console', 'https://vob.example.org'],
    ['https://vob.example.org:8443', 'https://vob.example.org:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://[::1]:3000/', 'http://[::1]:3000'],
  ])('%s is the origin %s', (PUBLIC_URL, origin) => {
    expect(read({ PUBLIC_URL })).toMatchObject({ faults: [], origin });
  });

  test.each(['http://vob.example.org', 'ftp://127.0.0.1', 'vob.example.org', 'http://127.0.0.1.example.org'])(
    '%s is refused: cookies go over TLS',
    (PUBLIC_URL) => {
      expect(read({ PUBLIC_URL }).faults).toEqual([expect.stringMatching(/^PUBLIC_URL must be an https/)]);
    },
  );

  test('believes proxies that are named, never all', () => {
    expect(read({ TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1, fd00::/8' }).proxies).toEqual([
      '10.0.0.0/8',
      '192.0.2.1',
      'fd00::/8',
    ]);
    for (const TRUSTED_PROXIES of ['0.0.0.0/0', '::/0', 'true', '*', 'example.org'])
      expect(read({ TRUSTED_PROXIES })).toMatchObject({
        faults: [expect.stringMatching(/^TRUSTED_PROXIES/)],
        proxies: [],
      });
  });
});

describe('mail', () => {
  const mailOf = (env: Record<string, string>): unknown => {
    const faults: string[] = [];
    return { mail: readAccessConfig(env, 3000, faults).mail, faults };
  };
  const MAIL_FROM = 'OpenVOB <openvob@example.org>';

  test.each([
    ['smtp://mail.example.org:587', true],
    ['smtps://user:word@mail.example.org', false],
    ['smtp://127.0.0.1:2525', false],
  ])('goes to %s, where STARTTLS is demanded: %s', (SMTP_URL, requireTls) => {
    expect(mailOf({ SMTP_URL, MAIL_FROM })).toEqual({
      faults: [],
      mail: { kind: 'smtp', url: SMTP_URL, from: MAIL_FROM, requireTls },
    });
  });

  test.each(['http://mail.example.org', 'mail.example.org', 'smtp://mail.example.org?requireTLS=false&secret-word'])(
    'does not go to %s, and the fault does not quote it',
    (SMTP_URL) => {
      const { faults } = mailOf({ SMTP_URL, MAIL_FROM }) as { faults: string[] };
      expect(faults).toEqual([expect.stringMatching(/^SMTP_URL must be/)]);
      expect(faults.join()).not.toContain('secret-word');
    },
  );

  test.each(['', 'nobody', 'a@b.example\r\nBcc: c@d.example', 'Name <a@b@c>'])('does not come from %p', (from) => {
    expect(mailOf({ SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: from })).toMatchObject({
      faults: [expect.stringMatching(/^MAIL_FROM must be/)],
    });
  });
});

describe('a password in a server’s URL', () => {
  const faultsOf = (url: string): string[] => {
    const faults: string[] = [];
    refuseWeakPassword('DATABASE_URL', url, faults);
    return faults;
  };

  test.each([
    'postgres://openvob_app:postgres@db.example.org/openvob',
    'postgres://openvob_app:changeme-changeme@127.0.0.1/openvob',
    'postgres://openvob_app:Tr0ub4dor@db.example.org/openvob',
    'postgres://openvob_app:aaaaaaaaaaaaaaaaaaaa@db.example.org/openvob',
    'postgres://openvob_app@db.example.org/openvob',
    'redis://:redis-password-2026@queue.example.org:6379',
  ])('is refused when it is weak: %s', (url) => {
    expect(faultsOf(url)).toEqual([expect.stringContaining('DATABASE_URL has a weak password')]);
    const { password } = new URL(url);
    if (password !== '') expect(faultsOf(url).join()).not.toContain(password);
  });

  test.each([
    'postgres://openvob_app:9f3a61c0d7e2b58446aa0c1b@db.example.org/openvob',
    'postgres://openvob_app@localhost/openvob',
    'redis://127.0.0.1:6379',
  ])('is taken: %s', (url) => {
    expect(faultsOf(url)).toEqual([]);
  });
});
