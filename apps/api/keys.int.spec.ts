import { Client } from 'pg';
import { type Browser, putPerson, requireSecondFactor, signedIn } from '../../test/setup/people';
import { type Body, type Spine, startSpine, TestCaller } from '../../test/setup/spine';

const day = 24 * 3_600_000;

class MovedClock {
  ahead = 0;
  now(): Date {
    return new Date(Date.now() + this.ahead);
  }
}

describe('a key of a program', () => {
  const clock = new MovedClock();
  let spine: Spine;
  let owner: Client;
  let admin: Browser;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false, clock });
    owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    await requireSecondFactor(spine, false);
    await putPerson(spine, { email: 'ada@testwood.example', role: 'admin' });
  });
  afterAll(async () => {
    await owner.end();
    await spine.stop();
  });
  beforeEach(async () => {
    clock.ahead = 0;
    admin = await signedIn(spine, 'ada@testwood.example');
  });

  const make = (body: object) => admin.send('post', '/v1/keys', body);
  const statusOf = async (key: string, path = '/v1/verifications'): Promise<number> =>
    (await new TestCaller(spine, key).get(path)).status;
  const trail = async (action: string): Promise<Body[]> =>
    (
      await owner.query('SELECT actor_kind, subject_id, detail FROM audit_entry WHERE action = $1 ORDER BY id', [
        action,
      ])
    ).rows;

  test('is shown once, stored as a hash, and opens its scopes alone', async () => {
    const made = await make({ name: 'Intake website', scopes: ['verifications:read', 'payers:read'] });
    expect([made.status, made.body]).toEqual([201, expect.objectContaining({ role: 'machine', state: 'active' })]);
    const { id, key } = made.body;
    const caller = new TestCaller(spine, key);
    expect([await statusOf(key), await statusOf(key, '/v1/payers')]).toEqual([200, 200]);
    const refused = [
      await caller.get('/v1/programs'),
      await caller.post('/v1/verifications', {}),
      await caller.get('/v1/keys'),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(refused[0]?.body.detail).toBe('This key lacks the scope programs:read.');
    const listed = await admin.get('/v1/keys');
    expect(listed.text).not.toContain(key);
    expect(listed.body.items[0]).toMatchObject({
      id,
      scopes: ['verifications:read', 'payers:read'],
      lastUsedOn: expect.any(String),
    });
    const { rows } = await owner.query<{ text: string }>(
      'SELECT k::text AS text FROM api_key k UNION ALL SELECT a::text FROM audit_entry a',
    );
    expect(rows.filter(({ text }) => text.includes(key) || text.includes(Buffer.from(key).toString('hex')))).toEqual(
      [],
    );
    expect((await trail('key.made')).at(-1)).toMatchObject({ actor_kind: 'person', subject_id: id });
  });

  test('expires', async () => {
    const { key } = (await make({ name: 'Short', scopes: ['payers:read'], expiresInDays: 1 })).body;
    clock.ahead = day - 60_000;
    expect(await statusOf(key, '/v1/payers')).toBe(200);
    clock.ahead = day;
    expect(await statusOf(key, '/v1/payers')).toBe(401);
    clock.ahead = 0;
  });

  test('is replaced with an overlap in which both hold, and no longer', async () => {
    const former = (await make({ name: 'Nightly import', scopes: ['programs:read'] })).body;
    const next = (await admin.send('post', `/v1/keys/${former.id}/rotate`, { overlapHours: 2 })).body;
    expect(next).toMatchObject({ name: 'Nightly import', scopes: ['programs:read'], replaces: former.id });
    clock.ahead = 7_140_000;
    expect([await statusOf(former.key, '/v1/programs'), await statusOf(next.key, '/v1/programs')]).toEqual([200, 200]);
    clock.ahead = 7_200_000;
    expect([await statusOf(former.key, '/v1/programs'), await statusOf(next.key, '/v1/programs')]).toEqual([401, 200]);
    clock.ahead = 0;
    expect((await trail('key.rotated')).at(-1)).toMatchObject({ subject_id: next.id, detail: { replaces: former.id } });
  });

  test('is replaced at once without an overlap, and what expired is replaced no more', async () => {
    const former = (await make({ name: 'Leaked', scopes: ['programs:read'] })).body;
    expect((await admin.send('post', `/v1/keys/${former.id}/rotate`, { overlapHours: 0 })).status).toBe(201);
    expect(await statusOf(former.key, '/v1/programs')).toBe(401);
    expect((await admin.send('post', `/v1/keys/${former.id}/rotate`, {})).status).toBe(404);
  });

  test('opens nothing once it is revoked', async () => {
    const { id, key } = (await make({ name: 'Old', scopes: ['payers:read'] })).body;
    expect((await admin.send('delete', `/v1/keys/${id}`)).status).toBe(204);
    expect(await statusOf(key, '/v1/payers')).toBe(401);
    expect((await admin.send('delete', `/v1/keys/${id}`)).status).toBe(404);
    expect((await trail('key.revoked')).at(-1)).toMatchObject({ subject_id: id });
  });

  test('needs a name, known scopes and an end', async () => {
    const refused = await make({
      name: '',
      scopes: ['verifications:read', 'moon:write'],
      expiresInDays: 400,
      role: 'admin',
    });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ pointer }: Body) => pointer)).toEqual([
      '/name',
      '/scopes',
      '/expiresInDays',
      '/role',
    ]);
    expect((await make({ name: 'None', scopes: [] })).status).toBe(422);
  });

  test('of another facility is not there', async () => {
    const { id } = (await make({ name: 'Ours', scopes: ['payers:read'] })).body;
    await putPerson(spine, { email: 'far@elsewhere.example', role: 'admin', facility: 'fac_other' });
    const stranger = await signedIn(spine, 'far@elsewhere.example');
    expect((await stranger.get('/v1/keys')).body.items).toEqual([]);
    expect((await stranger.send('post', `/v1/keys/${id}/rotate`, {})).status).toBe(404);
    expect((await stranger.send('delete', `/v1/keys/${id}`)).status).toBe(404);
  });
});
