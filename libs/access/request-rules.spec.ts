import { Problem } from '@openvob/platform';
import { deviceName } from './device-name';
import { emailAddress, line, oneOf, optional, readFields, someOf, truth, whole } from './fields';
import { comesFromOwnPage, isForeign } from './own-pages';
import { scopeOf, scopes } from './scopes';
import { isWorthNoting, sessionEnd, sessionEnds } from './session-rules';

describe('a change that rides on a cookie', () => {
  const own = 'https://vob.example.org';
  test.each([
    ['with our header and no word on its origin', { 'x-openvob-csrf': '1' }, true],
    ['from our own origin', { 'x-openvob-csrf': '1', origin: own, 'sec-fetch-site': 'same-origin' }, true],
    [
      'from the host it is sent to',
      { 'x-openvob-csrf': '1', origin: 'http://localhost:3000', host: 'localhost:3000' },
      true,
    ],
    ['without our header', { origin: own, 'sec-fetch-site': 'same-origin' }, false],
    ['from another origin', { 'x-openvob-csrf': '1', origin: 'https://evil.example' }, false],
    ['from our host on another port', { 'x-openvob-csrf': '1', origin: 'https://vob.example.org:8443' }, false],
    ['from a neighbour of ours', { 'x-openvob-csrf': '1', 'sec-fetch-site': 'same-site' }, false],
    ['from a hidden origin', { 'x-openvob-csrf': '1', origin: 'null', host: 'null' }, false],
    ['from two origins', { 'x-openvob-csrf': '1', origin: [own, 'https://evil.example'] }, false],
  ])('%s: %s', (_name, headers, expected) => {
    expect(comesFromOwnPage(headers, own)).toBe(expected);
  });

  test('is foreign only where a browser says so', () => {
    expect([isForeign({}, own), isForeign({ 'sec-fetch-site': 'cross-site' }, own)]).toEqual([false, true]);
  });
});

describe('the times of a session', () => {
  const minute = 60_000;
  const createdAt = new Date('2026-11-20T09:00:00Z');
  const atMinute = (minutes: number): Date => new Date(createdAt.getTime() + minutes * minute);
  test.each([
    [0, 14, undefined],
    [0, 15, 'idle'],
    [719, 719, undefined],
    [719, 720, 'too_old'],
    [0, -6, 'clock'],
    [0, -4, undefined],
    [30, 20, 'clock'],
  ])('last seen at minute %i, at minute %i: %s', (seen, now, end) => {
    expect(sessionEnd({ createdAt, lastSeenAt: atMinute(seen) }, atMinute(now))).toBe(end);
  });

  test('are told beforehand, and noted every 20 seconds', () => {
    expect(sessionEnds({ createdAt, lastSeenAt: atMinute(710) })).toEqual({
      idleAt: atMinute(720),
      endsAt: atMinute(720),
    });
    expect(isWorthNoting({ createdAt, lastSeenAt: createdAt }, atMinute(0.3))).toBe(false);
    expect(isWorthNoting({ createdAt, lastSeenAt: createdAt }, atMinute(0.34))).toBe(true);
  });
});

test.each([
  ['GET', '/v1/verifications/:id', 'verifications:read'],
  ['HEAD', '/v1/payers', 'payers:read'],
  ['POST', '/v1/verifications', 'verifications:write'],
  ['get', '/fhir/R4/metadata', 'fhir:read'],
])('%s %s asks for the scope %s', (method, route, scope) => {
  expect(scopeOf(method, route)).toBe(scope);
  expect(new Set(scopes).size).toBe(scopes.length);
});

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0',
    'Edge on Windows',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1', 'Safari on iPhone'],
  ['<b>click http://evil.example</b>', 'Another program on another system'],
  [undefined, 'Another program on another system'],
])('%p is told as %s', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name);
});

describe('fields of a body', () => {
  const readers = {
    email: emailAddress,
    role: oneOf(['biller', 'admin']),
    name: optional(line(10)),
    days: optional(whole(1, 90)),
    scopes: optional(someOf(['a', 'b'])),
    on: optional(truth),
  };
  const faults = (body: unknown): string[] => {
    try {
      readFields(body, readers);
      return [];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return error.options.fields?.map(({ pointer, code }) => `${pointer} ${code}`) ?? [error.code];
    }
  };

  test('are read by their types', () => {
    const body = { email: 'a@b.example', role: 'admin', name: ' Dana ', days: 90, scopes: ['b', 'a'], on: false };
    expect(readFields(body, readers)).toEqual({ ...body, name: 'Dana', scopes: ['a', 'b'] });
    expect(readFields({ email: 'a@b.example', role: 'biller' }, readers)).toEqual({
      email: 'a@b.example',
      role: 'biller',
    });
  });

  test('are told when they are faulty, unknown ones included, and never quoted', () => {
    expect(faults({})).toEqual(['/email required', '/role required']);
    expect(
      faults({ email: 'a b@c.example', role: 'owner', name: 'a\nb', days: 0.5, scopes: ['a', 'c'], on: 1, 'x/y': 1 }),
    ).toEqual([
      '/email unusable',
      '/role unknown_value',
      '/name unusable',
      '/days out_of_range',
      '/scopes unknown_value',
      '/on wrong_type',
      '/x~1y unknown_field',
    ]);
    expect(['a', null, [], undefined].map(faults)).toEqual(Array.from({ length: 4 }, () => ['unparsable_body']));
  });
});
