import { FieldCipher } from '@openvob/platform';
import { Database, StoredPayerDirectory } from '@openvob/store';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { Client } from 'pg';
import { describeOnBothBackends } from '../setup/backends';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const call = (answers: unknown[], change: object = {}): Record<string, unknown> => ({
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

describe('records over HTTP', () => {
  let spine: Spine;
  let caller: TestCaller;
  let open: Body;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    open = await caller.verify(phoned);
  });
  afterAll(() => spine.stop());

  const post = (what: string, body: unknown) => caller.post(`/v1/verifications/${open.id}/${what}`, body);
  const answer = (questionId: string, value: unknown) => call([{ questionId, value }]);
  const later = new Date(Date.now() + 3_600_000).toISOString();

  test.each<[string, unknown, string, string]>([
    ['no object', [], '', 'wrong_type'],
    ['no representative', { ...call([]), representative: undefined }, '/representative', 'required'],
    ['an empty representative', call([], { representative: '  ' }), '/representative', 'too_short'],
    ['no reference number', { ...call([]), referenceNumber: undefined }, '/referenceNumber', 'required'],
    ['a date in place of an instant', call([], { startedAt: '2026-11-20' }), '/startedAt', 'malformed'],
    ['a call that ends before it begins', call([], { startedAt: later }), '/endedAt', 'out_of_range'],
    ['a call from the future', call([], { startedAt: later, endedAt: later }), '/endedAt', 'in_the_future'],
    ['an unknown field', call([], { mood: 'good' }), '/mood', 'unknown_field'],
    ['answers that are no list', call([], { answers: {} }), '/answers', 'wrong_type'],
    ['an answer that is none', call(['yes']), '/answers/0', 'wrong_type'],
    ['an answer without a value', call([{ questionId: 'copay:0' }]), '/answers/0/value', 'required'],
    ['an unknown question', answer('shoe_size:0', 1), '/answers/0/questionId', 'unknown_value'],
    ['a question asked of no such side', answer('cobra:0:o', 'yes'), '/answers/0/questionId', 'unknown_value'],
    ['the same question twice', call([settling[0], settling[0]]), '/answers/1/questionId', 'duplicate'],
    ['a copay in dollars and cents', answer('copay:0', 40.5), '/answers/0/value', 'wrong_type'],
    ['a copay below 0', answer('copay:0', -1), '/answers/0/value', 'out_of_range'],
    ['a percentage above 100', answer('coinsurance:0', 120), '/answers/0/value', 'out_of_range'],
    ['a word that is no choice', answer('copay_per:0', 'fortnight'), '/answers/0/value', 'unknown_value'],
    ['30 February', answer('effective_date:0', '2026-02-30'), '/answers/0/value', 'no_such_date'],
    ['amounts without any', answer('deductible_individual:0', {}), '/answers/0/value', 'missing'],
    [
      'more left than there is',
      answer('deductible_individual:0', { limitCents: 1000, remainingCents: 2000 }),
      '/answers/0/value/remainingCents',
      'out_of_range',
    ],
    [
      'a share without its amount',
      answer('cost_share:0:0', { order: 'copay' }),
      '/answers/0/value/copayCents',
      'missing',
    ],
    ['a share that was not asked about', answer('cost_share:0:0', 7), '/answers/0/value', 'out_of_range'],
    ['an amendment of no call', call([], { amends: 'cal_nowhere' }), '/amends', 'unknown_value'],
  ])('a call with %s is refused at its place, and not kept', async (_name, body, pointer, code) => {
    const response = await post('calls', body);
    expect([response.status, response.body.code]).toEqual([422, 'validation_failed']);
    expect(response.body.errors).toEqual([expect.objectContaining({ pointer, code })]);
    expect(response.body.errors[0].detail).toMatch(/must|is|may|at most|cannot|needed|holds/);
    expect((await caller.get(`/v1/verifications/${open.id}/calls`)).body.items).toEqual([]);
  });

  test.each<[string, string, unknown, string, string]>([
    ['authorizations', 'no status', {}, '/status', 'required'],
    ['authorizations', 'an unknown status', { status: 'maybe' }, '/status', 'unknown_value'],
    ['authorizations', 'a number without its unit', { status: 'approved', approved: 5 }, '/unit', 'required'],
    [
      'authorizations',
      'days that end before they begin',
      { status: 'approved', from: '2026-03-09', to: '2026-03-02' },
      '/to',
      'out_of_range',
    ],
    [
      'authorizations',
      'a decision of tomorrow',
      { status: 'denied', decidedOn: '2999-01-01' },
      '/decidedOn',
      'in_the_future',
    ],
    [
      'authorizations',
      'a coverage that is not there',
      { status: 'requested', coverage: 1 },
      '/coverage',
      'out_of_range',
    ],
    ['attendance', 'no days', {}, '/days', 'required'],
    [
      'attendance',
      'a date twice',
      {
        days: [
          { date: '2026-03-02', attended: true },
          { date: '2026-03-02', attended: false },
        ],
      },
      '/days/1/date',
      'duplicate',
    ],
    [
      'attendance',
      'a day to come',
      { days: [{ date: '2999-03-02', attended: true }] },
      '/days/0/date',
      'in_the_future',
    ],
    [
      'attendance',
      'a service of another program',
      { days: [{ date: '2026-03-02', attended: true, services: ['90791'] }] },
      '/days/0/services',
      'unknown_value',
    ],
    [
      'attendance',
      'a word for attended',
      { days: [{ date: '2026-03-02', attended: 'yes' }] },
      '/days/0/attended',
      'wrong_type',
    ],
  ])('%s with %s: refused at its place', async (what, _name, body, pointer, code) => {
    const response = await post(what, body);
    expect([response.status, response.body.errors]).toEqual([422, [expect.objectContaining({ pointer, code })]]);
    expect((await caller.get(`/v1/verifications/${open.id}/${what}`)).body.items).toEqual([]);
  });

  test.each<[string, unknown, string, string]>([
    ['no patient amount', { from: '2026-03-02', through: '2026-03-06' }, '/patientCents', 'required'],
    ['an unknown field', { kind: 'lines', lines: [{ shade: 'blue' }] }, '/lines/0/shade', 'unknown_field'],
    ['no lines', { kind: 'lines' }, '/lines', 'required'],
    [
      'a line without its date',
      { lines: [{ code: 'H0015', allowedCents: 1, paidCents: 1, patientCents: 0 }] },
      '/lines/0/serviceDate',
      'required',
    ],
    [
      'dollars and cents',
      { from: '2026-03-02', through: '2026-03-06', patientCents: 1.5 },
      '/patientCents',
      'wrong_type',
    ],
  ])('a remittance with %s: refused at its place', async (_name, body, pointer, code) => {
    const biller = new TestCaller(spine, await spine.keyFor('biller'));
    const response = await biller.post(`/v1/verifications/${open.id}/remittances`, body);
    expect([response.status, response.body.errors]).toEqual([422, [expect.objectContaining({ pointer, code })]]);
  });

  test('are kept from those whose work they are not', async () => {
    const roles = {
      auditor: new TestCaller(spine, await spine.keyFor('auditor')),
      biller: new TestCaller(spine, await spine.keyFor('biller')),
    };
    const path = `/v1/verifications/${open.id}`;
    expect((await roles.biller.post(`${path}/calls`, call([]))).status).toBe(403);
    expect((await roles.biller.get(`${path}/call-script`)).status).toBe(403);
    expect((await caller.post(`${path}/remittances`, {})).status).toBe(403);
    expect((await caller.get('/v1/payers/pay_phone/accuracy')).status).toBe(403);
    for (const what of ['calls', 'authorizations', 'attendance', 'remittances']) {
      expect((await roles.auditor.get(`${path}/${what}`)).status).toBe(200);
      expect((await roles.auditor.post(`${path}/${what}`, {})).status).toBe(403);
    }
  });

  test('of another facility are not there', async () => {
    const admin = new TestCaller(spine, await spine.keyFor('admin', 'fac_elsewhere'));
    const path = `/v1/verifications/${open.id}`;
    for (const what of ['calls', 'authorizations', 'attendance', 'remittances', 'call-script'])
      expect((await admin.get(`${path}/${what}`)).status).toBe(404);
    const bodies = {
      calls: call([]),
      authorizations: { status: 'requested' },
      attendance: { days: [] },
      remittances: { from: '2026-03-02', through: '2026-03-06', patientCents: 5 },
    };
    for (const [what, body] of Object.entries(bodies))
      expect((await admin.post(`${path}/${what}`, body)).status).toBe(404);
    expect((await admin.get('/v1/payers/pay_nowhere/accuracy')).status).toBe(404);
  });

  test('leave a trail of who wrote and who read, without what was said', async () => {
    const { id } = await caller.verify(phoned);
    await caller.post(`/v1/verifications/${id}/calls`, call(settling));
    await caller.get(`/v1/verifications/${id}/calls`);
    const { items } = (await caller.get(`/v1/verifications/${id}/history`)).body;
    const what = items.map((line: Body) => line.what);
    expect(what).toEqual(expect.arrayContaining(['call.recorded', 'verification.moved', 'calls.read']));
    expect(items.find((line: Body) => line.what === 'call.recorded').detail.record).toMatch(/^cal_/);
    expect(JSON.stringify(items)).not.toMatch(/Tamsin|REF-4711|4000/);
  });

  test('are encrypted, and the database lets nobody change or remove them', async () => {
    const { id } = await caller.verify(phoned);
    await caller.post(
      `/v1/verifications/${id}/calls`,
      call([{ questionId: 'anything_else:0', value: 'Zyzzyva words', words: 'Zyzzyva words' }]),
    );
    await caller.post(`/v1/verifications/${id}/authorizations`, {
      status: 'requested',
      number: 'Zyzzyva 7',
      words: 'Zyzzyva',
    });
    await caller.post(`/v1/verifications/${id}/attendance`, { days: [{ date: '2026-03-02', attended: true }] });
    for (const url of [spine.database.ownerUrl, spine.database.applicationUrl]) {
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query(`SELECT set_config('openvob.facility_id', 'fac_test', false)`);
      for (const table of ['call_record', 'authorization_record', 'attendance_record', 'remittance_record']) {
        await expect(client.query(`UPDATE ${table} SET recorded_by = 'other'`)).rejects.toThrow(
          /append-only|permission denied/,
        );
        await expect(client.query(`DELETE FROM ${table}`)).rejects.toThrow(/append-only|permission denied/);
        const { rows } = await client.query<{ line: string }>(`SELECT t::text AS line FROM ${table} t`);
        const stored = rows.map(({ line }) => line).join('\n');
        for (const word of ['Zyzzyva', 'Tamsin', 'REF-4711', '2026-03-02'])
          expect(stored.includes(word) || stored.includes(Buffer.from(word).toString('hex'))).toBe(false);
      }
      await client.end();
    }
  });

  test('are described, each with its body and its answer', async () => {
    const { paths } = (await caller.get('/openapi.json')).body;
    for (const [path, verbs] of Object.entries({
      '/v1/verifications/{id}/calls': ['get', 'post'],
      '/v1/verifications/{id}/authorizations': ['get', 'post'],
      '/v1/verifications/{id}/attendance': ['get', 'post'],
      '/v1/verifications/{id}/remittances': ['get', 'post'],
      '/v1/verifications/{id}/call-script': ['get'],
      '/v1/payers/{id}/accuracy': ['get'],
    })) {
      for (const verb of verbs) {
        expect(paths[path]?.[verb]?.responses).toBeDefined();
        if (verb === 'post') expect(paths[path].post.requestBody).toBeDefined();
      }
    }
  });
});

