import { generateKeyRing, readConfig } from '@openvob/platform';
import { type Attempt, nextStep, retryAfterMs } from './schedule';

const ladderMs = [5_000, 300_000];
const at = (tries: number, random = 0): Parameters<typeof nextStep>[1] => ({ tries, ladderMs, random });
const answered = (status: number, more: object = {}): Attempt => ({ kind: 'answered', status, ...more });

describe('after a try', () => {
  test.each([200, 204, 299])('%d is a success', (status) => {
    expect(nextStep(answered(status), at(1))).toEqual({ state: 'delivered' });
  });

  test.each([
    ['a redirect', answered(302)],
    ['a refusal', answered(400)],
    ['a fault', answered(500)],
    ['silence', { kind: 'failed', why: 'timeout' } as const],
    ['an inner address', { kind: 'failed', why: 'refused' } as const],
  ])('%s is tried again after the rung, later by a fifth at most', (_what, attempt) => {
    expect(nextStep(attempt, at(1))).toEqual({ state: 'pending', afterMs: 5_000 });
    expect(nextStep(attempt, at(2, 1))).toEqual({ state: 'pending', afterMs: 360_000 });
    expect(nextStep(attempt, at(3))).toEqual({ state: 'failed', because: 'exhausted' });
  });

  test('410 ends it at once', () => {
    expect(nextStep(answered(410), at(1))).toEqual({ state: 'failed', because: 'gone' });
  });

  test('a Retry-After makes a wait longer and never shorter', () => {
    expect(nextStep(answered(429, { retryAfterMs: 60_000 }), at(1))).toEqual({ state: 'pending', afterMs: 60_000 });
    expect(nextStep(answered(503, { retryAfterMs: 10 }), at(1))).toEqual({ state: 'pending', afterMs: 5_000 });
  });
});

test('by default a delivery has at least eight tries over 27 hours, whatever the jitter', () => {
  const { webhooks } = readConfig({ DATABASE_URL: 'postgres://127.0.0.1/x', OPENVOB_KEYS: generateKeyRing() });
  const waits: number[] = [];
  for (let tries = 1; ; tries += 1) {
    const step = nextStep(answered(500), { tries, ladderMs: webhooks.retryLadderMs, random: 0 });
    if (step.state !== 'pending') break;
    waits.push(step.afterMs);
  }
  expect(waits.length + 1).toBeGreaterThanOrEqual(8);
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(27 * 3_600_000);
});

const now = new Date('2026-11-20T15:00:00Z');

test.each([
  ['120', 120_000],
  ['0', 0],
  ['Fri, 20 Nov 2026 15:02:00 GMT', 120_000],
  ['Fri, 20 Nov 2026 14:00:00 GMT', 0],
  ['999999999', 86_400_000],
  ['soon', undefined],
  ['-5', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %j asks for %j ms', (header, ms) => {
  expect(retryAfterMs(header, now)).toBe(ms);
});
