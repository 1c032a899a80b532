import { delayAfter, networkOf, throttleKeys } from './throttle';

describe('a delay after failed sign-ins', () => {
  test('begins with the fifth failure of an account at 2 seconds and doubles to 15 minutes', () => {
    const seconds = [1, 4, 5, 6, 7, 12, 13, 14, 99].map((failures) => delayAfter(failures, 'account') / 1000);
    expect(seconds).toEqual([0, 0, 2, 4, 8, 256, 512, 900, 900]);
  });

  test('is a day after a hundred failures in a row on one account, so that no more than a hundred guesses are had', () => {
    expect([delayAfter(99, 'account'), delayAfter(100, 'account'), delayAfter(100, 'device')]).toEqual([
      900_000, 86_400_000, 86_400_000,
    ]);
    expect(delayAfter(100_000, 'address')).toBe(900_000);
  });

  test('begins later for an address, which a whole center may share', () => {
    expect([delayAfter(30, 'address'), delayAfter(31, 'address')]).toEqual([0, 2000]);
  });
});

test('a known browser is counted by itself, a strange one against the account, both against the network', () => {
  const attempt = { email: 'dana@testwood.example', address: '203.0.113.9' };
  expect(throttleKeys(attempt).map(({ kind }) => kind)).toEqual(['account', 'address']);
  expect(throttleKeys({ ...attempt, deviceId: 'dev_1' })[0]).toEqual({ kind: 'device', value: 'dev_1' });
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:0db8:0001:0002'],
  ['2001:DB8:1:2::6', '2001:0db8:0001:0002'],
  ['2001:db8::1', '2001:0db8:0000:0000'],
  ['::1', '0000:0000:0000:0000'],
  ['fe80::1%eth0', 'fe80:0000:0000:0000'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
