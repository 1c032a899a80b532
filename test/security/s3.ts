import { generateKeyRing, LocalKeys, parseKeyRing } from '@openvob/platform';
import { Client } from 'pg';
import { SuiteClock } from '../setup/clock';
import type { Measurement } from '../setup/measure';
import { admissionOf, SealedFacility } from '../setup/sealed-facility';
import { all, none } from './bar.rows';
import { overDatabase, withServers } from './bar.servers';
import { liveRotation } from './s3.live';

const facility = 'fac_rotated';
const actor = { kind: 'command', id: 'S3' } as const;

/**
 * S3, rotation: data keys and index keys are replaced while verifications go their whole way, and while a second process takes requests in,
 * reads and searches them; then the keys are destroyed.
 *
 * @param count verifications in each of the two
 */
export function run({ count = 1_000 }: { count?: number } = {}): Promise<Measurement[]> {
  return withServers(async () => [...(await liveRows(count)), ...(await storedRows(count))]);
}

async function liveRows(count: number): Promise<Measurement[]> {
  const { asked, failed, readable, formerCiphertexts, rotations } = await liveRotation(count);
  return [
    none(`of ${asked} verifications during ${rotations} rotations that failed`, failed, 'verifications'),
    all('of these, readable afterwards', readable, asked, 'verifications'),
    none('of their ciphertexts under former keys', formerCiphertexts, 'ciphertexts'),
  ];
}

function storedRows(count: number): Promise<Measurement[]> {
  return overDatabase(async (home) => {
    const clock = new SuiteClock(new Date().toISOString());
    const ring = generateKeyRing();
    const management = new LocalKeys(() => parseKeyRing(ring));
    const open = () =>
      SealedFacility.open({ ...home, name: '', drop: async () => undefined }, { ring, clock, management });
    const [keeper, user] = [await open(), await open()];
    const owner = new Client({ connectionString: home.ownerUrl });
    await owner.connect();
    try {
      await keeper.setUp(facility);
      const half = Math.ceil(count / 2);
      const ids = await keeper.take(facility, people(0, half));
      await keeper.rotation?.begin(facility, actor, ['fields', 'index']);
      const [failed] = await Promise.all([work(user, ids, count - half), rotate(keeper, clock)]);
      const readable = await readAll(user, ids);
      const former = await rowsUnderFormerKeys(owner);
      await keeper.rotation?.destroy(facility, actor);
      const after = await readAll(user, ids.slice(0, 100));
      return [
        none('requests failed while keys were replaced', failed, 'requests'),
        all('verifications readable afterwards', readable, ids.length, 'verifications'),
        none('rows left under former keys', former, 'rows'),
        none('verifications readable once the keys were destroyed', after, 'verifications'),
      ];
    } finally {
      await Promise.all([owner.end(), keeper.database.close(), user.database.close()]);
    }
  });
}

function people(from: number, count: number): ReturnType<typeof admissionOf>[] {
  return Array.from({ length: count }, (_, place) => admissionOf(`Vale${from + place}`));
}

/** Ends only when the former keys are gone: also a stop in the middle is gone on from. */
async function rotate(keeper: SealedFacility, clock: SuiteClock): Promise<void> {
  for (let step = 0; step < 1_000; step += 1) {
    const progress = await keeper.rotation?.advance(facility, 150);
    if (progress?.isDone) return;
    if (step === 3) clock.set(new Date(clock.now().getTime() + 11 * 60_000).toISOString());
  }
  throw new Error('The rotation did not end');
}

async function work(user: SealedFacility, ids: string[], count: number): Promise<number> {
  let failed = 0;
  for (let done = 0; done < count; done += 10) {
    const request = async (): Promise<void> => {
      const [fresh = ''] = await user.take(facility, people(100_000 + done, 1));
      ids.push(fresh, ...(await user.take(facility, people(200_000 + done, Math.min(9, count - done - 1)))));
      await user.read(facility, fresh);
      const found = await user.search(facility, `Vale${100_000 + done}`, 10_000);
      if (!found.includes(fresh)) throw new Error('not found');
    };
    await request().catch(() => {
      failed += 1;
    });
  }
  return failed;
}

async function readAll(user: SealedFacility, ids: readonly string[]): Promise<number> {
  let readable = 0;
  for (const id of ids)
    await user.read(facility, id).then(
      ({ patient }) => {
        if (patient.lastName?.startsWith('Vale')) readable += 1;
      },
      () => undefined,
    );
  return readable;
}

async function rowsUnderFormerKeys(owner: Client): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    `SELECT count(*)::integer AS n FROM admission_request WHERE facility_id = $1
       AND substring(patient_last_name FROM 1 FOR 5) <> '\\x0200000002'::bytea`,
    [facility],
  );
  return rows[0]?.n ?? 0;
}
