import { ApiKeys, generateApiKey, hashApiKey, type StoredApiKey } from './api-keys';

const now = new Date('2026-11-20T15:00:00Z');
const key = generateApiKey();
let days: string[] = [];
beforeEach(() => {
  days = [];
});

function keysWith(row: Partial<StoredApiKey>): ApiKeys {
  const stored = { id: 'key_1', facilityId: 'fac_1', role: 'coordinator', ...row };
  return new ApiKeys(
    {
      byHash: async (hash) => (hash.equals(hashApiKey(key)) ? stored : undefined),
      used: async (_key, on) => void days.push(on),
    },
    { now: () => now },
  );
}

describe('an API key', () => {
  test('tells the facility and the role', async () => {
    expect(await keysWith({}).authenticate(`Bearer ${key}`)).toEqual({
      kind: 'api_key',
      id: 'key_1',
      facilityId: 'fac_1',
      role: 'coordinator',
    });
  });

  test('tells what it is limited to; a scope that is gone opens nothing', async () => {
    const limited = keysWith({ role: 'machine', scopes: ['payers:read', 'moon:write'] });
    expect(await limited.authenticate(`Bearer ${key}`)).toMatchObject({ role: 'machine', scopes: ['payers:read'] });
    expect(await keysWith({ scopes: [] }).authenticate(`Bearer ${key}`)).toMatchObject({ scopes: [] });
  });

  test('is noted once a day when it is used', async () => {
    await keysWith({}).authenticate(`Bearer ${key}`);
    await keysWith({ lastUsedOn: '2026-11-20' }).authenticate(`Bearer ${key}`);
    await keysWith({ revokedAt: now }).authenticate(`Bearer ${key}`);
    expect(days).toEqual(['2026-11-20']);
  });

  test.each([
    ['no header', undefined, {}],
    ['another scheme', `Basic ${key}`, {}],
    ['a key that nobody has', `Bearer ${generateApiKey()}`, {}],
    ['a malformed key', 'Bearer letmein', {}],
    ['a revoked key', `Bearer ${key}`, { revokedAt: now }],
    ['an expired key', `Bearer ${key}`, { expiresAt: now }],
    ['an unknown role', `Bearer ${key}`, { role: 'emperor' }],
  ])('is nobody with %s', async (_name, header, row) => {
    expect(await keysWith(row).authenticate(header)).toBeUndefined();
  });
});
