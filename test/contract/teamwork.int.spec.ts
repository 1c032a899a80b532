import { Client } from 'pg';
import { type Browser, putPerson, requireSecondFactor, signedIn } from '../setup/people';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const call = (answers: object[], change: object = {}): object => ({
  representative: 'Tamsin Oakhurst',
  referenceNumber: 'REF-4711',
  startedAt: new Date(Date.now() - 20 * 60_000).toISOString(),
  endedAt: new Date(Date.now() - 60_000).toISOString(),
  answers,
  ...change,
});
const phoned = requestFor('x', { coverages: [{ payer: { id: 'pay_phone' }, memberId: 'P-1' }] });
const settling = [
  { questionId: 'iop_covered:0', value: 'yes' },
  { questionId: 'share_kind:0', value: 'copay' },
  { questionId: 'copay:0', value: 4000 },
  { questionId: 'copay_per:0', value: 'day' },
  { questionId: 'deductible_applies:0', value: 'no' },
  { questionId: 'deductible_individual:0', value: 'none' },
  { questionId: 'out_of_pocket_individual:0', value: { limitCents: 500_000, remainingCents: 500_000 } },
  { questionId: 'plan_year:0', value: 'calendar_year' },
];
const likely = (shown: Body): number | undefined => shown.estimate?.total.likelyCents;

