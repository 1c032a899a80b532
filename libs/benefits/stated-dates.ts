import { type CivilDate, type DateSpan, isWithin, parseCivilDate, parseDateSpan } from './civil-date';
import { codeTable } from './code-table';
import type { Findings } from './findings';
import { put } from './given';
import type { Snapshot, Source } from './snapshot';
import type { StatedDate } from './statement';

export type Span = Snapshot['spans'][number];

/** The dates against which others are read. */
export interface AskedDates {
  /** The date of service that the answer is worked out for. */
  readonly serviceDate: CivilDate | undefined;
  /** Dates that an answer repeats without saying anything by them: the date asked about, the date of the answer. */
  readonly echoed: readonly (CivilDate | undefined)[];
}

/** What a date qualifier speaks of; begins and ends of one `topic` belong together. */
interface DateMeaning {
  readonly topic: string;
  readonly what: Span['what'];
  readonly reach: 'span' | 'begin' | 'end';
  /** True when a benefit or coverage does not hold outside of these dates. */
  readonly binds: boolean;
}

const OPEN_END: CivilDate = '9999-12-31';

/** Code list 374 (DTP01). Source: reference/benefits.md 1.8. Service dates (472) are no span; the rest is `other`. */
const MEANINGS = codeTable<DateMeaning>({
  291: { topic: 'plan', what: 'plan', reach: 'span', binds: true },
  346: { topic: 'plan', what: 'plan', reach: 'begin', binds: true },
  347: { topic: 'plan', what: 'plan', reach: 'end', binds: true },
  307: { topic: 'eligibility', what: 'eligibility', reach: 'span', binds: true },
  356: { topic: 'eligibility', what: 'eligibility', reach: 'begin', binds: true },
  357: { topic: 'eligibility', what: 'eligibility', reach: 'end', binds: true },
  292: { topic: 'benefit', what: 'benefit', reach: 'span', binds: true },
  348: { topic: 'benefit', what: 'benefit', reach: 'begin', binds: true },
  349: { topic: 'benefit', what: 'benefit', reach: 'end', binds: true },
  539: { topic: 'policy', what: 'policy', reach: 'begin', binds: true },
  540: { topic: 'policy', what: 'policy', reach: 'end', binds: true },
  193: { topic: 'period', what: 'other', reach: 'begin', binds: true },
  194: { topic: 'period', what: 'other', reach: 'end', binds: true },
  290: { topic: 'coordination', what: 'other', reach: 'span', binds: true },
  344: { topic: 'coordination', what: 'other', reach: 'begin', binds: true },
  345: { topic: 'coordination', what: 'other', reach: 'end', binds: true },
  340: { topic: 'cobra', what: 'other', reach: 'begin', binds: false },
  341: { topic: 'cobra', what: 'other', reach: 'end', binds: false },
  342: { topic: 'premium', what: 'other', reach: 'begin', binds: false },
  343: { topic: 'premium', what: 'other', reach: 'end', binds: false },
});

/** Qualifier of the date of service, which is what was asked and no span. */
export const SERVICE_DATE = '472';

interface DatedSpan {
  readonly meaning: DateMeaning;
  from?: CivilDate;
  to?: CivilDate;
  readonly source: Source;
}

/**
 * The spans that dates tell, in file order. A begin and the end that follows it are one span, whose source is the begin.
 * A single date of a span qualifier gives `from`, or nothing when it only echoes; an open end (9999-12-31) is left out.
 */
export function spansOf(dates: readonly StatedDate[], asked: AskedDates): Span[] {
  if (dates.length === 0) return [];
  return datedSpans(dates, asked).map(({ meaning, from, to, source }) => {
    const span: Span = { what: meaning.what, source };
    put(span, 'from', from);
    put(span, 'to', to);
    return span;
  });
}

/**
 * The one span in which a row holds: of each topic that binds (plan, eligibility, benefit, policy, period) the span with
 * the service date, else the first; then what all topics share.
 */
