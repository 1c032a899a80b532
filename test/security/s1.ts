import { failingPayers } from '../chaos/payers.faults';
import { createTestDatabase } from '../setup/database';
import type { Measurement } from '../setup/measure';
import { type Installation, inEachInstallation, inInstallation } from '../setup/on-each-backend';
import { none, notMeasured } from './bar.rows';
import { withServers } from './bar.servers';
import { healthyLeaks } from './s1.healthy';

/**
 * S1: people whose fifteen fields hold values that stand nowhere else, through every flow, with payers that answer and with payers that fail in
 * twelve ways, and while the database refuses; then all that may hold nothing of a patient is searched: plain, base64, hexadecimal, URL, JSON, packed.
 *
 * @param count people in each of the two runs on each backend; below 20 in the first run on one of them
 */
export function run({ count = 1000 }: { count?: number } = {}): Promise<Measurement[]> {
  const work = (where: Installation): Promise<Measurement[]> => rowsOn(where, count);
  return withServers(() => (count < 20 ? inInstallation('PostgreSQL', work) : inEachInstallation(work)));
}

async function rowsOn(where: Installation, count: number): Promise<Measurement[]> {
  const healthy = await healthyLeaks(where, count);
  const rows = [none(`${where.backend}, ${count} people: places with their data`, told(healthy.leaks), 'places')];
  rows.push({
    what: `${where.backend}: places searched`,
    value: healthy.places,
    unit: 'places',
    goal: 'at least 20',
    pass: healthy.places >= 20,
  });
  if (count < 20) return rows;
  const failing = await overOtherDatabase(where, (other) =>
    failingPayers({ ...other, count: Math.ceil(count / 12), neededAfterMs: 30_000 }),
  );
  const leaks = told(failing.leaks);
  return [
    ...rows,
    none(`${where.backend}, 12 kinds of failing payers: places with their data`, leaks, 'places'),
    notMeasured(`${where.backend}: spans`, 'no traces are made or exported; trace ids alone stand in jobs and logs'),
  ];
}

/** Rows of the first run would be counted among those that have to rest. */
async function overOtherDatabase<T>(where: Installation, work: (other: Installation) => Promise<T>): Promise<T> {
  const { applicationUrl, ownerUrl, drop } = await createTestDatabase();
  try {
    return await work({ ...where, applicationUrl, ownerUrl });
  } finally {
    await drop();
  }
}

function told(leaks: readonly string[]): number {
  for (const leak of leaks) console.error(`  ${leak}`);
  return leaks.length;
}
