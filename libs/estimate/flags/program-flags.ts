import { levelOfCareFlags, type ProgramPlan, programWarnings, type Screening } from '@openvob/programs';
import type { CaseFlag, FlagSource } from './case-flag';

const LEVEL_2_1: FlagSource = {
  title: 'ASAM criteria, level 2.1: 9 to 19 hours a week; H0015: at least 3 hours a day; programs of 8 to 24 weeks',
};
const LEVEL_OF_CARE: FlagSource = {
  title: 'Published programs: detox, 24-hour care and an unsafe home are not for an intensive outpatient program',
};

/** Where a plan leaves level 2.1, and what a screening found: payers will ask, a clinician decides. */
export function programFlags(
  plan: ProgramPlan,
  sessionHours: number | undefined,
  screening: Screening | undefined,
): CaseFlag[] {
  const warnings = sessionHours === undefined ? [] : programWarnings(plan, sessionHours);
  return [
    ...warnings.map(({ code, text }) => ({ code, text, source: LEVEL_2_1 })),
    ...levelOfCareFlags(screening ?? {}).map(({ code, text }) => ({ code, text, source: LEVEL_OF_CARE })),
  ];
}
