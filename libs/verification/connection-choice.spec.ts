import type { Rejection } from '@openvob/benefits';
import { unansweredSnapshot } from '@openvob/estimate';
import { type Adapter, type Answer, adapters } from '@openvob/payers';
import type { Asked } from './asking';
import { betterOf, isMisconfigured, leadsOn, orderOfWays, type Way } from './connection-choice';
import type { PayerConnection, RecordedInquiry } from './ports';

const adapter = adapters.get('x12') as Adapter;
const connection = (id: string): PayerConnection => ({
  id,
  adapter: 'x12',
  endpointUrl: 'https://payer.test',
  settings: {},
  credentials: {},
  timeoutMs: 20_000,
  payerReference: 'NW001',
});
const [first, second, third] = ['con_1', 'con_2', 'con_3'].map((id): Way => ({ connection: connection(id), adapter }));
const ways = [first, second, third].flatMap((way) => way ?? []);
const names = (chosen: readonly Way[]): string[] => chosen.map((way) => way.connection.id);

const row = (connectionId: string, change: Partial<RecordedInquiry> = {}): RecordedInquiry => ({
  id: `inq_${connectionId}`,
  trace: 'TRACE1',
  state: 'sent',
  sends: 1,
  untaken: 0,
  replyLost: false,
  coveragePosition: 0,
  payerId: 'pay_1',
  connectionId,
  serviceType: '30',
  variation: 'as_given',
  ...change,
});
const rejected = (rejection: Pick<Rejection, 'code' | 'class'>): Extract<Answer, { kind: 'rejected' }> => ({
  kind: 'rejected',
  snapshot: {
    ...unansweredSnapshot('Payer A'),
    outcome: 'rejected',
    rejections: [{ level: 'payer', advice: '', ...rejection, source: { segment: 5 } }],
  },
  issues: [],
  evidence: {},
});
const notEnrolled = rejected({ code: '41', class: 'configuration' });
const participantUnknown = rejected({ code: '79', class: 'configuration' });
const notFound = rejected({ code: '75', class: 'member_data' });
const cannotAnswerNow = rejected({ code: '42', class: 'transient' });
const unavailable = (why: Extract<Answer, { kind: 'unavailable' }>['why']): Answer => ({
  kind: 'unavailable',
  why,
  detail: why,
  evidence: {},
});

describe('the ways over which a question may be put', () => {
  test('are all of them in the order of preference while nothing was sent', () => {
    expect(names(orderOfWays(ways, []))).toEqual(['con_1', 'con_2', 'con_3']);
    expect(names(orderOfWays(ways, [row('con_1', { sends: 0, state: 'recorded' })]))).toEqual([
      'con_1',
      'con_2',
      'con_3',
    ]);
  });

  test.each([
    ['it was answered', { answer: notFound, state: 'answered' as const }],
    ['its reply was lost with the process', { replyLost: true }],
    ['it timed out', { answer: unavailable('timeout') }],
    ['what came could not be read', { answer: unavailable('unreadable') }],
    ['it is to be had later', { answer: { kind: 'pending', reference: 'R1', pollAfterMs: 1, evidence: {} } as Answer }],
  ])('are that one alone over which %s', (_what, change) => {
    expect(names(orderOfWays(ways, [row('con_2', change)]))).toEqual(['con_2']);
  });

  test.each(['down', 'throttled'] as const)('are all of them where the payer was %s', (why) => {
    expect(names(orderOfWays(ways, [row('con_1', { answer: unavailable(why), untaken: 1 })]))).toEqual([
      'con_1',
      'con_2',
      'con_3',
    ]);
  });

  test('are all of them where the payer said that it cannot answer now', () => {
    expect(names(orderOfWays(ways, [row('con_1', { answer: cannotAnswerNow })]))).toEqual(['con_1', 'con_2', 'con_3']);
  });

  test('are all of them where the payer is asked once more whether it knows the participant', () => {
    expect(names(orderOfWays(ways, [row('con_1', { answer: participantUnknown })]))).toHaveLength(3);
    const settled = row('con_1', { answer: participantUnknown, state: 'answered' });
    expect(names(orderOfWays(ways, [settled]))).toEqual(['con_2', 'con_3']);
  });

  test('are that one alone that is down by now and may have answered before', () => {
    const earlier = { answer: unavailable('down'), mayHaveBeenHeard: true } as const;
    expect(names(orderOfWays(ways, [row('con_1', earlier)]))).toEqual(['con_1']);
  });

  test.each([['credentials are wrong', unavailable('configuration')] as const, ['enrollment is missing', notEnrolled]])(
    'leave out one whose %s',
    (_what, answer) => {
      expect(names(orderOfWays(ways, [row('con_1', { answer })]))).toEqual(['con_2', 'con_3']);
    },
  );

  test('are the last one where all are set up wrongly, so that it can be tried when that was mended', () => {
    const all = ways.map(({ connection: { id } }) => row(id, { answer: unavailable('configuration') }));
    expect(names(orderOfWays(ways, all))).toEqual(['con_3']);
  });
});

