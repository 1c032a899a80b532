/** Whatever runs SQL: a query runner of the owner. */
interface Sql {
  query<T>(sql: string): Promise<T>;
}

const name = 'pg_trgm';
/** PostgreSQL: the log-in may not do that. */
const insufficientPrivilege = '42501';

/**
 * Sees to the extension that payers are searched by: makes it where the owner may, and else says what has to be done by whom.
 *
 * @throws Error naming the extension and the remedy
 */
export async function ensureExtensions(sql: Sql): Promise<void> {
  const [known] = await sql.query<{ installed: string | null }[]>(
    `SELECT installed_version AS installed FROM pg_available_extensions WHERE name = '${name}'`,
  );
  if (!known)
    throw new Error(
      `PostgreSQL lacks the extension ${name}: install the server's contrib package (Debian: postgresql-contrib) or allow the extension where the server is managed, then migrate again`,
    );
  if (known.installed === null) await create(sql);
  await requireOnSearchPath(sql);
}

async function create(sql: Sql): Promise<void> {
  try {
    await sql.query(`CREATE EXTENSION IF NOT EXISTS ${name}`);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === insufficientPrivilege)) throw cause;
    throw new Error(
      `The owner's log-in may not create the extension ${name}: run CREATE EXTENSION ${name} in this database as a superuser, or grant the owner CREATE on the database, then migrate again`,
      { cause },
    );
  }
}

async function requireOnSearchPath(sql: Sql): Promise<void> {
  const [found] = await sql.query<{ schema: string; visible: boolean }[]>(
    `SELECT n.nspname AS schema, pg_opclass_is_visible(c.oid) AS visible FROM pg_opclass c
     JOIN pg_namespace n ON n.oid = c.opcnamespace WHERE c.opcname = 'gin_trgm_ops'`,
  );
  if (!found || found.visible) return;
  throw new Error(
    `The extension ${name} is in the schema ${found.schema}, which is not on the search path: run ALTER EXTENSION ${name} SET SCHEMA public, or put the schema on the search path of the database, then migrate again`,
  );
}
