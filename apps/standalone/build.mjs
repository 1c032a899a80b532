import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureConsoleBuilt, isConsoleBuilt } from './build-console.mjs';
import { repositoryRoot } from './install.mjs';
import { withLock } from './lock.mjs';

/** Compiled or copied as they stand; the console is a page and has a build of its own. */
const folders = ['apps', 'libs', 'test'];
const leftOut = /^apps\/console\/|(^|\/)(node_modules|dist|__snapshots__)\/|\.(spec|d)\.ts$|\.(mjs|md|snap)$|(^|\/)\./;
const inFlight = 16;

/**
 * Compiles what changed under apps, libs and test into dist, keeping the tree, copies everything else that the
 * programs read at run time, and bundles the console. With nothing to do it only compares times and sizes and writes nothing.
 *
 * @param {{ root?: string, say?: (line: string) => void }} [options] `say` receives a line when something was built
 * @returns {Promise<{ files: number, changed: number }>}
 * @throws {Error} naming every file that does not compile
 */
export async function ensureBuilt({ root = repositoryRoot, say = console.error } = {}) {
  if (pending(root).length === 0 && isConsoleBuilt(root)) return { files: readStamp(root).files.size, changed: 0 };
  return withLock(join(root, 'dist', '.build.lock'), async () => {
    await ensureConsoleBuilt({ root, say });
    const work = pending(root);
    if (work.length === 0) return { files: readStamp(root).files.size, changed: 0 };
    const startedAt = Date.now();
    const files = await build(root, work);
    if (work.length > 0)
      say(`Built ${work.length} of ${files} files in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
    return { files, changed: work.length };
  });
}

/** What differs from the last build: sources to compile or copy, and outputs without a source to remove. */
function pending(root) {
  const stamp = readStamp(root);
  const fresh = stamp.settings === settingsOf(root);
  const sources = list(root, folders).filter((path) => !leftOut.test(path));
  const outputs = new Set(list(join(root, 'dist'), folders));
  const work = sources
    .map((path) => ({ path, output: outputOf(path), ...stateOf(join(root, path)) }))
    .filter((file) => !fresh || !outputs.has(file.output) || stamp.files.get(file.path) !== file.state);
  const expected = new Set(sources.flatMap((path) => [outputOf(path), `${outputOf(path)}.map`]));
  const stale = [...outputs].filter((path) => !expected.has(path)).map((path) => ({ output: path }));
  return [...work, ...stale];
}

async function build(root, work) {
  const stamp = readStamp(root);
  const compile = compiler(root);
  rmSync(stampPath(root), { force: true }); // an interrupted build starts over
  const faults = [];
  const queue = [...work];
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let file = queue.shift(); file; file = queue.shift()) {
        await produce(root, compile, file).catch((error) => faults.push(describeFault(root, file, error)));
      }
    }),
  );
  if (faults.length > 0) throw new Error(`The build failed.\n${faults.sort().join('\n')}`);
  return writeStamp(root, stamp, work);
}

/** The compiler's own drawing of the place, without its traces through native code. */
function describeFault(root, file, error) {
  const [drawing] = String(error.message ?? error).split('Caused by:');
  return `${file.path ?? file.output}:\n${drawing.replaceAll(`${root}/`, '').trimEnd()}`;
}

async function produce(root, compile, file) {
  const target = join(root, 'dist', file.output);
  if (!file.path) return rmSync(target, { force: true });
  mkdirSync(dirname(target), { recursive: true });
  if (!file.path.endsWith('.ts')) return cpSync(join(root, file.path), target);
  const { code, map } = await compile(file.path);
  writeFileSync(`${target}.map`, map);
  writeFileSync(target, `${code}//# sourceMappingURL=${file.output.split('/').at(-1)}.map\n`);
}

function compiler(root) {
  const { transform } = createRequire(join(root, 'package.json'))('@swc/core');
  const { $schema, ...settings } = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
  const jsc = { ...settings.jsc, baseUrl: root, paths: { '@openvob/*': ['./libs/*'] } };
  return (path) => {
    const output = join(root, 'dist', path);
    const sourceFileName = relative(dirname(output), join(root, path));
    const filename = join(root, path);
    return transform(readFileSync(filename, 'utf8'), {
      ...settings,
      jsc,
      filename,
      sourceFileName,
      swcrc: false,
      configFile: false,
    });
  };
}

const outputOf = (path) => path.replace(/\.ts$/, '.js');
const stampPath = (root) => join(root, 'dist', '.build.json');

function stateOf(path) {
  const { mtimeMs, size } = statSync(path);
  return { state: `${mtimeMs} ${size}` };
}

function settingsOf(root) {
  const swc = join(root, 'node_modules', '@swc', 'core', 'package.json');
  const parts = [join(root, '.swcrc'), swc, join(root, 'apps', 'standalone', 'build.mjs')];
  const hash = createHash('sha256');
  for (const path of parts) hash.update(existsSync(path) ? readFileSync(path) : '');
  return hash.digest('hex');
}

function readStamp(root) {
  try {
    const { settings, files } = JSON.parse(readFileSync(stampPath(root), 'utf8'));
    return { settings, files: new Map(Object.entries(files)) };
  } catch {
    return { settings: undefined, files: new Map() }; // none yet, or a build that did not finish
  }
}

/** Records the state that each file had before it was read, so that a change made meanwhile is seen next time. */
function writeStamp(root, previous, work) {
  const built = new Map(work.filter((file) => file.path).map((file) => [file.path, file.state]));
  const files = new Map();
  for (const path of list(root, folders).filter((file) => !leftOut.test(file))) {
    files.set(path, built.get(path) ?? previous.files.get(path));
  }
  const text = JSON.stringify({ settings: settingsOf(root), files: Object.fromEntries(files) });
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampPath(root), text);
  return files.size;
}

function list(root, under) {
  return under.flatMap((folder) => walk(root, folder));
}

function walk(root, folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const child = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : walk(root, child);
    return [child];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureBuilt().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
