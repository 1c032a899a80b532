import type { Estimate } from '@openvob/results';
import { addDays, day, money } from '../words/format';

/** A week of the program: who pays, and what happens in it. */
export interface MoneyWeek {
  readonly weekOf: string;
  readonly patientCents: number;
  readonly planCents: number;
  readonly days: Estimate['days'];
  readonly events: readonly MoneyEvent[];
}

export interface MoneyEvent {
  readonly kind: 'deductible_ends' | 'reset' | 'maximum_reached' | 'limit_reached';
  readonly date: string;
  readonly text: string;
}

/** The estimate by weeks, with what makes one week dearer than another. */
export function moneyWeeks(estimate: Estimate): MoneyWeek[] {
  const events = eventsOf(estimate);
  return estimate.perWeek.map(({ weekOf, patientCents }) => {
    const end = addDays(weekOf, 7);
    const isWithin = (date: string): boolean => date >= weekOf && date < end;
    const days = estimate.days.filter(({ date }) => isWithin(date));
    const paid = days.flatMap(({ lines }) => lines.map((line) => line.planPaidCents + line.secondaryPaidCents));
    return {
      weekOf,
      patientCents,
      planCents: paid.reduce((sum, cents) => sum + cents, 0),
      days,
      events: events.filter(({ date }) => isWithin(date)),
    };
  });
}

function eventsOf(estimate: Estimate): MoneyEvent[] {
  return [...resets(estimate), ...deductibleEnds(estimate), ...maximumReached(estimate)].sort((a, b) =>
    a.date < b.date ? -1 : 1,
  );
}

function resets({ perPeriod, days }: Estimate): MoneyEvent[] {
  return perPeriod.slice(1).flatMap(({ from }) => {
    const first = days.find(({ date }) => date >= from);
    if (!first) return [];
    const text = `A new benefit period begins on ${day(from)}: deductible and maximum start at zero.`;
    return [{ kind: 'reset' as const, date: first.date, text }];
  });
}

/** The last day of a period that takes deductible, when others follow that take none. */
function deductibleEnds({ perPeriod, days }: Estimate): MoneyEvent[] {
  return perPeriod.flatMap(({ from, to, deductibleCents }) => {
    const own = days.filter(({ date }) => date >= from && date <= to);
    const taking = own.filter(({ lines }) => lines.some((line) => line.deductibleCents > 0));
    const last = taking.at(-1);
    if (!last || last === own.at(-1)) return [];
    const text = `The deductible ends on ${day(last.date)}, after ${money(deductibleCents)}.`;
    return [{ kind: 'deductible_ends' as const, date: last.date, text }];
  });
}

/** As the sentences of the lines tell it. */
function maximumReached({ days }: Estimate): MoneyEvent[] {
  const first = days.find(({ lines }) =>
    lines.some(({ why }) => why.some((sentence) => sentence.includes('out-of-pocket maximum is met'))),
  );
  if (!first) return [];
  const text = `The out-of-pocket maximum is met on ${day(first.date)}: covered care costs nothing after it in this period.`;
  return [{ kind: 'maximum_reached' as const, date: first.date, text }];
}
