import type { Phase, ProgramPlan } from './program-plan';
import { programWeeks } from './schedule';

/** Weekly hours of ASAM level 2.1; 20 and more is partial hospitalization (2.5). */
export const LEAST_WEEKLY_HOURS = 9;
export const MOST_WEEKLY_HOURS = 19;
/** A per diem code (H0015: at least 3 hours) is usually not billable under it. */
export const LEAST_SESSION_HOURS = 3;
export const LEAST_WEEKS = 8;
export const MOST_WEEKS = 24;

export interface ProgramWarning {
  readonly code:
    | 'below_level_2_1'
    | 'above_level_2_1'
    | 'session_too_short_for_per_diem'
    | 'shorter_than_usual'
    | 'longer_than_usual';
  /** JSON Pointer into what was checked. */
  readonly path: string;
  /** Says what payers will ask. */
  readonly text: string;
}

/**
 * Where a plan leaves what payers take for intensive outpatient care. Such a plan is accepted all the same.
 *
 * `sessionHours` is the length of a program day in hours. Source: programs reference, "ASAM level 2.1"; benefits reference 2
 * (H0015, "< 3 h day", "Level of care").
 */
export function programWarnings(plan: ProgramPlan, sessionHours: number): ProgramWarning[] {
  return [
    ...plan.phases.flatMap((phase, index) => hoursWarnings(phase, `/phases/${index}/weekdays`, sessionHours)),
    ...sessionWarnings(sessionHours),
    ...lengthWarnings(programWeeks(plan)),
  ];
}

/** Hours of one week of a phase. */
export function weeklyHours({ weekdays }: Phase, sessionHours: number): number {
  return new Set(weekdays).size * sessionHours;
}

function hoursWarnings(phase: Phase, path: string, sessionHours: number): ProgramWarning[] {
  const hours = weeklyHours(phase, sessionHours);
  if (hours < LEAST_WEEKLY_HOURS) {
    const text = `${hours} hours a week are under the ${LEAST_WEEKLY_HOURS} of level 2.1: payers will ask why this is not outpatient care (level 1).`;
    return [{ code: 'below_level_2_1', path, text }];
  }
  if (hours <= MOST_WEEKLY_HOURS) return [];
  const text = `${hours} hours a week are over the ${MOST_WEEKLY_HOURS} of level 2.1: payers will ask for partial hospitalization (level 2.5, 20 hours and more) and its authorization.`;
  return [{ code: 'above_level_2_1', path, text }];
}

function sessionWarnings(sessionHours: number): ProgramWarning[] {
  if (sessionHours >= LEAST_SESSION_HOURS) return [];
  const text = `Sessions of ${sessionHours} hours are under ${LEAST_SESSION_HOURS}: a per diem is usually not payable, payers will ask for the single services.`;
  return [{ code: 'session_too_short_for_per_diem', path: '/sessionHours', text }];
}

function lengthWarnings(weeks: number): ProgramWarning[] {
  if (weeks < LEAST_WEEKS) {
    const text = `${weeks} weeks are under the usual ${LEAST_WEEKS}: payers will ask for the plan after discharge.`;
    return [{ code: 'shorter_than_usual', path: '/phases', text }];
  }
  if (weeks <= MOST_WEEKS) return [];
  const text = `${weeks} weeks are over the usual ${MOST_WEEKS}: payers will ask for progress and medical necessity at each review.`;
  return [{ code: 'longer_than_usual', path: '/phases', text }];
}
