import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Measurement } from '../setup/measure';
import { all } from './bar.rows';

const root = resolve(__dirname, __dirname.includes('/dist/') ? '../../..' : '../..');

/** Runs suites of `npm test` and tells how many of their tests hold. */
export async function suiteRow(what: string, paths: readonly string[]): Promise<Measurement> {
  const scratch = mkdtempSync(join(tmpdir(), 'openvob-suites-'));
  const outputFile = join(scratch, 'results.json');
  const settings = ['--selectProjects', 'integration', '--json', `--outputFile=${outputFile}`];
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  try {
    const child = spawn(process.execPath, [jest, ...paths, ...settings], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    await new Promise((ended) => child.once('close', ended));
    const { numPassedTests, numTotalTests } = JSON.parse(readFileSync(outputFile, 'utf8')) as Record<string, number>;
    return all(what, numPassedTests ?? 0, numTotalTests ?? 0, 'tests');
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