describe('the script of a call', () => {
  let spine: Spine;
  let caller: TestCaller;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
  });
  afterAll(() => spine.stop());

  const scriptOf = async (id: string): Promise<Body> => (await caller.get(`/v1/verifications/${id}/call-script`)).body;

  test('of a payer that no machine can ask is the whole bank, with its number', async () => {
    const { id } = await caller.verify(phoned);
    const { contacts, questions, opening, closing } = await scriptOf(id);
    expect(contacts).toEqual([
      {
        payer: { id: 'pay_phone', name: 'Paper and Phone Assurance' },
        phones: [{ label: 'main', number: '555-0199' }],
      },
    ]);
    expect(questions.length).toBeGreaterThan(50);
    expect(opening.join(' ')).toContain('reference number');
    expect(closing.join(' ')).toContain('Read the answers back');
    const [first] = questions;
    expect(first).toMatchObject({
      id: 'share_kind:0',
      code: 'share_kind',
      value: { kind: 'choice' },
      swingCents: expect.any(Number),
    });
    const kinds = questions.filter((question: Body) => question.onlyIf?.id === 'share_kind:0');
    expect(kinds.map((question: Body) => question.id)).toEqual(expect.arrayContaining(['copay:0', 'coinsurance:0']));
  });

  test('leaves out what was answered electronically', async () => {
    const { id } = await caller.verify(requestFor('NWH0010801'));
    const ids = (await scriptOf(id)).questions.map((question: Body) => question.id);
    expect(ids).not.toEqual(expect.arrayContaining(['coverage_active:0']));
    for (const told of ['share_kind:0', 'deductible_individual:0', 'out_of_pocket_individual:0', 'iop_covered:0'])
      expect(ids).not.toContain(told);
    expect(ids).toEqual(expect.arrayContaining(['paid_through:0', 'anything_else:0']));
  });

  test('can be had before anybody was asked, and where the payer is not known yet', async () => {
    const coverages = [{ payer: { name: 'Some Mutual of Nowhere' }, memberId: 'S-1' }];
    const unclear = await caller.verify(requestFor('x', { coverages }));
    expect(unclear.status).toBe('needs_information');
    const { questions, contacts } = await scriptOf(unclear.id);
    expect([questions.length > 50, contacts]).toEqual([true, []]);
  });

  test('names the numbers and hours of a payer with a connection by hand', async () => {
    const database = await Database.open({ url: spine.config.databaseUrl, poolSize: 1 });
    const directory = new StoredPayerDirectory(database, new FieldCipher(spine.config.keyRing));
    const connection = {
      id: 'con_by_hand',
      adapter: 'manual',
      payerReference: 'HAND',
      endpointUrl: 'tel:+15550177',
      settings: { behavioralHealthPhone: '555-0177', hours: 'Mon-Fri 08:00-18:00', timeZone: 'America/Chicago' },
      credentials: {},
      timeoutMs: 20_000,
    };
    const payer = {
      id: 'pay_by_hand',
      name: 'Hand and Ear Mutual',
      aliases: [],
      memberIdPrefixes: [],
      phone: '555-0178',
    };
    await directory.put(payer, [connection], new Date());
    await database.close();
    const coverages = [{ payer: { id: 'pay_by_hand' }, memberId: 'H-1' }];
    const shown = await caller.verify(requestFor('x', { coverages }));
    expect(shown).toMatchObject({ status: 'needs_call', reason: 'no_electronic_way', payer: { via: 'phone' } });
    expect(shown.needs[0].questions.length).toBeGreaterThan(30);
    const { contacts } = await scriptOf(shown.id);
    expect(contacts).toEqual([
      {
        payer: { id: 'pay_by_hand', name: 'Hand and Ear Mutual' },
        phones: [
          { label: 'behavioral health', number: '555-0177' },
          { label: 'main', number: '555-0178' },
        ],
        hours: 'Mon-Fri 08:00-18:00',
        timeZone: 'America/Chicago',
        isOpenNow: expect.any(Boolean),
      },
    ]);
  });

  test('can be printed, and names no patient', async () => {
    const { id } = await caller.verify(phoned);
    const printed = await caller.get(`/v1/verifications/${id}/call-script?format=text`);
    expect(printed.headers['content-type']).toContain('text/plain');
    expect(printed.text).toContain('Representative: ____');
    expect(printed.text).toContain('Paper and Phone Assurance: main 555-0199');
    expect(printed.text).toMatch(/ 1\. \[What the patient pays] \(worth \$\d/);
    expect(printed.text).not.toMatch(/Quillfeather|Marlow|P-1\b/);
    expect((await caller.get(`/v1/verifications/${id}/call-script?format=pdf`)).status).toBe(400);
  });
});

