import { runMigrations } from 'bullmq';
import { Client } from 'pg';

const schema = 'bullmq';

/**
 * Makes or updates BullMQ's tables as the owner, and lets the application role use them: the application itself needs no right
 * to create anything. Done whether or not Redis holds the queue, so that either can be switched to.
 */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'openvob-migrate' });
  await client.connect();
  try {
    await runMigrations(client, schema);
    await client.query(`GRANT USAGE ON SCHEMA ${schema} TO openvob_app`);
    for (const kind of ['TABLES', 'SEQUENCES', 'FUNCTIONS'])
      await client.query(`GRANT ALL ON ALL ${kind} IN SCHEMA ${schema} TO openvob_app`);
  } finally {
    await client.end();
  }
}
