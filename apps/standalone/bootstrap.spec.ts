import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const repository = resolve(__dirname, '../..');
const module_ = (name: string): string => JSON.stringify(pathToFileURL(join(__dirname, name)).href);

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'openvob-bootstrap-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Runs `program` in a process of its own, as a launcher would. */
function run(program: string): { printed: string; errors: string; code: number | null } {
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', cwd: root });
  return { printed: result.stdout.trim(), errors: result.stderr, code: result.status };
}

describe('building', () => {
  beforeEach(() => {
    symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
    put('.swcrc', readFileSync(join(repository, '.swcrc'), 'utf8'));
    put('libs/sums/index.ts', `export type Sum = number;\nexport * from './add';\n`);
    put('libs/sums/add.ts', `export const add = (a: number, b: number): number => a + b;\n`);
    put('libs/sums/add.spec.ts', 'this is never compiled');
    put('libs/sums/table.sql', 'SELECT 1;');
    put(
      'apps/show/main.ts',
      `import { add, type Sum } from '@openvob/sums';\nconst sum: Sum = add(1, 2);\nconsole.log(sum);\n`,
    );
  });

  const build = (): { printed: string; errors: string } =>
    run(`import { ensureBuilt } from ${module_('build.mjs')};
      const { changed } = await ensureBuilt({ root: ${JSON.stringify(root)} }).catch((error) => ({ changed: error.message }));
      console.log(changed);`);
  const runBuilt = (): string =>
    run(`await import(${JSON.stringify(pathToFileURL(join(root, 'dist/apps/show/main.js')).href)})`).printed;

  test('compiles apps and libraries into one tree, finds libraries by their names, copies what is read at run time', () => {
    expect(build().printed).toBe('4');
    expect(runBuilt()).toBe('3');
    expect(readdirSync(join(root, 'dist/libs/sums')).sort()).toEqual([
      'add.js',
      'add.js.map',
      'index.js',
      'index.js.map',
      'table.sql',
    ]);
  });

  test('does nothing the second time and says nothing', () => {
    build();
    const before = statSync(join(root, 'dist/.build.json')).mtimeMs;
    expect(build()).toMatchObject({ printed: '0', errors: '' });
    expect(statSync(join(root, 'dist/.build.json')).mtimeMs).toBe(before);
  });

  test('compiles again only what changed', () => {
    build();
    put('libs/sums/add.ts', `export const add = (a: number, b: number): number => 10 * (a + b);\n`);
    expect(build().printed).toBe('1');
    expect(runBuilt()).toBe('30');
  });

  test('removes the output of a source that is gone, and makes an output again that was removed', () => {
    build();
    rmSync(join(root, 'libs/sums/table.sql'));
    rmSync(join(root, 'dist/libs/sums/add.js'));
    expect(build().printed).toBe('2');
    expect(existsSync(join(root, 'dist/libs/sums/table.sql'))).toBe(false);
    expect(runBuilt()).toBe('3');
  });

  test('compiles everything again when its own settings change', () => {
    build();
    put('.swcrc', readFileSync(join(root, '.swcrc'), 'utf8').replace('es2022', 'es2021'));
    expect(build().printed).toBe('4');
  });

  test('names every file that does not compile, and starts over once they do', () => {
    put('apps/show/broken.ts', 'const = ;');
    put('apps/show/worse.ts', 'class {');
    const { printed } = build();
    expect(printed).not.toMatch(/backtrace/);
    expect(printed).toMatch(/apps\/show\/broken\.ts:1:1.*apps\/show\/worse\.ts:1:1/s);
    rmSync(join(root, 'apps/show/broken.ts'));
    rmSync(join(root, 'apps/show/worse.ts'));
    build();
    expect(runBuilt()).toBe('3');
  });

  test('two at once do not disturb each other', async () => {
    const program = `import { ensureBuilt } from ${module_('build.mjs')}; await ensureBuilt({ root: ${JSON.stringify(root)} });`;
    const builds = [1, 2, 3].map(
      () => new Promise((done) => spawn(process.execPath, ['--input-type=module', '-e', program]).on('close', done)),
    );
    expect(await Promise.all(builds)).toEqual([0, 0, 0]);
    expect(runBuilt()).toBe('3');
    expect(existsSync(join(root, 'dist/.build.lock'))).toBe(false);
  });

  test('a lock whose holder was killed is taken over', () => {
    put('dist/.build.lock', String(2 ** 22 + 1));
    build();
    expect(runBuilt()).toBe('3');
  });
});

