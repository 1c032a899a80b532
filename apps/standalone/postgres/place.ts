import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, accountName, runAs, serverAccount } from './account';

/** Where the server keeps its files, and the account it runs as. */
export interface Place {
  /** Ours, open to be entered; holds a copy of the programs if need be. */
  readonly base: string;
  /** The server account's own; holds `data` (PostgreSQL's `PGDATA`) and `server.log`. */
  readonly folder: string;
  readonly account: Account | undefined;
}

const pointer = 'location';
const ownerMark = 'belongs-to';

/**
 * Chooses the server's folder: inside `dataDir`, unless its account cannot enter there (root's checkout under a closed
 * home) or the file system keeps no permissions. Then it is made where the account can enter, and `dataDir` keeps a
 * pointer to it.
 */
export async function choosePlace(dataDir: string): Promise<Place> {
  const known = externalBase(dataDir);
  if (known) return placeIn(known);
  const inside = placeIn(dataDir);
  refuseForeign(inside);
  if (await claim(inside)) return inside;
  if (existsSync(join(inside.folder, 'data'))) {
    throw new Error(
      `PostgreSQL's account can no longer use ${inside.folder}: open the folders above it, or npm run reset.`,
    );
  }
  rmSync(inside.folder, { recursive: true });
  return makeExternal(dataDir);
}

/**
 * The folder elsewhere that `dataDir` points to, if it still exists and was made for this very `dataDir`: a copied
 * checkout must not share its original's data.
 */
export function externalBase(dataDir: string): string | undefined {
  const path = join(dataDir, pointer);
  if (!existsSync(path)) return undefined;
  const base = readFileSync(path, 'utf8').trim();
  const mark = join(base, ownerMark);
  return existsSync(mark) && readFileSync(mark, 'utf8') === realpathSync(dataDir) ? base : undefined;
}

/** The place whose folder is under `base`, without touching it. */
export function placeIn(base: string): Place {
  const folder = join(base, 'cluster');
  return { base, folder, account: serverAccount(folder) };
}

function refuseForeign({ folder }: Place): void {
  const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
  const ourselves = process.getuid?.();
  if (owner === undefined || ourselves === 0 || ourselves === owner) return;
  throw new Error(
    `${folder} belongs to ${accountName(owner)}: start as the same user as before, or as root npm run reset.`,
  );
}

async function makeExternal(dataDir: string): Promise<Place> {
  const place = placeIn(makeBase(realpathSync(dataDir)));
  writeFileSync(join(place.base, ownerMark), realpathSync(dataDir));
  if (await claim(place)) {
    writeFileSync(join(dataDir, pointer), place.base);
    return place;
  }
  rmSync(place.base, { recursive: true });
  throw new Error(`PostgreSQL's account can use neither ${dataDir} nor ${place.base}: set DATABASE_URL instead.`);
}

function makeBase(dataDir: string): string {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  try {
    const base = join('/var/lib/openvob', `${name}-${randomBytes(3).toString('hex')}`);
    mkdirSync(base, { recursive: true });
    for (const folder of ['/var/lib/openvob', base]) chmodSync(folder, 0o755);
    return base;
  } catch {
    const base = mkdtempSync(join(tmpdir(), `openvob-${name}-`)); // not root, or a read-only system
    chmodSync(base, 0o755);
    return base;
  }
}

/** Makes the folder the account's own and tries it out. */
async function claim({ folder, account }: Place): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
  if ((statSync(folder).mode & 0o777) !== 0o700) return false;
  const { code } = await runAs(account, '/bin/sh', ['-c', 'cd "$0" && test -w .', folder]);
  return code === 0;
}
