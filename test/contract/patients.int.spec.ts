import { part2Notice } from '@openvob/results';
import { ofVerification, Retention } from '@openvob/store';
import { Client } from 'pg';
import { Spine as ApiSpine } from '../../apps/api/spine';
import { type Body, facilityId, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const dayMs = 86_400_000;

describe('patients over HTTP', () => {
  let spine: Spine;
  let caller: TestCaller;
  let admin: TestCaller;
  let elsewhere: TestCaller;
  let owner: Client;

  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    admin = new TestCaller(spine, await spine.keyFor('admin'));
    elsewhere = new TestCaller(spine, await spine.keyFor('admin', 'fac_elsewhere'));
    owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await spine.stop();
  });

  const person = (lastName: string, birthDate: string): object => ({
    patient: { firstName: 'Avery', lastName, birthDate, relationship: 'self' },
  });
  const ask = async (memberId: string, change: object): Promise<Body> => caller.verify(requestFor(memberId, change));
  const actions = async (subject: string): Promise<string[]> => {
    const { rows } = await owner.query<{ action: string }>(
      'SELECT action FROM audit_entry WHERE subject_id = $1 ORDER BY id',
      [subject],
    );
    return rows.map(({ action }) => action);
  };

  test('the same person is suggested by name and birth date or by member id, and joined by a person alone', async () => {
    const one = await ask('NWH0010201', person('Thistlewood', '1991-05-02'));
    const other = await ask('NWH0010202', person('Thistle-Wood', '1991-05-02'));
    const third = await ask('NWH0010201', person('Ashdown', '1970-01-01'));
    const stranger = await ask('NWH0010203', person('Thistlewood', '1960-05-02'));
    const { items } = (await caller.get(`/v1/verifications/${one.id}/same-person`)).body;
    expect(items).toEqual([
      expect.objectContaining({ verificationId: third.id, because: ['member_id'] }),
      expect.objectContaining({ verificationId: other.id, because: ['name_and_birth_date'] }),
    ]);
    expect(items[0]).not.toHaveProperty('patientId');
    const { patientId } = (await caller.post(`/v1/verifications/${one.id}/patient`, { sameAs: other.id })).body;
    const { verifications } = (await caller.get(`/v1/patients/${patientId}`)).body;
    expect(verifications.map(({ id }: Body) => id).sort()).toEqual([one.id, other.id].sort());
    expect((await elsewhere.get(`/v1/patients/${patientId}`)).status).toBe(404);
    expect((await elsewhere.post(`/v1/verifications/${stranger.id}/patient`, { patientId })).status).toBe(404);
  });

  test('a verification on the wrong patient is moved, and the move stays to be read', async () => {
    const mine = await ask('NWH0010204', person('Marchbanks', '1985-02-03'));
    const theirs = await ask('NWH0010205', person('Merriweather', '1979-08-09'));
    const { patientId: wrong } = (await caller.post(`/v1/verifications/${theirs.id}/patient`, {})).body;
    await caller.post(`/v1/verifications/${mine.id}/patient`, { patientId: wrong });
    const { patientId: right } = (await caller.post(`/v1/verifications/${mine.id}/patient`, {})).body;
    expect(right).not.toBe(wrong);
    const { moves, verifications } = (await caller.get(`/v1/patients/${wrong}`)).body;
    expect(verifications.map(({ id }: Body) => id)).toEqual([theirs.id]);
    expect(moves.at(-1)).toMatchObject({ verificationId: mine.id, from: wrong, to: right });
    expect(await actions(mine.id)).toEqual(expect.arrayContaining(['patient.confirmed', 'patient.moved']));
    const both = await caller.post(`/v1/verifications/${mine.id}/patient`, { patientId: wrong, sameAs: theirs.id });
    expect([both.status, both.body.errors?.[0]?.pointer]).toEqual([422, '/patientId']);
  });

  test('a request for access is answered by an export with the notice, which stands on the account of disclosures', async () => {
    const verification = await ask('NWH0010206', person('Featherstone', '1993-11-12'));
    const { patientId } = (await caller.post(`/v1/verifications/${verification.id}/patient`, {})).body;
    const asked = await caller.post(`/v1/patients/${patientId}/requests`, {
      kind: 'access',
      receivedOn: '2026-01-05',
      words: 'Please send me everything.',
    });
    expect(asked.status).toBe(201);
    const refused = await caller.post(`/v1/patients/${patientId}/export`, { to: 'the patient' });
    expect(refused.status).toBe(403);
    const wish = { to: 'Avery Featherstone', requestId: asked.body.id };
    const { body } = await admin.post(`/v1/patients/${patientId}/export`, wish);
    expect(body.notice).toEqual(part2Notice);
    expect(body.verifications).toEqual([
      expect.objectContaining({
        verification: expect.objectContaining({ id: verification.id, status: 'verified' }),
        request: expect.objectContaining({ patient: expect.objectContaining({ lastName: 'Featherstone' }) }),
        consents: [expect.objectContaining({ scope: 'treatment_payment_operations' })],
      }),
    ]);
    const account = (await caller.get(`/v1/patients/${patientId}/disclosures`)).body.items;
    expect(account[0]).toMatchObject({
      how: 'export',
      basis: 'patient_request',
      notice: 'full',
      recipient: { name: 'Avery Featherstone' },
    });
    expect(account.slice(1).every(({ how }: Body) => how === 'inquiry')).toBe(true);
    expect((await caller.get(`/v1/patients/${patientId}/requests`)).body.items).toEqual([
      expect.objectContaining({ words: 'Please send me everything.', answeredAt: expect.any(String) }),
    ]);
    expect(await actions(patientId)).toContain('patient.exported');
  });

  test('what is old enough is removed whole, in counted batches; what is held stays, and the trail with it', async () => {
    const [old, held, young] = [
      await ask('NWH0010207', person('Oldfield', '1950-01-01')),
      await ask('NWH0010208', person('Holdsworth', '1951-01-01')),
      await ask('NWH0010209', person('Younghusband', '1952-01-01')),
    ];
    await owner.query(`UPDATE verification SET updated_at = now() - interval '400 days' WHERE id = ANY($1)`, [
      [old.id, held.id],
    ]);
    expect((await admin.post(`/v1/verifications/${held.id}/hold`, { reason: 'Litigation' })).status).toBe(204);
    expect((await admin.put('/v1/facility/retention', { keepDays: 5 })).body.errors?.[0]?.pointer).toBe('/keepDays');
    expect((await admin.put('/v1/facility/retention', { keepDays: 365 })).body).toEqual({ keepDays: 365 });
    expect((await admin.get('/v1/facility/retention/preview')).body).toMatchObject({ verifications: 1, held: 1 });
    expect((await admin.get('/v1/facility/retention/preview?keepDays=36500')).body.verifications).toBe(0);
    const api = spine.api.get(ApiSpine);
    const retention = new Retention(api.database, api.cipher);
    expect(await retention.purge(facilityId, 10, new Date())).toBe(1);
    expect(await retention.purge(facilityId, 10, new Date())).toBe(0);
    expect((await caller.get(`/v1/verifications/${old.id}`)).status).toBe(404);
    expect((await caller.get(`/v1/verifications/${held.id}`)).status).toBe(200);
    expect((await caller.get(`/v1/verifications/${young.id}`)).status).toBe(200);
    for (const table of ofVerification) {
      const { rows } = await owner.query(`SELECT FROM ${table} WHERE verification_id = $1`, [old.id]);
      expect([table, rows.length]).toEqual([table, 0]);
    }
    expect(await actions(old.id)).toContain('verification.requested');
    const { rows } = await owner.query(
      `SELECT detail FROM audit_entry WHERE facility_id = $1 AND action = 'retention.purged'`,
      [facilityId],
    );
    expect(rows).toEqual([{ detail: { verifications: 1, keepDays: 365 } }]);
    expect((await admin.delete(`/v1/verifications/${held.id}/hold`)).status).toBe(204);
    expect((await admin.get('/v1/facility/retention/preview')).body).toMatchObject({ verifications: 1, held: 0 });
    await admin.put('/v1/facility/retention', {});
    expect(await retention.purge(facilityId, 10, new Date(Date.now() + 4000 * dayMs))).toBe(0);
  });

  test('everything that refers to a verification goes with it', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT conrelid::regclass::text AS name FROM pg_constraint WHERE confrelid = 'verification'::regclass AND contype = 'f' ORDER BY 1`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ name }) => name).filter((name) => !ofVerification.includes(name))).toEqual([]);
  });
});
