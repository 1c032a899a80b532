import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyRing, systemClock } from '@openvob/platform';
import { Drafts, Erasures, Patients, PeopleSetup, StoredSeals } from '@openvob/store';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database';
import { admissionOf, SealedFacility } from '../../test/setup/sealed-facility';
import { run } from './main';

describe('npm run backup', () => {
  let source: TestDatabase;
  let target: TestDatabase;
  let folder: string;
  let ring: string;
  let verification: string;

  const told = async (args: string[], change: Record<string, string> = {}): Promise<{ code: number; text: string }> => {
    const lines: string[] = [];
    const sink = { write: (text: string) => lines.push(text) };
    const settings = { OWNER_DATABASE_URL: source.ownerUrl, RESTORE_DATABASE_URL: target.ownerUrl, OPENVOB_KEYS: ring };
    const code = await run(args, { stdout: sink, stderr: sink, settings: { ...settings, ...change } });
    return { code, text: lines.join('') };
  };

  beforeAll(async () => {
    [source, target] = [await createTestDatabase(), await createTestDatabase()];
    folder = mkdtempSync(join(tmpdir(), 'openvob-backup-'));
    ring = generateKeyRing();
    const facility = await SealedFacility.open(source, { ring, clock: systemClock });
    await facility.setUp('fac_saved');
    const people = Array.from({ length: 1200 }, (_, place) => admissionOf(`Canarywood${place}`));
    [verification = ''] = await facility.take('fac_saved', people);
    const person = { email: 'dana@saved.example', name: 'Dana', role: 'coordinator' as const, passwordHash: 'x' };
    const personId = await new PeopleSetup(facility.database).put('fac_saved', person, systemClock.now());
    const draft = { patient: { lastName: 'Canarywood0' } };
    const drafts = new Drafts(facility.database, facility.cipher);
    await drafts.save({ facilityId: 'fac_saved', personId }, 'request', draft, systemClock.now());
    await new StoredSeals(facility.database).seal('fac_saved', systemClock.now());
    await facility.database.close();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await Promise.all([source.drop(), target.drop()]);
  });

  test('refuses a log-in from which row-level security hides rows', async () => {
    const file = join(folder, 'partial');
    await expect(told(['dump', file], { OWNER_DATABASE_URL: source.applicationUrl })).rejects.toThrow();
  });

  test('a drill brings every row into a fresh database, and reads patients there with the keys', async () => {
    const file = join(folder, 'whole');
    const { code, text } = await told(['drill', file]);
    expect([code, text]).toEqual([
      0,
      expect.stringContaining('1 facilities: 20 verifications decrypted as a sample, 0 could not be'),
    ]);
    expect(text).toContain('2 audit chains verified: 1202 links, 0 faults');
    expect(readFileSync(file, 'latin1')).not.toMatch(/fac_saved|Canarywood|verification/);
    const restored = await SealedFacility.open(target, { ring, clock: systemClock });
    expect((await restored.read('fac_saved', verification)).patient.lastName).toBe('Canarywood0');
    expect(await restored.search('fac_saved', 'Canarywood777', 2000)).toHaveLength(1);
    expect(await restored.take('fac_saved', [admissionOf('Afterwards')])).toHaveLength(1);
    await restored.database.close();
    const owner = new Client({ connectionString: target.ownerUrl });
    await owner.connect();
    const { rows } = await owner.query<{ n: string }>('SELECT count(*) AS n FROM admission_request');
    await owner.end();
    expect(Number(rows[0]?.n)).toBe(1201);
  });

  test('what was altered, cut short, under other keys, or would go over rows is refused', async () => {
    const file = join(folder, 'whole');
    const bytes = readFileSync(file);
    const spoilt = async (name: string, content: Buffer): Promise<unknown> => {
      writeFileSync(join(folder, name), content);
      return told(['restore', join(folder, name)]);
    };
    await expect(told(['restore', file])).rejects.toThrow('is not empty');
    const empty = await createTestDatabase();
    target = Object.assign(target, { ownerUrl: empty.ownerUrl });
    const altered = Buffer.from(bytes);
    altered[altered.length - 20] = (altered.at(-20) ?? 0) ^ 1;
    await expect(spoilt('altered', altered)).rejects.toThrow('altered');
    await expect(spoilt('short', bytes.subarray(0, bytes.length - 40))).rejects.toThrow(/cut short|altered/);
    await expect(told(['restore', file], { OPENVOB_KEYS: generateKeyRing() })).rejects.toThrow('refused');
    const owner = new Client({ connectionString: empty.ownerUrl });
    await owner.connect();
    const { rows } = await owner.query<{ n: string }>('SELECT count(*) AS n FROM verification');
    await owner.end();
    await empty.drop();
    expect(Number(rows[0]?.n)).toBe(0);
  });

  test('a patient who was erased since is left out of a copy, and nobody else is', async () => {
    const [pruned, fresh] = [join(folder, 'pruned'), await createTestDatabase()];
    const facility = await SealedFacility.open(source, { ring, clock: systemClock });
    const who = { facilityId: 'fac_saved', actor: { kind: 'command', id: 'suite' }, now: systemClock.now() } as const;
    const patients = new Patients(facility.database, facility.cipher, facility.reader);
    const patientId = (await patients.assign(who, verification, { isNew: true })) ?? '';
    const owner = new Client({ connectionString: source.ownerUrl });
    await owner.connect();
    await owner.query('SET session_replication_role = replica');
    await owner.query(`UPDATE verification SET status = 'cancelled' WHERE id = $1`, [verification]);
    await owner.end();
    expect(await new Erasures(facility.database).erase(who, patientId)).toEqual({ verifications: 1 });
    await facility.database.close();

    const { code, text } = await told(['prune', join(folder, 'whole'), pruned]);
    expect([code, text]).toEqual([
      0,
      expect.stringContaining('4 rows of erased patients, and forms that were not sent, left out'),
    ]);
    expect((await told(['restore', pruned], { RESTORE_DATABASE_URL: fresh.ownerUrl })).code).toBe(0);
    const restored = await SealedFacility.open(fresh, { ring, clock: systemClock });
    await expect(restored.read('fac_saved', verification)).rejects.toThrow();
    expect(await restored.search('fac_saved', 'Canarywood0', 10)).toEqual([]);
    expect(await restored.search('fac_saved', 'Canarywood777', 10)).toHaveLength(1);
    await restored.database.close();
    await fresh.drop();
    expect((await told(['prune', pruned])).code).toBe(2);
  });
});
