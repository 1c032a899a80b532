import fc from 'fast-check';
import { isAtRisk, type MeasuredLane, type MeasuredWay, promisedBy, type Waiting } from './promised-by';

const now = new Date('2026-11-20T15:00:00Z');
const later = (ms: number): Date => new Date(now.getTime() + ms);
const way = (change: Partial<MeasuredWay> = {}): MeasuredWay => ({
  durationsMs: [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 30_000],
  inquiriesEach: 1,
  inFlight: 0,
  maxInFlight: 10,
  ahead: 0,
  ...change,
});
const lane: MeasuredLane = { ahead: 0, atOnce: 50 };
const promised = (change: Partial<MeasuredWay>, waiting: Partial<Waiting> = {}, of = lane): number | undefined => {
  const at = promisedBy(way(change), of, { now, ...waiting });
  return at && at.getTime() - now.getTime();
};

describe('by when an answer is promised', () => {
  it.each<[string, number | undefined, number | undefined]>([
    ['by the time that nine of ten took', promised({}), 9000],
    ['by the longest of five', promised({ durationsMs: [5, 4, 3, 2, 1] }), 5],
    ['never of four alone', promised({ durationsMs: [1, 2, 3, 4] }), undefined],
    ['never of a payer that nobody has measured', promised({ durationsMs: [] }), undefined],
    ['never while nobody works', promised({}, {}, { ahead: 0, atOnce: 0 }), undefined],
    ['by as many inquiries as it takes', promised({ inquiriesEach: 2.5 }), 22_500],
    ['with slots left at once', promised({ inFlight: 4, ahead: 5 }), 9000],
    ['after those who hold all slots', promised({ inFlight: 10 }), 6000 + 9000],
    ['after those who wait as well', promised({ inFlight: 10, ahead: 25 }), 3 * 6000 + 9000],
    ['at the agreed rate', promised({ ahead: 25, perMinute: 5 }), 5 * 60_000 + 9000],
    ['behind a long lane', promised({}, {}, { ahead: 120, atOnce: 50 }), 2 * 6000 + 9000],
    ['not before the payer is asked again', promised({}, { notBefore: later(60_000) }), 69_000],
    ['from now, where that is over', promised({}, { notBefore: later(-60_000) }), 9000],
    ['of one that is being asked, from when it was', promised({}, { askedSince: later(-500) }), 8500],
    ['by those that took as long as it has', promised({}, { askedSince: later(-9500) }), 20_500],
    ['never of one that takes longer than all', promised({}, { askedSince: later(-31_000) }), undefined],
  ])('%s', (_when, found, expected) => {
    expect(found).toBe(expected);
  });

  it('never lies in the past, and never comes earlier for a longer wait', () => {
    const durations = fc.array(fc.integer({ min: 1, max: 110_000 }), { minLength: 5, maxLength: 40 });
    const count = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(durations, count, count, fc.integer({ min: 0, max: 200_000 }), (durationsMs, ahead, inFlight, ms) => {
        const shorter = promised({ durationsMs, ahead, inFlight }) ?? -1;
        expect(shorter).toBeGreaterThanOrEqual(0);
        expect(promised({ durationsMs, ahead: ahead + 7, inFlight })).toBeGreaterThanOrEqual(shorter);
        const asked = promised({ durationsMs }, { askedSince: later(-ms) });
        expect(asked === undefined || asked > 0).toBe(true);
      }),
    );
  });
});

describe('an answer may come too late', () => {
  it.each<[string, Date | undefined, Date | undefined, boolean, boolean]>([
    ['not where nobody said when', undefined, later(1e9), true, false],
    ['when it is promised for later', later(1000), later(1001), false, true],
    ['not when it is promised in time', later(1000), later(1000), false, false],
    ['when the payer is waited for and nothing can be promised', later(1000), undefined, true, true],
    ['not when nothing is known yet', later(1000), undefined, false, false],
    ['when the time has passed', later(-1), later(-2), false, true],
  ])('%s', (_when, neededBy, promise, isWaiting, expected) => {
    expect(isAtRisk(neededBy, promise, { now, isWaiting })).toBe(expected);
  });
});
