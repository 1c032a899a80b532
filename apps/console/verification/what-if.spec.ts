import type { Estimate } from '@openvob/results';
import { compared, phasesWith, whatIfBody } from './what-if';

const phases = [
  { weeks: 4, weekdays: ['mon', 'wed', 'fri'], virtualOn: ['wed'] },
  { weeks: 4, weekdays: ['mon', 'wed'] },
] as const;

describe('a what-if', () => {
  test('sends what was changed and nothing else', () => {
    expect(whatIfBody({}, phases)).toEqual({});
    expect(whatIfBody({ startDate: '2027-01-04', network: undefined, answers: {} }, phases)).toEqual({
      startDate: '2027-01-04',
    });
  });

  test('adds days to every phase and keeps the taper', () => {
    expect(phasesWith(phases, 5, undefined)).toEqual([
      { weeks: 4, weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'], virtualOn: ['wed'] },
      { weeks: 4, weekdays: ['mon', 'tue', 'wed', 'fri'] },
    ]);
    expect(phasesWith(phases, 1, undefined).map(({ weekdays }) => weekdays)).toEqual([['mon'], ['mon']]);
  });

  test('moves every day to one setting', () => {
    expect(phasesWith(phases, undefined, 'virtual')[1]).toMatchObject({ virtualOn: ['mon', 'wed'] });
    expect(phasesWith(phases, undefined, 'in_person')[0]).toEqual({ weeks: 4, weekdays: ['mon', 'wed', 'fri'] });
  });

  test('is told as a difference in dollars', () => {
    const of = (likelyCents: number): Estimate =>
      ({ total: { lowCents: 0, likelyCents, highCents: likelyCents } }) as Estimate;
    const start = { startDate: '2027-01-04' };
    expect(compared(of(500_000), of(355_000), start, '2027-01-04')).toBe('Start on Jan 4, 2027: $1,450 less');
    expect(compared(of(500_000), of(500_100), { network: 'out' }, '2026-12-01')).toBe('Out of network: $1 more');
    expect(compared(of(1), of(1), {}, '2026-12-01')).toBe('As it is');
  });
});
