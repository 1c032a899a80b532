import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pureFolders, rules, violationsIn } from './rules';
import { checkArchitecture, readSources } from './run';
import { readSource } from './source';
import { forbiddenWordsIn } from './words';

const root = resolve(__dirname, '../..');

/** What the rules find in one planted file: the text found, in order. */
function found(path: string, text: string): string[] {
  return violationsIn([readSource(path, text)]).map((violation) => violation.found);
}

describe('the repository', () => {
  test('keeps every rule', () => {
    expect(checkArchitecture(root)).toEqual([]);
  });

  test('has the pure folders that the rules speak of, with code in them', () => {
    const paths = readSources(root).map(({ path }) => path);
    for (const folder of pureFolders) expect(paths.some((path) => path.startsWith(`libs/${folder}/`))).toBe(true);
  });
});

describe('a planted import is found, however it is written', () => {
  test.each([
    ['import', `import { DataSource } from 'typeorm';`],
    ['import for its effect', `import 'typeorm';`],
    ['import of a type', `import type { DataSource } from 'typeorm';`],
    ['default import', `import orm from 'typeorm';`],
    ['namespace import', `import * as orm from 'typeorm';`],
    ['export from', `export { DataSource } from 'typeorm';`],
    ['export all', `export * from 'typeorm';`],
    ['import equals', `import orm = require('typeorm');`],
    ['dynamic import', `export const load = () => import('typeorm');`],
    ['require', `const { DataSource } = require('typeorm');`],
    ['require.resolve', `const path = require.resolve('typeorm');`],
    ['type written in place', `let source: import('typeorm').DataSource;`],
    ['template literal', 'const orm = require(`typeorm`);'],
  ])('%s', (_kind, text) => {
    expect(found('libs/intake/plant.ts', text)).toEqual(['typeorm']);
  });

  test('a part of a package counts as the package', () => {
    expect(found('libs/intake/plant.ts', `import 'typeorm/browser';`)).toEqual(['typeorm/browser']);
  });

  test('its line is told', () => {
    const source = readSource('libs/intake/plant.ts', `// one\n\nimport 'typeorm';`);
    expect(violationsIn([source])).toMatchObject([{ path: 'libs/intake/plant.ts', line: 3 }]);
  });
});

