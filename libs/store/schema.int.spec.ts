import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowedPairs } from '@openvob/verification';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database';
import { createDataSource } from './database';
import { dumpSchema } from './schema-dump';

const committed = join(__dirname, 'schema.sql');

describe('the schema', () => {
  let home: TestDatabase;
  let owner: DataSource;
  let application: DataSource;

  beforeAll(async () => {
    home = await createTestDatabase();
    owner = await createDataSource({ url: home.ownerUrl, poolSize: 2 }).initialize();
    application = await createDataSource({ url: home.applicationUrl, poolSize: 2 }).initialize();
  });
  afterAll(async () => {
    await owner.destroy();
    await application.destroy();
    await home.drop();
  });

  test('is the one in schema.sql, so that a migration and its effect are committed together', async () => {
    const now = await dumpSchema(owner.manager);
    if (process.argv.includes('--updateSnapshot') || process.argv.includes('-u')) writeFileSync(committed, now);
    expect(now).toBe(readFileSync(committed, 'utf8'));
  });

  test('allows exactly the moves of the lifecycle table', async () => {
    const rows = await owner.query<{ from: string; to: string }[]>(
      'SELECT from_status AS "from", to_status AS "to" FROM status_move',
    );
    const text = (pairs: { from: string; to: string }[]): string[] =>
      pairs.map(({ from, to }) => `${from} ${to}`).sort();
    expect(text(rows)).toEqual(text(allowedPairs()));
  });

  test('forces row-level security on every table with a facility', async () => {
    const rows = await owner.query<{ name: string; forced: boolean }[]>(
      `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced FROM pg_class c
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
         AND (c.relname = 'facility' OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'facility_id'))`,
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => !row.forced)).toEqual([]);
  });

  test('gives the application a role that is neither owner nor exempt', async () => {
    const [role] = await application.query<{ super: boolean; bypass: boolean; owned: string }[]>(
      `SELECT rolsuper AS super, rolbypassrls AS bypass,
         (SELECT count(*) FROM pg_class WHERE relowner = r.oid AND relnamespace = 'public'::regnamespace) AS owned
       FROM pg_roles r WHERE rolname = current_user`,
    );
    expect(role).toEqual({ super: false, bypass: false, owned: '0' });
  });
});
