import type { Client } from 'pg';

interface Column {
  name: string;
  type: string;
  check: string | null;
}

/** Where a value cannot be read off the type or a list in a check. */
const special: Readonly<Record<string, unknown>> = {
  'facility.npi': '1999999984',
  'verification.status': 'received',
  'data_key.version': 0,
  // what waits has a time as well
  'webhook_delivery.state': 'delivered',
};

const byType: Readonly<Record<string, unknown>> = {
  text: 'x',
  bytea: Buffer.from('x'),
  integer: 1,
  smallint: 1,
  bigint: 1,
  numeric: 1,
  'double precision': 1,
  boolean: false,
  date: '2026-01-02',
  jsonb: '{}',
  uuid: '00000000-0000-4000-8000-000000000000',
  'timestamp with time zone': '2026-01-02T03:04:05Z',
};

/**
 * A row of a facility for any table, worked out from the catalog: every column without a default that has to be there. Keys of two
 * facilities differ; texts that a check lists are the first of the list.
 *
 * @throws Error naming a column that no rule here fills
 */
export async function sampleRow(
  owner: Client,
  table: string,
  facility: string,
): Promise<{ columns: string[]; values: unknown[] }> {
  const columns = await neededColumns(owner, table);
  return {
    columns: columns.map(({ name }) => `"${name}"`),
    values: columns.map((column) => fillOf(table, column, facility)),
  };
}

async function neededColumns(owner: Client, table: string): Promise<Column[]> {
  const { rows } = await owner.query<Column>(
    `SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type,
       (SELECT string_agg(pg_get_constraintdef(c.oid), ' ') FROM pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'c'
          AND a.attnum = ANY (c.conkey)) AS check
     FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped
       AND (a.attidentity <> '' OR a.attname = 'facility_id' OR (a.attnotnull AND NOT a.atthasdef) OR $1 || '.' || a.attname = ANY ($2))
     ORDER BY a.attnum`,
    [table, Object.keys(special)],
  );
  return rows;
}

function fillOf(table: string, { name, type, check }: Column, facility: string): unknown {
  if (name === 'facility_id' || (table === 'facility' && name === 'id')) return facility;
  const given = special[`${table}.${name}`];
  if (given !== undefined) return given;
  const [, first] = /'([^']*)'::text/.exec(check ?? '') ?? [];
  if (type === 'text') return first !== undefined && !check?.includes('~') ? first : `x_${facility}`;
  if (type === 'bytea') return Buffer.alloc(32, facility);
  if (type === 'bigint') return facility === 'fac_a' ? 1_000_001 : 1_000_002;
  if (type.endsWith('[]')) return [];
  if (type in byType) return byType[type];
  throw new Error(`${table}.${name} is of type ${type}: say here what to put into it`);
}
