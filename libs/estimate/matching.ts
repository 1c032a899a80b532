import type { ProgramService, ScheduledDay, Setting } from '@openvob/programs';
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
function matchesLine({ appliesTo, setting }: Matcher, { service, day }: ServiceLine): boolean {
  return (setting === undefined || setting === day.setting) && appliesToService(appliesTo, service);
}

/** Index of the first rule that is about a line, -1 when none is. */
export type RuleFinder = (line: ServiceLine) => number;

/** Finds among rules; remembers by service and setting, as a program repeats its lines. */
export function ruleFinder(rules: readonly Matcher[]): RuleFinder {
  const found: Record<Setting, Map<ProgramService, number>> = { in_person: new Map(), virtual: new Map() };
  return (line) => {
    const known = found[line.day.setting].get(line.service);
    if (known !== undefined) return known;
    const index = rules.findIndex((rule) => matchesLine(rule, line));
    found[line.day.setting].set(line.service, index);
    return index;
  };
}
