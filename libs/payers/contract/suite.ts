import { inspect } from 'node:util';
import { createHttp, type Http, type HttpClient, type HttpRequest, systemClock } from '@openvob/platform';
import type { Adapter, Answer, Connection, Inquiry } from './adapter';
import { type AdapterWorld, noAnswers, type PayerBehavior } from './adapter-world';
import { describeAnswer, personalData, RecordingLog, valueAt } from './suite-observations';

export type { AdapterWorld, PayerBehavior } from './adapter-world';

export interface AdapterSuite {
  readonly adapter: Adapter;
  /** What distinguishes this run of the suite from others of the same adapter, e.g. `in a MIME envelope`. */
  readonly how?: string;
  makeWorld(): Promise<AdapterWorld>;
}

/** A payer is not waited for longer than this in the cases that end by the deadline. */
const shortTimeoutMs = 400;

/**
 * What every payer adapter must do, whatever its protocol: each behaviour of a payer becomes a value with its evidence,
 * nothing is thrown, and nobody's data gets into logs or details.
 */
export function describeAdapter(name: string, suite: AdapterSuite): void {
  if (suite.adapter.capabilities.electronic) describeElectronic(name, suite);
  else describeByHand(name, suite);
}

/** A payer that no machine asks: whatever it is told to do, nothing is sent, and a person is called for. */
function describeByHand(name: string, { adapter, makeWorld }: AdapterSuite): void {
  describe(`the ${name} adapter`, () => {
    let world: AdapterWorld;
    let log: RecordingLog;
    const sent: HttpRequest[] = [];
    const nowhere: Http = {
      send: (request) => {
        sent.push(request);
        return Promise.reject(new Error('An adapter by hand sends nothing'));
      },
    };

    beforeAll(async () => {
      world = await makeWorld();
    });
    beforeEach(() => {
      log = new RecordingLog();
      sent.length = 0;
    });
    afterAll(() => world.close());

    const verify = (inquiry: Inquiry, connection = world.connection, signal = new AbortController().signal) =>
      adapter.verify(inquiry, connection, { signal, clock: systemClock, http: nowhere, log });

    it('has a name and finds no fault with a connection that works', () => {
      expect(adapter.name).toBe(name);
      expect(adapter.checkConnection(world.connection)).toEqual([]);
    });

    it('names what is wrong with a connection instead of using it', async () => {
      const broken = { ...world.connection, endpointUrl: 'nowhere' };
      expect(adapter.checkConnection(broken)).toEqual([expect.stringContaining('endpointUrl')]);
      expect(await verify(world.inquiry(), broken)).toMatchObject({ kind: 'unavailable', why: 'configuration' });
    });

    it('sends nothing of anybody, and says so', async () => {
      for (const inquiry of [world.inquiry(), world.inquiryAboutDependent()]) {
        expect(adapter.fieldsOf(inquiry)).toEqual([]);
        const answer = await verify(inquiry);
        if (answer.kind !== 'needs_human') throw new Error(`expected a person, got ${describeAnswer(answer)}`);
        expect(answer.why).toMatch(/^[\w ./-]{1,80}$/);
        expect(answer.evidence).toEqual({});
      }
      expect([sent, await world.received()]).toEqual([[], 0]);
    });

    it('is never asked twice: nothing of it can be lost on the way', async () => {
      expect(adapter.capabilities.afterLostReply).toBe('never_resend');
      const inquiry = world.inquiry();
      expect(await verify(inquiry)).toEqual(await verify(inquiry));
    });

    it('gives a value also when its signal has fired', async () => {
      expect((await verify(world.inquiry(), world.connection, AbortSignal.abort())).kind).toBe('needs_human');
    });

    it('puts no data of a person into logs and answers', async () => {
      const inquiry = world.inquiry();
      const told = inspect([log.lines, await verify(inquiry)], { depth: 10 }).toUpperCase();
      for (const secret of personalData(inquiry)) expect(told).not.toContain(secret.toUpperCase());
    });
  });
}