describe('each rule finds what breaks it and lets pass what does not', () => {
  const cases: [rule: string, path: string, bad: string, good: string][] = [
    ['pure folders import only', 'libs/x12/plant.ts', `import '@openvob/benefits';`, `import './segment';`],
    [
      'pure folders import only',
      'libs/benefits/plant.ts',
      `import '../estimate/ledger';`,
      `import '@openvob/x12/segment';`,
    ],
    [
      'pure folders import only',
      'libs/programs/plant.ts',
      `import '@openvob/coverage';`,
      `import '@openvob/benefits';`,
    ],
    ['pure folders import only', 'libs/coverage/plant.ts', `import '@nestjs/common';`, `import '@openvob/programs';`],
    [
      'the console talks to the API alone',
      'apps/console/plant.tsx',
      `import { VerificationJson } from '@openvob/results';`,
      `import type { VerificationJson } from '@openvob/results';`,
    ],
    [
      'the console talks to the API alone',
      'apps/console/plant.tsx',
      `import type { Estimate } from '@openvob/estimate';`,
      `import { money } from './words/format';`,
    ],
    ['nothing imports the console', 'apps/api/plant.ts', `import '../console/main';`, `import './console-pages';`],
    ['pure folders import only', 'libs/estimate/plant.ts', `import 'node:fs';`, `import '@openvob/coverage';`],
    ['pure folders import only', 'libs/estimate/plant.ts', `import '@openvob/platform';`, `import '../x12';`],
    [
      'pure folders import only',
      'libs/estimate/plant.ts',
      `const load = (x: string) => import(x);`,
      `import '@openvob/estimate';`,
    ],
    ['pure folders use neither', 'libs/estimate/plant.ts', `const t = Date.now();`, `const t = Date.UTC(2026, 1, 1);`],
    ['pure folders use neither', 'libs/estimate/plant.ts', `const t = new Date();`, `const t = new Date(0);`],
    [
      'pure folders use neither',
      'libs/estimate/plant.ts',
      `const t = Date();`,
      `const ok = (x: unknown) => x instanceof Date;`,
    ],
    [
      'pure folders use neither',
      'libs/estimate/plant.ts',
      `const { now } = Date;`,
      `type T = { Date: string; process: Date };`,
    ],
    ['pure folders use neither', 'libs/estimate/plant.ts', `const r = Math.random();`, `const r = Math.round(1.5);`],
    ['pure folders use neither', 'libs/estimate/plant.ts', `const { random } = Math;`, `const m = { fetch: 1 };`],
    [
      'pure folders use neither',
      'libs/estimate/plant.ts',
      `const t = performance.now();`,
      `const f = (crypto: string) => crypto;`,
    ],
    [
      'pure folders use neither',
      'libs/estimate/plant.ts',
      `setTimeout(() => 1, 1);`,
      `const a = { b: { console: 1 } }.b.console;`,
    ],
    [
      'pure folders use neither',
      'libs/x12/plant.ts',
      `console.log(1);`,
      `const process = (x: string) => x; process('');`,
    ],
    ['pure folders use neither', 'libs/x12/plant.ts', `globalThis.fetch('');`, `const x = 1;`],
    ['a payer adapter imports neither', 'libs/payers/x12/plant.ts', `import '../stedi/ask';`, `import '../contract';`],
    [
      'a payer adapter imports neither',
      'libs/payers/stedi/plant.ts',
      `import '@openvob/payers/x12';`,
      `import './ask';`,
    ],
    ['a payer adapter imports neither', 'libs/payers/stedi/plant.ts', `import '..';`, `import '@openvob/x12';`],
    [
      'a payer adapter imports neither',
      'libs/payers/fhir/plant.ts',
      `import '@openvob/payers';`,
      `import '@openvob/payers/contract';`,
    ],
    [
      'the API holds no payer code',
      'apps/api/plant.ts',
      `import '@openvob/payers/x12';`,
      `import '@openvob/payers/directory';`,
    ],
    ['@nestjs/* only in', 'libs/intake/plant.ts', `import '@nestjs/common';`, `import 'pino';`],
    ['typeorm only in', 'apps/api/api.module.ts', `import '@nestjs/typeorm';`, `import '@nestjs/common';`],
    ['bullmq only in', 'libs/intake/plant.ts', `import 'bullmq';`, `import '@openvob/queue';`],
    ['bullmq only in', 'apps/api/api.module.ts', `import '@nestjs/bullmq';`, `import '@nestjs/core';`],
    ['process.env only in', 'libs/intake/plant.ts', `const url = process.env.URL;`, `const id = process.pid;`],
    ['process.env only in', 'libs/intake/plant.ts', `const url = process['env'];`, `process.on('exit', () => 1);`],
    ['process.env only in', 'libs/intake/plant.ts', `const { env } = process;`, `const env = { URL: '' };`],
    [
      'process.env only in',
      'libs/intake/plant.ts',
      `const url = globalThis.process.env;`,
      `type E = NodeJS.ProcessEnv;`,
    ],
    ['process.env only in', 'libs/intake/plant.ts', `import { env } from 'node:process';`, `import 'node:path';`],
    ['process.env only in', 'apps/cli/plant.spec.ts', `process.env.URL = '';`, `const x = 1;`],
    ['process.env only in', 'apps/cli/plant.mjs', `process.env.URL;`, `process.argv;`],
    ['no library imports an app', 'libs/intake/plant.ts', `import '../../apps/api/main';`, `import '../store';`],
    ['no library imports an app', 'apps/api/plant.ts', `import '../../test/setup/facts';`, `import './api.module';`],
    ['nothing outside the repository', 'libs/intake/plant.ts', `import '../../../elsewhere';`, `import '../store';`],
    [
      'nothing outside the repository',
      'libs/intake/plant.ts',
      `const p = '../${'shared'}/samples';`,
      `const p = '../samples';`,
    ],
  ];

  test.each(cases)('%s: %s', (name, path, bad, good) => {
    const broken = violationsIn([readSource(path, bad)]).map(({ rule }) => rule);
    expect(broken.some((rule) => rule.startsWith(name))).toBe(true);
    expect(violationsIn([readSource(path, good)])).toEqual([]);
  });

  test('no rule is without a planted case', () => {
    const uncovered = rules.filter((rule) => !cases.some(([name]) => rule.name.startsWith(name)));
    expect(uncovered.map(({ name }) => name)).toEqual([]);
  });
});

