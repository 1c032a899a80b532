import { randomBytes } from 'node:crypto';
import { generateKeyRing, KeyServiceError, LocalKeys, newId, parseKeyRing } from '@openvob/platform';
import { Client } from 'pg';
import { SuiteClock } from '../../../test/setup/clock';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { admissionOf, SealedFacility } from '../../../test/setup/sealed-facility';
import { installation } from './data-key-rows';
import { sealedTables } from './sealed-tables';

const actor = { kind: 'command', id: 'suite' } as const;

describe('patient data at rest', () => {
  let home: TestDatabase;
  let owner: Client;
  const ring = generateKeyRing();
  const clock = new SuiteClock('2026-11-20T15:00:00Z');
  const opened: SealedFacility[] = [];

  async function opens(options: Partial<Parameters<typeof SealedFacility.open>[1]> = {}): Promise<SealedFacility> {
    const one = await SealedFacility.open(home, { ring, clock, ...options });
    opened.push(one);
    return one;
  }
  async function facility(by: SealedFacility): Promise<string> {
    const id = newId('fac', clock.now());
    await by.setUp(id);
    return id;
  }
  const keysOf = async (id: string): Promise<string[]> => {
    const { rows } = await owner.query<{ line: string }>(
      `SELECT purpose || ' ' || version || ' ' || state AS line FROM data_key WHERE facility_id = $1 ORDER BY 1`,
      [id],
    );
    return rows.map(({ line }) => line);
  };

  beforeAll(async () => {
    home = await createTestDatabase();
    owner = new Client({ connectionString: home.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await Promise.all(opened.map(({ database }) => database.close()));
    await owner.end();
    await home.drop();
  });

  test('is listed column by column: every other column of bytes is a hash', async () => {
    const { rows } = await owner.query<{ place: string }>(
      `SELECT table_name || '.' || column_name AS place FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'bytea' ORDER BY 1`,
    );
    const listed = sealedTables.flatMap(({ table, columns, indexes = [] }) =>
      [...columns, ...indexes.map(({ column }) => column)].map((column) => `${table}.${column}`),
    );
    const others = rows.map(({ place }) => place).filter((place) => !listed.includes(place));
    expect(others.filter((place) => !/\.(\w*hash|fingerprint|key|wrapped)$/.test(place))).toEqual([]);
    expect(listed.filter((place) => !rows.some((row) => row.place === place))).toEqual([]);
  });

  test('is under keys of its facility, and refused in the row of another', async () => {
    const process = await opens();
    const [one, other] = [await facility(process), await facility(process)];
    const [from = ''] = await process.take(one, [admissionOf('Quillfeather')]);
    const [to = ''] = await process.take(other, [admissionOf('Ashgrove')]);
    expect((await process.read(one, from)).patient.lastName).toBe('Quillfeather');
    await owner.query(
      `UPDATE admission_request SET patient_last_name = (SELECT patient_last_name FROM admission_request WHERE verification_id = $1)
       WHERE verification_id = $2`,
      [from, to],
    );
    await expect(process.read(other, to)).rejects.toThrow('altered');
  });

  test('of earlier versions is read, found, and brought under the facility’s keys while requests come', async () => {
    const earlier = await opens({ isEarlier: true });
    const id = await facility(earlier);
    const before = await earlier.take(
      id,
      ['Oakhurst', 'Oakley', 'Fennimore'].map((name) => admissionOf(name)),
    );
    const process = await opens();
    const { rotation } = process;
    expect(await process.search(id, 'oak')).toHaveLength(2);
    expect(await process.search(id, 'Fennimore')).toEqual([before[2]]);
    const during = await process.take(id, [admissionOf('Oakenfold', '1990-04-12')]);

    await rotation?.advance(id, 1000);
    expect(await keysOf(id)).toContain('fields 0 retiring');
    clock.set(new Date(clock.now().getTime() + 11 * 60_000).toISOString());
    await rotation?.advance(id, 1000);
    await expect(rotation?.advance(id, 1000)).resolves.toMatchObject({ isDone: true });

    expect(await keysOf(id)).toEqual([
      'fields 0 destroyed',
      'fields 1 current',
      'index 0 destroyed',
      'index 1 current',
    ]);
    const { rows } = await owner.query<{ formats: string }>(
      `SELECT string_agg(DISTINCT get_byte(patient_last_name, 0)::text, ' ') AS formats FROM admission_request WHERE facility_id = $1`,
      [id],
    );
    expect(rows[0]?.formats).toBe('2');
    const withoutRing = await opens({ management: new LocalKeys(() => parseKeyRing(ring)), ring: generateKeyRing() });
    for (const one of [...before, ...during])
      expect((await withoutRing.read(id, one)).patient.firstName).toBe('Marlow');
    expect(await withoutRing.search(id, 'oak')).toHaveLength(3);
    expect(await withoutRing.search(id, '1990-04-12')).toEqual(during);
    expect(await withoutRing.search(id, 'intake Fennimore')).toEqual([before[2]]);
  });

  test('is rotated online: two processes read and write on, a stop in the middle loses nothing', async () => {
    const [process, other] = [await opens(), await opens()];
    const id = await facility(process);
    const names = Array.from({ length: 450 }, (_, place) => `Vale${place}`);
    const ids = await process.take(
      id,
      names.map((name) => admissionOf(name)),
    );
    await process.rotation?.begin(id, actor, ['fields', 'index']);
    const stopped = await process.rotation?.advance(id, 300);
    expect(stopped).toMatchObject({ isDone: false });
    const meanwhile = await other.take(id, [admissionOf('Meanwhile')]);
    expect((await other.read(id, ids[449] ?? '')).patient.lastName).toBe('Vale449');
    expect(await other.search(id, 'Vale7', 1000)).toContain(ids[7]);

    clock.set(new Date(clock.now().getTime() + 11 * 60_000).toISOString());
    const goOn = async (): Promise<boolean> => (await other.rotation?.advance(id, 700))?.isDone ?? true;
    for (let step = 0; step < 20 && !(await goOn()); step += 1);
    expect(await keysOf(id)).toEqual(
      expect.arrayContaining(['fields 1 destroyed', 'fields 2 current', 'index 1 destroyed', 'index 2 current']),
    );
    for (const [place, one] of [...ids, ...meanwhile].entries())
      expect((await process.read(id, one)).patient.lastName).toBe(names[place] ?? 'Meanwhile');
    expect(await process.search(id, 'Vale7', 1000)).toContain(ids[7]);
  });

  test('follows another master key without a row being touched', async () => {
    const process = await opens();
    const id = await facility(process);
    const [verification = ''] = await process.take(id, [admissionOf('Underhill')]);
    const text = JSON.parse(ring) as { keys: Record<string, string> };
    const younger = { ...text, current: 'k2', keys: { ...text.keys, k2: randomBytes(32).toString('base64') } };
    const next = await opens({ ring: JSON.stringify(younger) });
    expect(await next.rotation?.rewrap(id)).toBe(2);
    expect(await next.rotation?.rewrap(id)).toBe(0);
    await next.rotation?.rewrap(installation);
    const { k2 } = younger.keys;
    const last = await opens({ ring: JSON.stringify({ ...younger, keys: { k2 } }) });
    expect((await last.read(id, verification)).patient.lastName).toBe('Underhill');
    const back = await opens({ ring: JSON.stringify({ ...younger, current: 'k1' }) });
    await back.rotation?.rewrap(installation);
  });

  test('stays closed when the master key vanished: refused in one sentence, recorded, nothing half done', async () => {
    const usual = new LocalKeys(() => parseKeyRing(ring));
    let isGone = false;
    const management = {
      wrap: usual.wrap.bind(usual),
      masterKey: usual.masterKey.bind(usual),
      unwrap: async (...given: Parameters<LocalKeys['unwrap']>) => {
        if (isGone) throw new KeyServiceError('refused', 'DisabledException');
        return usual.unwrap(...given);
      },
    };
    const process = await opens({ management });
    const id = await facility(process);
    const [verification = ''] = await process.take(id, [admissionOf('Larkspur')]);
    isGone = true;
    expect((await process.read(id, verification)).patient.lastName).toBe('Larkspur');
    clock.set(new Date(clock.now().getTime() + 6 * 60_000).toISOString());
    const refused = process.take(id, [admissionOf('Nobody')]);
    await expect(refused).rejects.toMatchObject({
      code: 'keys_unavailable',
      status: 503,
      options: { detail: expect.stringMatching(/^Patient data cannot be opened at the moment, [^.]+\.$/) },
    });
    const { rows } = await owner.query<{ rows: string; told: string }>(
      `SELECT (SELECT count(*) FROM verification WHERE facility_id = $1) AS rows,
         (SELECT count(*) FROM installation_audit_entry WHERE action = 'keys.unavailable' AND detail->>'code' = 'DisabledException') AS told`,
      [id],
    );
    expect(Number(rows[0]?.rows)).toBe(1);
    expect(Number(rows[0]?.told)).toBeGreaterThan(0);
    isGone = false;
    expect((await process.read(id, verification)).patient.lastName).toBe('Larkspur');
  });

  test('is gone for every process once its keys were destroyed, and its facility alone', async () => {
    const [process, other] = [await opens(), await opens()];
    const [id, neighbour] = [await facility(process), await facility(process)];
    const [verification = ''] = await process.take(id, [admissionOf('Hollis')]);
    const [kept = ''] = await process.take(neighbour, [admissionOf('Ferris')]);
    expect((await other.read(id, verification)).patient.lastName).toBe('Hollis');
    expect(await process.rotation?.destroy(id, actor)).toBe(4);
    for (const one of [process, other])
      await expect(one.read(id, verification)).rejects.toMatchObject({ code: 'keys_destroyed', status: 410 });
    await expect(other.take(id, [admissionOf('Later')])).rejects.toMatchObject({ code: 'keys_destroyed' });
    expect((await other.read(neighbour, kept)).patient.lastName).toBe('Ferris');
    const { rows } = await owner.query(`SELECT FROM data_key WHERE facility_id = $1 AND wrapped IS NOT NULL`, [id]);
    expect(rows).toHaveLength(0);
  });
});