describeOnBothBackends('a call while the payer is asked', (backend) => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: backend.redisUrl() });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
  });
  afterAll(() => spine.stop());

  const until = async (id: string, status: string): Promise<void> => {
    for (const deadline = performance.now() + 20_000; ; ) {
      const shown = (await caller.get(`/v1/verifications/${id}`)).body;
      if (shown.status === status) return;
      if (performance.now() > deadline) throw new Error(`It is ${shown.status}, not ${status}`);
      await new Promise((next) => setTimeout(next, 20));
    }
  };

  test('is not lost: the worker takes it along before it moves on', async () => {
    await payers.playFault({ kind: 'latency', ms: 1500, payerId: 'NW001' });
    const accepted = await caller.post('/v1/verifications', requestFor('NWH0030901'));
    const { id } = accepted.body;
    await until(id, 'asking_payer');
    const during = await caller.post(`/v1/verifications/${id}/calls`, call(settling));
    expect([during.status, during.body.status]).toEqual([200, 'asking_payer']);
    const shown = await caller.rested(id);
    await payers.clearFaults();
    expect(shown.decision.copay).toMatchObject({ value: { amountCents: 4000 }, rule: 'by_phone' });
    expect(shown.estimate.firstDayCents).toBe(4000);
  });

  test('ends the wait for a payer that is down when it leaves nothing open', async () => {
    await payers.playFault({ kind: 'status', status: 503, payerId: 'CV002' });
    const coverages = [{ payer: { id: 'pay_demo_cedar_vale' }, memberId: 'CVM0010901' }];
    const { id } = (await caller.post('/v1/verifications', requestFor('x', { coverages }))).body;
    await until(id, 'waiting_for_payer');
    const half = await caller.post(`/v1/verifications/${id}/calls`, call(settling.slice(0, 2)));
    expect(half.body).toMatchObject({ status: expect.stringMatching(/waiting_for_payer|asking_payer/) });
    await until(id, 'waiting_for_payer');
    const whole = await caller.post(`/v1/verifications/${id}/calls`, call(settling));
    expect([whole.status, (await caller.rested(id)).status]).toEqual([200, 'verified']);
    await payers.clearFaults();
  });

  test('puts nobody’s name or words into logs and queue', async () => {
    const logged = spine.logged.join('\n');
    for (const secret of ['Tamsin', 'Oakhurst', 'REF-4711', 'Quillfeather', 'Marlow'])
      expect(logged).not.toContain(secret);
  });
});
