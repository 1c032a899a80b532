import { networkOfCode } from './benefit-codes';
import { type Figures, figuresOf } from './figures';
import type { Findings } from './findings';
import type { Row, Source } from './snapshot';
import { type AskedDates, bindingSpan } from './stated-dates';
import type { StatedRow } from './statement';

/** A stated row with what every kind of benefit takes from it. */
export interface ReadRow {
  readonly stated: StatedRow;
  readonly figures: Figures;
  /** Nothing of it is inherited from other rows. */
  readonly common: Row;
}

/** Reads what all kinds of rows have in common; figures that may not stand where they stand become issues. */
export function readRow(stated: StatedRow, asked: AskedDates, findings: Findings): ReadRow {
  return { stated, figures: figuresOf(stated, findings), common: commonOf(stated, asked) };
}

/** Two rows speak of the same thing when network, service types, plan, dates and messages agree. */
export function rowKey(row: Row): string {
  return JSON.stringify([row.network, row.serviceTypes, row.plan, row.from, row.to, row.messages]);
}

/** Keeps the first of entries that are the same but for their source. */
export function distinct<T extends { source: Source | Source[] }>(entries: readonly T[]): T[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const key = JSON.stringify({ ...entry, source: undefined });
    return !seen.has(key) && seen.add(key);
  });
}

function commonOf(row: StatedRow, asked: AskedDates): Row {
  const { from, to } = bindingSpan(row.dates, asked);
  return {
    network: networkOfCode(row.network),
    serviceTypes: [...row.serviceTypes],
    ...(row.plan === undefined ? {} : { plan: row.plan }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(row.messages.length === 0 ? {} : { messages: row.messages.map(({ text }) => text) }),
  };
}