describe('the next way', () => {
  const refused = (permit: Extract<Asked, { kind: 'no_permit' }>['permit']): Asked => ({ kind: 'no_permit', permit });
  const answered = (answer: Extract<Answer, { kind: 'rejected' }>): Asked => ({
    kind: 'answered',
    row: row('con_1'),
    answer,
    isFresh: true,
  });
  const unanswered = (
    why: Extract<Asked, { kind: 'unanswered' }>['why'],
    change: Partial<RecordedInquiry> = {},
  ): Asked => ({
    kind: 'unanswered',
    row: row('con_1', { answer: unavailable('down'), ...change }),
    why,
  });

  test.each<[string, Asked]>([
    ['is paused', refused({ kind: 'paused' })],
    ['is known to be down', refused({ kind: 'open', afterMs: 1000, suspected: false })],
    ['is down', unanswered('down')],
    ['takes no more for now', unanswered('throttled')],
    ['answered that the payer cannot answer now', unanswered('down', { answer: cannotAnswerNow })],
    ['does not know the participant', unanswered('participant_unknown', { answer: participantUnknown })],
    ['knows no participant just now', unanswered('outage', { answer: participantUnknown })],
    ['has wrong credentials', { kind: 'unanswered', row: row('con_1'), why: 'configuration' }],
    ['lacks an enrollment', answered(notEnrolled)],
  ])('is tried where this one %s', (_what, asked) => {
    expect(leadsOn(asked)).toBe(true);
  });

  test.each<[string, Asked]>([
    ['is only busy', refused({ kind: 'busy' })],
    ['is asked at its pace', refused({ kind: 'paced', afterMs: 1000 })],
    ['is left alone at night', refused({ kind: 'quiet', afterMs: 1000 })],
    ['timed out', { kind: 'unanswered', row: row('con_1'), why: 'timeout' }],
    ['is down and may have answered before', unanswered('down', { mayHaveBeenHeard: true })],
    ['takes no more and may have answered before', unanswered('throttled', { mayHaveBeenHeard: true })],
    ['turns everybody away just now', unanswered('outage', { answer: notFound })],
    ['answered that nobody is found', answered(notFound)],
    ['may be asked again later', { kind: 'too_soon', afterMs: 1000 }],
    ['leaves it to a person', { kind: 'needs_human', why: 'portal_only' }],
    ['belongs to another run by now', { kind: 'superseded' }],
  ])('is not tried where this one %s', (_what, asked) => {
    expect(leadsOn(asked)).toBe(false);
  });

  test('one that is waited for goes before one that operations must mend, whichever came first', () => {
    const paused = refused({ kind: 'paused' });
    const broken: Asked = { kind: 'unanswered', row: row('con_1'), why: 'configuration' };
    expect(betterOf(paused, broken)).toBe(paused);
    expect(betterOf(broken, paused)).toBe(paused);
    expect(betterOf(undefined, broken)).toBe(broken);
  });

  test('one that is tried again soon goes before one that is waited for; of two that are down, the preferred', () => {
    const [paused, down, throttled] = [refused({ kind: 'paused' }), unanswered('down'), unanswered('throttled')];
    expect(betterOf(paused, down)).toBe(down);
    expect(betterOf(down, paused)).toBe(down);
    expect(betterOf(down, throttled)).toBe(down);
    expect(betterOf(throttled, down)).toBe(throttled);
  });
});

test('a connection without an answer is not taken to be set up wrongly', () => {
  expect(isMisconfigured(undefined)).toBe(false);
  expect(isMisconfigured({})).toBe(false);
  expect(isMisconfigured({ answer: notFound })).toBe(false);
});
