import fc from 'fast-check';
import type { Permit } from './pacing';
import { afterAsked, afterNoPermit, afterUnavailable, type PermitSituation, type WaitingSituation } from './waiting';

const rules = {
  retryLadderMs: [15_000, 60_000, 300_000],
  rereadLadderMs: [2000, 5000],
  giveUpAfterMs: 24 * 3_600_000,
  repeatNotFoundMs: 180_000,
};
const now = new Date('2026-11-20T15:00:00Z');
const situation: WaitingSituation = { why: 'down', attempts: 0, firstUnavailableAt: now, now };

describe('after a payer gave no usable answer', () => {
  test.each([
    [0, 15_000],
    [1, 60_000],
    [2, 300_000],
    [9, 300_000],
  ])('try %i waits %i ms, the last rung repeating', (attempts, waitMs) => {
    const then = afterUnavailable({ ...situation, attempts }, rules);
    expect(then).toMatchObject({ to: 'waiting_for_payer', reason: 'payer_down', lookAgainAfterMs: waitMs });
  });

  test('heeds the wish of a payer that is throttling', () => {
    const then = afterUnavailable({ ...situation, why: 'throttled', retryAfterMs: 90_000 }, rules);
    expect(then).toMatchObject({ reason: 'payer_throttled', lookAgainAfterMs: 90_000 });
  });

  test('never waits past the time by which the answer is needed', () => {
    const then = afterUnavailable({ ...situation, neededBy: new Date(now.getTime() + 4000) }, rules);
    expect(then.lookAgainAfterMs).toBe(4000);
  });

  test('gives it to a person once that time has passed', () => {
    expect(afterUnavailable({ ...situation, neededBy: now }, rules)).toMatchObject({
      to: 'needs_call',
      reason: 'payer_down',
    });
    const longAgo = new Date(now.getTime() - rules.giveUpAfterMs);
    expect(afterUnavailable({ ...situation, firstUnavailableAt: longAgo }, rules)).toMatchObject({ to: 'needs_call' });
  });

  test.each(['unreadable', 'foreign'] as const)(
    'reads an answer that is %s again twice, then rests as failed',
    (why) => {
      const thens = [0, 1, 2].map((attempts) => afterUnavailable({ ...situation, why, attempts }, rules));
      expect(thens.map((then) => then.to)).toEqual(['waiting_for_payer', 'waiting_for_payer', 'failed']);
      expect(thens[2]?.reason).toBe(`${why}_answer`);
    },
  );

  test('asks once more after the first wait where the payer does not know the participant', () => {
    const then = afterUnavailable({ ...situation, why: 'participant_unknown', attempts: 2 }, rules);
    expect(then).toMatchObject({ reason: 'participant_unknown_yet', lookAgainAfterMs: 15_000 });
    expect(then.unavailable).toBeUndefined();
  });

  test.each(['unreadable', 'foreign'] as const)(
    'waits for a payer whose answer is %s as for its silence, where it was silent in this round',
    (why) => {
      const asked = { ...situation, why, attempts: 2, silences: 2 };
      expect(afterUnavailable(asked, rules)).toMatchObject({
        to: 'waiting_for_payer',
        reason: `${why}_answer`,
        lookAgainAfterMs: 300_000,
        unavailable: 'tried',
        needs: [{ kind: 'call' }],
      });
      expect(afterUnavailable({ ...asked, attempts: 9, silences: 1 }, rules).to).toBe('waiting_for_payer');
      expect(afterUnavailable({ ...asked, neededBy: now }, rules).to).toBe('needs_call');
    },
  );

  test('does not wait for what operations must mend', () => {
    expect(afterUnavailable({ ...situation, why: 'configuration' }, rules)).toMatchObject({
      to: 'failed',
      reason: 'configuration',
    });
  });

  test('always waits or rests, whatever happened', () => {
    const why = fc.constantFrom(
      'down',
      'throttled',
      'timeout',
      'unreadable',
      'foreign',
      'configuration',
      'pending' as const,
    );
    fc.assert(
      fc.property(why, fc.nat(50), fc.option(fc.nat(1e8)), fc.nat(2e8), (reason, attempts, retryAfterMs, agoMs) => {
        const firstUnavailableAt = new Date(now.getTime() - agoMs);
        const then = afterUnavailable(
          { why: reason, attempts, firstUnavailableAt, now, ...(retryAfterMs === null ? {} : { retryAfterMs }) },
          rules,
        );
        return then.to === 'waiting_for_payer'
          ? (then.lookAgainAfterMs ?? -1) >= 0
          : then.lookAgainAfterMs === undefined;
      }),
    );
  });
});

