import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * Installs the dependencies of package-lock.json when they are missing or others are there; otherwise returns at once
 * without writing anything.
 *
 * @param {{ root?: string, dev?: boolean, say?: (line: string) => void }} [options] `dev`: development
 *   dependencies are needed too; `say` receives a line when something has to be done
 * @returns {Promise<boolean>} whether something was installed
 * @throws {Error} with the end of npm's own output
 */
export async function ensureInstalled({ root = repositoryRoot, dev = false, say = console.error } = {}) {
  if (isInstalled(root, dev)) return false;
  return withLock(join(root, '.openvob', 'install.lock'), async () => {
    if (isInstalled(root, dev)) return false;
    say('Installing dependencies with npm (once) ...');
    const startedAt = Date.now();
    await install(root, dev);
    writeStamp(root, dev);
    say(`Installed dependencies in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
    return true;
  });
}

function isInstalled(root, dev) {
  const wanted = stampFor(root);
  const found = readText(stampPath(root));
  if (found === `${wanted} dev` || (!dev && found === wanted)) return true;
  if (found !== undefined && !found.startsWith(platform)) return false; // a folder copied from another machine
  if (!matchesLock(root, dev)) return false;
  writeStamp(root, dev);
  return true;
}

const platform = `${process.platform}-${process.arch}`;
const stampPath = (root) => join(root, 'node_modules', '.openvob-installed');

function stampFor(root) {
  return `${platform} ${createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')}`;
}

function writeStamp(root, dev) {
  try {
    writeFileSync(stampPath(root), dev ? `${stampFor(root)} dev` : stampFor(root));
  } catch {
    // A read-only node_modules folder: the comparison below is made again at the next start.
  }
}

/** Compares what npm recorded in node_modules with the lock file, for installations that were not made from here. */
function matchesLock(root, dev) {
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  const locked = readJson(join(root, 'package-lock.json'))?.packages;
  if (!installed || !locked) return false;
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    if (installed[path]) return installed[path].version === entry.version;
    return Boolean(entry.optional || entry.devOptional || (entry.dev && !dev));
  });
}

/**
 * `npm ci`, unless npm finds that the lock file says nothing of an optional package for some other platform (a registry
 * that offers only some of them leaves such gaps); then `npm install` with the same locked versions, changing neither file.
 */
async function install(root, dev) {
  const own = ['--cache', join(root, '.openvob', 'npm-cache')];
  let command = ['ci', '--prefer-offline'];
  let cache = [];
  for (;;) {
    const result = await npm(root, dev, ...command, ...cache);
    if (result.code === 0) return;
    if (cache.length === 0 && unwritableCache(result.output)) cache = own;
    else if (command[0] === 'ci' && outOfStep(result.output)) command = ['install', '--no-save', '--prefer-offline'];
    else if (command.includes('--prefer-offline') && staleCache(result.output)) command = command.slice(0, -1);
    else throw new Error(`npm could not install the dependencies:\n${tail(result.output)}`);
  }
}

const unwritableCache = (output) => /\b(EACCES|EROFS|EPERM)\b/.test(output) && /cache|_logs|\.npm/i.test(output);
const outOfStep = (output) => /EUSAGE|in sync/.test(output);
const staleCache = (output) => /\b(ETARGET|ENOVERSIONS|E404)\b/.test(output);
const tail = (output) => output.trim().split('\n').slice(-15).join('\n');

function npm(root, dev, ...command) {
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund', '--no-progress'];
  const options = { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' };
  const child = spawn('npm', [...command, ...quiet, ...(dev ? ['--include=dev'] : [])], options);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: `npm cannot be run: ${error.message}` }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
