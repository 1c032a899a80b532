import { ageInWords, reuseAssumptions } from './reused-answer';

const minute = 60_000;

describe('an answer that was used again', () => {
  test.each([
    [10, '1 minute'],
    [25 * minute, '25 minutes'],
    [119 * minute, '119 minutes'],
    [2 * 60 * minute, '2 hours'],
    [23.4 * 60 * minute, '23 hours'],
  ])('%i ms ago was %s ago', (ms, words) => {
    expect(ageInWords(ms)).toBe(words);
  });

  test('is told once a coverage, by its oldest part and the clock of the facility', () => {
    const base = {
      position: 1,
      payer: 'Northwind',
      timeZone: 'America/Denver',
      takenAt: new Date('2026-11-20T17:45:00Z'),
    };
    const told = reuseAssumptions([
      { ...base, answeredAt: new Date('2026-11-20T17:44:00Z') },
      { ...base, answeredAt: new Date('2026-11-20T17:15:00Z') },
    ]);
    expect(told).toMatchObject([{ code: 'answer_reused', path: '/coverages/1' }]);
    expect(told[0]?.text).toContain(
      'The answer of Northwind of November 20 at 10:15 AM was used again, 30 minutes old',
    );
  });
});
