// `npm run check`: what continuous integration runs before the tests. Nothing is changed; `npm run format` mends the form.
import '../apps/standalone/node-version.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../apps/standalone/build.mjs';
import { ensureInstalled, repositoryRoot as root } from '../apps/standalone/install.mjs';

const checks = [
  {
    name: 'form and lint (biome)',
    program: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  },
  { name: 'types (tsc)', program: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  { name: 'types of the console (tsc)', program: ['node_modules/typescript/bin/tsc', '-p', 'apps/console'] },
  { name: 'import rules and forbidden words', program: ['dist/test/architecture/run.js', '.'] },
  { name: 'packages, licences, install scripts, secrets', program: ['dist/test/supply-chain/run.js', '.'] },
  { name: 'regular expressions (recheck)', program: ['dist/test/regexes/run.js', '.'] },
];

/**
 * Runs all checks at once and prints a line each, with the complaints of those that fail.
 *
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks() {
  const results = await Promise.all(checks.map(run));
  const failed = results.filter((ok) => !ok).length;
  return { passed: results.length - failed, failed };
}

function run({ name, program: [script, ...rest] }) {
  const startedAt = Date.now();
  const child = spawn(process.execPath, [join(root, script), ...rest], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`);
      if (code !== 0) console.log(output.trim().replace(/^/gm, '        '));
      resolve(code === 0);
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await ensureInstalled({ dev: true });
    await ensureBuilt();
    process.exitCode = (await runChecks()).failed === 0 ? 0 : 1;
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
