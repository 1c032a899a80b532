import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyRing, LocalKeys, parseKeyRing } from '@openvob/platform';
import { Client } from 'pg';
import { SuiteClock } from '../setup/clock';
import { SealedFacility } from '../setup/sealed-facility';
import { facilityId, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const actor = { kind: 'command', id: 'S3' } as const;
const atOnce = 10;
const batchRows = 400;

export interface LiveRotation {
  asked: number;
  /** Requests refused, and verifications that did not come to rest as verified. */
  failed: number;
  readable: number;
  formerCiphertexts: number;
  rotations: number;
}

/** Verifications by API, worker and payer while another process replaces data keys and index keys, again and again. */
export async function liveRotation(count: number): Promise<LiveRotation> {
  const folder = mkdtempSync(join(tmpdir(), 'openvob-rotated-'));
  const ring = generateKeyRing();
  const keysFile = join(folder, 'keys.json');
  writeFileSync(keysFile, ring, { mode: 0o600 });
  const spine = await startSpine({ redisUrl: undefined, keysFile });
  const clock = new SuiteClock(new Date().toISOString());
  const management = new LocalKeys(() => parseKeyRing(ring));
  const keeper = await SealedFacility.open(spine.database, { ring, clock, management });
  const owner = new Client({ connectionString: spine.database.ownerUrl });
  await owner.connect();
  try {
    let isOver = false;
    const asking = verifications(spine, count).finally(() => {
      isOver = true;
    });
    const rotations = await rotateUntil(keeper, clock, () => isOver);
    const { ids, failed } = await asking;
    return {
      asked: count,
      failed,
      rotations,
      readable: await readable(spine, ids),
      formerCiphertexts: await formerCiphertexts(owner),
    };
  } finally {
    await Promise.all([owner.end(), keeper.database.close()]);
    await spine.stop();
    rmSync(folder, { recursive: true });
  }
}

async function verifications(spine: Spine, count: number): Promise<{ ids: string[]; failed: number }> {
  const caller = new TestCaller(spine);
  const ids: string[] = [];
  let failed = 0;
  for (let from = 0; from < count; from += atOnce)
    await Promise.all(
      Array.from({ length: Math.min(atOnce, count - from) }, async () => {
        const accepted = await caller.post('/v1/verifications', requestFor('NWH0010001'));
        if (accepted.status === 202) ids.push(accepted.body.id);
        const rested = accepted.status === 202 ? await caller.rested(accepted.body.id) : {};
        if (rested.status !== 'verified') failed += 1;
      }),
    );
  return { ids, failed };
}

/** One rotation after the other; the last one is brought to its end. */
async function rotateUntil(keeper: SealedFacility, clock: SuiteClock, isOver: () => boolean): Promise<number> {
  let rotations = 0;
  do {
    await keeper.rotation?.begin(facilityId, actor, ['fields', 'index']);
    for (let step = 0; ; step += 1) {
      const progress = await keeper.rotation?.advance(facilityId, batchRows);
      if (progress?.isDone) break;
      if (step === 2) clock.set(new Date(clock.now().getTime() + 11 * 60_000).toISOString());
      if (step > 2000) throw new Error('The rotation did not end');
    }
    rotations += 1;
  } while (!isOver());
  return rotations;
}

async function readable(spine: Spine, ids: readonly string[]): Promise<number> {
  const caller = new TestCaller(spine);
  let count = 0;
  for (const id of ids) {
    const { status, body } = await caller.get(`/v1/verifications/${id}/request`);
    if (status === 200 && body.patient.lastName === 'Quillfeather') count += 1;
  }
  return count;
}

/** Ciphertexts under another key than the current one: by the five bytes at their head. */
async function formerCiphertexts(owner: Client): Promise<number> {
  const columns = [
    ['admission_request', 'patient_last_name'],
    ['coverage', 'member_id'],
    ['answer', 'content'],
    ['answer', 'raw_response'],
    ['result', 'decision'],
    ['result', 'estimate'],
    ['ground', 'content'],
    ['idempotency_record', 'response'],
  ] as const;
  let former = 0;
  for (const [table, column] of columns) {
    const { rows } = await owner.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM ${table} t WHERE facility_id = $1 AND ${column} IS NOT NULL AND substring(${column} FROM 1 FOR 5) <> (
         SELECT '\\x02'::bytea || decode(lpad(to_hex(version), 8, '0'), 'hex') FROM data_key
         WHERE facility_id = $1 AND purpose = 'fields' AND state = 'current')`,
      [facilityId],
    );
    former += rows[0]?.n ?? 0;
  }
  return former;
}
