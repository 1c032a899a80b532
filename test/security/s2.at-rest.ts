import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { canaries, requestAbout } from '../chaos/payers.people';
import { canariesIn } from '../setup/patient-data';
import { type Spine, startSpine, TestCaller } from '../setup/spine';

const northwind = { id: 'pay_demo_northwind', memberIdPrefix: 'NWH' };
const atOnce = 20;
const pageRows = 500;

export interface AtRest {
  people: number;
  tables: number;
  rows: number;
  files: number;
  megabytes: number;
  /** `place: canary`. */
  found: string[];
}

/** People through the whole path; then every row of every table, and the server's own files, are looked through for what they said. */
export async function dataAtRest(people: number): Promise<AtRest> {
  const spine = await startSpine({ redisUrl: undefined });
  const owner = new Client({ connectionString: spine.database.ownerUrl });
  await owner.connect();
  try {
    await throughEveryFlow(spine, people);
    const tables = await tablesOf(owner);
    const found: string[] = [];
    let rows = 0;
    for (const table of tables)
      for await (const { count, text } of pagesOf(owner, table)) {
        rows += count;
        found.push(...canariesIn(text, canaries).map((canary) => `${table}: ${canary}`));
      }
    const inFiles = await files(owner);
    return { people, tables: tables.length, rows, ...inFiles, found: [...found, ...inFiles.found] };
  } finally {
    await owner.end();
    await spine.stop();
  }
}

async function throughEveryFlow(spine: Spine, people: number): Promise<void> {
  const caller = new TestCaller(spine);
  const admin = new TestCaller(spine, await spine.keyFor('admin'));
  for (let from = 0; from < people; from += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, people - from) }, (_, turn) => from + turn);
    await Promise.all(
      numbers.map(async (number) => {
        const { id, status } = await caller.verify(requestAbout(number, northwind));
        if (status !== 'verified') throw new Error(`rests as ${status}`);
        await caller.get(`/v1/verifications/${id}/document?kind=summary&format=html`);
        const { patientId } = (await caller.post(`/v1/verifications/${id}/patient`, {})).body;
        await caller.post(`/v1/patients/${patientId}/requests`, {
          kind: 'access',
          receivedOn: '2026-01-05',
          words: 'Quorvintle asks for everything',
        });
        await admin.post(`/v1/patients/${patientId}/export`, { to: 'Zephyrinax Quorvintle' });
      }),
    );
  }
}

async function tablesOf(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/** Rows as a dump holds them, bytes as they are: in hexadecimal seven digits would be found by chance. */
async function* pagesOf(owner: Client, table: string): AsyncGenerator<{ count: number; text: string }> {
  await owner.query('BEGIN');
  try {
    await owner.query(`DECLARE looked CURSOR FOR SELECT * FROM ${table}`);
    for (;;) {
      const { rows } = await owner.query<Record<string, unknown>>(`FETCH ${pageRows} FROM looked`);
      if (rows.length === 0) return;
      yield { count: rows.length, text: rows.map((row) => Object.values(row).map(asText).join('\t')).join('\n') };
    }
  } finally {
    await owner.query('ROLLBACK');
  }
}

function asText(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString('latin1');
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** What lies in the folder of the server: tables and indexes of this database, and the log that is written ahead. */
async function files(owner: Client): Promise<Pick<AtRest, 'files' | 'megabytes' | 'found'>> {
  await owner.query('CHECKPOINT');
  const { rows } = await owner.query<{ folder: string; oid: string }>(
    `SELECT current_setting('data_directory') AS folder, oid::text FROM pg_database WHERE datname = current_database()`,
  );
  const [{ folder = '', oid = '' } = {}] = rows;
  const found: string[] = [];
  let [count, bytes] = [0, 0];
  for (const part of [join('base', oid), 'pg_wal'])
    for (const entry of readdirSync(join(folder, part), { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const content = readFileSync(join(folder, part, entry.name));
      count += 1;
      bytes += content.length;
      found.push(...needles.filter(({ form }) => content.includes(form)).map(({ canary }) => `${part}: ${canary}`));
    }
  return { files: count, megabytes: Math.round(bytes / 1024 / 1024), found };
}

/** Plain, in capitals, in base64 and, where it is long enough not to come by chance, in hexadecimal. */
const needles = canaries.flatMap((canary) => {
  const bytes = Buffer.from(canary);
  const forms = [canary, canary.toUpperCase(), bytes.toString('base64').replace(/=+$/, '').slice(0, -1)];
  return [...forms, ...(bytes.length > 9 ? [bytes.toString('hex')] : [])].map((form) => ({ canary, form }));
});