describe('what a rule grants', () => {
  test.each([
    'api.module',
    'verifications.controller',
    'ask.processor',
    'role.guard',
    'body.pipe',
    'problem.filter',
    'trace.interceptor',
    'request.dto',
    'main',
  ])('NestJS in %s.ts', (name) => {
    expect(found(`apps/api/${name}.ts`, `import '@nestjs/common';`)).toEqual([]);
  });

  test('BullMQ in a processor and in the queue', () => {
    expect(found('apps/worker/ask.processor.ts', `import '@nestjs/bullmq';`)).toEqual([]);
    expect(found('libs/queue/backend.ts', `import 'bullmq';`)).toEqual([]);
  });

  test('a name that only resembles a granted one grants nothing', () => {
    expect(found('apps/api/mymodule.ts', `import '@nestjs/common';`)).toEqual(['@nestjs/common']);
    expect(found('libs/storefront/rows.ts', `import 'typeorm';`)).toEqual(['typeorm']);
    expect(found('libs/payers/x12-extra/ask.ts', `import '../x12/ask';`)).toEqual(['../x12/ask']);
  });
});

describe('forbidden words', () => {
  const lines = (path: string, text: string): string[] =>
    forbiddenWordsIn([{ path, text }]).map((violation) => violation.found);

  test.each(['root', 'home/ann', 'Users/Ann', 'tmp/build'])('a path under /%s is found', (folder) => {
    expect(lines('README.md', `see \`/${folder}/file\``)).toHaveLength(1);
  });

  test.each(['https://example.org/root/', './root/plan', '/homeless', '$HOME/root/x', 'a/root/x'])(
    '%s is let pass',
    (text) => {
      expect(lines('README.md', text)).toEqual([]);
    },
  );

  test('a registry host in the lock file is found', () => {
    expect(lines('package-lock.json', `  "resolved": "https://registry.example/x.tgz",`)).toHaveLength(1);
    expect(lines('package-lock.json', `  "integrity": "sha512-abc",`)).toEqual([]);
  });
});

describe('the check as a command', () => {
  let folder: string;

  beforeAll(() => {
    execFileSync(process.execPath, [join(root, 'apps/standalone/build.mjs')]);
    folder = mkdtempSync(join(tmpdir(), 'openvob-architecture-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  function plant(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  function check(): { code: number | null; errors: string } {
    const run = join(root, 'dist/test/architecture/run.js');
    const result = spawnSync(process.execPath, [run, folder], { encoding: 'utf8' });
    return { code: result.status, errors: result.stderr };
  }

  test('passes a clean tree and fails as soon as one bad import is planted', () => {
    plant('libs/benefits/money.ts', `import '@openvob/x12';`);
    expect(check()).toEqual({ code: 0, errors: '' });
    plant('libs/benefits/rates.ts', `import '@openvob/estimate';`);
    expect(check()).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^libs\/benefits\/rates\.ts:1 {2}@openvob\/estimate/),
    });
    expect(existsSync(join(root, 'libs/benefits/rates.ts'))).toBe(false);
  });
});
