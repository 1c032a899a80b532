import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isNetwork, publicAddressesAnd } from './address-rule';
import { createHttp } from './http-client';

describe('addresses that a person’s URL may lead to', () => {
  const admits = publicAddressesAnd([]);

  test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8', '::ffff:808:808'])(
    '%s is public',
    (address) => {
      expect(admits(address)).toBe(true);
    },
  );

  test.each([
    ...[
      '0.0.0.0',
      '10.0.0.1',
      '100.64.0.1',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
    ],
    ...[
      '192.0.0.1',
      '192.0.2.1',
      '192.88.99.1',
      '192.168.0.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      '::127.0.0.1',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '0:0:0:0:0:ffff:a9fe:a9fe',
      '64:ff9b::7f00:1',
      '64:ff9b:1::1',
    ],
    ...[
      '100::1',
      '2001::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '3fff::1',
      '5f00::1',
      'fc00::1',
      'fd12::1',
      'fe80::1',
      'fe80::1%eth0',
      'fec0::1',
      'ff02::1',
    ],
    ...['localhost', '', '127.1', '0x7f.1', '2130706433'],
  ])('%s is not', (address) => {
    expect(admits(address)).toBe(false);
  });

  test('named networks are admitted besides, and no others', () => {
    const rule = publicAddressesAnd(['10.1.2.0/24', '127.0.0.1', 'fd00:1::/32']);
    expect(['10.1.2.200', '127.0.0.1', '::ffff:127.0.0.1', 'fd00:1::9'].map(rule)).toEqual([true, true, true, true]);
    expect(['10.1.3.1', '127.0.0.2', 'fd00:2::9'].map(rule)).toEqual([false, false, false]);
    expect(['10.0.0.0/8', '::1', '10.0.0.0/33', '10.0.0.0/', 'example.org'].map(isNetwork)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('a way out that admits public addresses alone', () => {
  let calls = 0;
  const server = createServer((_request, response) => {
    calls += 1;
    response.end('inside');
  });
  beforeAll(() => new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready)));
  afterAll(() => new Promise((done) => server.close(done)));

  test.each([
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '[::ffff:127.0.0.1]',
    '127.0.0.1.',
    '①②⑦.0.0.1',
  ])('does not reach this machine as %s', async (host) => {
    const { port } = server.address() as AddressInfo;
    const http = createHttp({ admits: publicAddressesAnd([]) });
    await expect(http.send({ method: 'GET', url: `http://${host}:${port}/`, timeoutMs: 5_000 })).rejects.toMatchObject({
      name: 'HttpFailure',
    });
    http.close();
    expect(calls).toBe(0);
  });

  test('reaches what is admitted by name', async () => {
    const { port } = server.address() as AddressInfo;
    const http = createHttp({ admits: publicAddressesAnd(['127.0.0.0/8', '::1']) });
    expect((await http.send({ method: 'GET', url: `http://localhost:${port}/`, timeoutMs: 5_000 })).body).toBe(
      'inside',
    );
    http.close();
  });
});