describe('people who work together', () => {
  let spine: Spine;
  let caller: TestCaller;
  let owner: Client;
  const people = {} as Record<'coordinator' | 'supervisor' | 'admin' | 'auditor' | 'ops' | 'biller', Browser>;
  const ids = {} as Record<keyof typeof people, string>;

  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    await requireSecondFactor(spine, false);
    for (const role of ['coordinator', 'supervisor', 'admin', 'auditor', 'ops', 'biller'] as const) {
      ids[role] = await putPerson(spine, { email: `${role}@testwood.example`, name: `The ${role}`, role });
      people[role] = await signedIn(spine, `${role}@testwood.example`);
    }
  });
  afterAll(async () => {
    await owner.end();
    await spine.stop();
  });

  const trail = async (id: string): Promise<Body[]> =>
    (await people.auditor.get(`/v1/audit?subject=${id}`)).body.items as Body[];

  describe('notes', () => {
    test('go along with a hand-over, and stand with author and time where the next person looks', async () => {
      const { id } = await caller.verify(requestFor('NWH0010001'));
      const written = await people.coordinator.send('post', `/v1/verifications/${id}/notes`, {
        text: ' Mother calls back at 4.\nAsk for the group number. ',
      });
      expect([written.status, written.body.text]).toEqual([201, 'Mother calls back at 4.\nAsk for the group number.']);
      const handed = { assignee: ids.supervisor, note: 'Over to you.' };
      expect((await people.coordinator.send('post', `/v1/verifications/${id}/assignee`, handed)).status).toBe(200);
      const { items } = (await people.supervisor.get(`/v1/verifications/${id}/notes`)).body;
      expect(items).toMatchObject([
        { id: written.body.id, writtenBy: `person:${ids.coordinator}` },
        { text: 'Over to you.', handedTo: ids.supervisor, writtenBy: `person:${ids.coordinator}` },
      ]);
      expect(Date.parse(items[0].writtenAt)).toBeGreaterThan(Date.now() - 60_000);
      const listed = (await people.supervisor.get(`/v1/verifications?assignee=${ids.supervisor}`)).body.items;
      expect(listed[0].lastNote).toMatchObject({ text: 'Over to you.', by: `person:${ids.coordinator}` });
      const actions = (await trail(id)).map(({ action }) => action);
      expect(actions).toEqual(expect.arrayContaining(['note.written', 'notes.read', 'verification.assigned']));
    });

    test('are encrypted, never changed, and not for those who see no patients', async () => {
      const { id } = (await caller.post('/v1/verifications', requestFor('NWH0010001'))).body;
      await people.coordinator.send('post', `/v1/verifications/${id}/notes`, { text: 'Whispered in confidence' });
      const { rows } = await owner.query('SELECT content FROM verification_note WHERE verification_id = $1', [id]);
      expect(rows.map(({ content }) => (content as Buffer).toString('latin1')).join()).not.toContain('Whispered');
      await expect(owner.query('UPDATE verification_note SET written_at = now()')).rejects.toThrow('append-only');
      expect((await people.auditor.get(`/v1/verifications/${id}/notes`)).status).toBe(403);
      const listed = (await people.auditor.get('/v1/verifications')).body.items as Body[];
      expect(listed.find((one) => one.id === id)).not.toHaveProperty('lastNote');
    });

    test.each([
      [{}, '/text'],
      [{ text: '  ' }, '/text'],
      [{ text: 'x'.repeat(2001) }, '/text'],
      [{ text: 'x', to: 'all' }, '/to'],
    ])('%j is refused at its place', async (body, pointer) => {
      const { id } = (await caller.post('/v1/verifications', requestFor('NWH0010001'))).body;
      const refused = await people.coordinator.send('post', `/v1/verifications/${id}/notes`, body);
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, pointer]);
    });

    test('sent twice with one key are one, and the same response comes back', async () => {
      const { id } = (await caller.post('/v1/verifications', requestFor('NWH0010001'))).body;
      const send = () => caller.post(`/v1/verifications/${id}/notes`, { text: 'Once.' }, 'note-key');
      const [first, again] = [await send(), await send()];
      expect([again.status, again.text]).toEqual([201, first.text]);
      expect((await caller.get(`/v1/verifications/${id}/notes`)).body.items).toHaveLength(1);
    });
  });

  describe('a call where calls are approved', () => {
    const place = (id: string, callId: string): string => `/v1/verifications/${id}/calls/${callId}/review`;
    const record = async (id: string, who: Browser = people.coordinator, change: object = {}): Promise<Body> => {
      const response = await who.send('post', `/v1/verifications/${id}/calls`, call(settling, change));
      if (response.status !== 200) throw new Error(`${response.status} ${response.text}`);
      return response.body;
    };
    const callsOf = async (id: string): Promise<Body[]> =>
      (await people.coordinator.get(`/v1/verifications/${id}/calls`)).body.items;
    const approval = (isOn: boolean) => people.admin.send('patch', '/v1/facility/calls', { approval: isOn });
    beforeAll(() => approval(true));
    afterAll(() => approval(false));

    test('counts once a supervisor approved it; what that comes to is shown before', async () => {
      const open = await caller.verify(phoned);
      const recorded = await record(open.id);
      expect([recorded.status, likely(recorded)]).toEqual(['needs_call', likely(open)]);
      expect(recorded.needs[0].kind).toBe('approval');
      const bucket = (await people.supervisor.get('/v1/verifications?needs=approval&open=true')).body.items as Body[];
      expect(bucket.map(({ id }) => id)).toContain(open.id);
      const [made] = await callsOf(open.id);
      expect(made?.review).toEqual({ state: 'awaiting' });
      const tried = await people.supervisor.send('post', `${place(open.id, made?.id)}?dryRun=true`, {
        verdict: 'approved',
      });
      expect([tried.body.status, likely(tried.body)]).toEqual(['verified', 128_000]);
      expect((await caller.get(`/v1/verifications/${open.id}`)).body.status).toBe('needs_call');
      const approved = await people.supervisor.send('post', place(open.id, made?.id), { verdict: 'approved' });
      expect([approved.status, approved.body.status, likely(approved.body)]).toEqual([200, 'verified', 128_000]);
      expect(approved.body.needs).toBeUndefined();
      expect((await callsOf(open.id))[0]?.review).toMatchObject({ state: 'approved', by: `person:${ids.supervisor}` });
      const again = await people.admin.send('post', place(open.id, made?.id), { verdict: 'approved' });
      expect([again.status, again.body.code]).toEqual([409, 'wrong_state']);
      expect((await trail(open.id)).find(({ action }) => action === 'call_review.recorded')).toMatchObject({
        detail: { call: made?.id, verdict: 'approved' },
      });
    });

    test('sent back says why, and its amendment waits in turn', async () => {
      const open = await caller.verify(phoned);
      await record(open.id);
      const [first] = await callsOf(open.id);
      const reason = 'Which network did she mean?';
      const unsaid = await people.supervisor.send('post', place(open.id, first?.id), { verdict: 'sent_back' });
      expect([unsaid.status, unsaid.body.errors[0].pointer]).toEqual([422, '/reason']);
      const back = await people.supervisor.send('post', place(open.id, first?.id), { verdict: 'sent_back', reason });
      expect(back.body.needs[0].kind).toBe('sent_back');
      expect((await callsOf(open.id))[0]?.review).toMatchObject({ state: 'sent_back', reason });
      expect(JSON.stringify(await trail(open.id))).not.toContain(reason);
      const { needs } = await record(open.id, people.coordinator, { amends: first?.id });
      expect(needs[0].kind).toBe('approval');
      const [, amended] = await callsOf(open.id);
      const approved = await people.supervisor.send('post', place(open.id, amended?.id), { verdict: 'approved' });
      expect([approved.body.status, likely(approved.body)]).toEqual(['verified', 128_000]);
    });

    test('keeps what was approved while its amendment waits, and an amended form is not approved any more', async () => {
      const open = await caller.verify(phoned);
      await record(open.id, people.supervisor);
      const [own] = await callsOf(open.id);
      expect(own).not.toHaveProperty('review');
      const amended = await record(open.id, people.coordinator, {
        amends: own?.id,
        answers: settling.map((one) => (one.questionId === 'copay:0' ? { ...one, value: 9000 } : one)),
      });
      expect([amended.status, likely(amended), amended.needs[0].kind]).toEqual(['verified', 128_000, 'approval']);
      const [, second] = await callsOf(open.id);
      await record(open.id, people.coordinator, { amends: second?.id });
      const late = await people.supervisor.send('post', place(open.id, second?.id), { verdict: 'approved' });
      expect([late.status, late.body.code]).toEqual([409, 'wrong_state']);
    });

    test('is approved by nobody without the right, and found in its own verification alone', async () => {
      const open = await caller.verify(phoned);
      await record(open.id);
      const [made] = await callsOf(open.id);
      expect((await people.biller.send('post', place(open.id, made?.id), { verdict: 'approved' })).status).toBe(403);
      const elsewhere = await caller.verify(requestFor('NWH0010001'));
      const foreign = await people.supervisor.send('post', place(elsewhere.id, made?.id), { verdict: 'approved' });
      expect(foreign.status).toBe(404);
    });

    test('counts at once where the facility does not have calls approved', async () => {
      await approval(false);
      const open = await caller.verify(phoned);
      expect((await record(open.id)).status).toBe('verified');
      await approval(true);
    });
  });

  describe('an answer word for word', () => {
    test('is read segment by segment by those who may, each time on record', async () => {
      const shown = await caller.verify(requestFor('NWH0010001'));
      const [exchange] = (await caller.get(shown.links.answers)).body.items;
      const place = `/v1/verifications/${shown.id}/answers/${exchange.inquiryId}/raw`;
      const { status, body } = await people.supervisor.get(place);
      expect([status, body.items[0].format]).toEqual([200, 'x12']);
      const [source] = shown.decision.deductibleIndividual.source;
      expect(body.items[0].segments[source.segment - 1]).toEqual({ number: source.segment, raw: source.raw });
      const line = (await trail(shown.id)).find(({ action }) => action === 'raw_answer.read');
      expect(line).toMatchObject({ detail: { inquiry: exchange.inquiryId }, actor: { id: ids.supervisor } });
      expect((await people.coordinator.get(place)).status).toBe(403);
      const elsewhere = await caller.verify(requestFor('NWH0020001'));
      expect((await people.supervisor.get(place.replace(shown.id, elsewhere.id))).status).toBe(404);
    });

    test('names the patient to nobody who sees no patients', async () => {
      const shown = await caller.verify(requestFor('NWH0010001'));
      const [forAuditor] = (await people.auditor.get(shown.links.answers)).body.items;
      const [forCoordinator] = (await people.coordinator.get(shown.links.answers)).body.items;
      expect(forCoordinator.answer).toHaveProperty('patient');
      expect(Object.keys(forAuditor.answer)).not.toEqual(expect.arrayContaining(['patient']));
      expect(Object.keys(forAuditor.answer)).not.toEqual(expect.arrayContaining(['subscriber']));
    });
  });

  describe('prices', () => {
    const csv = (text: string, dryRun = false) =>
      people.biller.send('post', `/v1/rates/import?dryRun=${dryRun}`, Buffer.from(text), {
        'content-type': 'text/csv',
      });

    test('of a contract move the estimates of programs that begin under them, and say where they are from', async () => {
      const before = await caller.verify(requestFor('NWH0020001'));
      const paid = before.basis.prices.find((one: Body) => one.code === 'H0015');
      expect(paid).toMatchObject({
        allowedCents: 32_500,
        payer: { name: expect.any(String) },
        source: 'invented for tests',
      });
      const list = `payer,network,code,allowed,from\n${paid.payer.name},in,H0015,$400.00,2020-01-01\n`;
      const tried = await csv(list, true);
      expect(tried.body).toMatchObject({ added: 1, lines: [{ kind: 'added', ends: { allowedCents: 32_500 } }] });
      const kept = await csv(list);
      expect([kept.status, kept.body.added]).toEqual([200, 1]);
      expect((await csv(list)).body).toMatchObject({ added: 0, unchanged: 1 });
      const after = await caller.verify(requestFor('NWH0020002'));
      const now = after.basis.prices.find((one: Body) => one.code === 'H0015');
      expect(now).toMatchObject({ allowedCents: 40_000, from: '2020-01-01', source: 'your contract' });
      const { items } = (await people.biller.get(`/v1/rates?payer=${paid.payer.id}`)).body;
      const own = items.filter((one: Body) => one.code === 'H0015');
      expect(own).toMatchObject([{ to: '2019-12-31' }, { from: '2020-01-01' }]);
      const changes = (await trail('fac_test')).filter(({ action }) => action === 'rates.changed');
      expect(changes).toHaveLength(1);
      const removed = await people.admin.send('delete', `/v1/rates/${own[1].id}`);
      expect(removed.status).toBe(204);
    });

    test('that change in the middle of a program are each used on their own days', async () => {
      const before = await caller.verify(requestFor('NWH0020003'));
      const dates: string[] = before.estimate.days.map(({ date }: Body) => date);
      const change = dates[Math.floor(dates.length / 2)] ?? '';
      const { payer } = before;
      expect((await csv(`payer,network,code,allowed,from\n${payer.name},in,H0015,$410.00,${change}\n`)).status).toBe(
        200,
      );
      const after = await caller.verify(requestFor('NWH0020004'));
      const priced = after.estimate.days.flatMap(({ date, lines }: Body) =>
        lines
          .filter(({ code }: Body) => code === 'H0015')
          .map(({ allowedCents }: Body) => [date < change, allowedCents]),
      );
      expect(priced.length).toBeGreaterThan(2);
      expect(priced).toEqual(priced.map(([isBefore]: [boolean]) => [isBefore, isBefore ? 32_500 : 41_000]));
      expect(after.basis.prices.filter(({ code }: Body) => code === 'H0015')).toMatchObject([
        { allowedCents: 32_500 },
        { allowedCents: 41_000, from: change },
      ]);
      const { items } = (await people.biller.get(`/v1/rates?payer=${payer.id}`)).body;
      for (const { id } of items.filter((one: Body) => one.from === change))
        await people.admin.send('delete', `/v1/rates/${id}`);
    });

    test.each([
      ['payer,network,code,allowed\nNobody at all,in,H0015,1', '/items/0/payer', 'unknown_payer'],
      [
        'network,code,allowed,from,to\nin,H0015,1,2026-01-01,2026-06-30\nin,H0015,1,2026-03-01,2026-12-31',
        '/items/1/from',
        'overlap',
      ],
      ['network,code,allowed\nin,H0015,plenty', '/items/0/allowedCents', 'wrong_type'],
    ])('%j is refused whole, naming the line', async (text, pointer, code) => {
      const before = (await people.admin.get('/v1/rates')).body.items.length;
      const refused = await csv(text);
      expect([refused.status, refused.body.errors?.[0]]).toEqual([422, expect.objectContaining({ pointer, code })]);
      expect((await people.admin.get('/v1/rates')).body.items).toHaveLength(before);
    });
  });

  describe('a connection', () => {
    test('is tried with a question about nobody, in words, and not twice at once', async () => {
      const { items } = (await people.ops.get('/v1/payers/pay_demo_northwind/connections')).body;
      const place = `/v1/payers/pay_demo_northwind/connections/${items?.[0]?.id}/test`;
      const tried = await people.ops.send('post', place, { acceptCost: true });
      expect([tried.status, tried.body.works]).toEqual([200, 'yes']);
      expect(tried.body.words).toMatch(/It works/);
      const again = await people.ops.send('post', place, { acceptCost: true });
      expect(again.status).toBe(429);
      expect((await people.admin.send('post', place, {})).status).toBe(403);
      expect((await trail(items[0].id)).map(({ action }) => action)).toEqual(['connection.tried']);
    });

    test('that costs something is not tried before somebody agrees to it', async () => {
      await owner.query("UPDATE payer_connection SET cost_cents = 25 WHERE payer_id = 'pay_demo_lantern'");
      const { items } = (await people.ops.get('/v1/payers/pay_demo_lantern/connections')).body;
      const place = `/v1/payers/pay_demo_lantern/connections/${items?.[0]?.id}/test`;
      const refused = await people.ops.send('post', place, {});
      expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('$0.25')]);
    });
  });
});
