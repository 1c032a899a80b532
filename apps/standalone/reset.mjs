// `npm run reset`: stops what is left running of this checkout's demonstration and removes its data. While an instance runs it asks
// first; `npm run reset -- --yes` does not ask.
import './node-version.mjs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline/promises';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled, repositoryRoot } from './install.mjs';

const others = process.argv.slice(2).filter((argument) => argument !== '--yes');
const isAgreed = process.argv.includes('--yes');

/** @param {string} question */
async function confirm(question) {
  if (isAgreed) return true;
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise((resolve) => terminal.once('close', () => resolve('')));
  const answer = await Promise.race([terminal.question(`${question} (y/N) `), closed]); // Ctrl-C and Ctrl-D close it
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

try {
  if (others.length > 0) throw new Error(`npm run reset does not know ${others.join(' ')}, only --yes`);
  await ensureInstalled();
  await ensureBuilt();
  await createRequire(`${repositoryRoot}/dist/apps/standalone/`)('./removal.js').reset(`${repositoryRoot}/.openvob`, {
    say: console.log,
    confirm,
  });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
