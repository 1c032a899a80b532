import { levelOfCareFlags } from './level-of-care';
import { programWarnings, weeklyHours } from './level-two-one';
import type { Phase, ProgramPlan } from './program-plan';

describe('level of care flags', () => {
  it('name the higher level that usually fits and leave the decision to a clinician', () => {
    const flags = levelOfCareFlags({ withdrawalRisk: true, needs24HourCare: true, unsafeHome: true });
    expect(flags.map(({ code }) => code)).toEqual(['withdrawal_risk', 'needs_24_hour_care', 'unsafe_home']);
    for (const { text } of flags) expect(text).toMatch(/usually (comes first|fits)\. A clinician decides\.$/);
  });

  it('are not raised by what was denied or not asked', () => {
    expect(levelOfCareFlags({})).toEqual([]);
    expect(levelOfCareFlags({ withdrawalRisk: false, unsafeHome: false })).toEqual([]);
  });
});

describe('warnings about a program', () => {
  const plan = (...phases: Phase[]): ProgramPlan => ({ track: 'sud', phases, services: [] });
  const threeDays: Phase = { weeks: 8, weekdays: ['mon', 'wed', 'fri'] };

  it('are none from 9 to 19 hours, from 3 hours a session, from 8 to 24 weeks', () => {
    expect(programWarnings(plan(threeDays), 3)).toEqual([]);
    expect(programWarnings(plan({ weeks: 24, weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] }), 3.8)).toEqual([]);
  });

  it.each([
    ['below_level_2_1', plan({ weeks: 8, weekdays: ['mon', 'wed'] }), 3, '/phases/0/weekdays'],
    [
      'above_level_2_1',
      plan(threeDays, { weeks: 2, weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] }),
      4,
      '/phases/1/weekdays',
    ],
    [
      'session_too_short_for_per_diem',
      plan({ weeks: 8, weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] }),
      2,
      '/sessionHours',
    ],
    ['shorter_than_usual', plan({ ...threeDays, weeks: 7 }), 3, '/phases'],
    ['longer_than_usual', plan({ ...threeDays, weeks: 25 }), 3, '/phases'],
  ])('tell of %s what payers will ask', (code, of, sessionHours, path) => {
    const [warning, ...others] = programWarnings(of, sessionHours);
    expect(warning).toMatchObject({ code, path });
    expect(warning?.text).toMatch(/payers will ask/);
    expect(others).toEqual([]);
  });

  it('count a weekday that is named twice once', () => {
    expect(weeklyHours({ weeks: 1, weekdays: ['mon', 'mon', 'wed'] }, 3)).toBe(6);
  });
});
