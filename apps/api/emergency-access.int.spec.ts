import { Client } from 'pg';
import { type MailServer, startMailServer } from '../../test/setup/mail';
import { type Browser, putPerson, requireSecondFactor, signedIn } from '../../test/setup/people';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../../test/setup/spine';

const reason = 'Marlow Quillfeather came by ambulance and nobody else is here';

class MovedClock {
  ahead = 0;
  now(): Date {
    return new Date(Date.now() + this.ahead);
  }
}

describe('emergency access', () => {
  const clock = new MovedClock();
  let spine: Spine;
  let mail: MailServer;
  let owner: Client;
  let ops: Browser;
  beforeAll(async () => {
    mail = await startMailServer();
    const settings = { SMTP_URL: mail.url, MAIL_FROM: 'openvob@testwood.example' };
    spine = await startSpine({ redisUrl: undefined, withWorker: false, clock, settings });
    owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    await requireSecondFactor(spine, false);
    await putPerson(spine, { email: 'omar@testwood.example', role: 'ops', name: 'Omar Ops' });
    await putPerson(spine, { email: 'ada@testwood.example', role: 'admin', name: 'Ada' });
    await putPerson(spine, { email: 'aude@testwood.example', role: 'auditor', name: 'Aude' });
    await putPerson(spine, { email: 'sami@testwood.example', role: 'supervisor' });
    await putPerson(spine, { email: 'far@elsewhere.example', role: 'admin', facility: 'fac_other' });
  });
  afterAll(async () => {
    await owner.end();
    await spine.stop();
    await mail.close();
  });
  beforeEach(async () => {
    clock.ahead = 0;
    ops = await signedIn(spine, 'omar@testwood.example');
  });

  const take = (browser: Browser, body: object = { reason }) =>
    browser.send('post', '/v1/session/emergency-access', body);
  const roleOf = async (browser: Browser): Promise<string> => (await browser.get('/v1/session')).body.role;
  const trail = async (): Promise<Body[]> =>
    (await owner.query('SELECT action, actor_id, detail FROM audit_entry ORDER BY id')).rows;

  test('opens what a supervisor may, under a new token; every line of the trail says so', async () => {
    const { id } = (await new TestCaller(spine).post('/v1/verifications', requestFor('NWH0010001'))).body;
    expect((await ops.get(`/v1/verifications/${id}`)).status).toBe(403);
    const before = ops.cookies.get('__Host-openvob');
    expect((await take(ops)).status).toBe(204);
    expect(ops.cookies.get('__Host-openvob')).not.toBe(before);
    const shown = (await ops.get('/v1/session')).body;
    expect(shown).toMatchObject({
      role: 'supervisor',
      facility: { role: 'ops' },
      emergencyAccess: { id: expect.stringMatching(/^emg_/) },
    });
    expect((await ops.get(`/v1/verifications/${id}`)).status).toBe(200);
    const lines = await trail();
    expect(lines.filter(({ action }) => action === 'verification.read').at(-1)).toMatchObject({
      actor_id: shown.person.id,
      detail: { emergencyId: shown.emergencyAccess.id },
    });
    expect(lines.some(({ action }) => action === 'emergency.begun')).toBe(true);
  });

  test('is announced at once to administrators and auditors of the facility alone, without the reason', async () => {
    await take(ops);
    for (const address of ['ada@testwood.example', 'aude@testwood.example']) {
      const told = await mail.mailTo(address);
      expect(told.subject).toBe('Emergency access at Testwood Recovery');
      expect(told.text).toContain('Omar Ops took emergency access');
    }
    // Notices of a sign-in may come late, and go to whoever signed in.
    const everything = JSON.stringify(mail.received.filter(({ subject }) => subject.startsWith('Emergency access')));
    expect(['Quillfeather', 'ambulance', 'sami@', 'omar@', 'far@'].filter((text) => everything.includes(text))).toEqual(
      [],
    );
  });

  test('ends by itself, or when it is given back', async () => {
    await take(ops, { reason, minutes: 10 });
    clock.ahead = 9 * 60_000;
    expect(await roleOf(ops)).toBe('supervisor');
    clock.ahead = 10 * 60_000;
    expect(await roleOf(ops)).toBe('ops');
    expect((await ops.send('delete', '/v1/session/emergency-access')).status).toBe(409);
    expect((await take(ops)).status).toBe(204);
    expect((await take(ops)).status).toBe(409);
    expect((await ops.send('delete', '/v1/session/emergency-access')).status).toBe(204);
    expect(await roleOf(ops)).toBe('ops');
  });

  test('is not for whoever may do that already, and not without a reason', async () => {
    const supervisor = await signedIn(spine, 'sami@testwood.example');
    expect((await take(supervisor)).status).toBe(409);
    const refused = await take(ops, { minutes: 1000 });
    expect(refused.body.errors.map(({ pointer }: Body) => pointer)).toEqual(['/reason', '/minutes']);
  });

  test('is reviewed by somebody else; the reason is for them alone, and kept encrypted', async () => {
    await take(ops);
    const auditor = await signedIn(spine, 'aude@testwood.example');
    const [latest] = (await auditor.get('/v1/emergency-access')).body.items;
    expect(latest).toMatchObject({ person: { name: 'Omar Ops' }, reason });
    expect((await auditor.send('post', `/v1/emergency-access/${latest.id}/review`)).status).toBe(204);
    const { items } = (await auditor.get('/v1/emergency-access')).body;
    expect(items.find((one: Body) => one.id === latest.id).reviewed.by).toMatch(/^per_/);
    expect((await ops.get('/v1/emergency-access')).status).toBe(403);
    const admin = await signedIn(spine, 'ada@testwood.example');
    await take(admin);
    await admin.send('delete', '/v1/session/emergency-access');
    const own = (await admin.get('/v1/emergency-access')).body.items.find((one: Body) => one.person.name === 'Ada');
    expect((await admin.send('post', `/v1/emergency-access/${own.id}/review`)).status).toBe(409);
    const stranger = await signedIn(spine, 'far@elsewhere.example');
    expect((await stranger.get('/v1/emergency-access')).body.items).toEqual([]);
    expect((await stranger.send('post', `/v1/emergency-access/${own.id}/review`)).status).toBe(404);
    const { rows } = await owner.query<{ text: string }>(
      'SELECT e::text AS text FROM emergency_access e UNION ALL SELECT a::text FROM audit_entry a UNION ALL SELECT m::text FROM outgoing_mail m',
    );
    const hidden = ['Quillfeather', Buffer.from('Quillfeather').toString('hex')];
    expect(rows.filter(({ text }) => hidden.some((word) => text.includes(word)))).toEqual([]);
  });
});
