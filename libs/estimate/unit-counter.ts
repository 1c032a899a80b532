import type { Cents } from '@openvob/benefits';
import type { ScheduledDay } from '@openvob/programs';
import type { CopayPer } from './estimate-case';

/**
 * What was charged of one rule's copay (or of its capped coinsurance) in the unit at hand. The amount is kept, not a mark:
 * a copay that was charged in part can still take its rest.
 *
 * Source: estimate contract, rule 5; benefits reference 3.4.
 */
export interface UnitCounter {
  unit: string;
  chargedCents: Cents;
}

/** A counter that has charged nothing. */
export function newUnitCounter(): UnitCounter {
  return { unit: '', chargedCents: 0 };
}

/** The unit of a date; each service is a unit of its own when there is none. */
export function unitOn(day: ScheduledDay, per: CopayPer): string | undefined {
  switch (per) {
    case 'service':
      return undefined;
    case 'day':
      return day.date;
    case 'week':
      return day.weekOf;
    case 'episode':
      return 'episode';
  }
}

/** What is left of an amount in a unit, not below 0. */
export function leftInUnit(counter: UnitCounter, amountCents: Cents, unit: string | undefined): Cents {
  return unit === undefined || counter.unit !== unit ? amountCents : Math.max(0, amountCents - counter.chargedCents);
}

/** Counts a charge in its unit; another unit than the last starts at 0. */
export function chargeInUnit(counter: UnitCounter, unit: string | undefined, cents: Cents): void {
  if (unit === undefined || cents === 0) return;
  counter.chargedCents = cents + (counter.unit === unit ? counter.chargedCents : 0);
  counter.unit = unit;
}
