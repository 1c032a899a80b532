import { readAccessConfig } from './config-access';

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
