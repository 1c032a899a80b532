import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { readFacts, templateDatabase } from './facts';

/** A migrated database of a suite's own. */
export interface TestDatabase {
  readonly name: string;
  /** The owner's URL: past every row-level rule. */
  readonly ownerUrl: string;
  /** The application role's URL: what the programs get. */
  readonly applicationUrl: string;
  /** Removes it; tells when transactions waited for each other. @throws Error naming the connections that the suite left open */
  drop(): Promise<void>;
}

const leakPatienceMs = 2_000;

/** Copies the migrated template, in about 50 ms. Call it in `beforeAll` and `drop()` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { superuserUrl, applicationUrl } = readFacts();
  const name = `suite_${randomBytes(6).toString('hex')}`;
  await withClient(superuserUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${templateDatabase}`));
  return {
    name,
    ownerUrl: inDatabase(superuserUrl, name),
    applicationUrl: inDatabase(applicationUrl, name),
    drop: () => withClient(superuserUrl, (client) => dropDatabase(client, name)),
  };
}

async function dropDatabase(client: Client, name: string): Promise<void> {
  const leaks = await leakedConnections(client, name);
  const deadlocks = await deadlocksIn(client, name);
  await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  if (leaks.length > 0)
    throw new Error(`The suite left ${leaks.length} database connections open:\n${leaks.join('\n')}`);
  if (deadlocks > 0)
    process.stderr.write(`Transactions of a suite waited for each other, ${deadlocks} times: lock in one order\n`);
}

async function deadlocksIn(client: Client, name: string): Promise<number> {
  const { rows } = await client.query<{ deadlocks: string }>(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = $1',
    [name],
  );
  return Number(rows[0]?.deadlocks);
}

/** A closed socket takes PostgreSQL a moment to notice: asks again until none is left or patience ends. */
async function leakedConnections(client: Client, name: string): Promise<string[]> {
  const deadline = performance.now() + leakPatienceMs;
  for (;;) {
    const open = await client.query<{ line: string }>(
      `SELECT format('  %s as %s, %s: %s', coalesce(nullif(application_name, ''), 'unnamed'), usename, state, left(query, 120)) AS line
         FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
      [name],
    );
    if (open.rows.length === 0 || performance.now() > deadline) return open.rows.map((row) => row.line);
    await client.query('SELECT pg_sleep(0.02)');
  }
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

function inDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
