import fc from 'fast-check';
import { type QuietHours, quietUntil, readQuietHours } from './quiet-hours';

/** As Medicare's HETS asks for. */
const hets: QuietHours = {
  timeZone: 'America/New_York',
  windows: [{ on: 'every_day', from: '07:00', to: '19:00' }, { on: 'first_of_month' }, { on: 'first_monday' }],
};
const until = (quiet: QuietHours | undefined, at: string): string | undefined =>
  quietUntil(quiet, new Date(at))?.toISOString();

describe('quiet hours', () => {
  test.each([
    ['in the morning before they begin', '2026-11-20T11:59:00Z', undefined],
    ['from their first minute', '2026-11-20T12:00:00Z', '2026-11-21T00:00:00.000Z'],
    ['in the middle of the day', '2026-11-20T17:00:00Z', '2026-11-21T00:00:00.000Z'],
    ['at the minute in which they end', '2026-11-21T00:00:00Z', undefined],
    ['by the summer clock', '2026-07-15T11:00:00Z', '2026-07-15T23:00:00.000Z'],
    ['on the first, all day, the evening before being free', '2026-11-30T12:00:00Z', '2026-12-01T00:00:00.000Z'],
    ['on the first, all day', '2026-12-01T05:00:00Z', '2026-12-02T05:00:00.000Z'],
    ['on the first Monday, all day', '2026-12-07T13:00:00Z', '2026-12-08T05:00:00.000Z'],
    ['on the second Monday only by day', '2026-12-14T13:00:00Z', '2026-12-15T00:00:00.000Z'],
  ])('%s', (_when, at, expected) => {
    expect(until(hets, at)).toBe(expected);
  });

  test('that follow each other without a gap are waited out together', () => {
    // 1 June 2026 is a Monday.
    const nights: QuietHours = { timeZone: 'UTC', windows: [{ on: 'first_of_month' }, { on: ['tue'], to: '06:00' }] };
    expect(until(nights, '2026-06-01T10:00:00Z')).toBe('2026-06-02T06:00:00.000Z');
  });

  test('go on past midnight when they end before they begin', () => {
    const night: QuietHours = { timeZone: 'UTC', windows: [{ on: ['fri'], from: '22:00', to: '04:00' }] };
    expect(until(night, '2026-11-20T23:00:00Z')).toBe('2026-11-21T04:00:00.000Z');
    expect(until(night, '2026-11-21T03:59:00Z')).toBe('2026-11-21T04:00:00.000Z');
    expect(until(night, '2026-11-20T03:00:00Z')).toBeUndefined();
  });

  test('that nobody set hold nothing up, those without an end do not hang', () => {
    expect(until(undefined, '2026-11-20T12:00:00Z')).toBeUndefined();
    const always: QuietHours = { timeZone: 'UTC', windows: [{ on: 'every_day' }] };
    expect(until(always, '2026-11-20T12:00:00Z')).toMatch(/^2026-12-3|^2027-01/);
  });

  test('end at a moment that is not quiet and lies ahead', () => {
    const time = fc
      .integer({ min: 0, max: 47 })
      .map((half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`);
    const on = fc.constantFrom(
      'first_of_month' as const,
      'first_monday' as const,
      ['sat', 'sun'] as const,
      ['wed'] as const,
    );
    const window = fc.record({ on, from: time, to: time }).filter(({ from, to }) => from !== to);
    const zone = fc.constantFrom('America/New_York', 'America/Los_Angeles', 'UTC');
    const quiet = fc.record({ timeZone: zone, windows: fc.array(window, { maxLength: 4 }) });
    fc.assert(
      fc.property(quiet, fc.integer({ min: 29_000_000, max: 29_600_000 }), (hours, minutes) => {
        const now = new Date(minutes * 60_000);
        const end = quietUntil(hours, now);
        return end === undefined || (end > now && quietUntil(hours, end) === undefined);
      }),
    );
  });

  test.each([
    ['', null],
    ['', []],
    ['/timeZone', { timeZone: 'Moon', windows: [] }],
    ['/windows', { timeZone: 'UTC', windows: 'never' }],
    ['/windows/0', { timeZone: 'UTC', windows: [7] }],
    ['/windows/0/on', { timeZone: 'UTC', windows: [{ on: 'holidays' }] }],
    ['/windows/0/on', { timeZone: 'UTC', windows: [{ on: [] }] }],
    ['/windows/1/from', { timeZone: 'UTC', windows: [{ on: ['mon'] }, { on: 'every_day', from: '7am' }] }],
    ['/windows/0/to', { timeZone: 'UTC', windows: [{ on: 'every_day', from: '07:00', to: '07:00' }] }],
  ])('are refused at %s', (pointer, value) => {
    expect(readQuietHours(value)).toMatchObject({ fault: { pointer } });
  });

  test('are read as they are written', () => {
    expect(readQuietHours(hets)).toEqual({ quiet: hets });
  });
});
