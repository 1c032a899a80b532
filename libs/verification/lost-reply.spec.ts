import type { RejectionClass } from '@openvob/benefits';
import { unansweredSnapshot } from '@openvob/estimate';
import type { Answer } from '@openvob/payers';
import { goingOnWith, mayHaveBeenAnswered, untakenSends } from './lost-reply';

const now = new Date('2026-11-20T15:00:00Z');
const sentAt = new Date(now.getTime() - 60_000);
const at = { resendAfterMs: 90_000, now };
const unavailable = (why: Extract<Answer, { kind: 'unavailable' }>['why']): Answer => ({
  kind: 'unavailable',
  why,
  detail: why,
  evidence: {},
});
const pending: Answer = { kind: 'pending', reference: 'R1', pollAfterMs: 1000, evidence: {} };
const rejected = (code: string, rejectionClass: RejectionClass): Answer => ({
  kind: 'rejected',
  snapshot: {
    ...unansweredSnapshot('Payer A'),
    outcome: 'rejected',
    rejections: [{ level: 'payer', code, class: rejectionClass, advice: '', source: { segment: 5 } }],
  },
  issues: [],
  evidence: {},
});
const lost = { replyLost: true, sentAt, sends: 1 };

describe('an inquiry that goes on', () => {
  test.each([
    ['never sent', { replyLost: false, sends: 0 }, 'resend_same_trace', { kind: 'send' }],
    ['down before', { replyLost: false, sends: 1, answer: unavailable('down') }, 'never_resend', { kind: 'send' }],
    ['pending', { replyLost: false, sends: 1, answer: pending }, 'never_resend', { kind: 'poll', reference: 'R1' }],
    ['lost', lost, 'resend_same_trace', { kind: 'wait', afterMs: 30_000 }],
    ['lost long ago', { ...lost, sentAt: new Date(0) }, 'resend_same_trace', { kind: 'send' }],
    ['lost', lost, 'look_up', { kind: 'look_up' }],
    ['lost', lost, 'never_resend', { kind: 'give_to_person', why: 'reply_lost' }],
    ['timed out', { ...lost, replyLost: false, answer: unavailable('timeout') }, 'look_up', { kind: 'look_up' }],
  ] as const)('%s, under the rule of its protocol (%j, %s): %j', (_what, row, rule, expected) => {
    expect(goingOnWith(row, rule, at)).toEqual(expected);
  });

  test.each([
    [{ replyLost: false, sends: 0 }, false],
    [lost, true],
    [{ replyLost: false, sends: 1, answer: unavailable('timeout') }, true],
    [{ replyLost: false, sends: 1, answer: unavailable('foreign') }, true],
    [{ replyLost: false, sends: 1, answer: unavailable('unreadable') }, true],
    [{ replyLost: false, sends: 1, answer: pending }, true],
    [{ replyLost: false, sends: 1, answer: unavailable('down') }, false],
    [{ replyLost: false, sends: 1, answer: unavailable('throttled') }, false],
    [{ replyLost: false, sends: 1, answer: unavailable('configuration') }, false],
    [{ replyLost: false, sends: 2, answer: unavailable('down'), mayHaveBeenHeard: true }, true],
    [{ replyLost: false, sends: 1, answer: rejected('75', 'member_data') }, true],
    [{ replyLost: false, sends: 1, answer: rejected('42', 'transient') }, false],
    [{ replyLost: false, sends: 1, answer: rejected('80', 'transient') }, false],
    [{ replyLost: false, sends: 1, answer: rejected('41', 'configuration') }, false],
  ] as const)('may have been answered (%j): %s', (row, expected) => {
    expect(mayHaveBeenAnswered(row)).toBe(expected);
  });

  test.each([
    [0, [], 0],
    [3, ['down', 'throttled', 'down'], 3],
    [3, ['down', 'timeout', 'down'], 2],
    [2, ['down'], 1],
    // Look-ups and polls are no sends: one that was answered in between was taken.
    [1, ['timeout', 'down'], 0],
    [1, [undefined, 'down', 'down'], 0],
    [2, ['down', undefined, 'down', 'down'], 1],
  ] as const)('of %i sends, with these answers (%j), nobody took %i', (sends, whys, expected) => {
    expect(untakenSends(sends, whys)).toBe(expected);
  });
});
