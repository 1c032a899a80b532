import { get as httpGet } from 'node:http';
import { placeOf } from '../../apps/api/verification-events';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const person = (lastName: string, serial: string, change: object = {}): object =>
  requestFor(`NWH001${serial}`, {
    patient: { firstName: 'Ida', lastName, birthDate: '1988-03-14', relationship: 'self' },
    ...change,
  });

describe('the worklist', () => {
  let spine: Spine;
  let caller: TestCaller;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    const made: [string, object][] = [
      ['okafor', person('Okafor', '0101', { reference: 'crm-1', neededBy: '2027-01-01T10:00:00Z' })],
      ['okafs', person('Okafs-Lind', '0102')],
      ['nunez', person('Núñez', '0103')],
      ['phone', person('Brandt', '0104', { coverages: [{ payer: { id: 'pay_phone' }, memberId: 'P-1' }] })],
    ];
    for (const [name, body] of made) ids[name] = (await caller.verify(body)).id;
  });
  afterAll(() => spine.stop());

  const find = async (query: string): Promise<string[]> => {
    const { body } = await caller.get(`/v1/verifications?${query}`);
    return body.items.map((item: Body) => Object.entries(ids).find(([, id]) => id === item.id)?.[0]);
  };

  test('lists the newest first, with the person, without decision and estimate', async () => {
    const { body } = await caller.get('/v1/verifications');
    expect(body.items.map((item: Body) => item.patient.lastName)).toEqual(['Brandt', 'Núñez', 'Okafs-Lind', 'Okafor']);
    expect(Object.keys(body.items[3])).not.toEqual(expect.arrayContaining(['decision']));
    expect(body.items[3]).toMatchObject({
      status: 'verified',
      reference: 'crm-1',
      neededBy: '2027-01-01T10:00:00.000Z',
    });
  });

  test.each([
    ['q=okafor', ['okafor']],
    ['q=OKA', ['okafs', 'okafor']],
    ['q=okafs', ['okafs']],
    ['q=nunez', ['nunez']],
    ['q=NWH0010102', ['okafs']],
    ['q=nwh-001-0102', ['okafs']],
    ['q=crm-1', ['okafor']],
    ['q=ok', []],
    ['q=zzz', []],
    ['status=needs_call', ['phone']],
    ['status=verified,needs_call&payer=pay_demo_northwind', ['nunez', 'okafs', 'okafor']],
    ['needs=call', ['phone']],
    ['needs=consent', []],
    ['dueBefore=2027-02-01T00:00:00Z', ['okafor']],
    ['dueBefore=2026-02-01T00:00:00Z', []],
    ['program=prg_test&status=needs_call', ['phone']],
  ])('%s finds %j', async (query, names) => {
    expect(await find(query)).toEqual(names);
  });

  test.each(['status=lost', 'needs=money', 'dueBefore=soon', 'cursor=xyz'])('%s is refused', async (query) => {
    expect((await caller.get(`/v1/verifications?${query}`)).body).toMatchObject({
      status: 400,
      code: 'malformed_request',
    });
  });

  test('turns pages without a gap or a double', async () => {
    const spare = await startSpine({ redisUrl: undefined, withWorker: false });
    try {
      const many = new TestCaller(spare);
      for (let serial = 0; serial < 60; serial += 1)
        await many.post('/v1/verifications', person('Paget', `1${String(serial).padStart(3, '0')}`));
      const first = (await many.get('/v1/verifications')).body;
      const second = (await many.get(`/v1/verifications?cursor=${first.nextCursor}`)).body;
      expect([first.items.length, second.items.length, second.nextCursor]).toEqual([50, 10, undefined]);
      expect(new Set([...first.items, ...second.items].map((item: Body) => item.id)).size).toBe(60);
    } finally {
      await spare.stop();
    }
  });

  test('shows whom a verification was given to', async () => {
    const given = await caller.post(`/v1/verifications/${ids.nunez}/assignee`, { assignee: 'dana@facility.test' });
    expect(given.status).toBe(200);
    expect(await find('assignee=dana@facility.test')).toEqual(['nunez']);
    await caller.post(`/v1/verifications/${ids.nunez}/assignee`, { assignee: null });
    expect(await find('assignee=dana@facility.test')).toEqual([]);
    expect((await caller.post(`/v1/verifications/${ids.nunez}/assignee`, {})).status).toBe(422);
  });

  test('gives one to a name that it can be found by, and to nothing else', async () => {
    const given = await caller.post(`/v1/verifications/${ids.okafs}/assignee`, { assignee: '  Dana Reyes ' });
    expect([given.status, given.body.assignee]).toEqual([200, 'Dana Reyes']);
    expect(await find('assignee=Dana Reyes')).toEqual(['okafs']);
    for (const body of [{ assignee: 'dana', extra: 1 }, { assignee: 'a\nb' }, { assignee: 'none' }]) {
      const refused = await caller.post(`/v1/verifications/${ids.okafs}/assignee`, body);
      expect([refused.status, refused.body.code]).toEqual([422, 'validation_failed']);
    }
    expect(await find('assignee=none&q=okafs')).toEqual([]);
    await caller.post(`/v1/verifications/${ids.okafs}/assignee`, { assignee: null });
    expect(await find('assignee=none&q=okafs')).toEqual(['okafs']);
  });

  const parameters = ['status', 'payer', 'program', 'batch', 'assignee', 'needs', 'open', 'due', 'dueBefore', 'sort'];
  test.each([...parameters, 'q', 'limit', 'cursor'])('an empty %s says nothing', async (name) => {
    const all = await find('');
    expect(all).toHaveLength(4);
    expect(await find(`${name}=`)).toEqual(all);
    const searched = await caller.post('/v1/verifications/search', { [name]: '' });
    expect([searched.status, searched.body.items?.length]).toEqual([200, 4]);
  });

  test('keeps facilities apart', async () => {
    const elsewhere = new TestCaller(spine, await spine.keyFor('coordinator', 'fac_elsewhere'));
    expect((await elsewhere.get('/v1/verifications?q=okafor')).body).toEqual({ items: [] });
  });

  describe('events', () => {
    /** Reads the stream until `enough` says so. */
    async function read(
      id: string,
      lastEventId: string | undefined,
      enough: (text: string) => boolean,
    ): Promise<string> {
      if (!spine.api.getHttpServer().listening) await spine.api.listen(0, '127.0.0.1');
      const { port } = spine.api.getHttpServer().address() as { port: number };
      const headers = {
        authorization: `Bearer ${spine.apiKey}`,
        ...(lastEventId ? { 'last-event-id': lastEventId } : {}),
      };
      return new Promise((resolve, reject) => {
        const request = httpGet({ port, path: `/v1/verifications/${id}/events`, headers }, (response) => {
          let text = '';
          expect(response.headers['content-type']).toContain('text/event-stream');
          response.on('data', (chunk: Buffer) => {
            text += chunk.toString();
            if (!enough(text)) return;
            request.destroy();
            resolve(text);
          });
        });
        request.on('error', reject);
      });
    }

    test('tell every move once, then what it costs', async () => {
      const text = await read(ids.okafor ?? '', undefined, (so) => so.includes('event: estimate'));
      expect([...text.matchAll(/"status":"(\w+)"/g)].map(([, status]) => status)).toEqual([
        'received',
        'asking_payer',
        'verified',
      ]);
      expect(text).not.toContain('Okafor');
    });

    test('resume behind the last one that was seen', async () => {
      const all = await read(ids.phone ?? '', undefined, (so) => so.includes('event: needs'));
      const seen = [...all.matchAll(/id: (\d+)/g)].map(([, id]) => id);
      const rest = await read(ids.phone ?? '', seen[1], (so) => so.includes('event: needs'));
      expect([...rest.matchAll(/"status":"(\w+)"/g)].map(([, status]) => status)).toEqual(['needs_call']);
    });

    test('have an id each: behind the last move comes what it needs and costs, and nothing twice', async () => {
      const all = await read(ids.okafor ?? '', undefined, (so) => so.includes('event: estimate'));
      const seen = [...all.matchAll(/id: ([\d.]+)/g)].map(([, id]) => id ?? '');
      expect(new Set(seen).size).toBe(seen.length);
      const move = seen.filter((id) => !id.includes('.')).at(-1);
      const rest = await read(ids.okafor ?? '', move, (so) => so.includes('event: estimate'));
      expect(rest).not.toContain('event: status');
      expect(rest).toContain(`id: ${seen.at(-1)}`);
      expect(placeOf(seen.at(-1))).toEqual({ move: Number(move), told: 3 });
    });

    test('of a place that nobody gave begin at the beginning', () => {
      for (const id of [undefined, '', 'x', '54.', '54.0', '-1', '54.10'])
        expect(placeOf(id)).toEqual({ move: 0, told: 0 });
    });

    test('arrive while it moves', async () => {
      const { body } = await caller.post('/v1/verifications', person('Live', '0199'));
      const text = await read(body.id, undefined, (so) => so.includes('event: estimate'));
      expect(text).toContain('"status":"verified"');
    });
  });
});
