import { hash } from '@node-rs/argon2';
import { PasswordHasher } from './password-hash';
import { passwordFault } from './password-rules';

describe('a password', () => {
  const own = ['dana.reyes@testwood.example', 'Dana Reyes', 'Testwood Recovery'];

  test.each([
    ['fourteen chars', 'too_short'],
    ['e\u0301'.repeat(14), 'too_short'],
    ['x'.repeat(257), 'too_long'],
    ['passwordpassword', 'too_common'],
    ['123456789012345', 'too_common'],
    ['aaaaaaaaaaaaaaaaaaaa', 'too_common'],
    ['qwertyuiopasdfgh', 'too_common'],
    ['Summer2026Summer2026', 'too_common'],
    ['P@ssw0rdP@ssw0rd', 'too_common'],
    ['openvobopenvob1', 'too_common'],
    ['dana.reyes@testwood.example', 'too_common'],
    ['danareyestestwood', 'too_common'],
    [`qwerty${'qwerty'.repeat(41)}`, 'too_common'],
  ])('%p is refused: %s', async (password, code) => {
    expect((await passwordFault(password, own))?.code).toBe(code);
  });

  test.each([
    'quartz lantern meadow 41',
    'correct horse battery staple',
    'ножницы бумага камень луна',
    'k3tq-9xpf-w2mh-7dza',
  ])('%p is taken, without rules on kinds of characters', async (password) => {
    expect(await passwordFault(password, own)).toBeUndefined();
  });
});

describe('a hash of a password', () => {
  const hasher = new PasswordHasher();

  test('is argon2id with 19 MiB, two passes and a salt of its own', async () => {
    const [one, other] = [await hasher.hash('quartz lantern meadow 41'), await hasher.hash('quartz lantern meadow 41')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(hasher.isOutdated(one)).toBe(false);
  });

  test('matches its password alone, on whatever keyboard it is typed', async () => {
    const stored = await hasher.hash('caf\u00e9 lantern meadow 41');
    expect(await hasher.verify(stored, 'cafe\u0301 lantern meadow 41')).toBe(true);
    expect(await hasher.verify(stored, 'cafe lantern meadow 41')).toBe(false);
  });

  test('of older settings still matches, and is told to be outdated', async () => {
    const old = await hash('quartz lantern meadow 41', { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    expect(await hasher.verify(old, 'quartz lantern meadow 41')).toBe(true);
    expect(hasher.isOutdated(old)).toBe(true);
  });

  test('that is missing or broken matches nothing', async () => {
    expect(await hasher.verify(undefined, 'nobody has this password')).toBe(false);
    expect(await hasher.verify('no hash', 'no hash')).toBe(false);
  });

  test('many at once are all made', async () => {
    const stored = await hasher.hash('quartz lantern meadow 41');
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) => hasher.verify(stored, n % 2 ? 'quartz lantern meadow 41' : 'x')),
    );
    expect(all.filter(Boolean)).toHaveLength(10);
  });
});
