import { generateKeyRing } from '@openvob/platform';
import { ofVerification, Retention, removedAtOnce } from '@openvob/store';
import { Client } from 'pg';
import { SuiteClock } from '../setup/clock';
import type { Measurement } from '../setup/measure';
import { admissionOf, SealedFacility } from '../setup/sealed-facility';
import { all, atMost, none } from './bar.rows';
import { overDatabase } from './bar.servers';

const facility = 'fac_purged';
const keepDays = 365;

/**
 * S5, retention: what is older than the policy says is removed in batches, none of which holds its locks for a second; nothing of it stays
 * but the trail.
 *
 * @param count verifications with four rows each; at most a thousand younger ones stay
 */
export function run({ count = 250_000 }: { count?: number } = {}): Promise<Measurement[]> {
  return overDatabase(async (home) => {
    const clock = new SuiteClock(new Date().toISOString());
    const one = await SealedFacility.open(
      { ...home, name: '', drop: async () => undefined },
      { ring: generateKeyRing(), clock },
    );
    const owner = new Client({ connectionString: home.ownerUrl });
    await owner.connect();
    try {
      await one.setUp(facility);
      const old = await filled(one, count);
      await age(owner, old);
      const young = await filled(one, Math.min(count, 1_000));
      const retention = new Retention(one.database, one.cipher);
      const actor = { kind: 'command', id: 'S5' } as const;
      await retention.put({ facilityId: facility, actor, now: clock.now() }, { keepDays });
      const rows = await leftOf(owner, old);
      const lines = await linesAbout(owner, old);
      const { removed, slowestMs, otherMs } = await purgeBesideOthers(one, retention, clock);
      return [
        all('verifications removed that were old enough', removed, count, 'verifications'),
        none(`rows that stayed of their ${rows}`, await leftOf(owner, old), 'rows'),
        all('lines of the trail about them that stayed', await linesAbout(owner, old), lines, 'lines'),
        all('younger ones that stayed', await remaining(owner, young), young.length, 'verifications'),
        atMost('longest batch', Math.round(slowestMs), 1_000, 'ms'),
        atMost('longest wait of somebody else meanwhile', Math.round(otherMs), 1_000, 'ms'),
      ];
    } finally {
      await Promise.all([owner.end(), one.database.close()]);
    }
  });
}

async function filled(one: SealedFacility, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < count; from += 500)
    ids.push(
      ...(await one.take(
        facility,
        Array.from({ length: Math.min(500, count - from) }, () => admissionOf('Canary')),
      )),
    );
  return ids;
}

/** They rested more than a year ago. */
async function age(owner: Client, ids: readonly string[]): Promise<void> {
  await owner.query('SET session_replication_role = replica');
  await owner.query(
    `UPDATE verification SET status = 'cancelled', updated_at = now() - interval '400 days' WHERE id = ANY($1)`,
    [ids],
  );
  await owner.query('SET session_replication_role = origin');
}

/** While another one takes verifications in, reads and searches. */
async function purgeBesideOthers(
  one: SealedFacility,
  retention: Retention,
  clock: SuiteClock,
): Promise<{ removed: number; slowestMs: number; otherMs: number }> {
  let isOver = false;
  const others = longestWait(one, () => isOver);
  try {
    const done = await purge(retention, clock);
    isOver = true;
    return { ...done, otherMs: await others };
  } finally {
    isOver = true;
  }
}

async function longestWait(one: SealedFacility, isOver: () => boolean): Promise<number> {
  let longest = 0;
  while (!isOver()) {
    const startedAt = performance.now();
    const [id = ''] = await one.take(facility, [admissionOf('Meanwhile')]);
    await one.read(facility, id);
    longest = Math.max(longest, performance.now() - startedAt);
  }
  return longest;
}

async function purge(retention: Retention, clock: SuiteClock): Promise<{ removed: number; slowestMs: number }> {
  let removed = 0;
  let slowestMs = 0;
  for (;;) {
    const startedAt = performance.now();
    const count = await retention.purge(facility, removedAtOnce, clock.now());
    if (count === 0) return { removed, slowestMs };
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    removed += count;
  }
}

async function linesAbout(owner: Client, ids: readonly string[]): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    'SELECT count(*)::integer AS n FROM audit_entry WHERE subject_id = ANY($1)',
    [ids],
  );
  return rows[0]?.n ?? 0;
}

async function leftOf(owner: Client, ids: readonly string[]): Promise<number> {
  let left = await remaining(owner, ids);
  for (const table of ofVerification) {
    const { rows } = await owner.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM ${table} WHERE verification_id = ANY($1)`,
      [ids],
    );
    left += rows[0]?.n ?? 0;
  }
  return left;
}

async function remaining(owner: Client, ids: readonly string[]): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    'SELECT count(*)::integer AS n FROM verification WHERE id = ANY($1)',
    [ids],
  );
  return rows[0]?.n ?? 0;
}
