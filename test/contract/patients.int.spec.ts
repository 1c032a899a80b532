import { randomUUID } from 'node:crypto';
import { part2Notice } from '@openvob/results';
import { Drafts, ofVerification, Retention, toldToPatients } from '@openvob/store';
import { Client } from 'pg';
import { Spine as ApiSpine } from '../../apps/api/spine';
import { putPerson } from '../setup/people';
import { type Body, facilityId, requestFor, type Spine, startSpine, TestCaller, usualStart } from '../setup/spine';

const dayMs = 86_400_000;
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const call = {
  ...{ representative: 'Tamsin Oakhurst', referenceNumber: 'R-77', answers: [] },
  startedAt: new Date(Date.now() - 20 * 60_000).toISOString(),
  endedAt: new Date(Date.now() - 60_000).toISOString(),
};

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
    const add = async (what: string, body: object, by = caller): Promise<void> => {
      expect((await by.post(`/v1/verifications/${verification.id}/${what}`, body)).status).toBeLessThan(300);
    };
    await add('calls', call);
    await add('authorizations', { status: 'not_required' });
    await add('attendance', { days: [{ date: usualStart(), attended: true }] });
    await add('remittances', { from: usualStart(), through: usualStart(), patientCents: 4000 }, admin);
    await add('notes', { text: 'Her sister calls back at four.' });
    await caller
      .post(`/v1/verifications/${verification.id}/attachments?kind=card_front`)
      .set('content-type', 'image/png')
      .send(png);
    const asked = await caller.post(`/v1/patients/${patientId}/requests`, {
      kind: 'access',
      receivedOn: '2026-01-05',
      words: 'Please send me everything.',
    });
    expect([asked.status, asked.body.dueOn]).toEqual([201, '2026-02-04']);
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
        answers: [expect.objectContaining({ payer: expect.any(String), answer: expect.any(Object) })],
        calls: [expect.objectContaining({ referenceNumber: 'R-77' })],
        notes: [expect.objectContaining({ text: 'Her sister calls back at four.' })],
        attachments: [expect.objectContaining({ kind: 'card_front', href: expect.stringContaining(verification.id) })],
      }),
    ]);
    expect(body.requests).toEqual([expect.objectContaining({ words: 'Please send me everything.' })]);
    const told = new Map(
      Object.entries({ ...body, ...body.verifications[0], view: body.verifications[0].verification }),
    );
    for (const where of Object.values(toldToPatients))
      if ('in' in where) expect([where.in, Object.keys(told.get(where.in) ?? {}).length]).not.toEqual([where.in, 0]);
    const account = (await caller.get(`/v1/patients/${patientId}/disclosures`)).body.items;
    expect(account[0]).toMatchObject({
      how: 'export',
      basis: 'patient_request',
      notice: 'full',
      recipient: { name: 'Avery Featherstone' },
    });
    expect(account[1]).toMatchObject({ how: 'phone', basis: 'consent', recipient: { payerId: verification.payer.id } });
    expect(account.slice(2).every(({ how }: Body) => how === 'inquiry')).toBe(true);
    expect(body.disclosures).toEqual(account);
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
    const { patientId: ofOld } = (await caller.post(`/v1/verifications/${old.id}/patient`, {})).body;
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
    const account = (await caller.get(`/v1/patients/${ofOld}/disclosures`)).body.items;
    expect(account.map(({ verificationId }: Body) => verificationId)).toEqual([old.id]);
    expect((await caller.get(`/v1/verifications/${old.id}/disclosures`)).body.items).toEqual(account);
    expect((await elsewhere.get(`/v1/verifications/${old.id}/disclosures`)).status).toBe(404);
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

  /** Forms that somebody began, at some time. @returns which of them are left */
  const begun = async (kinds: readonly string[], at = new Date()): Promise<() => Promise<string[]>> => {
    const { database, cipher } = spine.api.get(ApiSpine);
    const personId = await putPerson(spine, { email: `${randomUUID()}@testwood.example`, role: 'coordinator' });
    const drafts = new Drafts(database, cipher);
    for (const kind of kinds) await drafts.save({ facilityId, personId }, kind, { words: 'Begun.' }, at);
    return async () => {
      const { rows } = await owner.query<{ kind: string }>('SELECT kind FROM draft WHERE person_id = $1', [personId]);
      return rows.map(({ kind }) => kind);
    };
  };

  test('a form that was never sent goes after a week, of somebody too who does not come back', async () => {
    const { database, cipher } = spine.api.get(ApiSpine);
    const old = await begun(['request'], new Date(Date.now() - 8 * dayMs));
    const young = await begun(['request'], new Date(Date.now() - 6 * dayMs));
    expect(await new Retention(database, cipher).forgetDrafts(facilityId, new Date())).toBe(1);
    expect([await old(), await young()]).toEqual([[], ['request']]);
  });

  test('a patient is erased by an administrator: every row goes, the trail and the account of disclosures stay', async () => {
    const mine = await ask('NWH0010210', person('Leavenworth', '1964-07-08'));
    const { patientId } = (await caller.post(`/v1/verifications/${mine.id}/patient`, {})).body;
    await caller.post(`/v1/patients/${patientId}/requests`, {
      kind: 'access',
      receivedOn: '2026-01-05',
      words: 'Mine.',
    });
    await caller.post(`/v1/verifications/${mine.id}/calls`, call);
    const erase = (by: TestCaller, body: object = { confirm: 'erase' }) =>
      by.post(`/v1/patients/${patientId}/erasure`, body);
    expect((await erase(caller)).status).toBe(403);
    expect((await erase(elsewhere)).status).toBe(404);
    expect((await erase(admin, {})).status).toBe(422);
    await admin.post(`/v1/verifications/${mine.id}/hold`, { reason: 'Litigation' });
    expect((await erase(admin)).body).toMatchObject({ status: 409, detail: expect.stringContaining('legal hold') });
    await admin.delete(`/v1/verifications/${mine.id}/hold`);
    const account = (await caller.get(`/v1/patients/${patientId}/disclosures`)).body.items;
    const [{ id: callId }] = (await caller.get(`/v1/verifications/${mine.id}/calls`)).body.items;
    const drafts = await begun([`call:${mine.id}`, `amendment:${callId}`, 'request']);
    expect((await erase(admin)).body).toEqual({ verifications: 1 });
    expect(await drafts()).toEqual(['request']);
    expect((await caller.get(`/v1/verifications/${mine.id}`)).status).toBe(404);
    for (const table of ofVerification) {
      const { rows } = await owner.query(`SELECT FROM ${table} WHERE verification_id = $1`, [mine.id]);
      expect([table, rows.length]).toEqual([table, 0]);
    }
    expect((await caller.get(`/v1/patients/${patientId}/requests`)).body.items[0].words).toBeUndefined();
    expect(account.length).toBeGreaterThan(0);
    expect((await caller.get(`/v1/patients/${patientId}/disclosures`)).body.items).toEqual(account);
    expect(await actions(patientId)).toEqual(expect.arrayContaining(['patient.erasure_refused', 'patient.erased']));
    const { rows } = await owner.query('SELECT verification_ids, inquiry_ids FROM erasure WHERE patient_id = $1', [
      patientId,
    ]);
    expect(rows).toEqual([{ verification_ids: [mine.id], inquiry_ids: [expect.stringMatching(/^inq_/)] }]);
    expect((await erase(admin)).body).toEqual({ verifications: 0 });
  });

  test('everything that refers to a verification goes with it', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT conrelid::regclass::text AS name FROM pg_constraint WHERE confrelid = 'verification'::regclass AND contype = 'f' ORDER BY 1`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ name }) => name).filter((name) => !ofVerification.includes(name))).toEqual([]);
  });
});
