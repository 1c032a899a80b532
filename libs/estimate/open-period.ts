import { type Cents, type CivilDate, isWithin } from '@openvob/benefits';
import { remainingOf } from './amounts';
import type { Accumulator, BenefitPeriod, PendingClaims } from './estimate-case';
import { type Share, totalOf } from './share';

/** What is left of one accumulator; a bound that nobody stated is not there. */
interface Remaining {
  readonly structure: Accumulator['structure'];
  individualCents: Cents | undefined;
  familyCents: Cents | undefined;
}

/** A benefit period with what is left of its accumulators and what was posted to them. */
export interface OpenPeriod {
  readonly period: BenefitPeriod;
  /** Room of the deductible before anything was posted. */
  readonly openingDeductibleCents: Cents | undefined;
  readonly deductible: Remaining | undefined;
  readonly outOfPocket: Remaining | undefined;
  selfOnlyCents: Cents | undefined;
  postedDeductibleCents: Cents;
  postedOutOfPocketCents: Cents;
}

/** How a hypothesis reads a period's figures. */
export interface Reading {
  readonly take: 'larger' | 'smaller';
  readonly pendingClaims?: PendingClaims | undefined;
  readonly carriedOverCents: Cents;
}

/** What a line can still take; no deductible is there, and no maximum, where nobody stated one. */
export interface Room {
  readonly deductibleCents: Cents | undefined;
  readonly outOfPocketCents: Cents | undefined;
}

const NO_ROOM: Room = { deductibleCents: undefined, outOfPocketCents: undefined };

/** Index of the period that holds a date. */
export function periodIndexOn(periods: readonly BenefitPeriod[], date: CivilDate): number | undefined {
  const index = periods.findIndex((period) => isWithin(date, period));
  return index < 0 ? undefined : index;
}

/**
 * Starts a period from its own figures, less what pending claims and a carryover take, not below 0.
 *
 * Source: estimate contract, rules 4 and 12; benefits reference 3.9 and 3.13.
 */
export function startPeriod(period: BenefitPeriod, reading: Reading): OpenPeriod {
  const { pendingClaims, carriedOverCents } = reading;
  const pendingDeductible = pendingClaims?.deductibleCents ?? 0;
  const pendingOutOfPocket = pendingClaims?.outOfPocketCents ?? 0;
  const deductible = read(period.deductible, reading.take);
  const outOfPocket = read(period.outOfPocket, reading.take);
  lower(deductible, pendingDeductible + carriedOverCents);
  lower(outOfPocket, pendingOutOfPocket);
  return {
    period,
    openingDeductibleCents: boundOf(deductible),
    deductible,
    outOfPocket,
    selfOnlyCents: less(period.selfOnlyCapRemainingCents, pendingOutOfPocket),
    postedDeductibleCents: 0,
    postedOutOfPocketCents: 0,
  };
}

/**
 * Rule 4: what a line can still take in a period. On a date in no period there is neither deductible nor maximum.
 *
 * Source: estimate contract, rule 4; benefits reference 3.5 and 3.6.
 */
export function roomIn(open: OpenPeriod | undefined): Room {
  if (!open) return NO_ROOM;
  return {
    deductibleCents: boundOf(open.deductible),
    outOfPocketCents: smaller(boundOf(open.outOfPocket), open.selfOnlyCents),
  };
}

/**
 * Rule 10: deductible to the individual and the family deductible; the whole share to the individual, family and self-only
 * out-of-pocket. Balance bills, non-covered amounts and penalties are never posted.
 *
 * Source: estimate contract, rule 10; benefits reference 3.8.
 */
export function postTo(open: OpenPeriod, share: Share): void {
  const shareCents = totalOf(share);
  lower(open.deductible, share.deductibleCents);
  lower(open.outOfPocket, shareCents);
  open.selfOnlyCents = less(open.selfOnlyCents, shareCents);
  open.postedDeductibleCents += share.deductibleCents;
  open.postedOutOfPocketCents += shareCents;
}

function read(accumulator: Accumulator | undefined, take: Reading['take']): Remaining | undefined {
  if (!accumulator) return undefined;
  return {
    structure: accumulator.structure,
    individualCents: remainingOf(accumulator.individual, take),
    familyCents: remainingOf(accumulator.family, take),
  };
}

/** An individual amount beside an aggregate structure is ignored: a zero there does not mean met. */
function boundOf(remaining: Remaining | undefined): Cents | undefined {
  switch (remaining?.structure) {
    case undefined:
      return undefined;
    case 'individual':
      return remaining?.individualCents;
    case 'embedded':
      return smaller(remaining?.individualCents, remaining?.familyCents);
    case 'aggregate':
      return remaining?.familyCents;
  }
}

function lower(remaining: Remaining | undefined, cents: Cents): void {
  if (!remaining) return;
  remaining.individualCents = less(remaining.individualCents, cents);
  remaining.familyCents = less(remaining.familyCents, cents);
}

function less(cents: Cents | undefined, by: Cents): Cents | undefined {
  return cents === undefined ? undefined : Math.max(0, cents - by);
}

function smaller(a: Cents | undefined, b: Cents | undefined): Cents | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : Math.min(a, b);
}