describe('installing', () => {
  const entry = (version: string, more = {}): object => ({ version, ...more });

  beforeEach(() => {
    const packages = {
      '': { name: 'plant' },
      'node_modules/needed': entry('1.0.0'),
      'node_modules/for-developers': entry('2.0.0', { dev: true }),
      'node_modules/for-others': entry('3.0.0', { optional: true }),
    };
    put('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }));
    put('package.json', JSON.stringify({ name: 'plant' }));
  });

  /** A stand-in for npm that installs all that is locked and counts its calls. */
  function putNpm(body: string): void {
    put('bin/npm', `#!/bin/sh\necho "$@" >> ${root}/calls\n${body}\n`);
    spawnSync('chmod', ['+x', join(root, 'bin/npm')]);
  }

  const copyLock = `mkdir -p node_modules && cp package-lock.json node_modules/.package-lock.json`;
  const calls = (): string[] =>
    existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n') : [];
  const installed = (packages: object): void => put('node_modules/.package-lock.json', JSON.stringify({ packages }));

  function install(options: object = {}): { printed: string; errors: string } {
    return run(`process.env.PATH = ${JSON.stringify(`${root}/bin:`)} + process.env.PATH;
      const { ensureInstalled } = await import(${module_('install.mjs')});
      await ensureInstalled({ root: ${JSON.stringify(root)}, ...${JSON.stringify(options)} })
        .then(console.log, (error) => console.log(error.message));`);
  }

  test('installs when nothing is there, says so in a line, and does nothing the second time', () => {
    putNpm(copyLock);
    const first = install();
    expect(first.printed).toBe('true');
    expect(first.errors.trim().split('\n')).toHaveLength(2);
    expect(install()).toMatchObject({ printed: 'false', errors: '' });
    expect(calls()).toHaveLength(1);
  });

  test('installs again when the lock file has changed', () => {
    putNpm(copyLock);
    install();
    put('package-lock.json', readFileSync(join(root, 'package-lock.json'), 'utf8').replace('1.0.0', '1.0.1'));
    expect(install().printed).toBe('true');
  });

  test('is content with what npm ci installed by hand', () => {
    putNpm('exit 1');
    installed({ 'node_modules/needed': entry('1.0.0'), 'node_modules/for-developers': entry('2.0.0', { dev: true }) });
    expect(install({ dev: true }).printed).toBe('false');
  });

  test('without development packages the programs run, but the tests need them', () => {
    putNpm(copyLock);
    installed({ 'node_modules/needed': entry('1.0.0') });
    expect(install().printed).toBe('false');
    expect(install({ dev: true }).printed).toBe('true');
    expect(calls()).toEqual([expect.stringContaining('--include=dev')]);
  });

  test('another version than the locked one is installed over', () => {
    putNpm(copyLock);
    installed({ 'node_modules/needed': entry('0.9.0') });
    expect(install().printed).toBe('true');
  });

  test('a folder that was copied from another kind of machine is installed over', () => {
    putNpm(copyLock);
    install();
    put('node_modules/.openvob-installed', 'plan9-vax 0');
    expect(install().printed).toBe('true');
  });

  test('falls back to npm install without changing a file when the lock file has gaps', () => {
    putNpm(`[ "$1" = install ] && ${copyLock} && exit 0\necho "npm error code EUSAGE" >&2; exit 1`);
    expect(install().printed).toBe('true');
    expect(calls()).toEqual([expect.stringMatching(/^ci /), expect.stringMatching(/^install --no-save /)]);
  });

  test('keeps to a cache of its own when npm may not write into its own', () => {
    putNpm(`
      case "$*" in *--cache*) ;; *) echo "npm error EROFS: mkdir '/var/npm/_cacache'" >&2; exit 1;; esac
      case "$1" in ci) echo "npm error code EUSAGE" >&2; exit 1;; esac
      ${copyLock}`);
    expect(install().printed).toBe('true');
    expect(calls()).toHaveLength(3);
    for (const call of calls().slice(1)) expect(call).toContain(join(root, '.openvob', 'npm-cache'));
  });

  test('asks the registry itself when npm’s memory of it is too old', () => {
    putNpm(`case "$*" in *--prefer-offline*) echo "npm error code ETARGET" >&2; exit 1;; esac\n${copyLock}`);
    expect(install().printed).toBe('true');
    expect(calls()).toHaveLength(2);
  });

  test('a failure ends with npm’s own words', () => {
    putNpm('echo "npm error network ENOTFOUND" >&2; exit 1');
    expect(install().printed).toMatch(/could not install.*ENOTFOUND/s);
    expect(existsSync(join(root, '.openvob/install.lock'))).toBe(false);
  });
});

describe('Node itself', () => {
  test.each([
    ['18.20.4', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['21.7.3', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['24.1.0', true],
  ])('%s is new enough: %s', (version, usable) => {
    const { code, errors } = run(`Object.defineProperty(process.versions, 'node', { value: '${version}' });
      await import(${module_('node-version.mjs')});`);
    expect(code).toBe(usable ? 0 : 1);
    if (!usable) expect(errors).toMatch(/needs Node\.js 20\.19 or newer/);
  });
});
