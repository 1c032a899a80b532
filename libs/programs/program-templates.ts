import type { Weekday } from '@openvob/benefits';
import type { Phase, ProgramPlan, ProgramService } from './program-plan';
import type { ProgramTemplate, TemplateAssumption } from './program-template';

const FIVE_DAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const FOUR_DAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu'];
const THREE_DAYS: readonly Weekday[] = ['mon', 'wed', 'fri'];

const PROGRAM_DAY: ProgramService = { code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } };
const INDIVIDUAL_HOUR: ProgramService = { code: '90837', kind: 'individual_therapy', on: { weekly: 'mon' } };
const FAMILY_SESSION: ProgramService = { code: '90847', kind: 'family_therapy', on: { everyDays: 14 } };
const MEDICATION_VISIT: ProgramService = { code: '99214', kind: 'medication_management', on: { everyDays: 28 } };
/** Naltrexone for extended release: 1 mg units, 380 a dose; one line and one price a dose. */
const NALTREXONE: ProgramService = { code: 'J2315', kind: 'medication', on: { everyDays: 28 } };
const INJECTION: ProgramService = { code: '96372', kind: 'medication', on: { everyDays: 28 } };
const ASSESSMENT = { code: '90791', kind: 'assessment' } as const;
const PSYCHIATRIC_ASSESSMENT = { code: '90792', kind: 'assessment' } as const;

const CODES: TemplateAssumption = {
  path: '/variants/0/plan/services',
  text: 'No publication names procedure codes: H0015 for the program day, 90837, 90847, 99214, 90791, 90792, J2315 and 96372 for the rest. Whether they are inside the per diem is a property of the payer’s contract (rates, includedIn).',
};
const FOUR_WEEKLY_VISIT: TemplateAssumption = {
  path: '/variants/0/plan/services',
  text: 'How often the prescriber is seen is not published: every four weeks is taken.',
};
const TWO_WEEKLY_FAMILY: TemplateAssumption = {
  path: '/variants/0/plan/services',
  text: 'How often families meet is not published: every two weeks is taken.',
};
const THREE_HOUR_SESSION: TemplateAssumption = {
  path: '/sessionHours',
  text: 'The length of a session is not published: 3 hours, the least of a per diem.',
};

const MIDWOOD: ProgramTemplate = {
  id: 'midwood',
  name: 'Midwood Addiction Treatment IOP',
  sessionHours: 3,
  variants: [
    { name: 'on site', plan: plan([{ weeks: 12, weekdays: FOUR_DAYS }], [PROGRAM_DAY, MEDICATION_VISIT]) },
    {
      name: 'some sessions online',
      plan: plan([{ weeks: 12, weekdays: FOUR_DAYS, virtualOn: ['tue', 'thu'] }], [PROGRAM_DAY, MEDICATION_VISIT]),
    },
  ],
  onFirstDay: [PSYCHIATRIC_ASSESSMENT],
  assumed: [
    CODES,
    FOUR_WEEKLY_VISIT,
    {
      path: '/variants/0/plan/phases',
      text: 'The length is not published: 12 weeks, within the 8 to 24 of such programs. Of 3 to 4 days a week 4 are taken: 12 of 10 to 12 hours.',
    },
    { path: '/variants/1/plan/phases/0/virtualOn', text: 'Which sessions are online is not published.' },
    { path: '/onFirstDay', text: 'The psychiatrist’s first appointment is taken to be on the first day.' },
  ],
};

const ANOTHER_CHANCE: ProgramTemplate = {
  id: 'another-chance',
  name: 'Another Chance IOP',
  sessionHours: 3,
  variants: [
    {
      name: 'on site',
      plan: plan(
        [
          { weeks: 4, weekdays: FIVE_DAYS },
          { weeks: 4, weekdays: FOUR_DAYS },
          { weeks: 4, weekdays: THREE_DAYS },
        ],
        [PROGRAM_DAY, INDIVIDUAL_HOUR, FAMILY_SESSION, MEDICATION_VISIT],
        'dual',
      ),
    },
  ],
  onFirstDay: [ASSESSMENT],
  assumed: [
    CODES,
    THREE_HOUR_SESSION,
    FOUR_WEEKLY_VISIT,
    TWO_WEEKLY_FAMILY,
    {
      path: '/variants/0/plan/phases',
      text: '“Several weeks to several months”, many days at first and fewer later: 12 weeks of 5, 4 and 3 days.',
    },
    {
      path: '/variants/0/plan/services',
      text: 'How often individual therapy takes place is not published: weekly. Medication-assisted treatment differs by patient: add its medication.',
    },
  ],
};

