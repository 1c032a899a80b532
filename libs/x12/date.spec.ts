import fc from 'fast-check';
import { readDate, writeDate } from './date';

describe('a date', () => {
  test.each([
    ['20260228', '2026-02-28'],
    ['20240229', '2024-02-29'],
    ['20000229', '2000-02-29'],
    ['20261231', '2026-12-31'],
    ['20260430', '2026-04-30'],
    ['00010101', '0001-01-01'],
  ])('%s is %s and back', (x12, civil) => {
    expect(readDate(x12)).toBe(civil);
    expect(writeDate(civil)).toBe(x12);
  });

  test.each([
    '20260229',
    '19000229',
    '20260431',
    '20260001',
    '20261301',
    '20260100',
    '260101',
    '2026-01-01',
    ' 20260101',
    '',
  ])('%p is no day', (text) => expect(readDate(text)).toBeUndefined());

  test('is absent when absent', () => expect(readDate(undefined)).toBeUndefined());

  test.each(['2026-02-29', '20260228', '2026-2-28', 'today', ''])('%p is not written', (text) => {
    expect(writeDate(text)).toBeUndefined();
  });

  test('survives writing and reading', () => {
    const days = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (day) => {
        const civil = day.toISOString().slice(0, 10);
        expect(readDate(writeDate(civil))).toBe(civil);
      }),
    );
  });
});
