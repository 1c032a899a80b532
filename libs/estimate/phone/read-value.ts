import type { Amounts } from '../estimate-case';
import { costShare } from '../read-cost-share';
import {
  cents,
  choice,
  civilDate,
  jsonObject,
  optional,
  percent,
  type Reader,
  record,
  refuse,
  text,
  wholeNumber,
} from '../readers';
import type { Option, ValueKind } from './bank-question';
import type { SaidValue } from './phone-answer';

const NONE = 'none';
const LONGEST_TEXT = 2000;
/** The largest amount that is believed: $1,000,000. */
const MOST_CENTS = 100_000_000;

/** True for what says that the payer would not or could not say: an outcome, never 0. */
export function isUnknown(value: unknown): boolean {
  if (value === 'unknown' || value === 'would_not_say') return true;
  return typeof value === 'object' && value !== null && 'unknown' in value && value.unknown === true;
}

/** Reads an answer by the kind of its question. Faults are those of a case, with what would be allowed. */
export function readValue(kind: ValueKind, value: unknown, path: string): SaidValue {
  switch (kind.kind) {
    case 'yes_no':
      return YES_NO(asWord(value), path);
    case 'money':
      return kind.orNone && value === NONE ? NONE : AMOUNT(value, path);
    case 'percent':
      return percent(value, path);
    case 'date':
      return kind.orNone && value === NONE ? NONE : civilDate(value, path);
    case 'number':
      return wholeNumber(0, MOST_CENTS)(value, path);
    case 'choice':
      return oneOf(kind.options)(asWord(value), path);
    case 'text':
      return filledText(value, path);
    case 'amounts':
      return value === NONE ? NONE : amounts(value, path);
    case 'share':
      return share(kind.options)(value, path);
    case 'days':
      return typeof value === 'number' ? wholeNumber(0)(value, path) : oneOf(kind.options)(value, path);
  }
}

/** What a question takes, in words: for those who ask and for those whose answer cannot be read. */
export function describeValue(kind: ValueKind): string {
  switch (kind.kind) {
    case 'yes_no':
      return 'yes, no or unknown';
    case 'money':
      return `whole cents${kind.orNone ? ', none' : ''} or unknown`;
    case 'percent':
      return 'a percentage from 0 to 100 or unknown';
    case 'date':
      return `a date, YYYY-MM-DD${kind.orNone ? ', none' : ''} or unknown`;
    case 'number':
      return `a whole number (${kind.of}) or unknown`;
    case 'choice':
      return `${kind.options.map(({ value }) => value).join(', ')} or unknown`;
    case 'text':
      return 'the words that were said, or unknown';
    case 'amounts':
      return '{ limitCents, usedCents, remainingCents } with what was said of them, none or unknown';
    case 'share':
      return `a cost share { order, copayCents, copayPer, coinsurancePercent }, the number of one of the shares asked about (from 0), not_covered or unknown`;
    case 'days':
      return `${kind.options.map(({ value }) => value).join(', ')}, how many days in all, or unknown`;
  }
}

const YES_NO = choice('yes', 'no');
const AMOUNT = wholeNumber(0, MOST_CENTS);

const anyAmounts = record<Amounts>({
  limitCents: optional(cents),
  usedCents: optional(cents),
  remainingCents: optional(cents),
});

/** At least one of them, none above what is believed; no more may be left than there is. */
const amounts: Reader<Amounts> = (value, path) => {
  const given = jsonObject(value, path);
  const read = anyAmounts(value, path);
  const keys = Object.keys(read) as (keyof Amounts)[];
  if (keys.length === 0) refuse('missing', path, `${describeValue({ kind: 'amounts' })} is expected`);
  for (const key of keys) AMOUNT(given[key], `${path}/${key}`);
  const { limitCents, remainingCents } = read;
  if (limitCents !== undefined && remainingCents !== undefined && remainingCents > limitCents)
    refuse('out_of_range', `${path}/remainingCents`, 'at most limitCents is expected');
  return read;
};

function share(options: readonly Option[]): Reader<SaidValue> {
  return (value, path) => {
    if (typeof value === 'string') return choice('not_covered')(value, path);
    if (typeof value !== 'number') return costShare(value, path);
    if (options.length === 0) refuse('out_of_range', path, 'a cost share or not_covered is expected');
    return wholeNumber(0, options.length - 1)(value, path);
  };
}

const filledText: Reader<string> = (value, path) => {
  const read = text(value, path).trim();
  if (read === '' || read.length > LONGEST_TEXT)
    refuse('out_of_range', path, `text of 1 to ${LONGEST_TEXT} characters is expected`);
  return read;
};

function oneOf(options: readonly Option[]): Reader<string> {
  return choice(...options.map(({ value }) => value));
}

/** `true` and `false` are taken for yes and no. */
function asWord(value: unknown): unknown {
  if (typeof value !== 'boolean') return value;
  return value ? 'yes' : 'no';
}