export function bindingSpan(dates: readonly StatedDate[], asked: AskedDates): DateSpan {
  const binding = datedSpans(dates, asked).filter(({ meaning }) => meaning.binds);
  const [only] = binding;
  if (only === undefined) return {};
  if (binding.length === 1) return spanOf(only);
  const topics = [...new Set(binding.map(({ meaning }) => meaning.topic))];
  const chosen = topics.flatMap((topic) => {
    const spans = binding.filter(({ meaning }) => meaning.topic === topic);
    return spans.find((span) => asked.serviceDate !== undefined && isWithin(asked.serviceDate, span)) ?? spans[0] ?? [];
  });
  const from = chosen.map((span) => span.from ?? '').reduce((a, b) => (a > b ? a : b), '');
  const to = chosen.map((span) => span.to ?? OPEN_END).reduce((a, b) => (a < b ? a : b), OPEN_END);
  const shared: DateSpan = {};
  if (from !== '') shared.from = from;
  if (to !== OPEN_END) shared.to = to;
  return shared;
}

function spanOf({ from, to }: DateSpan): DateSpan {
  const span: DateSpan = {};
  if (from !== undefined) span.from = from;
  if (to !== undefined) span.to = to;
  return span;
}

/** The first date of the first date of service among the dates, if it is one. */
export function serviceDateOf(dates: readonly StatedDate[]): string | undefined {
  return dates.find((date) => date.qualifier === SERVICE_DATE)?.value;
}

/** Reads a date or the first of a range; `undefined` when it is neither. */
export function firstDate(value: string | undefined): CivilDate | undefined {
  return parseCivilDate(value) ?? parseDateSpan(value)?.from;
}

/** Reports dates that are no dates of the calendar. */
export function checkDates(dates: readonly StatedDate[], findings: Findings): void {
  for (const { qualifier, value, source } of dates) {
    if (parseCivilDate(value) !== undefined || parseDateSpan(value) !== undefined) continue;
    findings.report(
      'warning',
      'date_unreadable',
      source,
      `The date with qualifier ${qualifier} is no date; it is left out.`,
    );
  }
}

function datedSpans(dates: readonly StatedDate[], asked: AskedDates): DatedSpan[] {
  const spans: DatedSpan[] = [];
  for (const date of dates) {
    if (date.qualifier === SERVICE_DATE) continue;
    const meaning = MEANINGS[date.qualifier] ?? { topic: date.qualifier, what: 'other', reach: 'span', binds: false };
    const read = readSpan(date.value, meaning.reach, asked);
    const open = meaning.reach === 'span' ? undefined : openSpan(spans, meaning, read);
    if (open) Object.assign(open, read);
    else if (read.from !== undefined || read.to !== undefined) {
      const span: DatedSpan = { meaning, source: date.source };
      spans.push(Object.assign(span, read));
    }
  }
  return spans;
}

/** How far back the other end of a span is looked for; the guide allows 20 dates on a benefit. */
const MOST_OPEN = 100;

/** The nearest span before that lacks the end that a date gives. */
function openSpan(spans: readonly DatedSpan[], meaning: DateMeaning, read: DateSpan): DatedSpan | undefined {
  for (let at = spans.length - 1; at >= Math.max(0, spans.length - MOST_OPEN); at--) {
    const span = spans[at];
    if (span !== undefined && isOtherEnd(span, meaning, read)) return span;
  }
  return undefined;
}

/** True when a span of the same topic lacks just the end that a date gives. */
function isOtherEnd(span: DatedSpan, meaning: DateMeaning, read: DateSpan): boolean {
  if (span.meaning.topic !== meaning.topic) return false;
  const closes = read.from === undefined && read.to !== undefined && span.to === undefined;
  const opens = read.to === undefined && read.from !== undefined && span.from === undefined;
  return (closes && (span.from ?? '') <= (read.to ?? '')) || (opens && (read.from ?? '') <= (span.to ?? ''));
}

function readSpan(value: string, reach: DateMeaning['reach'], asked: AskedDates): DateSpan {
  const single = parseCivilDate(value);
  const range: DateSpan = single === undefined ? (parseDateSpan(value) ?? {}) : singleDate(single, reach, asked);
  const span: DateSpan = {};
  put(span, 'from', range.from);
  if (range.to !== OPEN_END) put(span, 'to', range.to);
  return span;
}

function singleDate(date: CivilDate, reach: DateMeaning['reach'], asked: AskedDates): DateSpan {
  if (reach === 'end') return { to: date };
  const echo = reach === 'span' && asked.echoed.includes(date);
  return echo ? {} : { from: date };
}
