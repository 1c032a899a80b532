import type { Cents, CivilDate } from '@openvob/benefits';
import { remainingOf } from '../amounts';
import type { Accumulator, Amounts, BenefitPeriod, Benefits, Limit } from '../estimate-case';
import type { PostedDay } from './earlier-answer';

/** What the program's own days used of a benefit year, by the estimate before. */
export interface OwnUse {
  readonly deductibleCents: Cents;
  readonly outOfPocketCents: Cents;
  readonly days: number;
}

/** Of the days from `from` to the day before `today`. */
export function ownUse(posted: readonly PostedDay[], from: CivilDate, today: CivilDate): OwnUse {
  const days = posted.filter(({ date }) => from <= date && date < today);
  const sum = (of: (day: PostedDay) => Cents): Cents => days.reduce((total, day) => total + of(day), 0);
  return {
    deductibleCents: sum((day) => day.deductibleCents),
    outOfPocketCents: sum((day) => day.outOfPocketCents),
    days: days.length,
  };
}

/**
 * A benefit year as it stood when the program began in it: what is left now, and what the program used since; at most what was left then. Claims may be
 * posted or not: where nothing is less than it was, nothing was posted yet.
 */
export function asOfStart(now: BenefitPeriod, was: BenefitPeriod | undefined, own: OwnUse): BenefitPeriod {
  if (own.deductibleCents === 0 && own.outOfPocketCents === 0) return now;
  const deductible = accumulator(now.deductible, was?.deductible, own.deductibleCents);
  const outOfPocket = accumulator(now.outOfPocket, was?.outOfPocket, own.outOfPocketCents);
  const { selfOnlyCapRemainingCents: cap } = now;
  return {
    ...now,
    ...(deductible ? { deductible } : {}),
    ...(outOfPocket ? { outOfPocket } : {}),
    ...(cap === undefined
      ? {}
      : { selfOnlyCapRemainingCents: putBack(cap, was?.selfOnlyCapRemainingCents, own.outOfPocketCents) }),
  };
}

/** Whether less is left of anything than there was: claims were posted since. */
export function hasFallen(now: BenefitPeriod, was: BenefitPeriod | undefined): boolean {
  return (['deductible', 'outOfPocket'] as const).some((kind) =>
    (['individual', 'family'] as const).some((whose) => {
      const left = remainingOf(now[kind]?.[whose], 'larger');
      const before = remainingOf(was?.[kind]?.[whose], 'larger');
      return left !== undefined && before !== undefined && left < before;
    }),
  );
}

function accumulator(
  now: Accumulator | undefined,
  was: Accumulator | undefined,
  ownCents: Cents,
): Accumulator | undefined {
  if (!now || ownCents === 0) return now;
  const { individual, family } = now;
  return {
    ...now,
    ...(individual ? { individual: amounts(individual, was?.individual, ownCents) } : {}),
    ...(family ? { family: amounts(family, was?.family, ownCents) } : {}),
  };
}

function amounts(now: Amounts, was: Amounts | undefined, ownCents: Cents): Amounts {
  const left = remainingOf(now, 'larger');
  if (left === undefined) return now;
  const { limitCents } = now;
  const before = remainingOf(was, 'larger') ?? limitCents;
  const remainingCents = putBack(left, before, ownCents);
  if (limitCents === undefined) return { remainingCents };
  return { limitCents, usedCents: Math.max(0, limitCents - remainingCents), remainingCents };
}

/** More than there was means another plan, or claims that were taken back: then what is left now stands. */
function putBack(now: number, before: number | undefined, used: number): number {
  if (before === undefined) return now + used;
  return now > before ? now : Math.min(before, now + used);
}

/** As above for days; dollars that the plan pays are left as they were, since what it paid is not known. */
export function limitsAsOfStart(
  now: readonly Limit[] | undefined,
  was: Benefits['limits'],
  { days }: OwnUse,
): readonly Limit[] | undefined {
  return now?.map((limit) => {
    const before = was?.find(
      ({ kind, appliesTo }) => kind === limit.kind && JSON.stringify(appliesTo) === JSON.stringify(limit.appliesTo),
    );
    if (!before) return limit;
    const used = limit.kind === 'days' ? days : Math.max(0, before.remaining - limit.remaining);
    return { ...limit, remaining: putBack(limit.remaining, before.remaining, used) };
  });
}
