import type { Weekday } from '@openvob/benefits';
import type { Cadence, Phase, ProgramPlan, ProgramService } from '@openvob/programs';
import {
  choice,
  civilDate,
  jsonObject,
  list,
  optional,
  type Reader,
  record,
  refuse,
  text,
  wholeNumber,
} from './readers';

export const MOST_WEEKS = 104;
export const MOST_SERVICES = 40;

const weekday = choice<Weekday>('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun');

/** Source: estimate contract, `ProgramPlan.phases`. */
export const phase = record<Phase>({
  weeks: wholeNumber(1),
  weekdays: list(weekday),
  virtualOn: optional(list(weekday)),
});

/** By its first key of `every`, `weekly`, `dates`, `everyDays`; none of them is `missing` at the cadence itself. */
const cadence: Reader<Cadence> = (value, path) => {
  const given = jsonObject(value, path);
  if (given.every !== undefined) return { every: choice('program_day')(given.every, `${path}/every`) };
  if (given.weekly !== undefined) return { weekly: weekday(given.weekly, `${path}/weekly`) };
  if (given.dates !== undefined) return { dates: list(civilDate)(given.dates, `${path}/dates`) };
  if (given.everyDays !== undefined) return { everyDays: wholeNumber(1)(given.everyDays, `${path}/everyDays`) };
  return refuse('missing', path, 'one of every, weekly, dates, everyDays is needed');
};

const service = record<ProgramService>({
  code: text,
  kind: choice('iop_day', 'individual_therapy', 'family_therapy', 'medication_management', 'medication', 'assessment'),
  on: cadence,
});

const plan = record<ProgramPlan>({
  track: choice('sud', 'mh', 'dual'),
  phases: list(phase),
  closedOn: optional(list(civilDate)),
  missedOn: optional(list(civilDate)),
  services: list(service, { most: MOST_SERVICES }),
});

/** A program plan of at most 104 weeks and 40 services. Source: estimate contract, `ProgramPlan` and "Errors". */
export const programPlan: Reader<ProgramPlan> = (value, path) => {
  const read = plan(value, path);
  const weeks = read.phases.reduce((sum, { weeks }) => sum + weeks, 0);
  if (weeks > MOST_WEEKS) refuse('too_large', `${path}/phases`, `at most ${MOST_WEEKS} weeks in total are allowed`);
  return read;
};
