// `npm test`: checks and all suites, from a bare clone. `npm test -- OPTIONS` gives the options to Jest and leaves the checks out.
import '../apps/standalone/node-version.mjs';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../apps/standalone/build.mjs';
import { ensureInstalled, repositoryRoot as root } from '../apps/standalone/install.mjs';
import { runChecks } from './check.mjs';
import { ensureTools } from './tools.mjs';

const options = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'openvob-jest-'));
const counts = { passed: 0, failed: 0, skipped: 0 };

try {
  await ensureInstalled({ dev: true });
  await ensureBuilt();
  ensureTools(root, console.log);
  if (options.length === 0) add(await runChecks());
  add(await runJest());
} catch (error) {
  console.error(error.message);
  counts.failed += 1;
} finally {
  rmSync(scratch, { recursive: true });
}

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
process.exitCode = counts.failed === 0 ? 0 : 1;
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);

function add({ passed, failed, skipped = 0 }) {
  counts.passed += passed;
  counts.failed += failed;
  counts.skipped += skipped;
}

async function runJest() {
  const outputFile = join(scratch, 'results.json');
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  // Jest would leave one core idle; the suites wait for servers often enough to share all.
  const chosen = options.length > 0 ? options : ['--maxWorkers=100%'];
  const settings = ['--json', `--outputFile=${outputFile}`, ...chosen];
  const child = spawn(process.execPath, [jest, ...settings], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => child.on('close', resolve));
  return readResults(outputFile, code);
}

/** A suite that does not even load counts as one failure, and so does a run that ends without results. */
function readResults(outputFile, code) {
  try {
    const results = JSON.parse(readFileSync(outputFile, 'utf8'));
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    return {
      passed: results.numPassedTests,
      failed: failed === 0 && code !== 0 ? 1 : failed,
      skipped: results.numPendingTests + results.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
