import type { ProgramPlan } from './program-plan';
import { expandSchedule, programWeeks, type Schedule } from './schedule';

const PROGRAM_DAY = { code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } } as const;

function aPlan(plan: Partial<ProgramPlan> = {}): ProgramPlan {
  return { track: 'sud', phases: [{ weeks: 2, weekdays: ['mon', 'wed', 'fri'] }], services: [PROGRAM_DAY], ...plan };
}

function dates({ days }: Schedule): string[] {
  return days.map(({ date }) => date);
}

describe('a schedule', () => {
  it('begins in the week that holds the start, and on no day before it', () => {
    expect(dates(expandSchedule(aPlan(), '2026-01-07'))).toEqual([
      '2026-01-07',
      '2026-01-09',
      '2026-01-12',
      '2026-01-14',
      '2026-01-16',
    ]);
  });

  it('begins in the week before when the start is a Sunday', () => {
    expect(dates(expandSchedule(aPlan(), '2026-01-11'))).toEqual(['2026-01-12', '2026-01-14', '2026-01-16']);
  });

  it('goes through its phases week by week', () => {
    const phases = [
      { weeks: 1, weekdays: ['mon', 'tue'] },
      { weeks: 1, weekdays: ['fri'] },
    ] as const;
    expect(dates(expandSchedule(aPlan({ phases }), '2026-01-05'))).toEqual(['2026-01-05', '2026-01-06', '2026-01-16']);
  });

  it('leaves out closed and missed days and makes none of them up', () => {
    const plan = aPlan({ closedOn: ['2026-01-07'], missedOn: ['2026-01-09', '2026-01-12'] });
    const schedule = expandSchedule(plan, '2026-01-05');
    expect(dates(schedule)).toEqual(['2026-01-05', '2026-01-14', '2026-01-16']);
    expect(schedule.programDays).toBe(3);
  });

  it('counts the program days before each date', () => {
    const services = [PROGRAM_DAY, { code: '90837', kind: 'individual_therapy', on: { weekly: 'sat' } }] as const;
    const { days } = expandSchedule(aPlan({ services }), '2026-01-05');
    expect(days.map(({ programDaysBefore }) => programDaysBefore)).toEqual([0, 1, 2, 3, 3, 4, 5, 6]);
    expect(days.map(({ isProgramDay }) => isProgramDay)).toEqual([true, true, true, false, true, true, true, false]);
  });

  it('keeps the order of the services within a day', () => {
    const services = [{ code: '90791', kind: 'assessment', on: { dates: ['2026-01-05'] } }, PROGRAM_DAY] as const;
    const [first] = expandSchedule(aPlan({ services }), '2026-01-05').days;
    expect(first?.services.map(({ code }) => code)).toEqual(['90791', 'H0015']);
  });

  it('bills a date that is listed twice once, and none before the start', () => {
    const on = { dates: ['2026-01-06', '2026-01-06', '2025-12-31'] };
    const plan = aPlan({ services: [{ code: '99214', kind: 'medication_management', on }] });
    const billed = expandSchedule(plan, '2026-01-05').days.filter(({ services }) => services.length > 0);
    expect(billed).toMatchObject([{ date: '2026-01-06', services: [{ code: '99214' }], isProgramDay: false }]);
  });

  it('takes listed dates after the last week, in order, in person', () => {
    const on = { dates: ['2026-02-10', '2026-02-03'] };
    const phases = [{ weeks: 1, weekdays: [], virtualOn: ['tue'] }] as const;
    const plan = aPlan({ phases, services: [{ code: '99214', kind: 'medication_management', on }] });
    expect(expandSchedule(plan, '2026-01-05').days).toMatchObject([
      { date: '2026-02-03', weekOf: '2026-02-02', setting: 'in_person' },
      { date: '2026-02-10', weekOf: '2026-02-09', setting: 'in_person' },
    ]);
  });

  it('counts days from the start up to the Sunday of the last week', () => {
    const plan = aPlan({ services: [{ code: 'J2315', kind: 'medication', on: { everyDays: 4 } }] });
    const injections = expandSchedule(plan, '2026-01-07').days.filter(({ services }) => services.length > 0);
    expect(injections.map(({ date }) => date)).toEqual(['2026-01-07', '2026-01-11', '2026-01-15']);
  });

  it('is virtual on the weekdays that its phase names, program day or not', () => {
    const phases = [{ weeks: 1, weekdays: ['mon', 'tue'], virtualOn: ['tue', 'sat'] }] as const;
    const services = [PROGRAM_DAY, { code: '90837', kind: 'individual_therapy', on: { weekly: 'sat' } }] as const;
    const { days } = expandSchedule(aPlan({ phases, services }), '2026-01-05');
    expect(days.map(({ setting }) => setting)).toEqual(['in_person', 'virtual', 'virtual']);
  });

  it('of a plan without phases has only what is listed', () => {
    const services = [
      { code: 'J2315', kind: 'medication', on: { everyDays: 7 } },
      { code: '90791', kind: 'assessment', on: { dates: ['2026-01-05', '2026-01-02'] } },
    ] as const;
    expect(dates(expandSchedule(aPlan({ phases: [], services }), '2026-01-05'))).toEqual(['2026-01-05']);
  });

  it('is shared by plans that say the same, and by no others', () => {
    const own = expandSchedule(aPlan({ closedOn: ['2026-01-07'] }), '2026-01-05');
    expect(expandSchedule(aPlan({ closedOn: ['2026-01-07'] }), '2026-01-05')).toBe(own);
    const others = [aPlan(), aPlan({ closedOn: ['2026-01-09'] }), aPlan({ closedOn: ['2026-01-07'], services: [] })];
    for (const other of others) expect(expandSchedule(other, '2026-01-05')).not.toEqual(own);
    expect(expandSchedule(aPlan({ closedOn: ['2026-01-07'] }), '2026-01-06')).not.toEqual(own);
  });

  it('is laid out again when very many others were asked for meanwhile', () => {
    const own = expandSchedule(aPlan({ missedOn: ['2026-01-07'] }), '2026-01-05');
    for (let weeks = 3; weeks < 303; weeks += 1)
      expandSchedule(aPlan({ phases: [{ weeks, weekdays: ['mon'] }] }), '2026-01-05');
    const again = expandSchedule(aPlan({ missedOn: ['2026-01-07'] }), '2026-01-05');
    expect(again).not.toBe(own);
    expect(again).toEqual(own);
  });

  it('may begin on the first civil date and end on the last', () => {
    expect(expandSchedule(aPlan(), '0001-01-01').programDays).toBe(6);
    expect(expandSchedule(aPlan({ phases: [{ weeks: 1, weekdays: ['sun'] }] }), '9999-12-20').programDays).toBe(1);
    expect(() => expandSchedule(aPlan(), '9999-12-27')).toThrow(RangeError);
  });
});

describe('the length of a program', () => {
  it('is told in weeks', () => {
    expect(programWeeks(aPlan({ phases: [...aPlan().phases, { weeks: 3, weekdays: ['mon'] }] }))).toBe(5);
  });
});
