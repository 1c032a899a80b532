import type { Snapshot } from '@openvob/benefits';
import type { Adapter, AdapterContext, Answer, Inquiry } from '@openvob/payers';
import { answerOf, type PutInquiry } from './adapter-answer';

const imogen = { firstName: 'Imogen', lastName: 'Marlowe', birthDate: '1988-04-12' };
const inquiry: Inquiry = {
  id: 'inq_1',
  trace: 'TRACE1',
  payer: { name: 'Northwind', id: 'NW001' },
  provider: { name: 'Harbor House', npi: '1999999984' },
  subscriber: { ...imogen, memberId: 'NWH0010001' },
  serviceTypes: ['30'],
  serviceDate: '2026-03-02',
};
const connection = { id: 'con_1', adapter: 'odd', endpointUrl: '', settings: {}, credentials: {}, timeoutMs: 20_000 };

function benefitsOf(patient: Snapshot['patient']): Answer {
  const snapshot = { outcome: 'benefits', rejections: [], trace: [], subscriber: {}, patient } as Partial<Snapshot>;
  return { kind: 'benefits', snapshot: snapshot as Snapshot, issues: [], evidence: { response: 'kept' } };
}

type Odd = Partial<Pick<Adapter, 'verify' | 'poll' | 'lookUp'>>;

function put(odd: Odd, goingOn: PutInquiry['goingOn'] = { kind: 'send' }, more: Partial<Inquiry> = {}): PutInquiry {
  return { inquiry: { ...inquiry, ...more }, connection, adapter: { name: 'odd', ...odd } as Adapter, goingOn };
}

function world() {
  const warned: object[] = [];
  const stopping = new AbortController();
  const nothing = (): void => undefined;
  const warn = (event: string, fields: object = {}): void => void warned.push({ event, ...fields });
  const log = { debug: nothing, info: nothing, warn, error: nothing };
  return { context: { signal: stopping.signal, log } as Partial<AdapterContext> as AdapterContext, stopping, warned };
}

describe('an adapter that never settles', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const never = (): Promise<never> => new Promise(() => undefined);

  test.each([
    ['verify', { kind: 'send' }],
    ['lookUp', { kind: 'look_up' }],
    ['poll', { kind: 'poll', reference: 'R1' }],
  ] as const)('in %s has timed out a little after the deadline', async (method, goingOn) => {
    const { context, warned } = world();
    const answer = answerOf(put({ [method]: never }, goingOn), context);
    await jest.advanceTimersByTimeAsync(24_999);
    expect(warned).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(await answer).toMatchObject({ kind: 'unavailable', why: 'timeout' });
    expect(warned).toMatchObject([{ event: 'adapter.never_settled', adapter: 'odd', inquiryId: 'inq_1' }]);
  });

  test('is told to stop, and what it says or throws then is nothing', async () => {
    const { context } = world();
    const ended: string[] = [];
    const stopped = (settle: () => void, signal: AbortSignal): void =>
      signal.addEventListener('abort', () => settle(), { once: true });
    for (const verify of [
      (_: unknown, __: unknown, { signal }: AdapterContext) =>
        new Promise<Answer>((resolve) => stopped(() => resolve(benefitsOf(imogen)), signal)),
      (_: unknown, __: unknown, { signal }: AdapterContext) =>
        new Promise<Answer>((_resolve, reject) => stopped(() => reject(new Error('late')), signal)),
    ]) {
      const answer = answerOf(put({ verify }), context);
      await jest.advanceTimersByTimeAsync(25_000);
      ended.push((await answer).kind);
    }
    expect(ended).toEqual(['unavailable', 'unavailable']);
  });
});

test('an adapter that settles leaves no timer and no listener behind, and is stopped with its run', async () => {
  jest.useFakeTimers();
  const { context, stopping } = world();
  const removed = jest.spyOn(stopping.signal, 'removeEventListener');
  let given: AbortSignal | undefined;
  const verify: Adapter['verify'] = async (_, __, { signal }) => {
    given = signal;
    stopping.abort();
    return benefitsOf(imogen);
  };
  expect((await answerOf(put({ verify }), context)).kind).toBe('benefits');
  expect([given?.aborted, jest.getTimerCount(), removed.mock.calls.length]).toEqual([true, 0, 1]);
  jest.useRealTimers();
});

test('what an adapter throws is thrown on', async () => {
  const verify = async (): Promise<never> => Promise.reject(new Error('a fault of ours'));
  await expect(answerOf(put({ verify }), world().context)).rejects.toThrow('a fault of ours');
});

describe('an answer', () => {
  const answered = async (patient: Snapshot['patient'], more: Partial<Inquiry> = {}) => {
    const { context, warned } = world();
    const answer = await answerOf(put({ verify: async () => benefitsOf(patient) }, { kind: 'send' }, more), context);
    return { answer, warned };
  };

  test.each([
    ['another name', { ...imogen, firstName: 'Tobias' }, 'name'],
    ['another birth date', { ...imogen, birthDate: '1988-04-21' }, 'birth_date'],
    ['another member id and no more', { memberId: 'XYZ7770001' }, 'member_id'],
    ['another last name alone', { ...imogen, lastName: 'Okafor', memberId: 'NWH0010001' }, 'last_name'],
  ])('with %s is foreign, whatever its adapter says', async (_what, patient, mismatch) => {
    const { answer, warned } = await answered(patient);
    expect(answer).toMatchObject({
      kind: 'unavailable',
      why: 'foreign',
      detail: `foreign_${mismatch}`,
      evidence: { response: 'kept' },
    });
    expect(warned).toEqual([
      { event: 'adapter.foreign_answer', adapter: 'odd', inquiryId: 'inq_1', connectionId: 'con_1', mismatch },
    ]);
    expect(JSON.stringify(warned)).not.toMatch(/Tobias|Okafor|XYZ/);
  });

  const tobias = { firstName: 'Tobias', lastName: 'Marlowe', birthDate: '2010-07-05' };
  test.each<[string, Snapshot['patient'], Partial<Inquiry>]>([
    ['that names nobody', {}, {}],
    ['with a last name alone', { lastName: 'MARLOWE' }, {}],
    ['with a corrected member id', { ...imogen, memberId: 'NWH0099999' }, {}],
    [
      'with a nickname',
      { ...imogen, firstName: 'Bob', memberId: 'NWH0010001' },
      { subscriber: { ...imogen, firstName: 'Robert', memberId: 'NWH0010001' } },
    ],
    [
      'about a dependent',
      { ...tobias, isSubscriber: false, memberId: 'NWH0010001' },
      { dependent: { ...tobias, relationship: 'child' } },
    ],
    ['to an inquiry without a name', imogen, { subscriber: { memberId: 'NWH0010001', birthDate: '1988-04-12' } }],
  ])('%s is taken as its adapter took it', async (_what, patient, more) => {
    const { answer, warned } = await answered(patient, more);
    expect([answer.kind, warned]).toEqual(['benefits', []]);
  });
});
