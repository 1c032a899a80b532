import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const compressed = /\.(js|css|html|svg)$/;
const leftOut = /\.spec\.tsx?$/;
const brotliQuality = 9;

/**
 * Bundles the console into dist/console, with every text file compressed beside it, when a source of it changed; otherwise only compares times
 * and sizes.
 *
 * @param {{ root: string, say?: (line: string) => void }} options
 * @returns {Promise<boolean>} whether something was built
 * @throws {Error} with the bundler's own words
 */
export async function ensureConsoleBuilt({ root, say = console.error }) {
  if (isConsoleBuilt(root)) return false;
  const wanted = fingerprint(root);
  const startedAt = Date.now();
  await bundle(root);
  compress(join(root, 'dist', 'console'));
  writeFileSync(stampPath(root), wanted);
  say(`Built the console in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return true;
}

/** Whether dist/console stands for the sources as they are; true as well where there is no console. */
export function isConsoleBuilt(root) {
  if (!existsSync(join(root, 'apps', 'console', 'vite.config.mjs'))) return true;
  return readStamp(root) === fingerprint(root);
}

/** The bundler empties its folder first, and the stamp with it: an interrupted build starts over. */
const stampPath = (root) => join(root, 'dist', 'console', '.build');

function readStamp(root) {
  return existsSync(stampPath(root)) ? readFileSync(stampPath(root), 'utf8') : undefined;
}

function fingerprint(root) {
  const folder = join(root, 'apps', 'console');
  const sources = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !leftOut.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const path of [...sources.sort(), join(root, 'apps', 'standalone', 'build-console.mjs')]) {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  }
  return hash.update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
}

function bundle(root) {
  const vite = join(createRequire(join(root, 'package.json')).resolve('vite/package.json'), '..', 'bin', 'vite.js');
  const command = [vite, 'build', join(root, 'apps', 'console'), '--logLevel', 'warn'];
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`The console could not be built.\n${output.replaceAll(`${root}/`, '')}`)),
    );
  });
}

function compress(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !compressed.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } }),
    );
  }
}
