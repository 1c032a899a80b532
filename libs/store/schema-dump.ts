import type { EntityManager } from 'typeorm';

/** The parts of a schema, each a query that gives one line of text a row (`line`), in a stable order. */
const parts: readonly (readonly [string, string])[] = [
  [
    'tables',
    `SELECT format(E'%s (\\n%s\\n)', c.relname, string_agg(format('  %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
       CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
       coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')), E',\\n' ORDER BY a.attnum)) AS line
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY c.relname ORDER BY c.relname`,
  ],
  [
    'constraints',
    `SELECT format('%s: %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS line FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY 1`,
  ],
  ['indexes', `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`],
  [
    'row security',
    `SELECT format('%s: enabled %s, forced %s', relname, relrowsecurity, relforcerowsecurity) AS line FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
  ],
  [
    'policies',
    `SELECT format('%s on %s for %s to %s using %s check %s', policyname, tablename, cmd, roles, coalesce(qual, '-'), coalesce(with_check, '-')) AS line
     FROM pg_policies WHERE schemaname = 'public' ORDER BY 1`,
  ],
  [
    'triggers',
    `SELECT pg_get_triggerdef(t.oid) AS line FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal ORDER BY 1`,
  ],
  [
    'functions',
    `SELECT pg_get_functiondef(p.oid) AS line FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
     WHERE p.pronamespace = 'public'::regnamespace AND l.lanname = 'plpgsql' ORDER BY p.proname, 1`,
  ],
  [
    'grants',
    `SELECT format('%s on %s to %s', string_agg(privilege_type, ', ' ORDER BY privilege_type), table_name, grantee) AS line
     FROM information_schema.role_table_grants WHERE table_schema = 'public' AND grantee LIKE 'openvob%'
     GROUP BY table_name, grantee ORDER BY table_name, grantee`,
  ],
  [
    'column grants',
    `SELECT format('%s (%s) on %s to %s', privilege_type, string_agg(column_name, ', ' ORDER BY column_name), table_name, grantee) AS line
     FROM information_schema.column_privileges WHERE table_schema = 'public' AND grantee = 'openvob_upkeep'
     GROUP BY privilege_type, table_name, grantee ORDER BY 1`,
  ],
  ['status moves', `SELECT format('%s -> %s', from_status, to_status) AS line FROM status_move ORDER BY 1`],
];

/** The schema as text, from the catalogs: what a migration did is a difference in `schema.sql`. */
export async function dumpSchema(manager: EntityManager): Promise<string> {
  const sections: string[] = [];
  for (const [title, query] of parts) {
    const rows = await manager.query<{ line: string }[]>(query);
    sections.push(`-- ${title}\n${rows.map((row) => row.line).join('\n')}\n`);
  }
  return sections.join('\n');
}
