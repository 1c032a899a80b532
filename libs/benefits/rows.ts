import { networkOfCode } from './benefit-codes';
import { type Figures, figuresOf } from './figures';
import type { Findings } from './findings';
import type { Row } from './snapshot';
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
export function rowKey({ network, serviceTypes, plan, from, to, messages }: Row): string {
  const said = messages === undefined ? '' : listKey(messages);
  return `${network} ${listKey(serviceTypes)}${plan === undefined ? '-' : textKey(plan)} ${from ?? ''} ${to ?? ''} ${said}`;
}

/** Texts with their lengths in front, so that two lists have one key only when they are the same. */
function listKey(texts: readonly string[]): string {
  let key = `${texts.length};`;
  for (const text of texts) key += textKey(text);
  return key;
}

function textKey(text: string): string {
  return `${text.length}:${text};`;
}

function commonOf(row: StatedRow, asked: AskedDates): Row {
  const common: Row = { network: networkOfCode(row.network), serviceTypes: [...row.serviceTypes] };
  if (row.plan !== undefined) common.plan = row.plan;
  if (row.dates.length > 0) {
    const { from, to } = bindingSpan(row.dates, asked);
    if (from !== undefined) common.from = from;
    if (to !== undefined) common.to = to;
  }
  if (row.messages.length > 0) common.messages = row.messages.map(({ text }) => text);
  return common;
}

/** The same row with more in it. Field by field: every benefit of every message passes here, some of them twice. */
export function withRow<T extends object>(more: T, row: Row): T & Row {
  const whole = more as T & Row;
  const { network, serviceTypes, plan, from, to, messages } = row;
  whole.network = network;
  whole.serviceTypes = serviceTypes;
  if (plan !== undefined) whole.plan = plan;
  if (from !== undefined) whole.from = from;
  if (to !== undefined) whole.to = to;
  if (messages !== undefined) whole.messages = messages;
  return whole;
}
