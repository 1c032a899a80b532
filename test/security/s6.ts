import { Database } from '@openvob/store';
import { Client } from 'pg';
import type { Measurement } from '../setup/measure';
import { all, none } from './bar.rows';
import { overDatabase } from './bar.servers';
import { catalogFaults, facilityTablesOf } from './s6.catalog';
import { type Attempt, attemptsOn } from './s6.crossings';
import { sampleRow } from './s6.rows';

/**
 * S6, row-level security: the catalog as it has to be, reads and writes across facilities on every table, foreign ids, and a pool whose
 * connections serve two facilities by turns.
 *
 * @param count foreign ids, and pooled requests
 */
export function run({ count = 10_000 }: { count?: number } = {}): Promise<Measurement[]> {
  return overDatabase(async ({ applicationUrl, ownerUrl }) => {
    const owner = new Client({ connectionString: ownerUrl });
    const application = new Client({ connectionString: applicationUrl });
    await Promise.all([owner.connect(), application.connect()]);
    try {
      const tables = await facilityTablesOf(owner);
      await fill(owner, tables);
      const faults = await catalogFaults(owner);
      const attempts = await attemptsOn(application, tables);
      const ids = await insertVerifications(owner, count);
      return [
        none('faults in the catalog (force, policies, owners, grants)', tell(faults), 'faults'),
        ...rowsOf(tables, attempts),
        none(`rows found by ${count} foreign ids`, await foundByForeignIds(application, ids), 'rows'),
        none(`rows of others in ${count} pooled requests`, await bleed(applicationUrl, count), 'rows'),
      ];
    } finally {
      await Promise.all([owner.end(), application.end()]);
    }
  });
}

function rowsOf(tables: readonly string[], attempts: readonly Attempt[]): Measurement[] {
  const seen = (name: Attempt['name']): string[] =>
    attempts.filter((one) => one.name === name && one.succeeded).map(({ table, name: what }) => `${table}: ${what}`);
  const crossings = attempts.filter(({ name, succeeded }) => name !== 'own read' && succeeded);
  return [
    all('facility tables whose own rows are seen by their facility', seen('own read').length, tables.length, 'tables'),
    none(
      `crossings of ${attempts.length - tables.length} tried (read, write, move, remove, no facility)`,
      tell(crossings.map(({ table, name }) => `${table}: ${name}`)),
      'crossings',
    ),
  ];
}

/** What fails is named on standard error. */
function tell(faults: readonly string[]): number {
  for (const fault of faults) console.error(`  ${fault}`);
  return faults.length;
}

/** One row of facility A and one of B in every table, past every rule. */
async function fill(owner: Client, tables: readonly string[]): Promise<void> {
  await owner.query(`SET session_replication_role = replica`);
  for (const facility of ['fac_a', 'fac_b'])
    for (const table of tables) {
      const { columns, values } = await sampleRow(owner, table, facility);
      const places = values.map((_value, index) => `$${index + 1}`);
      await owner.query(
        `INSERT INTO ${table} (${columns.join(', ')}) OVERRIDING SYSTEM VALUE VALUES (${places.join(', ')})`,
        values,
      );
    }
  await owner.query(`SET session_replication_role = origin`);
}

async function insertVerifications(owner: Client, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `ver_a${index}`);
  await owner.query(
    `INSERT INTO verification (id, facility_id, version, round, status, priority, created_at, updated_at)
     SELECT id, 'fac_a', 1, 1, 'received', 'today', now(), now() FROM unnest($1::text[]) AS id`,
    [ids],
  );
  return ids;
}

async function foundByForeignIds(application: Client, ids: readonly string[]): Promise<number> {
  await application.query(`BEGIN; SET LOCAL openvob.facility_id = 'fac_b'`);
  let found = 0;
  for (const id of ids)
    found += (await application.query('SELECT FROM verification WHERE id = $1', [id])).rowCount ?? 0;
  await application.query('ROLLBACK');
  return found;
}

/** Rows of the other facility, and rows of any facility where none is set, that requests over a small pool see. */
async function bleed(url: string, count: number): Promise<number> {
  const database = await Database.open({ url, poolSize: 4 });
  const foreign = async (facility: string): Promise<number> => {
    const sql = 'SELECT count(*)::int AS n FROM program WHERE facility_id <> $1';
    const [row] = facility
      ? await database.inFacility(facility, ({ manager }) => manager.query<{ n: number }[]>(sql, [facility]))
      : await database.directory.query<{ n: number }[]>(sql, ['']);
    return row?.n ?? 0;
  };
  const facilities = ['fac_a', 'fac_b', ''];
  let seen = 0;
  try {
    for (let done = 0; done < count; done += 50) {
      const wave = Array.from({ length: Math.min(50, count - done) }, (_, index) =>
        foreign(facilities[(done + index) % 3] ?? ''),
      );
      for (const rows of await Promise.all(wave)) seen += rows;
    }
    return seen;
  } finally {
    await database.close();
  }
}
