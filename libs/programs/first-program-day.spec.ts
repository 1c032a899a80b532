import { firstProgramDay } from './first-program-day';
import type { ProgramPlan } from './program-plan';
import { expandSchedule } from './schedule';

function aPlan(plan: Partial<ProgramPlan> = {}): ProgramPlan {
  const services = [{ code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } }] as const;
  return { track: 'sud', phases: [{ weeks: 2, weekdays: ['mon', 'wed', 'fri'] }], services, ...plan };
}

describe('the first program day', () => {
  it.each([
    ['is the day itself when the program meets on it', '2026-01-07', {}, '2026-01-07'],
    ['is the next weekday of the program', '2026-01-08', {}, '2026-01-09'],
    ['is the Monday after a Saturday', '2026-01-10', {}, '2026-01-12'],
    [
      'passes over closed and missed days',
      '2026-01-10',
      { closedOn: ['2026-01-12'], missedOn: ['2026-01-14'] },
      '2026-01-16',
    ],
    [
      'is by the first phase',
      '2026-01-07',
      {
        phases: [
          { weeks: 1, weekdays: ['tue'] },
          { weeks: 1, weekdays: ['wed'] },
        ],
      },
      '2026-01-13',
    ],
    [
      'is the day itself where the program names no weekdays',
      '2026-01-10',
      { phases: [{ weeks: 1, weekdays: [] }] },
      '2026-01-10',
    ],
  ] as const)('%s', (_, from, plan, day) => {
    expect(firstProgramDay(aPlan(plan), from)).toBe(day);
  });

  it('keeps the program as long as planned, which a start on a Saturday does not', () => {
    const daysFrom = (start: string) => expandSchedule(aPlan(), start).programDays;
    expect(daysFrom('2026-01-10')).toBe(3);
    expect(daysFrom(firstProgramDay(aPlan(), '2026-01-10'))).toBe(6);
  });
});
