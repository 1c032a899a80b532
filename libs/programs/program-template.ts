import type { CivilDate } from '@openvob/benefits';
import type { ProgramPlan, ProgramService, Track } from './program-plan';

/** Something that a published description leaves out, and what the template takes for it. */
export interface TemplateAssumption {
  /** JSON Pointer into the template. */
  readonly path: string;
  readonly text: string;
}

/** A plan under a name, e.g. one of several settings. */
export interface PlanVariant {
  readonly name: string;
  readonly plan: ProgramPlan;
}

/** A published program, ready to be given a start date. */
export interface ProgramTemplate {
  readonly id: string;
  readonly name: string;
  /** Length of a program day in hours. */
  readonly sessionHours: number;
  /** The usual plan first. */
  readonly variants: readonly [PlanVariant, ...PlanVariant[]];
  /** Billed once on the first day; a plan of its own cannot know the date. */
  readonly onFirstDay: readonly Pick<ProgramService, 'code' | 'kind'>[];
  readonly assumed: readonly TemplateAssumption[];
}

/** H0015 is the per diem of substance use treatment, S9480 of mental health. Source: benefits reference 2. */
const PROGRAM_DAY_CODES: Record<Track, string> = { sud: 'H0015', dual: 'H0015', mh: 'S9480' };

/**
 * The plan of a template from a start date: its usual variant (or the named one), with what is billed on the first day.
 *
 * Throws a RangeError when the template has no such variant.
 */
export function planFrom(template: ProgramTemplate, startDate: CivilDate, variant?: string): ProgramPlan {
  const chosen = template.variants.find(({ name }) => variant === undefined || name === variant);
  if (!chosen) {
    const names = template.variants.map(({ name }) => name).join(', ');
    throw new RangeError(`${template.id} has no such variant, expected one of ${names}`);
  }
  return withFirstDay(chosen.plan, template.onFirstDay, startDate);
}

/** A plan with services that are billed once, on the day it starts. */
export function withFirstDay(
  plan: ProgramPlan,
  onFirstDay: ProgramTemplate['onFirstDay'],
  startDate: CivilDate,
): ProgramPlan {
  const intake = onFirstDay.map((service) => ({ ...service, on: { dates: [startDate] } }));
  return { ...plan, services: [...intake, ...plan.services] };
}

/** The same plan for another track: its program days under the code of that track. */
export function onTrack(plan: ProgramPlan, track: Track): ProgramPlan {
  const services = plan.services.map((service) =>
    service.kind === 'iop_day' ? { ...service, code: PROGRAM_DAY_CODES[track] } : service,
  );
  return { ...plan, track, services };
}
