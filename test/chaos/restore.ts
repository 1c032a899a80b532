import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyRing, systemClock } from '@openvob/platform';
import { StoredSeals } from '@openvob/store';
import { Client } from 'pg';
import { run as backup } from '../../apps/backup/main';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import type { Measurement } from '../setup/measure';
import { withServices } from '../setup/on-each-backend';
import { admissionOf, SealedFacility } from '../setup/sealed-facility';

const facility = 'fac_saved';
const atOnce = 500;
/** Of a verification: itself, its request, its coverage, its line in the trail and that line's link. */
const rowsEach = 5;
const longestMinutes = 15;

/**
 * R13, the drill: all rows of one moment into a file and into a fresh database, counted and compared, patients read there by the keys, the audit
 * chains verified.
 *
 * @param count rows
 */
export function run({ count = 1_000_000 }: { count?: number } = {}): Promise<Measurement[]> {
  return withServices(async () => {
    const [source, target] = [await createTestDatabase(), await createTestDatabase()];
    const folder = mkdtempSync(join(tmpdir(), 'openvob-drill-'));
    try {
      const ring = generateKeyRing();
      await fill(source, ring, Math.ceil(count / rowsEach));
      return await drill({ source, target, ring, file: join(folder, 'backup') });
    } finally {
      rmSync(folder, { recursive: true });
      await Promise.all([source.drop(), target.drop()]);
    }
  });
}

async function fill(home: TestDatabase, ring: string, verifications: number): Promise<void> {
  const one = await SealedFacility.open(home, { ring, clock: systemClock });
  const seals = new StoredSeals(one.database);
  await one.setUp(facility);
  for (let from = 0; from < verifications; from += atOnce) {
    const length = Math.min(atOnce, verifications - from);
    await one.take(
      facility,
      Array.from({ length }, (_, turn) => admissionOf(`Vale${from + turn}`)),
    );
  }
  while (await seals.seal(facility, systemClock.now()));
  await one.database.close();
}

interface Drilled {
  source: TestDatabase;
  target: TestDatabase;
  ring: string;
  file: string;
}

async function drill({ source, target, ring, file }: Drilled): Promise<Measurement[]> {
  const settings = { OWNER_DATABASE_URL: source.ownerUrl, RESTORE_DATABASE_URL: target.ownerUrl, OPENVOB_KEYS: ring };
  const lines: string[] = [];
  const sink = { write: (text: string) => lines.push(text) };
  const startedAt = performance.now();
  const code = await backup(['drill', file], { stdout: sink, stderr: sink, settings });
  const minutes = (performance.now() - startedAt) / 60_000;
  for (const line of lines) process.stderr.write(`  ${line}`);
  const [before, after] = [await fingerprints(source), await fingerprints(target)];
  const different = Object.keys(before).filter((table) => before[table]?.sum !== after[table]?.sum);
  const rows = Object.values(before).reduce((total, { rows: one }) => total + one, 0);
  const links = Number(/(\d+) links, 0 faults/.exec(lines.join(''))?.[1] ?? -1);
  return [
    { what: 'rows brought into a fresh database', value: rows, unit: 'rows' },
    {
      what: 'tables whose rows differ from the original',
      value: different.length,
      unit: 'tables',
      goal: '0',
      pass: different.length === 0,
    },
    {
      what: 'links of the audit chains verified there, without a fault',
      value: links,
      unit: 'links',
      goal: 'all',
      pass: links === before.audit_seal?.rows,
    },
    {
      what: 'exit code of the drill, patients decrypted by the keys',
      value: code,
      unit: 'code',
      goal: '0',
      pass: code === 0,
    },
    {
      what: 'dump, restore and proof',
      value: minutes,
      unit: 'minutes',
      goal: `at most ${longestMinutes}`,
      pass: minutes <= longestMinutes,
    },
    { what: 'the file', value: statSync(file).size / 1024 / 1024, unit: 'MB' },
  ];
}

/** How many rows each table has, and a sum over all they hold. */
async function fingerprints(home: TestDatabase): Promise<Record<string, { rows: number; sum: string }>> {
  const owner = new Client({ connectionString: home.ownerUrl });
  await owner.connect();
  try {
    const tables = await owner.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations' ORDER BY 1`,
    );
    const found: Record<string, { rows: number; sum: string }> = {};
    for (const { name } of tables.rows) {
      const { rows } = await owner.query<{ rows: number; sum: string }>(
        `SELECT count(*)::integer AS rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text AS sum FROM ${name} t`,
      );
      if (rows[0]) found[name] = rows[0];
    }
    return found;
  } finally {
    await owner.end();
  }
}