const HARBOR_WELLNESS: ProgramTemplate = {
  id: 'harbor-wellness',
  name: 'Harbor Wellness and Recovery Center IOP',
  sessionHours: 3,
  variants: [
    { name: 'in person', plan: harborPlan([]) },
    { name: 'hybrid', plan: harborPlan(['tue', 'thu', 'fri']) },
    { name: 'virtual', plan: harborPlan(FIVE_DAYS) },
  ],
  onFirstDay: [],
  assumed: [
    CODES,
    {
      path: '/variants/0/plan/phases',
      text: 'Of 8 to 24 weeks 12 are taken, “often 5 days down to 3”: 6 weeks of each, 15 and 9 hours a week.',
    },
    { path: '/variants/1/plan/phases/0/virtualOn', text: 'Which days of a hybrid week are virtual is not published.' },
    { path: '/variants/0/plan/services', text: 'The weekly individual hour is taken to be on Monday.' },
  ],
};

const NORTHPOINT_SEATTLE: ProgramTemplate = {
  id: 'northpoint-seattle',
  name: 'Northpoint Seattle IOP',
  sessionHours: 3,
  variants: [
    { name: 'with Vivitrol', plan: northpointPlan([NALTREXONE, INJECTION]) },
    { name: 'without Vivitrol', plan: northpointPlan([]) },
  ],
  onFirstDay: [],
  assumed: [
    CODES,
    FOUR_WEEKLY_VISIT,
    TWO_WEEKLY_FAMILY,
    {
      path: '/variants/0/plan/phases',
      text: '“About 12 weeks”, 3 to 5 days a week: 4 weeks each of 5, 4 and 3 days.',
    },
    {
      path: '/variants/0/plan/services',
      text: '“Regular” one-on-one sessions are taken to be weekly; long-acting naltrexone (Vivitrol) is given every 28 days.',
    },
  ],
};

/**
 * Four published programs. What their publications do not say is listed under `assumed`.
 *
 * Source: programs reference (descriptions of Midwood Addiction Treatment, Another Chance, Harbor Wellness and Recovery
 * Center, Northpoint Seattle).
 */
export const programTemplates: readonly ProgramTemplate[] = [
  MIDWOOD,
  ANOTHER_CHANCE,
  HARBOR_WELLNESS,
  NORTHPOINT_SEATTLE,
];

/** Substance use or co-occurring disorders; some or all weekdays virtual. */
function harborPlan(virtual: readonly Weekday[]): ProgramPlan {
  const phase = (weeks: number, weekdays: readonly Weekday[]): Phase => {
    const virtualOn = weekdays.filter((weekday) => virtual.includes(weekday));
    return virtualOn.length === 0 ? { weeks, weekdays } : { weeks, weekdays, virtualOn };
  };
  return plan([phase(6, FIVE_DAYS), phase(6, THREE_DAYS)], [PROGRAM_DAY, INDIVIDUAL_HOUR], 'dual');
}

function northpointPlan(medication: readonly ProgramService[]): ProgramPlan {
  const phases: Phase[] = [
    { weeks: 4, weekdays: FIVE_DAYS },
    { weeks: 4, weekdays: FOUR_DAYS },
    { weeks: 4, weekdays: THREE_DAYS },
  ];
  return plan(phases, [PROGRAM_DAY, INDIVIDUAL_HOUR, FAMILY_SESSION, MEDICATION_VISIT, ...medication], 'dual');
}

function plan(
  phases: readonly Phase[],
  services: readonly ProgramService[],
  track: ProgramPlan['track'] = 'sud',
): ProgramPlan {
  return { track, phases, services };
}
