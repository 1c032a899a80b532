import type { Client } from 'pg';

/** One thing that was tried on a table; `own read` alone may succeed. */
export interface Attempt {
  table: string;
  name: 'own read' | 'foreign read' | 'read without a facility' | 'foreign write' | 'foreign move' | 'foreign removal';
  succeeded: boolean;
}

/** Tries every way across facilities on every table, as the application role. */
export async function attemptsOn(application: Client, tables: readonly string[]): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const table of tables) {
    const tried = waysInto(table, table === 'facility' ? 'id' : 'facility_id');
    for (const [name, bound, sql] of tried)
      attempts.push({
        table,
        name,
        succeeded: (await affected(application, { bound, person: personFor(table, name) }, sql)) > 0,
      });
  }
  return attempts;
}

/** Tables in which a facility's rows are seen by their own person alone: there the facility has to keep apart what the person does not. */
const ofOnePerson = new Set(['saved_view']);

function personFor(table: string, name: Attempt['name']): string {
  return name === 'own read' || ofOnePerson.has(table) ? 'x_fac_a' : '';
}

type Way = readonly [Attempt['name'], bound: string, sql: string];

function waysInto(table: string, column: string): Way[] {
  const ofA = `${column} = 'fac_a'`;
  return [
    ['own read', 'fac_a', `SELECT FROM ${table} WHERE ${ofA}`],
    ['foreign read', 'fac_b', `SELECT FROM ${table} WHERE ${ofA}`],
    ['read without a facility', '', `SELECT FROM ${table}`],
    ['foreign write', 'fac_b', `UPDATE ${table} SET ${column} = ${column} WHERE ${ofA}`],
    ['foreign move', 'fac_b', `UPDATE ${table} SET ${column} = 'fac_a'`],
    ['foreign removal', 'fac_b', `DELETE FROM ${table} WHERE ${ofA}`],
    // Of a row of one's own a copy for somebody else.
    ['foreign write', 'fac_a', `INSERT INTO ${table} (${column}) SELECT 'fac_b' FROM ${table} WHERE ${ofA}`],
  ];
}

/** Rows that a statement touched; none when it was refused. */
async function affected(
  application: Client,
  { bound, person }: { bound: string; person: string },
  sql: string,
): Promise<number> {
  await application.query(
    `BEGIN; SET LOCAL openvob.facility_id = '${bound}'; SET LOCAL openvob.person_id = '${person}'`,
  );
  try {
    return (await application.query(sql)).rowCount ?? 0;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    // 42501: no right, or against a policy. Anything else would only seem to be a refusal.
    if (code === '42501' || message === 'a verification keeps its id and facility') return 0;
    throw error;
  } finally {
    await application.query('ROLLBACK');
  }
}
