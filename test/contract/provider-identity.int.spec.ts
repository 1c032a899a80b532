import { Client } from 'pg';
import request from 'supertest';
import { type Body, facilityId, type Spine, startSpine } from '../setup/spine';

let spine: Spine;
let adminKey: string;
let auditorKey: string;
beforeAll(async () => {
  spine = await startSpine({ redisUrl: undefined, withWorker: false });
  adminKey = await spine.keyFor('admin');
  auditorKey = await spine.keyFor('auditor');
});
afterAll(() => spine.stop());

const path = '/v1/facility/identity';
function change(body: object, key = adminKey): request.Test {
  return request(spine.api.getHttpServer()).patch(path).set('Authorization', `Bearer ${key}`).send(body);
}
async function read(): Promise<Body> {
  const shown = await request(spine.api.getHttpServer()).get(path).set('Authorization', `Bearer ${auditorKey}`);
  return shown.body;
}

describe('how a facility names itself to payers', () => {
  test('is read by everybody there and changed by its administrators, what is left out staying as it is', async () => {
    expect(await read()).toEqual({ name: 'Testwood Recovery', npi: '1999999984' });
    const changed = await change({ secondNpi: '1999999992', taxonomyCode: '261QR0405X' });
    const all = { name: 'Testwood Recovery', npi: '1999999984', secondNpi: '1999999992', taxonomyCode: '261QR0405X' };
    expect([changed.status, changed.body]).toEqual([200, all]);
    expect(await read()).toEqual(all);
    expect((await change({ secondNpi: null, taxonomyCode: null })).body).toEqual({
      name: 'Testwood Recovery',
      npi: '1999999984',
    });
    expect((await change({ name: 'Elsewhere' }, spine.apiKey)).status).toBe(403);
  });

  test.each([
    [{ npi: '1999999985' }, '/npi'],
    [{ secondNpi: '3999999984' }, '/secondNpi'],
    [{ secondNpi: '1999999984' }, '/secondNpi'],
    [{ taxonomyCode: '261QR0405' }, '/taxonomyCode'],
    [{ name: '' }, '/name'],
    [{ npis: [] }, '/npis'],
  ])('is refused with %j', async (body, pointer) => {
    const refused = await change(body);
    expect([refused.status, refused.body.errors]).toEqual([422, [expect.objectContaining({ pointer })]]);
    expect(await read()).toEqual({ name: 'Testwood Recovery', npi: '1999999984' });
  });

  test('leaves a line in the trail that says what was changed', async () => {
    await change({ secondNpi: '1999999992' });
    const owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    const { rows } = await owner.query(
      `SELECT detail FROM audit_entry WHERE action = 'provider_identity.changed' AND facility_id = $1 ORDER BY id DESC LIMIT 1`,
      [facilityId],
    );
    await owner.end();
    expect(rows[0]?.detail).toEqual({ secondNpi: 'none → 1999999992' });
  });
});
