import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, runAs } from './account';
import { type Binaries, embeddedVersion } from './binaries';
import type { Place } from './place';

/** The login that initialises the cluster and owns it. */
export const superuser = 'postgres';

/** PostgreSQL's `PGDATA` in this place. */
export function dataOf(place: Place): string {
  return join(place.folder, 'data');
}

/**
 * Initialises the cluster unless it is there already: UTF-8, the built-in C.UTF-8 locale (sorts alike on every
 * machine), data checksums, passwords only.
 *
 * @param options `durable`: wait until it is on the disk
 * @throws Error when the cluster is another release's or cannot be made
 */
export async function ensureCluster(
  place: Place,
  binaries: Binaries,
  options: { password: string; durable: boolean },
): Promise<void> {
  const data = dataOf(place);
  if (await holdsCluster(place)) return;
  const { code, output } = await withPasswordFile(options.password, place.account, (passwordFile) => {
    const access = ['-D', data, '-U', superuser, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
    const locale = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const disk = ['--data-checksums', ...(options.durable ? [] : ['--no-sync'])];
    return runAs(place.account, binaries.initdb, [...access, ...locale, ...disk]);
  });
  if (code === 0) return;
  rmSync(data, { recursive: true, force: true });
  throw new Error(`The PostgreSQL cluster could not be initialised in ${data}:\n${output.trim()}`);
}

async function holdsCluster(place: Place): Promise<boolean> {
  const data = dataOf(place);
  // The last file that initdb writes: without it an earlier initialisation was cut short.
  if (!existsSync(join(data, 'global', 'pg_control'))) {
    rmSync(data, { recursive: true, force: true });
    return false;
  }
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const ours = embeddedVersion().split('.')[0];
  if (made === ours) return true;
  throw new Error(
    `The data in ${data} are PostgreSQL ${made}'s, this is ${ours}: keep them elsewhere or run npm run reset.`,
  );
}

/** The file is the account's, its folder ours, so that nobody else can put another in its place. */
async function withPasswordFile<T>(
  password: string,
  account: Account | undefined,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'openvob-initdb-'));
  try {
    const path = join(folder, 'password');
    writeFileSync(path, password, { mode: 0o600 });
    if (account) {
      chmodSync(folder, 0o711);
      chownSync(path, account.uid, account.gid);
    }
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
