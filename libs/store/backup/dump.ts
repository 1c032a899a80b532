import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { KeyManagement } from '@openvob/platform';
import { Client } from 'pg';
import { BackupError, openFrames, sealFrame } from './frames';
import { erasedIn, Pruning } from './prune';

/** What a backup says of itself: the first line of the file, in the clear but for the key. */
interface Head {
  format: 'openvob backup 1';
  at: string;
  masterKey: string;
  wrapped: string;
}

type Piece =
  | { kind: 'begin'; migrations: string[] }
  | { kind: 'rows'; table: string; rows: string[] }
  | { kind: 'end'; counts: Record<string, number> };

/** Rows by table, as they were when the backup was made. */
export type Counts = Readonly<Record<string, number>>;

const rowsAPiece = 500;
const context = { facility: 'installation', purpose: 'backup', version: '1' };
const zip = promisify(gzip);
const unzip = promisify(gunzip);

/**
 * Writes all rows of one moment into a file, encrypted under a key of its own that the master key wraps. Needs a log-in that row-level security does not
 * bind: with another one it refuses, instead of leaving rows out.
 */
export async function dump(url: string, file: string, management: KeyManagement, now: Date): Promise<Counts> {
  const counts: Record<string, number> = {};
  await withClient(url, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL row_security = off');
    await write(file, { management, at: now.toISOString(), content: pieces(client, counts) });
    await client.query('COMMIT');
  });
  return counts;
}

/**
 * Copies a backup without the patients who were erased since, under a fresh key: once the former file is destroyed, nothing in backups tells of them.
 *
 * @param url the database that knows of the erasures, of the backup's version; its log-in as for `dump`
 * @returns how many rows went
 * @throws BackupError
 */
export async function prune(
  url: string,
  { from: file, to }: { from: string; to: string },
  management: KeyManagement,
): Promise<{ removed: number; counts: Counts }> {
  const { key, at, rest } = await openedHead(file, management);
  return withClient(url, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL row_security = off');
    const pruning = new Pruning(client, await erasedIn(client));
    const counts: Record<string, number> = {};
    let before: Counts = {};
    async function* content(): AsyncGenerator<Piece> {
      for await (const frame of openFrames(key, rest)) {
        const piece = await pieceOf(frame);
        if (piece.kind === 'begin') await refuseOtherVersion(client, piece.migrations);
        if (piece.kind === 'end') {
          before = piece.counts;
          yield { ...piece, counts: { ...zeroes(piece.counts), ...counts } };
        } else if (piece.kind === 'rows') {
          const rows = await pruning.kept(await knownTable(client, piece.table), piece.rows);
          counts[piece.table] = (counts[piece.table] ?? 0) + rows.length;
          if (rows.length > 0) yield { ...piece, rows };
        } else yield piece;
      }
    }
    await write(to, { management, at, content: content() });
    await client.query('COMMIT');
    return { removed: sum(before) - sum(counts), counts };
  });
}

