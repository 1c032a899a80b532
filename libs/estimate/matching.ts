import type { ProgramService, ScheduledDay } from '@openvob/programs';
import type { Matcher } from './estimate-case';

/** A service on a date: what is priced and shared as one claim line. */
export interface ServiceLine {
  readonly service: ProgramService;
  readonly day: ScheduledDay;
}

/** True when a limit is about the service: by its kind or its procedure code. Source: estimate contract, `Matcher`. */
export function appliesToService(appliesTo: Matcher['appliesTo'], { kind, code }: ProgramService): boolean {
  return appliesTo === 'any' || appliesTo.includes(kind) || appliesTo.includes(code);
}

/** True when a rule is about the line: its service, and its setting where the rule names one. */
export function matchesLine({ appliesTo, setting }: Matcher, { service, day }: ServiceLine): boolean {
  return (setting === undefined || setting === day.setting) && appliesToService(appliesTo, service);
}
