import { daysInMonth, isCivilDate } from '../civil-date';
import type { Findings } from '../findings';
import type { JsonNode } from '../json/json-node';
import type { StatedDate } from '../statement';

/** Code list 374 (DTP01) of a period's two ends. */
export interface PeriodQualifiers {
  readonly begin: string;
  readonly end: string;
}

/** Dates between which a plan holds. */
export const PLAN_DATES: PeriodQualifiers = { begin: '346', end: '347' };
/** Dates between which benefits hold. */
export const BENEFIT_DATES: PeriodQualifiers = { begin: '348', end: '349' };

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?$/s;

/**
 * A `Period` as dates. A date may leave out its day, or month and day: it begins with the first day that it names and ends
 * with the last. What is no date is reported. Source: FHIR R4 and R5, Period, dateTime.
 */
export function statedPeriod(period: JsonNode, { begin, end }: PeriodQualifiers, findings: Findings): StatedDate[] {
  const ends = [
    { qualifier: begin, at: period.get('start'), dayOf: firstDayOf },
    { qualifier: end, at: period.get('end'), dayOf: lastDayOf },
  ];
  return ends.flatMap(({ qualifier, at, dayOf: toDay }) => {
    if (!at.exists) return [];
    const value = toDay(at.asText() ?? '');
    if (isCivilDate(value)) return [{ qualifier, value, source: period.source }];
    findings.report('warning', 'date_unreadable', at.source, 'This is no date; it is left out.');
    return [];
  });
}

/** The calendar day of a date or an instant, in the time zone in which it is written; `undefined` without a day. */
export function dayOf(text: string | undefined): string | undefined {
  const [, year, month, day] = DATE.exec(text ?? '') ?? [];
  return day === undefined ? undefined : `${year}-${month}-${day}`;
}

function firstDayOf(text: string): string {
  const [, year, month = '01', day = '01'] = DATE.exec(text) ?? [];
  return year === undefined ? text : `${year}-${month}-${day}`;
}

function lastDayOf(text: string): string {
  const [, year, month = '12', day] = DATE.exec(text) ?? [];
  if (year === undefined) return text;
  return `${year}-${month}-${day ?? String(daysInMonth(Number(year), Number(month))).padStart(2, '0')}`;
}
