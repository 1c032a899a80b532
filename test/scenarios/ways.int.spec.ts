import type { INestApplicationContext } from '@nestjs/common';
import { type Answer, adapters } from '@openvob/payers';
import { FieldCipher } from '@openvob/platform';
import { Database, StoredPayerDirectory } from '@openvob/store';
import { Client } from 'pg';
import { startWorker } from '../../apps/worker/main';
import { fullBenefits, rejectedAnswer, ScriptedAdapter, unavailableAnswer } from '../setup/scripted-adapter';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

/** Payers that are reached in several ways, and inquiries whose reply was lost. */
describe('ways to a payer', () => {
  const first = new ScriptedAdapter('first');
  const second = new ScriptedAdapter('second');
  const looking = new ScriptedAdapter('looking', { afterLostReply: 'look_up' });
  const careful = new ScriptedAdapter('careful', { afterLostReply: 'never_resend' });
  const patient = new ScriptedAdapter('patient', { resendNotBeforeMs: 90_000 });
  const all = [first, second, looking, careful, patient];
  let spine: Spine;
  let worker: INestApplicationContext;
  let caller: TestCaller;
  let owner: Client;
  let serial = 0;

  beforeAll(async () => {
    const settings = { PAYER_MOST_COST_CENTS: '30', REUSE_ANSWERS_HOURS: '0' };
    spine = await startSpine({ redisUrl: undefined, settings, withWorker: false });
    worker = await startWorker(
      spine.config,
      spine.log,
      new Map([...adapters, ...all.map((adapter) => [adapter.name, adapter] as const)]),
    );
    caller = new TestCaller(spine);
    owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
  });
  beforeEach(() => {
    for (const adapter of all) {
      adapter.calls.length = 0;
      adapter.answer(fullBenefits());
    }
  });
  afterAll(async () => {
    await owner.end();
    await worker.close();
    await spine.stop();
  });

  /** A payer of the test's own, with a connection of each of these protocols. */
  async function payerOver(...names: string[]): Promise<string> {
    serial += 1;
    const id = `pay_ways_${serial}`;
    const connections = names.map((adapter) => ({
      id: `con_${id}_${adapter}`,
      adapter,
      payerReference: `W${serial}`,
      endpointUrl: 'https://payer.invalid/',
      settings: {},
      credentials: {},
      timeoutMs: 5000,
      costCents: 10,
    }));
    const database = await Database.open({ url: spine.config.databaseUrl, poolSize: 1 });
    const directory = new StoredPayerDirectory(database, new FieldCipher(spine.config.keyRing));
    await directory.put({ id, name: `Ways ${serial}`, aliases: [], memberIdPrefixes: [] }, connections, new Date());
    await database.close();
    return id;
  }
  const pause = (payer: string, adapter: string): Promise<unknown> =>
    owner.query('UPDATE payer_connection SET paused_at = now() WHERE id = $1', [`con_${payer}_${adapter}`]);
  const open = (payer: string, adapter: string): Promise<unknown> =>
    owner.query(
      `INSERT INTO connection_state (connection_id, breaker, opened_at, probe_at) VALUES ($1, 'open', now(), now() + interval '1 hour')`,
      [`con_${payer}_${adapter}`],
    );
  const request = (id: string): Record<string, unknown> =>
    requestFor('x', { coverages: [{ payer: { id }, memberId: `W${id}` }] });
  const accepted = async (id: string): Promise<string> => (await caller.post('/v1/verifications', request(id))).body.id;
  async function shownWhen(id: string, holds: (shown: Body) => boolean): Promise<Body> {
    for (const deadline = performance.now() + 20_000; performance.now() < deadline; ) {
      const shown = (await caller.get(`/v1/verifications/${id}`)).body;
      if (holds(shown)) return shown;
      await new Promise((next) => setTimeout(next, 50));
    }
    throw new Error('It did not come to that within 20 s');
  }

  test('are taken in their order of preference', async () => {
    const shown = await caller.verify(request(await payerOver('first', 'second')));
    expect(shown).toMatchObject({ status: 'verified', payer: { via: 'first' } });
    expect([first.calls, second.calls]).toEqual([['verify 30'], []]);
  });

  test.each([
    ['paused', pause],
    ['down', open],
  ])('lead on from one that is %s', async (_what, close) => {
    const payer = await payerOver('first', 'second');
    await close(payer, 'first');
    const shown = await caller.verify(request(payer));
    expect(shown).toMatchObject({ status: 'verified', payer: { via: 'second' } });
    expect([first.calls, second.calls]).toEqual([[], ['verify 30']]);
  });

  test('lead on from one that is set up wrongly; only when all are, it rests as failed', async () => {
    first.answer(unavailableAnswer('configuration'));
    const shown = await caller.verify(request(await payerOver('first', 'second')));
    expect(shown).toMatchObject({ status: 'verified', payer: { via: 'second' }, costCents: 20 });
    second.answer(unavailableAnswer('configuration'));
    const failed = await caller.verify(request(await payerOver('first', 'second')));
    expect(failed).toMatchObject({ status: 'failed', reason: 'configuration' });
  });

  test('lead on from one that the facility has to enroll for, and none is asked before', async () => {
    const payer = await payerOver('first', 'second');
    const enroll = (adapter: string, enrollment: string): Promise<unknown> =>
      owner.query('UPDATE payer_connection SET enrollment = $2 WHERE id = $1', [`con_${payer}_${adapter}`, enrollment]);
    await enroll('first', 'needed');
    expect(await caller.verify(request(payer))).toMatchObject({ status: 'verified', payer: { via: 'second' } });
    await enroll('second', 'needed');
    expect(await caller.verify(request(payer))).toMatchObject({ status: 'failed', reason: 'enrollment_needed' });
    expect([first.calls, second.calls]).toEqual([[], ['verify 30']]);
    await enroll('first', 'done');
    expect(await caller.verify(request(payer))).toMatchObject({ status: 'verified', payer: { via: 'first' } });
  });

  test('lead nowhere else when an answer may have been had', async () => {
    const payer = await payerOver('first', 'second');
    first.answer(async () => {
      await pause(payer, 'first');
      return unavailableAnswer('timeout');
    });
    const id = await accepted(payer);
    const shown = await shownWhen(id, ({ reason }) => reason === 'payer_paused');
    expect(shown.status).toBe('waiting_for_payer');
    expect([first.calls.length, second.calls]).toEqual([1, []]);
    await caller.post(`/v1/verifications/${id}/cancel`);
  });

  test('lead on when the first was plainly not reached', async () => {
    const payer = await payerOver('first', 'second');
    first.answer(async () => {
      await pause(payer, 'first');
      return unavailableAnswer('down');
    });
    const shown = await shownWhen(await accepted(payer), ({ status }) => status === 'verified');
    expect(shown.payer.via).toBe('second');
  });

  test.each([
    ['refuses the connection', unavailableAnswer('down')],
    ['takes no more for now', unavailableAnswer('throttled')],
    ['says that the payer cannot answer now', rejectedAnswer('42', 'transient')],
    ['says that the payer did not respond', rejectedAnswer('80', 'transient')],
  ])('lead on at once from one that %s', async (_what, answer) => {
    first.answer(answer);
    const shown = await caller.verify(request(await payerOver('first', 'second')));
    expect(shown).toMatchObject({ status: 'verified', payer: { via: 'second' } });
    expect([first.calls, second.calls]).toEqual([['verify 30'], ['verify 30']]);
  });

  const participantUnknown = rejectedAnswer('79', 'configuration');

  test('where the only one does not know the participant: asked once more, and then for operations', async () => {
    first.answer(participantUnknown, fullBenefits());
    expect((await caller.verify(request(await payerOver('first')))).status).toBe('verified');
    first.answer(participantUnknown);
    const failed = await caller.verify(request(await payerOver('first')));
    expect(failed).toMatchObject({ status: 'failed', reason: 'configuration' });
    expect(first.calls).toHaveLength(4);
  });

  test('lead on from one that does not know the participant; where none does, each is asked once more', async () => {
    first.answer(participantUnknown);
    const shown = await caller.verify(request(await payerOver('first', 'second')));
    expect(shown).toMatchObject({ status: 'verified', payer: { via: 'second' } });
    expect([first.calls.splice(0), second.calls.splice(0)]).toEqual([['verify 30'], ['verify 30']]);
    second.answer(participantUnknown);
    const payer = await payerOver('first', 'second');
    await owner.query('UPDATE payer_connection SET cost_cents = 1 WHERE payer_id = $1', [payer]);
    expect(await caller.verify(request(payer))).toMatchObject({ status: 'failed', reason: 'configuration' });
    expect([first.calls.length, second.calls.length]).toEqual([2, 2]);
  });

  test('are tried again from the preferred on where all are down', async () => {
    first.answer(unavailableAnswer('down'), fullBenefits());
    second.answer(unavailableAnswer('down'));
    const id = await accepted(await payerOver('first', 'second'));
    const shown = await shownWhen(id, ({ status }) => status === 'verified');
    expect(shown.payer.via).toBe('first');
    expect([first.calls, second.calls]).toEqual([['verify 30', 'verify 30'], ['verify 30']]);
  });

  test('lead nowhere else from one that is down by now and may have answered before', async () => {
    first.answer(unavailableAnswer('timeout'), unavailableAnswer('down'));
    const payer = await payerOver('first', 'second');
    await owner.query('UPDATE payer_connection SET cost_cents = 1 WHERE payer_id = $1', [payer]);
    const id = await accepted(payer);
    await shownWhen(id, () => first.calls.length >= 4);
    expect(second.calls).toEqual([]);
    await caller.post(`/v1/verifications/${id}/cancel`);
  });

  test('lead nowhere else from one that has the question in hand and is down when it is polled', async () => {
    first.answer({ kind: 'pending', reference: 'R1', pollAfterMs: 100, evidence: {} }, unavailableAnswer('down'));
    const id = await accepted(await payerOver('first', 'second'));
    await shownWhen(id, () => first.calls.length >= 3);
    expect(second.calls).toEqual([]);
    await caller.post(`/v1/verifications/${id}/cancel`);
  });

  const crash = async (): Promise<never> => {
    throw new Error('a fault of ours');
  };

  test('by a protocol that takes the same again: a lost inquiry is sent again', async () => {
    first.answer(crash, fullBenefits());
    expect((await caller.verify(request(await payerOver('first')))).status).toBe('verified');
    expect(first.calls).toEqual(['verify 30', 'verify 30']);
  });

  test('by a protocol that takes the same again after a while: not before', async () => {
    patient.answer(crash, fullBenefits());
    const id = await accepted(await payerOver('patient'));
    const shown = await shownWhen(id, ({ reason }) => reason === 'payer_timeout');
    expect(shown.status).toBe('waiting_for_payer');
    expect(patient.calls).toEqual(['verify 30']);
    await caller.post(`/v1/verifications/${id}/cancel`);
  });

  test('by a protocol that looks lost inquiries up: looked up, and sent again only if it was never received', async () => {
    looking.answer(crash);
    looking.find(fullBenefits());
    expect((await caller.verify(request(await payerOver('looking')))).status).toBe('verified');
    expect(looking.calls).toEqual(['verify 30', 'lookUp 30']);
    looking.answer(crash, fullBenefits());
    looking.find({ kind: 'never_received' });
    expect((await caller.verify(request(await payerOver('looking')))).status).toBe('verified');
    expect(looking.calls.slice(2)).toEqual(['verify 30', 'lookUp 30', 'verify 30']);
  });

  test('by a protocol that must not be asked twice: a person finds out', async () => {
    careful.answer(crash);
    const shown = await caller.verify(request(await payerOver('careful')));
    expect(shown).toMatchObject({ status: 'needs_call', reason: 'reply_lost' });
    expect(careful.calls).toEqual(['verify 30']);
  });

  test('over an adapter that never settles time out by themselves, give their slot back, and take nothing that comes late', async () => {
    const payer = await payerOver('first');
    await owner.query('UPDATE payer_connection SET timeout_ms = 1000, max_in_flight = 1 WHERE payer_id = $1', [payer]);
    let settle: ((late: Answer) => void) | undefined;
    first.answer(() => new Promise((resolve) => (settle = resolve)), fullBenefits());
    const id = await accepted(payer);
    const shown = await shownWhen(id, ({ reason }) => reason === 'payer_timeout');
    expect(shown.status).toBe('waiting_for_payer');
    expect(spine.logged.join()).toContain('adapter.never_settled');
    settle?.(fullBenefits());
    expect((await caller.verify(request(payer))).status).toBe('verified');
    expect((await caller.get(`/v1/verifications/${id}`)).body.status).not.toBe('verified');
    await caller.post(`/v1/verifications/${id}/cancel`);
  });

  test('over an adapter that answers about somebody else: its answer is not taken', async () => {
    const foreign = fullBenefits();
    if (foreign.kind === 'benefits') foreign.snapshot.patient = { firstName: 'Somebody', lastName: 'Else' };
    first.answer(foreign);
    const id = await accepted(await payerOver('first'));
    const shown = await shownWhen(id, ({ reason }) => reason !== undefined);
    expect([shown.status, shown.decision]).toEqual(['waiting_for_payer', undefined]);
    expect(JSON.stringify((await caller.get(`/v1/verifications/${id}/answers`)).body)).toContain('"foreign"');
    await caller.post(`/v1/verifications/${id}/cancel`);
  });

  test('whose answer is to come are polled, never asked again', async () => {
    const pending = { kind: 'pending', reference: 'R1', pollAfterMs: 100, evidence: {} } as const;
    first.answer(pending, pending, fullBenefits());
    const shown = await caller.verify(request(await payerOver('first')));
    expect(shown).toMatchObject({ status: 'verified', costCents: 10 });
    expect(first.calls).toEqual(['verify 30', 'poll R1', 'poll R1']);
  });

  test('cost nothing where nobody took the question, however often it was sent', async () => {
    first.answer(
      ...['down', 'throttled', 'down', 'down'].map((why) => unavailableAnswer(why as 'down')),
      fullBenefits(),
    );
    const shown = await caller.verify(request(await payerOver('first')));
    expect(shown).toMatchObject({ status: 'verified', costCents: 10 });
    expect(first.calls).toHaveLength(5);
    const { body } = await caller.get(shown.links.answers);
    expect(body.items.map((item: Body) => item.costCents)).toEqual([0, 0, 0, 0, 10]);
  });

  test('cost what they may have cost where the reply was lost: at the limit a person is told of it', async () => {
    first.answer(unavailableAnswer('timeout'));
    const shown = await caller.verify(request(await payerOver('first')));
    expect(shown).toMatchObject({ status: 'needs_call', reason: 'cost_limit', costCents: 30 });
    expect(shown.needs[0].message).toMatch(/^Asking once more would go beyond the \$0\.30 .*: call Ways \d+ at/);
    expect(first.calls).toHaveLength(3);
  });

  test('lead nowhere else when an earlier send may have been answered, though a later one was not taken', async () => {
    const payer = await payerOver('first', 'second');
    first.answer(unavailableAnswer('timeout'), async () => {
      await pause(payer, 'first');
      return unavailableAnswer('down');
    });
    const id = await accepted(payer);
    const shown = await shownWhen(id, ({ reason, status }) => reason === 'payer_paused' || status === 'verified');
    expect([shown.status, first.calls.length, second.calls]).toEqual(['waiting_for_payer', 2, []]);
    await caller.post(`/v1/verifications/${id}/cancel`);
  });

  test('cost no more than was set', async () => {
    const silent = fullBenefits();
    if (silent.kind === 'benefits') silent.snapshot.costShares = [];
    first.answer(silent);
    const shown = await caller.verify(request(await payerOver('first')));
    expect(shown).toMatchObject({ status: 'needs_call', costCents: 30 });
    expect(first.calls).toEqual(['verify 30', 'verify AI', 'verify CJ']);
  });
});
