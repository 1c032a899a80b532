import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '../ports';
import { prepareBinaries } from './binaries';
import { ensureCluster } from './cluster';
import { choosePlace, externalBase, placeIn } from './place';
import { ensureServer, type Login, loginUrl, stopServer } from './server';

export interface PostgresOptions {
  /** Where its files go (or a pointer to them, where its account cannot enter); made if missing. */
  readonly dataDir: string;
  /** What is committed survives a power cut. Without it: for tests, faster. */
  readonly durable: boolean;
}

export interface RunningPostgres {
  /** The superuser's URL of the database `openvob`. */
  readonly superuserUrl: string;
  readonly port: number;
  /** Where the data really are, when that is not under `dataDir`. */
  readonly elsewhere: string | undefined;
  stop(): Promise<void>;
}

const database = 'openvob';

/**
 * Starts a PostgreSQL of our own from the binaries that came with the dependencies: on 127.0.0.1, on a free port that is
 * remembered, with a random password kept beside the data, in a session of its own (the terminal's Ctrl-C does not reach
 * it). A server that survived its starter is adopted.
 *
 * @throws Error that names the remedy
 */
export async function startPostgres({ dataDir, durable }: PostgresOptions): Promise<RunningPostgres> {
  mkdirSync(dataDir, { recursive: true });
  const home = realpathSync(dataDir);
  const place = await choosePlace(home);
  const binaries = await prepareBinaries(place.base, place.account);
  const login = await readLogin(home);
  await ensureCluster(place, binaries, { password: login.password, durable });
  const port = await ensureServer(place, binaries, { login, durable });
  if (port !== login.port) writeLogin(home, { ...login, port });
  await ensureDatabase({ ...login, port });
  return {
    superuserUrl: loginUrl({ ...login, port }, database),
    port,
    elsewhere: place.base === home ? undefined : place.base,
    stop: () => stopServer(place, binaries),
  };
}

/** Stops the server of `dataDir`, whoever started it, and removes all its data. */
export async function removePostgres(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  const home = realpathSync(dataDir);
  const place = placeIn(externalBase(home) ?? home);
  await stopServer(place, await prepareBinaries(place.base, place.account));
  for (const folder of new Set([place.base, home])) rmSync(folder, { recursive: true, force: true });
}

async function readLogin(home: string): Promise<Login> {
  const path = loginFile(home);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Login;
  const login = { port: await freePort(), password: randomBytes(24).toString('hex') };
  writeLogin(home, login);
  return login;
}

function writeLogin(home: string, login: Login): void {
  writeFileSync(loginFile(home), JSON.stringify(login), { mode: 0o600 });
}

function loginFile(home: string): string {
  return join(home, 'login.json');
}

async function ensureDatabase(login: Login): Promise<void> {
  const client = new Client({ connectionString: loginUrl(login, 'postgres') });
  await client.connect();
  try {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  } finally {
    await client.end();
  }
}
