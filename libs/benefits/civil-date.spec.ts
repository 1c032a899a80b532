import { assert, integer, property } from 'fast-check';
import {
  addDays,
  compareDates,
  datesFrom,
  daysBetween,
  daysInMonth,
  isCivilDate,
  isWithin,
  mondayOf,
  parseCivilDate,
  parseDateSpan,
  weekdayOf,
} from './civil-date';

describe('civil dates', () => {
  it.each([
    ['20260131', '2026-01-31'],
    ['2026-01-31', '2026-01-31'],
    [' 20240229 ', '2024-02-29'],
    ['20000229', '2000-02-29'],
    ['19000229', undefined],
    ['20250229', undefined],
    ['20260431', undefined],
    ['20261301', undefined],
    ['20260100', undefined],
    ['00000000', undefined],
    ['260131', undefined],
    ['2026-1-31', undefined],
    ['202601311', undefined],
    ['', undefined],
  ])('reads %p as %p', (text, date) => {
    expect(parseCivilDate(text)).toBe(date);
  });

  it('takes only the dashed form for a civil date', () => {
    expect(isCivilDate('2026-02-28')).toBe(true);
    expect(isCivilDate('20260228')).toBe(false);
    expect(isCivilDate('2026-02-30')).toBe(false);
    expect(isCivilDate(20260228)).toBe(false);
  });

  it.each([
    ['20260101-20261231', { from: '2026-01-01', to: '2026-12-31' }],
    ['2026-01-01 - 2026-12-31', { from: '2026-01-01', to: '2026-12-31' }],
    ['20260101-', { from: '2026-01-01' }],
    ['-20261231', { to: '2026-12-31' }],
    ['20261231-20260101', undefined],
    ['20260101', undefined],
    ['-', undefined],
    ['20260101-20260231', { from: '2026-01-01' }],
  ])('reads the span %p as %p', (text, span) => {
    expect(parseDateSpan(text)).toEqual(span);
  });

  it('lists dates in a row across a leap day', () => {
    expect(datesFrom('2024-02-28', 3)).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(datesFrom('2024-02-28', 0)).toEqual([]);
  });

  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-02-28', 1, '2025-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['1970-01-01', 365, '1971-01-01'],
    ['2000-03-01', -1, '2000-02-29'],
  ])('adds days: %s + %i is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });

  it.each([
    ['1970-01-01', 'thu'],
    ['2026-01-05', 'mon'],
    ['2026-11-21', 'sat'],
    ['2024-02-29', 'thu'],
    ['1900-01-01', 'mon'],
  ])('%s is a %s', (date, weekday) => {
    expect(weekdayOf(date)).toBe(weekday);
  });

  it('starts weeks on Monday', () => {
    expect(mondayOf('2026-01-05')).toBe('2026-01-05');
    expect(mondayOf('2026-01-11')).toBe('2026-01-05');
    expect(mondayOf('2026-01-01')).toBe('2025-12-29');
  });

  it('tells whether a date lies in a span with open ends', () => {
    expect(isWithin('2026-05-01', {})).toBe(true);
    expect(isWithin('2026-05-01', { from: '2026-05-01', to: '2026-05-01' })).toBe(true);
    expect(isWithin('2026-05-01', { from: '2026-05-02' })).toBe(false);
    expect(isWithin('2026-05-01', { to: '2026-04-30' })).toBe(false);
  });

  it('knows the length of months', () => {
    expect([1, 2, 4, 12].map((month) => daysInMonth(2025, month))).toEqual([31, 28, 30, 31]);
    expect(daysInMonth(2024, 2)).toBe(29);
  });

  it('sorts', () => {
    expect(['2026-02-01', '2025-12-31', '2026-01-15'].sort(compareDates)).toEqual([
      '2025-12-31',
      '2026-01-15',
      '2026-02-01',
    ]);
    expect(compareDates('2026-01-01', '2026-01-01')).toBe(0);
  });

  it('refuses what is no date and what leaves the calendar, naming the value', () => {
    expect(() => addDays('2025-02-29', 1)).toThrow(/2025-02-29/);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('2026-01-01', 0.5)).toThrow(RangeError);
  });

  it('agrees with the proleptic Gregorian calendar of the runtime everywhere', () => {
    assert(
      property(integer({ min: -700_000, max: 2_900_000 }), (day) => {
        const date = addDays('1970-01-01', day);
        const instant = new Date(day * 86_400_000);
        expect(date).toBe(instant.toISOString().slice(0, 10));
        expect(weekdayOf(date)).toBe(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][instant.getUTCDay()]);
        expect(daysBetween('1970-01-01', date)).toBe(day);
      }),
    );
  });
});
