import request from 'supertest';
import { type Browser, putPerson, requireSecondFactor, signedIn } from '../../test/setup/people';
import { programId, requestFor, type Spine, startSpine, TestCaller } from '../../test/setup/spine';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

describe('what the console asks for', () => {
  let spine: Spine;
  let caller: TestCaller;
  let dana: Browser;
  let danaId: string;

  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    await requireSecondFactor(spine, false);
    danaId = await putPerson(spine, { email: 'dana@testwood.example', role: 'coordinator' });
    await putPerson(spine, { email: 'sam@testwood.example', role: 'coordinator' });
    dana = await signedIn(spine, 'dana@testwood.example');
  });
  afterAll(() => spine.stop());

  describe('the worklist by deadline', () => {
    test('counts and lists what waits for a person, first due first, without what is done', async () => {
      const soon = new Date(Date.now() + 20 * 60_000).toISOString();
      const late = new Date(Date.now() - 60_000).toISOString();
      const needing = { consent: undefined, priority: 'today' };
      const [inTime, overdue, settled] = await Promise.all([
        caller.verify(requestFor('NWH0010101', { ...needing, neededBy: soon })),
        caller.verify(requestFor('NWH0010102', { ...needing, neededBy: late })),
        caller.verify(requestFor('NWH0010103')),
      ]);
      expect([inTime.status, overdue.status, settled.status]).toEqual(['needs_consent', 'needs_consent', 'verified']);
      const list = await dana.send('post', '/v1/verifications/search', { open: 'true', sort: 'due' });
      expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([overdue.id, inTime.id]);
      expect(list.body.items[0]).toMatchObject({ dueAt: late, patient: { lastName: 'Quillfeather' } });
      const counts = await dana.get('/v1/verifications/counts');
      expect(counts.body).toMatchObject({ overdue: 1, within30Minutes: 1, within2Hours: 0, unassigned: 2, mine: 0 });
      const bucket = await dana.get('/v1/verifications?open=true&due=30_minutes');
      expect(bucket.body.items.map(({ id }: { id: string }) => id)).toEqual([inTime.id]);
      await dana.send('post', `/v1/verifications/${inTime.id}/assignee`, { assignee: danaId });
      expect((await dana.get('/v1/verifications/counts')).body).toMatchObject({ unassigned: 1, mine: 1 });
      expect((await dana.get('/v1/verifications?open=true&assignee=none')).body.items).toHaveLength(1);
    });

    test('leads on page by page in the same order', async () => {
      const first = await dana.get('/v1/verifications?sort=due&limit=2');
      const second = await dana.get(`/v1/verifications?sort=due&limit=2&cursor=${first.body.nextCursor}`);
      const due = [...first.body.items, ...second.body.items].map(({ dueAt }: { dueAt: string }) => dueAt);
      expect(due).toHaveLength(3);
      expect(due).toEqual([...due].sort());
    });

    test('refuses what it does not know', async () => {
      for (const query of ['due=soon', 'sort=name', 'limit=0', 'limit=201', 'open=perhaps'])
        expect((await dana.get(`/v1/verifications?${query}`)).status).toBe(400);
    });
  });

  test('tells what there is about the same person, and of nobody else', async () => {
    const asked = { lastName: 'quillfeather', firstName: 'M', birthDate: '1988-03-14', memberId: 'NWH0010103' };
    const found = await dana.send('post', '/v1/verifications/similar', asked);
    expect(found.body.items.length).toBeGreaterThan(0);
    expect(found.body.items).toContainEqual(
      expect.objectContaining({ because: ['member_id', 'name_and_birth_date'], status: 'verified' }),
    );
    const other = { lastName: 'Quillfeather', birthDate: '1999-01-01', memberId: 'NWH9999999' };
    expect((await dana.send('post', '/v1/verifications/similar', other)).body.items).toEqual([]);
  });

  test('a facility hears of what comes in, and another one does not', async () => {
    const address = spine.api.getHttpServer();
    await spine.api.listen(0, '127.0.0.1');
    const { port } = address.address() as { port: number };
    const elsewhere = await spine.keyFor('coordinator', 'fac_elsewhere');
    const ended = new AbortController();
    const listen = (key: string): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/v1/verifications/events`, {
        headers: { authorization: `Bearer ${key}` },
        signal: ended.signal,
      });
    const [own, foreign] = await Promise.all([listen(spine.apiKey), listen(elsewhere)]);
    const heard = (response: Response, wanted: string): Promise<string> => readUntil(response, wanted);
    await Promise.all([heard(own, 'beat'), heard(foreign, 'beat')]);
    const { id } = await caller.verify(requestFor('NWH0010104'));
    expect(await heard(own, id)).toContain('moved');
    const foreignText = await Promise.race([heard(foreign, id), Promise.resolve('nothing')]);
    expect(foreignText).toBe('nothing');
    ended.abort();
  });

  test('views and drafts are one’s own, whoever else works there', async () => {
    const kept = await dana.send('post', '/v1/views', { name: 'Mine today', filter: { due: 'today', assignee: 'me' } });
    expect(kept.status).toBe(201);
    expect((await dana.send('post', '/v1/views', { name: 'Bad', filter: { q: 'Quillfeather' } })).status).toBe(422);
    expect(
      (await dana.send('put', '/v1/drafts/request', { content: { patient: { lastName: 'Quillfeather' } } })).status,
    ).toBe(204);
    expect((await dana.get('/v1/drafts/request')).body.content).toEqual({ patient: { lastName: 'Quillfeather' } });
    const sam = await signedIn(spine, 'sam@testwood.example');
    expect((await sam.get('/v1/views')).body.items).toEqual([]);
    expect((await sam.get('/v1/drafts/request')).body).toEqual({});
    expect((await sam.send('delete', `/v1/views/${kept.body.id}`)).status).toBe(404);
    expect((await dana.send('delete', '/v1/drafts/request')).status).toBe(204);
    expect((await dana.get('/v1/drafts/request')).body).toEqual({});
    expect((await caller.get('/v1/views')).status).toBe(403);
  });

  test('a card is attached, read and removed; what is no picture and no PDF is refused', async () => {
    const { id } = await caller.verify(requestFor('NWH0010105'));
    const place = `/v1/verifications/${id}/attachments`;
    const send = (bytes: Buffer, type: string): request.Test =>
      request(spine.api.getHttpServer())
        .post(`${place}?kind=card_front`)
        .set('authorization', `Bearer ${spine.apiKey}`)
        .set('content-type', type)
        .send(bytes);
    const added = await send(png, 'image/png');
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ kind: 'card_front', mediaType: 'image/png', bytes: png.length });
    const read = await caller.get(`${place}/${added.body.id}`).buffer(true);
    expect(read.headers['content-type']).toBe('image/png');
    expect(Buffer.compare(read.body, png)).toBe(0);
    expect((await send(Buffer.from('<svg/>'), 'image/png')).status).toBe(415);
    expect((await send(Buffer.alloc(10 * 1024 * 1024 + 1, 1), 'image/png')).status).toBe(413);
    const foreign = new TestCaller(spine, await spine.keyFor('coordinator', 'fac_elsewhere'));
    expect((await foreign.get(`${place}/${added.body.id}`)).status).toBe(404);
    expect((await foreign.get(place)).status).toBe(404);
    const removed = await dana.send('delete', `${place}/${added.body.id}`);
    expect(removed.status).toBe(204);
    expect((await caller.get(place)).body.items).toEqual([]);
  });

  test('a program is changed by administrators, by the rules of an estimate, and what comes after it is of the changed one', async () => {
    const admin = new TestCaller(spine, await spine.keyFor('admin'));
    const patch = (body: object): request.Test =>
      request(spine.api.getHttpServer())
        .patch(`/v1/programs/${programId}`)
        .set('authorization', `Bearer ${admin.key}`)
        .send(body);
    const phases = [{ weeks: 2, weekdays: ['mon', 'thu'] }];
    const changed = await patch({ phases, closedOn: ['2027-12-25', '2027-12-25'] });
    expect(changed.body.plan).toMatchObject({ phases, closedOn: ['2027-12-25'], track: 'sud' });
    const shown = await caller.verify(requestFor('NWH0010106'));
    expect(shown.estimate.perWeek).toHaveLength(2);
    for (const body of [
      { phases: [{ weeks: 0, weekdays: ['mon'] }] },
      { phases: [] },
      { closedOn: ['2027-02-30'] },
      { track: 'mh' },
    ])
      expect((await patch(body)).status).toBe(422);
    expect((await caller.get('/v1/programs')).body.items[0].plan.phases).toEqual(phases);
  });

  test('nothing about patients is readable where it is kept, nor in the log', async () => {
    await dana.send('put', '/v1/drafts/request', { content: { patient: { lastName: 'Quillfeather' } } });
    expect(JSON.stringify(spine.logged)).not.toContain('Quillfeather');
  });
});

/** Reads a stream until it holds a text. */
async function readUntil(response: Response, wanted: string): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) throw new Error('no stream');
  const decoder = new TextDecoder();
  let text = '';
  while (!text.includes(wanted)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  reader.releaseLock();
  return text;
}
