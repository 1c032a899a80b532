import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyRing, parseKeyRing, systemClock } from '@openvob/platform';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database';
import { admissionOf, SealedFacility } from '../../test/setup/sealed-facility';
import { run } from './main';

describe('npm run keys', () => {
  let home: TestDatabase;
  let folder: string;
  let facility: SealedFacility;
  let verification: string;
  let settings: Record<string, string>;

  const told = async (...args: string[]): Promise<{ code: number; text: string }> => {
    const lines: string[] = [];
    const sink = { write: (text: string) => lines.push(text) };
    const code = await run(args, { stdout: sink, stderr: sink, settings });
    return { code, text: lines.join('') };
  };

  beforeAll(async () => {
    home = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'openvob-keys-'));
    const file = join(folder, 'keys.json');
    writeFileSync(file, generateKeyRing());
    settings = { DATABASE_URL: home.applicationUrl, OPENVOB_KEYS_FILE: file };
    facility = await SealedFacility.open(home, { ring: readFileSync(file, 'utf8'), clock: systemClock });
    await facility.setUp('fac_keys');
    [verification = ''] = await facility.take('fac_keys', [admissionOf('Winterbourne')]);
  });
  afterAll(async () => {
    await facility.database.close();
    rmSync(folder, { recursive: true });
    await home.drop();
  });

  test('writes a usable ring, and never over another', async () => {
    const file = join(folder, 'fresh.json');
    expect((await told('generate', file)).code).toBe(0);
    expect(parseKeyRing(readFileSync(file, 'utf8')).current).toBe('k1');
    await expect(told('generate', file)).rejects.toMatchObject({ code: 'EEXIST' });
  });

  test('rotates data keys and says how far it is; what was there is read on', async () => {
    const { code, text } = await told('rotate', '--owner', 'fac_keys', '--indexes');
    expect([code, text]).toEqual([0, expect.stringMatching(/fac_keys {2}3 rows looked at, 3 written anew/)]);
    const { text: status } = await told('status');
    expect(status).toMatch(/fac_keys {2}fields 2 {2}current {2}local:k1/);
    expect(status).toMatch(/fac_keys {2}fields 1 {2}retiring/);
    expect((await facility.read('fac_keys', verification)).patient.lastName).toBe('Winterbourne');
    expect(await facility.search('fac_keys', 'Winterbourne')).toEqual([verification]);
  });

  test('destroys a facility’s keys only when its id is said twice, on its record', async () => {
    expect((await told('destroy', 'fac_keys')).code).toBe(2);
    expect((await told('destroy', 'fac_keys', '--confirm', 'fac_other')).code).toBe(2);
    expect((await facility.read('fac_keys', verification)).patient.lastName).toBe('Winterbourne');
    expect((await told('destroy', 'fac_keys', '--confirm', 'fac_keys')).code).toBe(0);
    await expect(facility.read('fac_keys', verification)).rejects.toMatchObject({ code: 'keys_destroyed' });
    const owner = new Client({ connectionString: home.ownerUrl });
    await owner.connect();
    const { rows } = await owner.query(
      `SELECT action FROM audit_entry WHERE facility_id = 'fac_keys' AND action LIKE 'keys%' ORDER BY id`,
    );
    await owner.end();
    expect(rows).toEqual([{ action: 'keys.rotation_begun' }, { action: 'keys.destroyed' }]);
  });
});
