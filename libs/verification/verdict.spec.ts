import type { Rejection } from '@openvob/benefits';
import { unansweredSnapshot } from '@openvob/estimate';
import type { Answer } from '@openvob/payers';
import { type Circumstances, verdictOn } from './verdict';

const calm: Circumstances = {
  suspectsOutage: false,
  isProbe: false,
  knowsPerson: false,
  hasOtherNpi: false,
  before: undefined,
  resendAfterMs: 90_000,
};
const rejection = (code: string, rejectionClass: Rejection['class'], followUp?: Rejection['followUp']): Rejection => ({
  level: 'subscriber',
  code,
  class: rejectionClass,
  advice: '',
  ...(followUp ? { followUp } : {}),
  source: { segment: 9 },
});
const rejected = (...rejections: Rejection[]): Answer => ({
  kind: 'rejected',
  snapshot: { ...unansweredSnapshot('Payer A'), outcome: 'rejected', rejections },
  issues: [],
  evidence: {},
});
const unavailable = (why: Extract<Answer, { kind: 'unavailable' }>['why'], retryAfterMs?: number): Answer => ({
  kind: 'unavailable',
  why,
  detail: why,
  evidence: {},
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const notFoundForGood = rejected(rejection('75', 'member_data', 'N'));
const participantUnknown = rejected(rejection('79', 'configuration', 'C'));
const wrongName = rejected(rejection('73', 'member_data', 'C'));

describe('an answer stands', () => {
  const benefits: Answer = { kind: 'benefits', snapshot: unansweredSnapshot('Payer A'), issues: [], evidence: {} };

  test('when it says benefits, also while an outage is suspected', () => {
    expect(verdictOn(benefits, { ...calm, suspectsOutage: true })).toMatchObject({ kind: 'answered', isFresh: true });
  });

  test('when it turns the member away for what a person can mend', () => {
    expect(verdictOn(wrongName, calm)).toMatchObject({ kind: 'answered', answer: wrongName });
  });

  test('when it says for the second time that the member is not found and must not be asked about again', () => {
    expect(verdictOn(notFoundForGood, { ...calm, before: notFoundForGood }).kind).toBe('answered');
  });

  test('when it says so of a person about whom the payer has answered', () => {
    expect(verdictOn(notFoundForGood, { ...calm, knowsPerson: true }).kind).toBe('answered');
  });
});

describe('that the payer does not know the participant', () => {
  test('is asked about once more: it may be an outage of its own', () => {
    expect(verdictOn(participantUnknown, calm)).toEqual({ kind: 'unanswered', why: 'participant_unknown' });
    expect(verdictOn(participantUnknown, { ...calm, before: wrongName })).toMatchObject({ why: 'participant_unknown' });
  });

  test.each<[string, Partial<Circumstances>]>([
    ['the second time', { before: participantUnknown }],
    ['where another NPI can be tried at once', { hasOtherNpi: true }],
    ['of a person about whom the payer has answered', { knowsPerson: true }],
  ])('stands %s', (_when, change) => {
    expect(verdictOn(participantUnknown, { ...calm, ...change }).kind).toBe('answered');
  });

  test('is an outage while one is suspected', () => {
    expect(verdictOn(participantUnknown, { ...calm, suspectsOutage: true, before: participantUnknown })).toEqual({
      kind: 'unanswered',
      why: 'outage',
    });
  });

  test('stands beside another fault of the set-up', () => {
    const both = rejected(rejection('79', 'configuration'), rejection('41', 'configuration'));
    expect(verdictOn(both, calm).kind).toBe('answered');
  });
});

describe('an answer is to be asked for again', () => {
  test('when the payer says that it cannot answer now', () => {
    expect(verdictOn(rejected(rejection('42', 'transient', 'R')), calm)).toEqual({ kind: 'unanswered', why: 'down' });
  });

  test('when the payer turns nearly everybody away', () => {
    expect(verdictOn(wrongName, { ...calm, suspectsOutage: true })).toEqual({ kind: 'unanswered', why: 'outage' });
  });

  test('once more when a member is not found and must not be asked about again', () => {
    expect(verdictOn(notFoundForGood, calm)).toEqual({ kind: 'unanswered', why: 'not_found_yet' });
    expect(verdictOn(notFoundForGood, { ...calm, before: wrongName })).toEqual({
      kind: 'unanswered',
      why: 'not_found_yet',
    });
  });

  test('when it is pending, after as long as the payer says', () => {
    const pending: Answer = { kind: 'pending', reference: 'R1', pollAfterMs: 4000, evidence: {} };
    expect(verdictOn(pending, calm)).toEqual({ kind: 'unanswered', why: 'pending', retryAfterMs: 4000 });
  });

  test.each(['down', 'throttled', 'unreadable', 'foreign', 'configuration'] as const)(
    'when it is %s, after as long as the payer says and no rule of its own',
    (why) => {
      expect(verdictOn(unavailable(why), calm)).toEqual({ kind: 'unanswered', why });
      expect(verdictOn(unavailable(why, 7000), calm)).toEqual({ kind: 'unanswered', why, retryAfterMs: 7000 });
    },
  );

  test.each(['unreadable', 'foreign'] as const)(
    'when it is %s as nearly everybody’s, or as a payer’s that is down',
    (why) => {
      const suspected = verdictOn(unavailable(why), { ...calm, suspectsOutage: true });
      expect(suspected).toEqual({ kind: 'unanswered', why: 'outage' });
      expect(verdictOn(unavailable(why, 7000), { ...calm, isProbe: true })).toEqual({
        kind: 'unanswered',
        why: 'down',
        retryAfterMs: 7000,
      });
    },
  );

  test('when its reply was lost, no sooner than it may be sent again', () => {
    const timedOut = (retryAfterMs?: number) => verdictOn(unavailable('timeout', retryAfterMs), calm);
    expect(timedOut()).toEqual({ kind: 'unanswered', why: 'timeout', retryAfterMs: 90_000 });
    expect(timedOut(7000)).toMatchObject({ retryAfterMs: 90_000 });
    expect(timedOut(120_000)).toMatchObject({ retryAfterMs: 120_000 });
  });
});

test('what an adapter gives to a person is given to a person', () => {
  expect(verdictOn({ kind: 'needs_human', why: 'portal_only', evidence: {} }, calm)).toEqual({
    kind: 'needs_human',
    why: 'portal_only',
  });
});
