import { FieldCipher, generateKeyRing, newId, parseKeyRing } from '@openvob/platform';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database';
import { Database } from './database';
import { FacilityRow, VerificationRow } from './entities';
import { AdmissionRequests } from './repositories/admission-requests';
import { writeAudit } from './repositories/audit';
import { FacilitySetup } from './repositories/facility-setup';
import { Upkeep } from './repositories/upkeep';

const now = new Date('2026-11-20T15:00:00Z');

describe('rows of a facility', () => {
  let home: TestDatabase;
  let database: Database;
  const cipher = new FieldCipher(parseKeyRing(generateKeyRing()));

  beforeAll(async () => {
    home = await createTestDatabase();
    database = await Database.open({ url: home.applicationUrl, poolSize: 4 });
    for (const id of ['fac_a', 'fac_b']) {
      await new FacilitySetup(database, cipher).put(
        { id, name: `Facility ${id}`, timeZone: 'America/New_York', npi: '1999999984' },
        now,
      );
    }
  });
  afterAll(async () => {
    await database.close();
    await home.drop();
  });

  async function insertVerification(facilityId: string): Promise<string> {
    const id = newId('ver', now);
    await database.inFacility(facilityId, async ({ manager }) => {
      await manager.insert(VerificationRow, {
        id,
        facilityId,
        version: 1,
        round: 1,
        status: 'received',
        needs: [],
        priority: 'today',
        attempts: 0,
        nextLookAt: now,
        createdAt: now,
        updatedAt: now,
      });
    });
    return id;
  }

  const set = (facilityId: string, id: string, change: Partial<VerificationRow>): Promise<unknown> =>
    database.inFacility(facilityId, ({ manager }) => manager.update(VerificationRow, { id }, change));

  test('are seen by that facility alone', async () => {
    const id = await insertVerification('fac_a');
    const seenBy = (facilityId: string): Promise<boolean> =>
      database.inFacility(facilityId, ({ manager }) => manager.existsBy(VerificationRow, { id }));
    expect([await seenBy('fac_a'), await seenBy('fac_b'), await seenBy('')]).toEqual([true, false, false]);
  });

  test('are not seen at all without a facility', async () => {
    await insertVerification('fac_a');
    expect(await database.directory.count(VerificationRow)).toBe(0);
    expect(await database.directory.count(FacilityRow)).toBe(0);
  });

  test('cannot be written into another facility', async () => {
    const write = database.inFacility('fac_a', async ({ manager }) => {
      await manager.insert(VerificationRow, {
        id: newId('ver', now),
        facilityId: 'fac_b',
        version: 1,
        round: 1,
        status: 'received',
        needs: [],
        priority: 'today',
        attempts: 0,
        createdAt: now,
        updatedAt: now,
      });
    });
    await expect(write).rejects.toThrow('row-level security');
  });

  test('refuse a move that the lifecycle does not know', async () => {
    const id = await insertVerification('fac_a');
    await expect(set('fac_a', id, { status: 'verified', version: 2 })).rejects.toThrow('illegal move');
  });

  test('refuse a move that does not count the version up', async () => {
    const id = await insertVerification('fac_a');
    await expect(set('fac_a', id, { status: 'queued' })).rejects.toThrow('without its version');
    await expect(set('fac_a', id, { status: 'queued', version: 3 })).rejects.toThrow('without its version');
  });

  test('refuse to begin anywhere but as received', async () => {
    const begun = database.inFacility('fac_a', async ({ manager }) => {
      await manager.insert(VerificationRow, {
        id: newId('ver', now),
        facilityId: 'fac_a',
        version: 1,
        round: 1,
        status: 'verified',
        needs: [],
        priority: 'today',
        attempts: 0,
        createdAt: now,
        updatedAt: now,
      });
    });
    await expect(begun).rejects.toThrow('begins as received');
  });

  test('keep their audit trail: it can be added to, not changed or removed', async () => {
    const line = { actor: { kind: 'worker', id: 'w1' } as const, action: 'tested', subjectId: 'ver_x' };
    await database.inFacility('fac_a', (tx) => writeAudit(tx, line, now));
    const change = (sql: string): Promise<unknown> => database.inFacility('fac_a', ({ manager }) => manager.query(sql));
    await expect(change(`UPDATE audit_entry SET action = 'other'`)).rejects.toThrow('permission denied');
    await expect(change('DELETE FROM audit_entry')).rejects.toThrow('permission denied');
  });

  test('show upkeep their ids and states across facilities, and nothing else', async () => {
    const [a, b] = [await insertVerification('fac_a'), await insertVerification('fac_b')];
    const due = await new Upkeep(database).due(new Date(now.getTime() + 10_000), 3000, 100);
    expect(due.map((one) => one.verificationId)).toEqual(expect.arrayContaining([a, b]));
    const peek = (sql: string): Promise<unknown> => database.forUpkeep((manager) => manager.query(sql));
    await expect(peek('SELECT * FROM verification')).rejects.toThrow('permission denied');
    await expect(peek('SELECT * FROM admission_request')).rejects.toThrow('permission denied');
    await expect(peek(`UPDATE verification SET status = 'queued'`)).rejects.toThrow('permission denied');
  });

  test('hold no plain text of a request, and give it back whole', async () => {
    const requests = new AdmissionRequests(cipher);
    const id = await insertVerification('fac_a');
    const request = {
      patient: {
        firstName: 'Quentin',
        lastName: 'Zzyzx-Marlowe',
        birthDate: '1987-06-05',
        sex: 'male',
        relationship: 'child',
        phone: '555-0100',
        email: 'q@example.test',
      },
      subscriber: { firstName: 'Odile', lastName: 'Zzyzx', birthDate: '1960-01-02' },
      coverages: [{ order: 'primary', payer: { name: 'Somewhere Mutual' }, memberId: 'QZM4242', groupNumber: 'G-77' }],
      admission: { startDate: '2026-12-14' },
      unusable: [{ pointer: '/patient/nickname', code: 'unknown_field', detail: 'is not a field', value: 'Zed' }],
    } as const;
    await database.inFacility('fac_a', (tx) => requests.insert(tx, id, structuredClone(request) as never, now));
    expect(await database.inFacility('fac_a', (tx) => requests.load(tx, id))).toEqual(request);
    const rows = await database.inFacility('fac_a', ({ manager }) =>
      manager.query<object[]>(
        `SELECT a::text || c::text AS line FROM admission_request a JOIN coverage c USING (verification_id) WHERE verification_id = $1`,
        [id],
      ),
    );
    const stored = Buffer.from(JSON.stringify(rows)).toString();
    const plain = ['Quentin', 'Zzyzx', '1987-06-05', 'QZM4242', 'Somewhere', 'Zed', 'G-77'];
    const hidden = plain.flatMap((text) => [text, Buffer.from(text).toString('hex')]);
    expect(hidden.filter((text) => stored.includes(text))).toEqual([]);
  });
});
