import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { lockedAges } from './age';
import { isDenied, isLicensed, packageFaults } from './packages';
import { billOfMaterials } from './sbom';
import { secretsInText } from './secrets';

const root = resolve(__dirname, '../..');

describe('packages that are brought in', () => {
  test('are sealed, licensed, known and from a registry', () => {
    expect(packageFaults(root)).toEqual([]);
  });

  test.each([
    ['without integrity', {}, /no sha512 integrity/],
    ['from a repository', { resolved: 'git+ssh://git@code.example/x.git#1' }, /comes from git\+ssh/],
    ['taken over', { name: 'axios', version: '1.14.1' }, /taken over/],
    ['under another licence', { license: 'AGPL-3.0' }, /licence AGPL-3.0/],
    ['with a script of its own', { hasInstallScript: true }, /wants to run a script/],
  ])('%s are found', (_name, change, fault) => {
    const folder = mkdtempSync(join(tmpdir(), 'openvob-lock-'));
    const packages = { '': {}, 'node_modules/planted': { version: '1.0.0', license: 'MIT', ...change } };
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { planted: 'latest' } }));
    writeFileSync(join(folder, '.npmrc'), '');
    const faults = packageFaults(folder).join('\n');
    rmSync(folder, { recursive: true });
    expect(faults).toMatch(fault);
    expect(faults).toContain('.npmrc must say ignore-scripts=true');
    expect(faults).toContain('planted is asked for as "latest"');
  });

  test('are known to be old enough when the lock named them so long ago, and not otherwise', () => {
    const folder = mkdtempSync(join(tmpdir(), 'openvob-ages-'));
    const lockAt = (date: string, packages: object): void => {
      writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
      const env = { PATH: process.env.PATH, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, HOME: folder };
      const as = ['-c', 'user.name=x', '-c', 'user.email=x@y.example'];
      for (const args of [
        ['init', '-q'],
        ['add', '.'],
        [...as, 'commit', '-qm', 'Lock'],
      ])
        execFileSync('git', args, { cwd: folder, env });
    };
    const old = { 'node_modules/old': { version: '1.0.0' } };
    lockAt('2026-11-01T12:00:00Z', old);
    lockAt('2026-11-18T12:00:00Z', { ...old, 'node_modules/young': { version: '2.0.0' } });
    const ages = (now: string) => lockedAges(folder, { days: 7, now: new Date(now) });
    expect(ages('2026-11-20T12:00:00Z')).toEqual({ oldEnough: 1, unknown: ['young@2.0.0'] });
    expect(ages('2026-11-26T12:00:00Z')).toEqual({ oldEnough: 2, unknown: [] });
    expect(ages('2026-11-02T12:00:00Z').oldEnough).toBe(0);
    rmSync(folder, { recursive: true });
  });

  test('licences are read as expressions', () => {
    const judge = (license: string): boolean => isLicensed({ name: 'x', license });
    expect(['MIT', '(MIT OR GPL-3.0)', 'Apache-2.0 AND MIT'].map(judge)).toEqual([true, true, true]);
    expect(['GPL-3.0', 'MIT AND GPL-3.0', ''].map(judge)).toEqual([false, false, false]);
    expect(isDenied({ name: 'plain-crypto-js', version: '4.2.1' })).toBe(true);
  });

  test('are listed in CycloneDX, each once, with hash and licence', () => {
    const { components } = billOfMaterials(root) as {
      components: { purl: string; hashes: unknown[]; licenses: unknown[] }[];
    };
    expect(new Set(components.map(({ purl }) => purl)).size).toBe(components.length);
    expect(components.filter(({ hashes, licenses }) => hashes.length === 0 || licenses.length === 0)).toEqual([]);
    expect(components.map(({ purl }) => purl)).toContainEqual(expect.stringMatching(/^pkg:npm\/%40nestjs\/core@/));
  });
});

test.each([
  ['-----BEGIN EC PRIVATE KEY-----', 'a private key'],
  ['const key = "AKIAABCDEFGHIJKLMNOP"', 'a cloud key'],
  [`secret: whsec_${'A'.repeat(40)}`, 'a webhook secret'],
  ['postgres://owner:correcthorse9@db.internal/x', 'a password in a URL'],
])('the secret in %s is found', (text, what) => {
  expect(secretsInText('planted.ts', `first\n${text}`)).toEqual([`planted.ts:2: ${what}`]);
});

test.each([
  'postgres://openvob_app:$' + '{APPLICATION_PASSWORD}@postgres:5432/openvob',
  'smtp://user:password1@mail.example:587',
  'whsec_ and 24 to 64 random bytes',
])('%s is no secret', (text) => {
  expect(secretsInText('planted.ts', text)).toEqual([]);
});
