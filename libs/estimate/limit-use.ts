import type { Cents, CivilDate } from '@openvob/benefits';
import type { ProgramService } from '@openvob/programs';
import type { Limit } from './estimate-case';
import { appliesToService, type ServiceLine } from './matching';

/** A limit and what this estimate has used of it; days are distinct dates of service. */
export interface LimitUse {
  readonly limit: Limit;
  /** Days or cents. */
  used: number;
  lastCountedOn?: CivilDate;
}

/** A limit of which nothing is used. */
export function newLimitUse(limit: Limit): LimitUse {
  return { limit, used: 0 };
}

/** The limits of one kind that are about a service. */
export function limitsOn(uses: readonly LimitUse[], kind: Limit['kind'], service: ProgramService): LimitUse[] {
  return uses.filter(({ limit }) => limit.kind === kind && appliesToService(limit.appliesTo, service));
}

/**
 * The first matching `days` limit that is used up on the line's date; a date that is counted already is not counted again.
 *
 * Source: estimate contract, rule 3; benefits reference 3.10.
 */
export function daysLimitUsedUp(uses: readonly LimitUse[], { service, day }: ServiceLine): Limit | undefined {
  const usedUp = ({ limit, used, lastCountedOn }: LimitUse) => lastCountedOn !== day.date && used >= limit.remaining;
  return limitsOn(uses, 'days', service).find(usedUp)?.limit;
}

/** Counts the date of a covered line in every matching `days` limit. Source: estimate contract, rule 3. */
export function countServiceDate(uses: readonly LimitUse[], { service, day }: ServiceLine): void {
  for (const use of limitsOn(uses, 'days', service)) {
    if (use.lastCountedOn === day.date) continue;
    use.lastCountedOn = day.date;
    use.used += 1;
  }
}

/** What every matching `plan_dollars` limit leaves; no bound when none matches. Source: estimate contract, rule 7. */
export function planDollarsLeft(uses: readonly LimitUse[], service: ProgramService): Cents | undefined {
  const left = limitsOn(uses, 'plan_dollars', service).map(({ limit, used }) => Math.max(0, limit.remaining - used));
  return left.length === 0 ? undefined : Math.min(...left);
}

/** Uses up every matching `plan_dollars` limit by what the plan pays. Source: estimate contract, rule 7. */
export function usePlanDollars(uses: readonly LimitUse[], service: ProgramService, cents: Cents): void {
  for (const use of limitsOn(uses, 'plan_dollars', service)) use.used += cents;
}