function describeElectronic(name: string, { adapter, makeWorld, how }: AdapterSuite): void {
  describe(['the', name, 'adapter', ...(how === undefined ? [] : [how])].join(' '), () => {
    let world: AdapterWorld;
    let http: HttpClient;
    let log: RecordingLog;

    beforeAll(async () => {
      world = await makeWorld();
    });

    beforeEach(() => {
      http = createHttp();
      log = new RecordingLog();
    });

    afterEach(() => http.close());
    afterAll(() => world.close());

    const context = (signal = new AbortController().signal, over: Http = http) => ({
      signal,
      clock: systemClock,
      http: over,
      log,
    });

    async function verify(inquiry: Inquiry, connection: Connection = world.connection): Promise<Answer> {
      return adapter.verify(inquiry, connection, context());
    }

    it('has a name and finds no fault with a connection that works', () => {
      expect(adapter.name).toBe(name);
      expect(adapter.checkConnection(world.connection)).toEqual([]);
    });

    it('has a way to look lost replies up when that is what it says', () => {
      expect(adapter.lookUp !== undefined).toBe(adapter.capabilities.afterLostReply === 'look_up');
    });

    it('names what is wrong with a connection instead of using it', async () => {
      const broken = { ...world.connection, endpointUrl: 'nowhere' };
      const faults = adapter.checkConnection(broken);
      expect(faults).toEqual([expect.stringContaining('endpointUrl')]);
      const before = await world.received();
      expect(await verify(world.inquiry(), broken)).toMatchObject({ kind: 'unavailable', why: 'configuration' });
      expect(await world.received()).toBe(before);
    });

    it('names the fields that it would send, as pointers into the inquiry, without their values', () => {
      const inquiry = world.inquiry();
      const fields = adapter.fieldsOf(inquiry);
      expect(fields).toEqual(expect.arrayContaining(['/payer/id', '/provider/npi', '/serviceTypes', '/serviceDate']));
      for (const field of fields) expect(valueAt(inquiry, field)).toBeDefined();
      for (const secret of personalData(inquiry)) expect(fields.join()).not.toContain(secret);
    });

    it.each(['inquiry', 'inquiryAboutDependent'] as const)(
      'gives the benefits of an %s, with what was sent and what came',
      async (make) => {
        await world.arrange('benefits');
        const inquiry = world[make]();
        const answer = await verify(inquiry);
        if (answer.kind !== 'benefits') throw new Error(`expected benefits, got ${describeAnswer(answer)}`);
        expect(answer.snapshot.outcome).toBe('benefits');
        expect(answer.snapshot.status).toBe('active');
        expect(answer.evidence.request).toContain(inquiry.subscriber.memberId);
        expect(answer.evidence).toMatchObject({
          response: expect.any(String),
          httpStatus: 200,
          format: expect.any(String),
        });
      },
    );

    it('gives a rejection as a value, with its code and evidence', async () => {
      await world.arrange('rejected');
      const answer = await verify(world.inquiry());
      if (answer.kind !== 'rejected') throw new Error(`expected a rejection, got ${describeAnswer(answer)}`);
      expect(answer.snapshot.rejections).not.toEqual([]);
      expect(answer.evidence.response).not.toBe('');
    });

    it.each(noAnswers)('calls a payer that does «%s» %s', async (behavior, why) => {
      const connection = await world.arrange(behavior);
      if (connection === undefined) return;
      const inquiry = world.inquiry();
      const answer = await verify(inquiry, {
        ...connection,
        timeoutMs: behavior === 'drip' || behavior === 'silent' ? shortTimeoutMs : 5_000,
      });
      expect(describeAnswer(answer)).toBe(`unavailable ${why}`);
      if (answer.kind !== 'unavailable') return;
      expect(answer.detail).toMatch(/^[\w ./-]{1,80}$/);
      expect(answer.evidence.request).toContain(inquiry.subscriber.memberId);
      const cameBack = ['unreadable', 'foreign'].includes(why) && !['gzip_bomb', 'empty'].includes(behavior);
      if (cameBack) expect(answer.evidence.response).toEqual(expect.stringMatching(/./));
    });

    it('keeps a request to wait that the payer makes', async () => {
      const connection = await world.arrange('status_429');
      const answer = await verify(world.inquiry(), connection);
      expect(answer).toMatchObject({ kind: 'unavailable', retryAfterMs: expect.any(Number) });
    });

    it('does not follow redirects', async () => {
      const connection = await world.arrange('redirect');
      const before = await world.received();
      await verify(world.inquiry(), connection);
      expect(await world.received()).toBe(before + 1);
    });

    it('ends at the deadline of the connection', async () => {
      const connection = await world.arrange('silent');
      const startedAt = performance.now();
      await verify(world.inquiry(), { ...(connection ?? world.connection), timeoutMs: shortTimeoutMs });
      expect(performance.now() - startedAt).toBeLessThan(shortTimeoutMs + 1_500);
    });

    it('ends promptly when its signal fires, with a value', async () => {
      const connection = await world.arrange('silent');
      const controller = new AbortController();
      const before = await world.received();
      const answering = adapter.verify(world.inquiry(), connection ?? world.connection, context(controller.signal));
      while ((await world.received()) === before) await new Promise(setImmediate);
      const startedAt = performance.now();
      controller.abort();
      expect(describeAnswer(await answering)).toBe('unavailable timeout');
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    });

    it('sends nothing when its signal has fired already', async () => {
      await world.arrange('benefits');
      const before = await world.received();
      const answer = await adapter.verify(world.inquiry(), world.connection, context(AbortSignal.abort()));
      expect(describeAnswer(answer)).toBe('unavailable timeout');
      expect(answer.evidence.request).toBeUndefined();
      expect(await world.received()).toBe(before);
    });

    it('sends one request an inquiry, and nothing of a person outside of its body', async () => {
      await world.arrange('benefits');
      const sent: HttpRequest[] = [];
      const watching: Http = {
        send: (request) => {
          sent.push(request);
          return http.send(request);
        },
      };
      const inquiry = world.inquiry();
      await adapter.verify(inquiry, world.connection, context(undefined, watching));
      expect(sent).toHaveLength(1);
      for (const secret of personalData(inquiry))
        expect(JSON.stringify([sent[0]?.url, sent[0]?.headers])).not.toContain(secret);
    });

    it('puts no data of a person and no credential into logs, details and evidence’s fields', async () => {
      const behaviors: PayerBehavior[] = ['benefits', 'rejected', 'other_person', 'truncated', 'reset', 'status_500'];
      for (const behavior of behaviors) {
        const connection = (await world.arrange(behavior)) ?? world.connection;
        const inquiry = world.inquiry();
        const answer = await verify(inquiry, connection);
        const told = inspect([log.lines, answer.kind === 'unavailable' ? answer.detail : answer.kind], { depth: 10 });
        const secrets = [...personalData(inquiry), ...Object.values(connection.credentials)];
        for (const secret of secrets) expect(told.toUpperCase()).not.toContain(secret.toUpperCase());
        for (const credential of Object.values(connection.credentials))
          expect(inspect(answer.evidence)).not.toContain(credential);
      }
    });

    it('answers many inquiries at once, each with its own', async () => {
      await world.arrange('benefits');
      const inquiries = Array.from({ length: 50 }, () => world.inquiry());
      const answers = await Promise.all(inquiries.map((inquiry) => verify(inquiry)));
      for (const [index, answer] of answers.entries()) {
        if (answer.kind !== 'benefits') throw new Error(`expected benefits, got ${describeAnswer(answer)}`);
        const inquiry = inquiries[index];
        expect(answer.snapshot.subscriber.memberId).toBe(inquiry?.subscriber.memberId);
        if (adapter.capabilities.tracesComeBack !== false) expect(answer.snapshot.trace).toContain(inquiry?.trace);
      }
    });
  });
}
