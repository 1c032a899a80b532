import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkTransaction, readHierarchy, readX12 } from '@openvob/x12';
import { inquiryText } from './inquiry.fixture';
import { memberIdFor, scenarios } from './scenarios';
import { simulatedPayers } from './simulated-payers';
import { type RunningSimulator, startSimulator } from './simulator';
import { mockChecks } from './stedi/mock-checks';

const clock = { now: () => new Date('2026-03-01T15:30:00Z') };
const [northwind] = simulatedPayers;
if (northwind === undefined) throw new Error('no payers');

/** Undefined when somebody takes the connection. */
function errorOfConnecting(url: string): Promise<string | undefined> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  return new Promise<string | undefined>((resolve) => {
    socket.on('connect', () => resolve(undefined));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  }).finally(() => socket.destroy());
}

describe('the payer simulator', () => {
  let simulator: RunningSimulator;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    simulator = await startSimulator({
      port: 0,
      host: '127.0.0.1',
      folder,
      ledgerFile: join(folder, 'ledger.ndjson'),
      clock,
    });
  });

  afterEach(async () => {
    await fetch(`${simulator.url}/control/faults`, { method: 'DELETE' });
  });

  afterAll(async () => {
    await simulator.close();
    await rm(folder, { recursive: true });
  });

  async function ask(text: string, signal?: AbortSignal): Promise<Response> {
    return fetch(`${simulator.url}/x12`, { method: 'POST', body: text, ...(signal ? { signal } : {}) });
  }

  async function answerTo(text: string, signal?: AbortSignal): Promise<string> {
    return (await ask(text, signal)).text();
  }

  async function ledger(): Promise<{ payerId?: string; inFlight: number }[]> {
    const { items } = await json<{ items: { payerId?: string; inFlight: number }[] }>('/control/ledger');
    return items;
  }

  async function json<T>(path: string, init?: RequestInit): Promise<T> {
    return (await fetch(simulator.url + path, init)).json() as Promise<T>;
  }

  async function fault(spec: object): Promise<number> {
    return (await fetch(`${simulator.url}/control/faults`, { method: 'POST', body: JSON.stringify(spec) })).status;
  }

  function eb(text: string): string[] {
    return readX12(text)
      .segments.filter(({ id }) => id === 'EB')
      .map(({ raw }) => raw);
  }

  const answering = scenarios.filter(({ fault, atFirst }) => fault === undefined && atFirst === undefined);

  it.each(answering.map((scenario) => [scenario.id, scenario] as const))(
    'answers scenario %s with a 271 that keeps the guide, of a subscriber and of a dependent',
    async (_id, scenario) => {
      const memberId = memberIdFor(northwind, scenario);
      const dependent = { lastName: 'MARLOWE', firstName: 'TOBIAS', birthDate: '20100705' };
      for (const text of [inquiryText({ memberId }), inquiryText({ memberId, dependent })]) {
        const file = readX12(await answerTo(text));
        expect(file.issues).toEqual([]);
        expect(file.transactions.flatMap(checkTransaction)).toEqual([]);
        expect(file.transactions).toHaveLength(1);
      }
    },
  );

  it('gives back reference, trace, person, provider and addresses of the inquiry', async () => {
    const file = readX12(await answerTo(inquiryText({ memberId: 'NWH0010001', trace: 'TRACE0002' })));
    const raw = file.segments.map((segment) => segment.raw);
    expect(raw).toContain('BHT*0022*11*REFTRACE0002*20260301*1530');
    expect(raw).toContain('TRN*2*TRACE0002*9OPENVOB00');
    expect(raw).toContain('NM1*IL*1*MARLOWE*IMOGEN****MI*NWH0010001');
    expect(raw).toContain('DMG*D8*19880412');
    expect(raw).toContain('NM1*1P*2*HARBOR HOUSE RECOVERY*****XX*1999999984');
    expect(raw).toContain('NM1*PR*2*NORTHWIND HEALTH PLAN*****PI*NW001');
    expect(file.transactions[0]?.interchange).toMatchObject({
      senderId: 'CLEARING',
      receiverId: 'CLINIC',
      groupSenderId: 'CLEARING',
      groupReceiverId: 'CLINIC',
      usage: 'T',
    });
  });

  it('answers about a dependent in 2100D, under the subscriber', async () => {
    const dependent = { lastName: 'MARLOWE', firstName: 'TOBIAS', birthDate: '20100705' };
    const [transaction] = readX12(await answerTo(inquiryText({ dependent }))).transactions;
    if (transaction === undefined) throw new Error('no answer');
    const levels = readHierarchy(transaction).levels;
    expect(levels.map(({ kind }) => kind)).toEqual(['source', 'receiver', 'subscriber', 'dependent']);
    expect(levels[2]?.benefits).toEqual([]);
    expect(levels[2]?.name.map(({ raw }) => raw)).toContain('NM1*IL*1*MARLOWE*IMOGEN****MI*NWH0010001');
    expect(levels[3]?.name.map(({ raw }) => raw)).toEqual(
      expect.arrayContaining(['NM1*03*1*MARLOWE*TOBIAS', 'DMG*D8*20100705', 'INS*N*19']),
    );
    expect(levels[3]?.header.map(({ raw }) => raw)).toContain('TRN*2*TRACE0001*9OPENVOB00');
    expect(levels[3]?.benefits.length).toBeGreaterThan(10);
  });

  it('dates an answer by the date that is asked about', async () => {
    const text = await answerTo(inquiryText({ memberId: 'NWH0050001', serviceDate: '20260302' }));
    expect(text).toContain('DTP*347*D8*20260228~');
    expect(text).toContain('DTP*472*D8*20260302~');
    const active = await answerTo(inquiryText({ serviceDate: '20270115' }));
    expect(active).toContain('DTP*346*D8*20270101~');
  });

  it('tells everything about 30, and about other service types their rows and those of the plan', async () => {
    const all = eb(await answerTo(inquiryText()));
    expect(all).toContain('EB*A**CJ^CH^MH*****.2***N*Y');
    expect(all).toContain('EB*C*IND*30***29*600*****Y');
    expect(eb(await answerTo(inquiryText({ serviceTypes: ['CJ'] })))).toEqual(all);
    const other = eb(await answerTo(inquiryText({ serviceTypes: ['AL'] })));
    expect(other).toEqual(all.filter((row) => row.includes('*30*')));
  });

  it.each([
    ['an unknown payer', { payerId: 'ZZ999' }, 'AAA*N**79*C~'],
    ['an unknown member', { memberId: 'NOBODY1' }, 'AAA*N**75*C~'],
    ["another payer's member", { payerId: 'CV002', memberId: 'NWH0010001' }, 'AAA*N**75*C~'],
    ['a missing member id', { memberId: '' }, 'AAA*N**72*C~'],
  ])('rejects %s', async (_name, fixture, segment) => {
    expect(await answerTo(inquiryText(fixture))).toContain(segment);
  });

  it('rejects a dependent who is not found with the code for dependents', async () => {
    const dependent = { lastName: 'MARLOWE', firstName: 'TOBIAS', birthDate: '20100705' };
    expect(await answerTo(inquiryText({ memberId: 'NWH0060001', dependent }))).toContain('AAA*N**67*C~');
  });

  it('says that it cannot answer now twice for each member id, then answers', async () => {
    const answers: string[] = [];
    for (let call = 0; call < 3; call++) {
      answers.push(await answerTo(inquiryText({ memberId: 'NWH0070001', trace: `BUSY${call}` })));
    }
    expect(answers.map((text) => text.includes('AAA*N**42*R~'))).toEqual([true, true, false]);
    expect(await answerTo(inquiryText({ memberId: 'NWH0070002' }))).toContain('AAA*N**42*R~');
  });

  it('is down twice for each member id, then answers', async () => {
    const text = inquiryText({ memberId: 'NWH0080001' });
    const statuses: number[] = [];
    for (let call = 0; call < 3; call++) statuses.push((await ask(text)).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it.each([
    ['text that is no X12', 'hello', /~TA1\*000000000\*\d{6}\*\d{4}\*R\*022~/],
    ['an inquiry that is cut off', inquiryText().slice(0, 400), /~TA1\*000000042\*260301\*1200\*R\*023~/],
    ['a file without a 270', inquiryText().replace('ST*270', 'ST*276'), /~AK9\*R\*1\*1\*0\*1~/],
  ])('refuses %s', async (_name, text, expected) => {
    const answer = await answerTo(text);
    expect(answer).toMatch(expected);
    expect(readX12(answer).issues).toEqual([]);
  });

  it('refuses every connection for a while: nothing is read or recorded, and it opens again by itself', async () => {
    const before = (await ledger()).length;
    expect(await fault({ kind: 'refused', ms: 1_500 })).toBe(201);
    expect(await errorOfConnecting(simulator.url)).toBe('ECONNREFUSED');
    await expect(ask(inquiryText())).rejects.toThrow();
    let answer: string | undefined;
    for (const deadline = performance.now() + 20_000; answer === undefined && performance.now() < deadline; )
      answer = await answerTo(inquiryText({ trace: 'OPENAGAIN' })).catch(() => undefined);
    expect(answer).toContain('OPENAGAIN');
    expect((await ledger()).length).toBe(before + 1);
  });

  it.each([
    [{ kind: 'refused' }],
    [{ kind: 'refused', ms: 700, memberId: 'NWH0010001' }],
    [{ kind: 'refused', ms: 700, payerId: 'NW001' }],
    [{ kind: 'refused', ms: 700, share: 0.5 }],
    [{ kind: 'refused', ms: 86_400_000 }],
  ])('refuses no connection by %j: what is not read is nobody’s', async (spec) => {
    expect(await fault(spec)).toBe(422);
    expect((await ask(inquiryText())).status).toBe(200);
  });

  it('records every inquiry, also one that is never answered, on the disk before it answers', async () => {
    const before = (await json<{ items: unknown[] }>('/control/ledger')).items.length;
    await fault({ kind: 'reset', count: 1 });
    await expect(ask(inquiryText({ trace: 'LEDGER1', serviceTypes: ['CJ', 'MH'] }))).rejects.toThrow();
    const { items } = await json<{ items: unknown[] }>(`/control/ledger?since=${before}`);
    expect(items).toEqual([
      {
        number: before + 1,
        at: '2026-03-01T15:30:00.000Z',
        protocol: 'x12',
        trace: 'LEDGER1',
        payerId: 'NW001',
        memberId: 'NWH0010001',
        serviceTypes: ['CJ', 'MH'],
        inFlight: expect.any(Number),
        answered: 'active_full + reset',
      },
    ]);
    const lines = (await readFile(join(folder, 'ledger.ndjson'), 'utf8')).trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual(items[0]);
    expect(lines).toHaveLength(before + 1);
  });

  it('records an envelope that it refuses too', async () => {
    const before = (await json<{ items: unknown[] }>('/control/ledger')).items.length;
    expect((await ask('<Envelope/>')).status).toBe(500);
    expect((await ask('<Envelope>')).status).toBe(400);
    const { items } = await json<{ items: { answered: string }[] }>(`/control/ledger?since=${before}`);
    expect(items.map(({ answered }) => answered)).toEqual(['envelope fault VersionMismatch', 'envelope fault Sender']);
  });

  it('answers a thousand inquiries at once, each with its own trace, and records all of them', async () => {
    const before = (await json<{ items: unknown[] }>('/control/ledger')).items.length;
    const traces = Array.from({ length: 1_000 }, (_, index) => `CROWD${index}X`);
    const answers = await Promise.all(traces.map((trace) => answerTo(inquiryText({ trace }))));
    expect(answers.every((text, index) => text.includes(`TRN*2*${traces[index]}*`))).toBe(true);
    const { items } = await json<{ items: { trace: string }[] }>(`/control/ledger?since=${before}`);
    expect(new Set(items.map(({ trace }) => trace))).toEqual(new Set(traces));
    const lines = (await readFile(join(folder, 'ledger.ndjson'), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(before + 1_000);
  });

  it.each([
    [{ kind: 'status', status: 500 }, 500],
    [{ kind: 'status', status: 429, retryAfterSeconds: 7 }, 429],
    [{ kind: 'redirect' }, 307],
    [{ kind: 'html' }, 200],
    [{ kind: 'garbage' }, 200],
  ])('plays the fault %j for the next inquiry alone', async (spec, status) => {
    expect(await fault({ ...spec, count: 1 })).toBe(201);
    const spoiled = await fetch(`${simulator.url}/x12`, { method: 'POST', body: inquiryText(), redirect: 'manual' });
    expect(spoiled.status).toBe(status);
    if (status === 429) expect(spoiled.headers.get('retry-after')).toBe('7');
    expect(await spoiled.text()).not.toContain('ST*271');
    expect(await answerTo(inquiryText())).toContain('ST*271');
  });

  it('plays a fault for one member id alone until it is cleared', async () => {
    await fault({ kind: 'status', status: 500, memberId: 'NWH0010077' });
    const statuses = async () =>
      Promise.all(['NWH0010077', 'NWH0010078'].map(async (memberId) => (await ask(inquiryText({ memberId }))).status));
    expect(await statuses()).toEqual([500, 200]);
    expect(await statuses()).toEqual([500, 200]);
    await fetch(`${simulator.url}/control/faults`, { method: 'DELETE' });
    expect(await statuses()).toEqual([200, 200]);
  });

  it('can cut off a 271, exchange its trace, its person and repeat it', async () => {
    const good = await answerTo(inquiryText());
    await fault({ kind: 'truncate', count: 1 });
    const cut = await answerTo(inquiryText());
    expect(cut.length).toBeLessThan(good.length * 0.7);
    expect(readX12(cut).transactions[0]?.segments.at(-1)?.id).not.toBe('SE');
    await fault({ kind: 'wrong_trace', count: 1 });
    expect(await answerTo(inquiryText())).toContain('TRN*2*ANOTHERINQUIRY0001*');
    await fault({ kind: 'other_person', count: 1 });
    expect(await answerTo(inquiryText())).toContain('NM1*IL*1*ELSEWHERE*QUINTESSA****MI*OTHER0000001~');
    await fault({ kind: 'other_person', part: 'first_name', count: 1 });
    expect(await answerTo(inquiryText())).toContain('NM1*IL*1*MARLOWE*QUINTESSA****MI*NWH0010001~');
    await fault({ kind: 'duplicate', count: 1 });
    const twice = readX12(await answerTo(inquiryText()));
    expect(twice.transactions).toHaveLength(2);
    expect(twice.issues).toEqual([]);
  });

  it('can reject everybody, as payers do whose own systems are down', async () => {
    await fault({ kind: 'reject', code: '75', count: 1, payerId: 'NW001' });
    expect(await answerTo(inquiryText())).toContain('AAA*N**75*C~');
    await fault({ kind: 'reject', code: '42', followUp: 'R', level: 'payer', count: 1 });
    expect(await answerTo(inquiryText())).toContain('AAA*N**42*R~');
    expect(await answerTo(inquiryText())).toContain('EB*1*');
  });

  it.each(['ack_999', 'ta1'])('can refuse an inquiry by %s that keeps the guide', async (kind) => {
    await fault({ kind, count: 1 });
    const file = readX12(await answerTo(inquiryText()));
    expect(file.issues).toEqual([]);
    expect(file.transactions.flatMap(checkTransaction)).toEqual([]);
    expect(kind === 'ta1' ? file.interchanges[0]?.acknowledgements[0]?.element(4) : file.transactions[0]?.kind).toBe(
      kind === 'ta1' ? 'R' : '999',
    );
  });

  it('can let two answers change places', async () => {
    await fault({ kind: 'shuffle', count: 2 });
    const answers = await Promise.all(['FIRST1', 'SECOND1'].map((trace) => answerTo(inquiryText({ trace }))));
    expect(answers[0]).toContain('TRN*2*SECOND1*');
    expect(answers[1]).toContain('TRN*2*FIRST1*');
  });

  it('gives a shuffled answer to its own inquiry when no other comes', async () => {
    await fault({ kind: 'shuffle', waitMs: 20, count: 1 });
    expect(await answerTo(inquiryText({ trace: 'ALONE1' }))).toContain('TRN*2*ALONE1*');
  });

  it('can drip, cut and hold back an answer', async () => {
    await fault({ kind: 'drip', everyMs: 0, count: 1 });
    expect(await answerTo(inquiryText())).toContain('IEA*1*');
    await fault({ kind: 'cut_body', count: 1 });
    await expect(answerTo(inquiryText())).rejects.toThrow();
    await fault({ kind: 'latency', ms: 60, count: 1 });
    const started = performance.now();
    await answerTo(inquiryText());
    expect(performance.now() - started).toBeGreaterThanOrEqual(55);
  });

  it('can send its headers byte by byte, and a whole response twice', async () => {
    await fault({ kind: 'slow_header', everyMs: 0, count: 1 });
    expect(await answerTo(inquiryText())).toContain('IEA*1*');
    await fault({ kind: 'sent_twice', count: 1 });
    const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1');
    const body = inquiryText({ trace: 'TWICE1' });
    socket.write(
      `POST /x12 HTTP/1.1\r\nhost: payers\r\nconnection: keep-alive\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    let came = '';
    for await (const chunk of socket) {
      came += chunk;
      if (came.split('TRN*2*TWICE1*').length > 2) break;
    }
    expect(came.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });

  it('plays a fault for a share of the inquiries, evenly', async () => {
    await fault({ kind: 'status', status: 503, share: 0.4 });
    const met: boolean[] = [];
    for (let asked = 0; asked < 10; asked += 1) met.push(!(await answerTo(inquiryText())).includes('ISA*'));
    expect(met.filter(Boolean)).toHaveLength(4);
    expect(met.slice(0, 5).filter(Boolean)).toHaveLength(2);
  });

  it('counts how many inquiries each payer has in hand, those that were given up no longer', async () => {
    const before = (await ledger()).length;
    await fault({ kind: 'silent', count: 2 });
    const givenUp = new AbortController();
    const lost = [1, 2].map(() => answerTo(inquiryText({ payerId: 'CV002' }), givenUp.signal).catch(() => 'given up'));
    while ((await ledger()).length < before + 2) await new Promise(setImmediate);
    await answerTo(inquiryText({ payerId: 'CV002' }));
    await answerTo(inquiryText({ payerId: 'BH003' }));
    givenUp.abort();
    await Promise.all(lost);
    let last = 0;
    do {
      await answerTo(inquiryText({ payerId: 'CV002' }));
      last = (await ledger()).at(-1)?.inFlight ?? 0;
    } while (last > 1);
    const counts = (await ledger()).slice(before, before + 4).map(({ payerId, inFlight }) => `${payerId} ${inFlight}`);
    expect(counts).toEqual(['CV002 1', 'CV002 2', 'CV002 3', 'BH003 1']);
  });

  it.each([
    '{',
    '{"kind":"unheard_of"}',
    '{"kind":"latency"}',
    '{"kind":"latency","ms":"long"}',
    '{"kind":"__proto__"}',
    '{"kind":"reject"}',
    '{"kind":"reject","code":"*~"}',
  ])('refuses the fault %s', async (body) => {
    const response = await fetch(`${simulator.url}/control/faults`, { method: 'POST', body });
    expect(response.status).toBe(422);
  });

  it('answers a member id with the 271 of the folder, from the moment it is there', async () => {
    const text = inquiryText({ memberId: 'FOLDER1', payerId: 'ANY' });
    expect(await answerTo(text)).toContain('AAA*N**79*C~');
    const given = (await answerTo(inquiryText({ memberId: 'NWH0020001' }))).replace('*40*', '*77*');
    await writeFile(join(folder, 'folder1.271'), given);
    const answer = await answerTo(text);
    expect(answer).toContain('EB*B**CJ^CH^MH***7*77****N*Y~');
    expect(answer).toContain('NM1*IL*1*MARLOWE*IMOGEN****MI*FOLDER1~');
    await rm(join(folder, 'folder1.271'));
    expect(await answerTo(text)).toContain('AAA*N**79*C~');
  });

  it('answers with another file of the folder, as it is, when a side file says so', async () => {
    const given = await answerTo(inquiryText({ memberId: 'NWH0020001', trace: 'ITSOWN1' }));
    await writeFile(join(folder, 'shared.271'), given);
    await writeFile(join(folder, 'SIDE1.json'), JSON.stringify({ file: 'shared.271', asIs: true }));
    expect(await answerTo(inquiryText({ memberId: 'side1' }))).toBe(given);
  });

  it('takes a 271 over HTTP, lists its member id and lets it be taken away', async () => {
    const given = await answerTo(inquiryText({ memberId: 'NWH0020001', trace: 'ITSOWN2' }));
    const put = (query = '') => fetch(`${simulator.url}/control/members/HTTP1${query}`, { method: 'PUT', body: given });
    expect((await put()).status).toBe(200);
    expect(await answerTo(inquiryText({ memberId: 'HTTP1', trace: 'MINE1' }))).toContain('TRN*2*MINE1*');
    await put('?asIs=true');
    expect(await answerTo(inquiryText({ memberId: 'HTTP1', trace: 'MINE1' }))).toBe(given);
    expect((await json<{ items: string[] }>('/control/members')).items).toContain('HTTP1');
    expect((await fetch(`${simulator.url}/control/members/HTTP1`, { method: 'DELETE' })).status).toBe(200);
    expect(await answerTo(inquiryText({ memberId: 'HTTP1' }))).toContain('AAA*N**75*C~');
  });

  it('shows payers and member ids to try on its page', async () => {
    const page = await (await fetch(simulator.url)).text();
    for (const payer of simulatedPayers) expect(page).toContain(payer.name.replace('&', '&amp;'));
    for (const scenario of scenarios) expect(page).toContain(memberIdFor(northwind, scenario));
    for (const { subscriber } of mockChecks) expect(page).toContain(subscriber.memberId);
    expect(await json('/health')).toEqual({ status: 'ok' });
  });

  it('refuses a body that is too large and a path that it does not know', async () => {
    expect((await ask('x'.repeat(5 * 1024 * 1024))).status).toBe(413);
    expect((await fetch(`${simulator.url}/nowhere`)).status).toBe(404);
  });

  it('survives a caller that leaves in the middle of a request', async () => {
    const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1');
    await new Promise((resolve) =>
      socket.write('POST /x12 HTTP/1.1\r\nhost: x\r\ncontent-length: 9999\r\n\r\nISA*', resolve),
    );
    socket.destroy();
    expect(await answerTo(inquiryText())).toContain('ST*271');
  });
});

describe('the tables of the simulator', () => {
  it('give every scenario a number of its own and every payer ids of its own', () => {
    const distinct = (values: readonly string[]) => expect(new Set(values).size).toBe(values.length);
    distinct(scenarios.map(({ number }) => number));
    distinct(scenarios.map(({ id }) => id));
    distinct(simulatedPayers.map(({ id }) => id));
    distinct(simulatedPayers.map(({ payerId }) => payerId));
    distinct(simulatedPayers.map(({ memberIdPrefix }) => memberIdPrefix));
    for (const { payerId } of simulatedPayers) expect(payerId).toHaveLength(5);
  });
});
