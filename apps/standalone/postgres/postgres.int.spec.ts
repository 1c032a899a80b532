import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { until } from '../processes';
import { type RunningPostgres, removePostgres, startPostgres } from '.';
import { externalBase } from './place';
import { findPostmaster } from './postmaster';

const built = resolve(__dirname, '../../../dist/apps/standalone/postgres');
const asRoot = process.getuid?.() === 0;

async function ask<T extends object>({ superuserUrl }: RunningPostgres, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Starts a server from a program that is killed as soon as it runs. */
function startAndDie(dataDir: string): void {
  const program = `require(${JSON.stringify(built)}).startPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false })
    .then(() => process.kill(process.pid, 'SIGKILL'))`;
  expect(spawnSync(process.execPath, ['-e', program]).signal).toBe('SIGKILL');
}

describe('the embedded PostgreSQL', () => {
  let folder: string;
  let dataDir: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), `openvob-test-${process.pid}-`)); // cleared by the next run if this one is killed
    chmodSync(folder, 0o755);
    dataDir = join(folder, 'postgres');
  });

  afterEach(async () => {
    await removePostgres(dataDir);
    rmSync(folder, { recursive: true, force: true });
  });

  const data = (): string => join(dataDir, 'cluster', 'data');
  const start = (): Promise<RunningPostgres> => startPostgres({ dataDir, durable: false });

  test('speaks UTF-8 in UTC with checksums and listens for this machine alone', async () => {
    const postgres = await start();
    const [settings] = await ask(
      postgres,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('timezone') AS zone,
        current_setting('data_checksums') AS checksums, current_setting('listen_addresses') AS addresses,
        current_setting('unix_socket_directories') AS sockets, upper('ñ') AS upper,
        (SELECT count(*)::int FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256') AS open_doors`,
    );
    expect(settings).toEqual({
      encoding: 'UTF8',
      zone: 'UTC',
      checksums: 'on',
      addresses: '127.0.0.1',
      sockets: '',
      upper: 'Ñ',
      open_doors: 0,
    });
  });

  test('keeps its password to its owner', async () => {
    await start();
    expect(statSync(join(dataDir, 'login.json')).mode & 0o077).toBe(0);
    expect(statSync(join(dataDir, 'cluster')).mode & 0o077).toBe(0);
  });

  test('keeps its data, its port and its password from one start to the next', async () => {
    const first = await start();
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await start();
    expect(second.superuserUrl).toBe(first.superuserUrl);
    expect(await ask(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('a server that survived its starter is adopted', async () => {
    startAndDie(dataDir);
    const survivor = findPostmaster(data());
    expect(survivor?.pid).toBeGreaterThan(0);
    const postgres = await start();
    expect(findPostmaster(data())).toEqual(survivor);
    await postgres.stop();
    expect(findPostmaster(data())).toBeUndefined();
  });

  test('a server that survived but does not let us in is stopped and started again', async () => {
    startAndDie(dataDir);
    const survivor = findPostmaster(data());
    const path = join(dataDir, 'login.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"password":"./, '"password":"x'));
    await expect(start()).rejects.toThrow(/password authentication failed/);
    expect(findPostmaster(data())?.pid).not.toBe(survivor?.pid);
  });

  test('what was committed is there after the server itself was killed', async () => {
    const first = await startPostgres({ dataDir, durable: true });
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const running = findPostmaster(data());
    process.kill(running?.pid ?? 0, 'SIGKILL');
    expect(await until(() => findPostmaster(data()) === undefined, 5_000)).toBe(true);
    expect(await ask(await start(), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('starts although its lock file names a number that another program has by now', async () => {
    await (await start()).stop();
    writeFileSync(join(data(), 'postmaster.pid'), `${process.pid}\n${data()}\n1\n5432\n`);
    expect(await ask(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('takes another port when its own is taken', async () => {
    const first = await start();
    await first.stop();
    const intruder = await listen(first.port);
    const second = await start();
    expect(second.port).not.toBe(first.port);
    expect(await ask(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await new Promise((done) => intruder.close(done));
  });

  test('begins anew after an initialisation that was cut short', async () => {
    await (await start()).stop();
    rmSync(join(data(), 'global', 'pg_control'));
    expect(await ask(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('refuses the data of another release and says what to do', async () => {
    await (await start()).stop();
    writeFileSync(join(data(), 'PG_VERSION'), '12\n');
    await expect(start()).rejects.toThrow(/PostgreSQL 12's.*npm run reset/);
  });

  test('writes neither statements nor values into its log', async () => {
    const postgres = await start();
    await ask(postgres, 'CREATE TABLE people (name text UNIQUE)');
    await ask(postgres, `INSERT INTO people VALUES ('Rosa Example')`);
    await expect(ask(postgres, `INSERT INTO people VALUES ('Rosa Example')`)).rejects.toThrow(/duplicate key/);
    const log = readFileSync(join(dataDir, 'cluster', 'server.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('Rosa');
  });

  (asRoot ? describe : describe.skip)('started by root in a folder that no one else can enter (needs root)', () => {
    test('keeps its data elsewhere, finds them again, and removes them', async () => {
      chmodSync(folder, 0o700);
      const first = await start();
      expect(first.elsewhere).toBeDefined();
      await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
      await first.stop();
      const second = await start();
      expect(second.elsewhere).toBe(first.elsewhere);
      expect(await ask(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
      await removePostgres(dataDir);
      expect([first.elsewhere ?? '', dataDir].map((path) => existsSync(path))).toEqual([false, false]);
    });

    test('a copied checkout does not share its original’s data', async () => {
      chmodSync(folder, 0o700);
      const original = await start();
      const copy = join(folder, 'copy');
      mkdirSync(copy);
      cpSync(dataDir, copy, { recursive: true });
      expect(externalBase(dataDir)).toBe(original.elsewhere);
      expect(externalBase(copy)).toBeUndefined();
    });
  });
});

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
