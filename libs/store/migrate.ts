import { migrateQueue } from '@openvob/queue/migrate-queue';
import { createDataSource } from './database';
import { ensureExtensions } from './extensions';
import { foldNames } from './repositories/payer-name-index';

export interface MigrateOptions {
  /** Log-in that may create tables and roles. */
  ownerUrl: string;
  /** Password that the application role logs in with; without it, the role's log-in is left as it is. */
  applicationPassword?: string;
}

/**
 * Brings the schema up to date and gives the application role its log-in. Safe to run by several processes at once
 * (advisory lock) and again.
 *
 * @returns the URL that the application connects with: the same server and database, as `openvob_app`
 */
export async function migrate(options: MigrateOptions): Promise<{ applicationUrl: string; applied: string[] }> {
  const source = createDataSource({ url: options.ownerUrl, poolSize: 2, applicationName: 'openvob-migrate' });
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await runner.query(`SELECT pg_advisory_lock(hashtext('openvob_migrate'))`);
    await ensureExtensions(runner);
    const applied = await source.runMigrations();
    await foldNames(source.manager);
    await migrateQueue(options.ownerUrl);
    if (options.applicationPassword !== undefined) await grantLogin(runner, options.applicationPassword);
    return { applicationUrl: applicationUrl(options), applied: applied.map((migration) => migration.name) };
  } finally {
    await runner.query(`SELECT pg_advisory_unlock(hashtext('openvob_migrate'))`);
    await runner.release();
    await source.destroy();
  }
}

async function grantLogin(runner: { query(sql: string): Promise<unknown> }, password: string): Promise<void> {
  await runner.query(`ALTER ROLE openvob_app LOGIN PASSWORD '${password.replaceAll("'", "''")}'`);
}

function applicationUrl(options: MigrateOptions): string {
  const url = new URL(options.ownerUrl);
  url.username = 'openvob_app';
  url.password = encodeURIComponent(options.applicationPassword ?? '');
  return url.toString();
}