function zeroes(counts: Counts): Record<string, number> {
  return Object.fromEntries(Object.keys(counts).map((table) => [table, 0]));
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

async function write(
  file: string,
  { management, at, content }: { management: KeyManagement; at: string; content: AsyncGenerator<Piece> },
): Promise<void> {
  const key = randomBytes(32);
  const { masterKey, bytes } = await management.wrap(key, context);
  const head: Head = { format: 'openvob backup 1', at, masterKey, wrapped: bytes.toString('base64') };
  await pipeline(sealed(key, head, content), createWriteStream(file, { mode: 0o600, flags: 'wx' }));
}

async function pieceOf(frame: Buffer): Promise<Piece> {
  return JSON.parse((await unzip(frame)).toString('utf8')) as Piece;
}

/**
 * Puts a backup into a database that is migrated to the same state and holds nothing yet, in one transaction. Needs a superuser: rows come in
 * as they were, past the rules for new ones.
 *
 * @throws BackupError
 */
export async function restore(
  url: string,
  file: string,
  management: KeyManagement,
): Promise<{ counts: Counts; at: Date }> {
  const { key, at, rest } = await openedHead(file, management);
  return withClient(url, async (client) => {
    await client.query(`BEGIN; SET LOCAL session_replication_role = replica`);
    let counts: Counts | undefined;
    for await (const frame of openFrames(key, rest)) {
      const piece = await pieceOf(frame);
      if (piece.kind === 'begin') await refuseOther(client, piece.migrations);
      if (piece.kind === 'rows') await insert(client, piece.table, piece.rows);
      if (piece.kind === 'end') counts = piece.counts;
    }
    if (!counts) throw new BackupError('The backup was cut short');
    await refuseDifference(client, counts);
    await advanceSequences(client);
    await client.query('COMMIT');
    return { counts, at: new Date(at) };
  });
}

async function* pieces(client: Client, counts: Record<string, number>): AsyncGenerator<Piece> {
  yield { kind: 'begin', migrations: await migrationsOf(client) };
  for (const table of await tablesOf(client)) {
    counts[table] = 0;
    await client.query(`DECLARE dumped NO SCROLL CURSOR FOR SELECT t::text AS row FROM ${table} t`);
    for (;;) {
      const { rows } = await client.query<{ row: string }>(`FETCH ${rowsAPiece} FROM dumped`);
      if (rows.length === 0) break;
      counts[table] = (counts[table] ?? 0) + rows.length;
      yield { kind: 'rows', table, rows: rows.map(({ row }) => row) };
    }
    await client.query('CLOSE dumped');
  }
  yield { kind: 'end', counts };
}

async function* sealed(key: Buffer, head: Head, content: AsyncGenerator<Piece>): AsyncGenerator<Buffer> {
  yield Buffer.from(`${JSON.stringify(head)}\n`);
  let place = 0;
  for await (const piece of content) {
    yield sealFrame(key, place, piece.kind === 'end', await zip(Buffer.from(JSON.stringify(piece))));
    place += 1;
  }
}

async function openedHead(
  file: string,
  management: KeyManagement,
): Promise<{ key: Buffer; at: string; rest: AsyncIterable<Buffer> }> {
  const chunks = createReadStream(file)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let held = Buffer.alloc(0);
  while (!held.includes(10)) {
    const { value, done } = await chunks.next();
    if (done || held.length > 10_000) throw new BackupError('This is no backup');
    held = Buffer.concat([held, value]);
  }
  const end = held.indexOf(10);
  const head = parsedHead(held.subarray(0, end).toString('utf8'));
  const wrapped = { masterKey: head.masterKey, bytes: Buffer.from(head.wrapped, 'base64') };
  const key = await management.unwrap(wrapped, context);
  return { key, at: head.at, rest: from(held.subarray(end + 1), chunks) };
}

async function* from(first: Buffer, others: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (;;) {
    const { value, done } = await others.next();
    if (done) return;
    yield value;
  }
}

function parsedHead(text: string): Head {
  try {
    const head = JSON.parse(text) as Head;
    if (head.format === 'openvob backup 1') return head;
  } catch {
    // told below
  }
  throw new BackupError('This is no backup');
}

async function insert(client: Client, table: string, rows: readonly string[]): Promise<void> {
  const name = await knownTable(client, table);
  const columns = (await columnsOf(client, name)).join(', ');
  await client.query(
    `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE
     SELECT ${columns} FROM (SELECT (r::${name}).* FROM unnest($1::text[]) AS r) AS kept`,
    [rows],
  );
}

/** Without those that the database works out by itself. */
async function columnsOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(attname) AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}

/** A table's name comes out of a file: only one that is there goes into a statement. */
async function knownTable(client: Client, table: string): Promise<string> {
  if (!(await tablesOf(client)).includes(table)) throw new BackupError('The backup is of another version');
  return table;
}

async function refuseOther(client: Client, migrations: readonly string[]): Promise<void> {
  await refuseOtherVersion(client, migrations);
  for (const table of await tablesOf(client)) {
    const { rowCount } = await client.query(`SELECT FROM ${table} LIMIT 1`);
    if (rowCount) throw new BackupError(`The database is not empty: ${table} has rows`);
  }
}

async function refuseOtherVersion(client: Client, migrations: readonly string[]): Promise<void> {
  if ((await migrationsOf(client)).join() !== migrations.join())
    throw new BackupError(
      'The database is not in the state that the backup is of: run npm run migrate of the same version',
    );
}

async function refuseDifference(client: Client, counts: Counts): Promise<void> {
  const now = await countsOf(client);
  const different = Object.entries(counts).filter(([table, count]) => now[table] !== count);
  if (different.length > 0)
    throw new BackupError(`Rows are missing in ${different.map(([table]) => table).join(', ')}`);
}

async function countsOf(client: Client): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of await tablesOf(client)) {
    const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`);
    counts[table] = Number(rows[0]?.n ?? 0);
  }
  return counts;
}

/** Whatever is counted up goes on behind what came in. */
async function advanceSequences(client: Client): Promise<void> {
  const { rows } = await client.query<{ sequence: string; table: string; column: string }>(
    `SELECT pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence, table_name AS table, column_name AS column
     FROM information_schema.columns WHERE table_schema = 'public' AND is_identity = 'YES'`,
  );
  for (const { sequence, table, column } of rows)
    await client.query(`SELECT setval('${sequence}', coalesce((SELECT max(${column}) FROM ${table}), 0) + 1, false)`);
  await client.query(
    `SELECT setval('data_key_change', 1 + greatest((SELECT coalesce(max(change), 0) FROM data_key),
       (SELECT coalesce(max(change), 0) FROM installation_data_key)), false)`,
  );
}

/** What the migrations fill themselves is not taken along. */
async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
       AND relname NOT IN ('migrations', 'status_move') ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

async function migrationsOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY timestamp');
  return rows.map(({ name }) => name);
}

async function withClient<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
