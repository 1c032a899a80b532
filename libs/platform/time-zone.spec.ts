import fc from 'fast-check';
import { instantOf, localTime, todayIn } from './time-zone';

describe('the clock of a place', () => {
  test('tells its own date and time', () => {
    const at = new Date('2026-12-01T04:30:00Z');
    expect(todayIn('America/New_York', at)).toBe('2026-11-30');
    expect(localTime('America/New_York', at)).toEqual({ date: '2026-11-30', minute: 23 * 60 + 30 });
    expect(localTime('Pacific/Honolulu', at)).toEqual({ date: '2026-11-30', minute: 18 * 60 + 30 });
  });

  test.each([
    ['America/New_York', '2026-11-20', 7 * 60, '2026-11-20T12:00:00.000Z'],
    ['America/New_York', '2026-07-20', 7 * 60, '2026-07-20T11:00:00.000Z'],
    // 8 March 2026, 2:30: skipped.
    ['America/New_York', '2026-03-08', 150, '2026-03-08T07:30:00.000Z'],
    // 1 November 2026, 1:30: comes twice.
    ['America/New_York', '2026-11-01', 90, '2026-11-01T05:30:00.000Z'],
    ['UTC', '2026-01-01', 0, '2026-01-01T00:00:00.000Z'],
  ])('%s, %s, minute %i is %s', (timeZone, date, minute, instant) => {
    expect(instantOf(timeZone, { date, minute }).toISOString()).toBe(instant);
  });

  test('read at a moment leads back to the moment, but for an hour in autumn', () => {
    const zones = fc.constantFrom(
      'America/New_York',
      'America/Los_Angeles',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'UTC',
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: 27_000_000, max: 30_000_000 }), (timeZone, minutes) => {
        const at = new Date(minutes * 60_000);
        const back = instantOf(timeZone, localTime(timeZone, at)).getTime();
        expect([0, 30, 60]).toContain((at.getTime() - back) / 60_000);
      }),
    );
  });

  test('of nowhere is refused', () => {
    expect(() => todayIn('Moon/Base', new Date(0))).toThrow(RangeError);
  });
});
