import { type CoverageRowStatus, networkOfCode, statusOfCode } from './benefit-codes';
import type { CivilDate, DateSpan } from './civil-date';
import { isSameTexts } from './distinct';
import { type Figures, figuresOf } from './figures';
import type { Findings } from './findings';
import { routineFacts } from './message-facts';
import type { Row } from './snapshot';
import { type AskedDates, bindingSpan } from './stated-dates';
import type { StatedRow, StatedText } from './statement';

/** A `Row` with all its fields, so that all are alike to the engine: every benefit is compared and copied from one. */
export interface CommonRow {
  readonly network: Row['network'];
  readonly serviceTypes: string[];
  readonly plan?: string | undefined;
  readonly from?: CivilDate | undefined;
  readonly to?: CivilDate | undefined;
  readonly messages?: string[] | undefined;
}

/** A stated row with what every kind of benefit takes from it; nothing is inherited from other rows. */
export interface ReadRow extends CommonRow, Figures {
  readonly stated: StatedRow;
  /** Of a coverage row (EB01 1 to 8). */
  readonly status: CoverageRowStatus | undefined;
  /** Which of the facts that every row is asked for its messages tell, as bits of `ROUTINE_FACTS`. */
  readonly facts: number;
}

/** Reads what all kinds of rows have in common; figures that may not stand where they stand become issues. */
export function readRow(stated: StatedRow, asked: AskedDates, findings: Findings): ReadRow {
  const { dates, messages } = stated;
  const { from, to }: DateSpan = dates.length === 0 ? ANY_TIME : bindingSpan(dates, asked);
  const { cents, maxCents, percent } = figuresOf(stated, findings);
  return {
    network: networkOfCode(stated.network),
    serviceTypes: stated.serviceTypes.slice(),
    plan: stated.plan,
    from,
    to,
    messages: messages.length === 0 ? undefined : textsOf(messages),
    stated,
    status: statusOfCode(stated.code),
    cents,
    maxCents,
    percent,
    facts: routineFactsOf(messages),
  };
}

const ANY_TIME: DateSpan = {};

function textsOf(messages: readonly StatedText[]): string[] {
  const [first] = messages;
  return first !== undefined && messages.length === 1 ? [first.text] : messages.map(({ text }) => text);
}

function routineFactsOf(messages: readonly StatedText[]): number {
  let facts = 0;
  for (const { text } of messages) facts |= routineFacts(text);
  return facts;
}

/** Whether two rows speak of the same thing: they have one `rowKey`. */
export function isSameRow(one: CommonRow, other: CommonRow): boolean {
  return (
    one.network === other.network &&
    one.plan === other.plan &&
    one.from === other.from &&
    one.to === other.to &&
    isSameTexts(one.serviceTypes, other.serviceTypes) &&
    isSameTexts(one.messages ?? NO_TEXTS, other.messages ?? NO_TEXTS)
  );
}

const NO_TEXTS: readonly string[] = [];

/** Two rows speak of the same thing when network, service types, plan, dates and messages agree. */
export function rowKey({ network, serviceTypes, plan, from, to, messages }: CommonRow): string {
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

/**
 * Adds what a row may also have to an entry that has its network and service types. Field by field, and those two where the
 * entry is made: every benefit of every message passes here, some of them twice.
 */
export function withRow<T extends Pick<Row, 'network' | 'serviceTypes'>>(entry: T, row: CommonRow): T & Row {
  const whole: T & Row = entry;
  const { plan, from, to, messages } = row;
  if (plan !== undefined) whole.plan = plan;
  if (from !== undefined) whole.from = from;
  if (to !== undefined) whole.to = to;
  if (messages !== undefined) whole.messages = messages;
  return whole;
}