describe('a caller on the line while the payer does not answer', () => {
  const asked = { payer: { id: 'pay_1', name: 'Northwind Health Plan' }, connectionId: 'con_1' };
  const person: PermitSituation = { attempts: 0, firstUnavailableAt: now, now, isBulk: false };
  const offered = (then: ReturnType<typeof afterUnavailable>): unknown => [then.to, then.needs.map(({ kind }) => kind)];

  test.each(['down', 'timeout', 'outage'] as const)('is offered the phone from the first try on (%s)', (why) => {
    expect(offered(afterUnavailable({ ...situation, why }, rules))).toEqual(['waiting_for_payer', ['call']]);
  });

  test('is offered the phone while an inquiry may not be sent again', () => {
    const then = afterAsked({ kind: 'too_soon', afterMs: 90_000 }, { ...asked, situation: person }, rules);
    expect(offered(then)).toEqual(['waiting_for_payer', ['call']]);
  });

  test.each<Exclude<Permit, { kind: 'granted' }>>([
    { kind: 'paused' },
    { kind: 'open', afterMs: 30_000, suspected: false },
    { kind: 'open', afterMs: 30_000, suspected: true },
  ])('is offered the phone where nothing is sent (%o)', (permit) => {
    expect(offered(afterNoPermit(permit, 'con_1', person, rules))).toEqual(['waiting_for_payer', ['call']]);
  });

  test.each(['throttled', 'pending', 'not_found_yet'] as const)('is not, where the payer is there (%s)', (why) => {
    expect(offered(afterUnavailable({ ...situation, why, retryAfterMs: 1000 }, rules))).toEqual([
      'waiting_for_payer',
      [],
    ]);
  });

  test.each<Exclude<Permit, { kind: 'granted' }>>([
    { kind: 'busy' },
    { kind: 'paced', afterMs: 5000 },
    { kind: 'quiet', afterMs: 5000 },
  ])('is not, where only its turn has not come (%o)', (permit) => {
    expect(offered(afterNoPermit(permit, 'con_1', person, rules))).toEqual(['waiting_for_payer', []]);
  });

  test('is not told that it is asked again once it is not', () => {
    for (const why of ['down', 'outage'] as const) {
      const then = afterUnavailable({ ...situation, why, neededBy: now }, rules);
      expect(then.to).toBe('needs_call');
      expect(then.needs[0]?.message).not.toMatch(/asked again by itself/);
    }
  });
});

describe('an inquiry whose reply was lost', () => {
  const soon = (neededBy?: Date): ReturnType<typeof afterAsked> =>
    afterAsked(
      { kind: 'too_soon', afterMs: 90_000 },
      {
        payer: { id: 'pay_1', name: 'Northwind Health Plan' },
        connectionId: 'con_1',
        situation: { attempts: 1, firstUnavailableAt: now, now, isBulk: false, ...(neededBy ? { neededBy } : {}) },
      },
      rules,
    );

  test('waits until it may be sent again, and no longer than an answer is needed', () => {
    expect(soon()).toMatchObject({ to: 'waiting_for_payer', lookAgainAfterMs: 90_000 });
    expect(soon(new Date(now.getTime() + 4000))).toMatchObject({ to: 'waiting_for_payer', lookAgainAfterMs: 4000 });
  });

  test('is given to a person when an answer was needed before it may be sent again', () => {
    expect(soon(now)).toMatchObject({ to: 'needs_call', reason: 'payer_timeout' });
  });

  test('is asked for again no later than it is needed where the payer answers later', () => {
    const pending = { ...situation, why: 'pending' as const, retryAfterMs: 90_000 };
    expect(afterUnavailable(pending, rules).lookAgainAfterMs).toBe(90_000);
    const neededBy = new Date(now.getTime() + 4000);
    expect(afterUnavailable({ ...pending, neededBy }, rules).lookAgainAfterMs).toBe(4000);
  });
});

describe('a payer that throttles', () => {
  test('is waited for without spending an attempt, for as long as it asks, and the deadline comes nearer all the same', () => {
    const asked = { why: 'throttled' as const, attempts: 3, firstUnavailableAt: now, now, retryAfterMs: 500_000 };
    expect(afterUnavailable(asked, rules)).toMatchObject({
      to: 'waiting_for_payer',
      reason: 'payer_throttled',
      unavailable: 'waited',
      lookAgainAfterMs: 500_000,
    });
    expect(afterUnavailable({ ...asked, why: 'down' }, rules)).toMatchObject({ unavailable: 'tried' });
  });
});

describe('after a connection gave no permit', () => {
  type Refusal = Exclude<Permit, { kind: 'granted' }>;
  const refusals: Refusal[] = [
    { kind: 'busy' },
    { kind: 'paced', afterMs: 5000 },
    { kind: 'open', afterMs: 30_000, suspected: false },
    { kind: 'paused' },
    { kind: 'quiet', afterMs: 9 * 3_600_000 },
  ];
  const person: PermitSituation = { attempts: 0, firstUnavailableAt: now, now, isBulk: false };
  const refused = (permit: Refusal, change: Partial<PermitSituation> = {}): ReturnType<typeof afterNoPermit> =>
    afterNoPermit(permit, 'con_1', { ...person, ...change }, rules);

  test.each(refusals)('$kind waits and spends no attempt', (permit) => {
    const then = refused(permit);
    expect(then.to).toBe('waiting_for_payer');
    expect(then.unavailable).not.toBe('tried');
  });

  test.each(refusals)('$kind is looked at again at the latest when it is needed', (permit) => {
    expect(refused(permit, { neededBy: new Date(now.getTime() + 4000) }).lookAgainAfterMs).toBe(4000);
  });

  test.each(refusals)('$kind is given to a person once it should have been there', (permit) => {
    expect(refused(permit, { neededBy: now })).toMatchObject({ to: 'needs_call', event: 'deadline_passed' });
  });

  test.each([true, false])(
    'waits as a row to be woken, for thousands that come back by themselves would spin (bulk %s)',
    (isBulk) => {
      for (const permit of refusals) expect(refused(permit, { isBulk }).waitsForConnection).toBe('con_1');
    },
  );

  test('counts towards the deadline where the payer is down or paused, not where it is only busy', () => {
    expect(refusals.map((permit) => refused(permit).unavailable)).toEqual([
      undefined,
      undefined,
      'waited',
      'waited',
      undefined,
    ]);
  });

  test('says why it waits', () => {
    expect(refusals.map((permit) => refused(permit).reason)).toEqual([
      'payer_busy',
      'payer_busy',
      'payer_down',
      'payer_paused',
      'quiet_hours',
    ]);
  });
});
