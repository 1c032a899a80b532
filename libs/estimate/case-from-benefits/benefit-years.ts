import { type Accumulator, addDays, type CivilDate, isCivilDate, type Snapshot, type Source } from '@openvob/benefits';
import { assume, type CaseAssumptionCode, type CaseNotes, cite, leaveUnknown } from './case-notes';

/** A year of benefits, both ends included. */
export interface BenefitYear {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** The years that a case needs, the first being the one that the payer's figures are of. */
export interface BenefitYears {
  readonly years: readonly [BenefitYear, ...BenefitYear[]];
  readonly source: readonly Source[];
  readonly assumption: CaseAssumptionCode | undefined;
  /** Deductible and out-of-pocket maximum were stated for different years; a case has one for both. */
  readonly differ: boolean;
}

interface YearsAsked {
  readonly snapshot: Snapshot;
  /** Rows that the chosen deductible was taken from. */
  readonly deductibleRows: readonly Accumulator[];
  /** Rows that the chosen out-of-pocket maximum was taken from. */
  readonly outOfPocketRows: readonly Accumulator[];
  /** The date that the payer's figures are of. */
  readonly asOf: CivilDate;
  /** The last date of service. */
  readonly until: CivilDate;
  /** A day on which the year begins, where somebody said so beside the answer. */
  readonly year?: { readonly from: CivilDate; readonly source: readonly Source[] };
}

/** A case takes at most so many periods. Source: estimate contract, "Errors". */
const MOST_YEARS = 6;
const PLAN_YEAR_PERIODS: readonly Accumulator['period'][] = ['service_year', 'contract', 'year'];

/**
 * The benefit years from the one that holds `asOf` up to the one that holds `until`: the accumulators' own dates, else the calendar
 * year where the payer said so, else the plan year by the dates of the plan, else the calendar year as an assumption.
 *
 * Source: benefits reference 1.5 (22 service year, 23 calendar year; if absent use DTP) and 3.9.
 */
export function benefitYears(asked: YearsAsked): BenefitYears {
  if (asked.year) {
    const { from, source } = asked.year;
    const year = yearFrom(from.slice(5), asked.asOf);
    return { source, assumption: undefined, differ: false, years: [year, ...laterYears(year, asked.until)] };
  }
  const ofDeductible = statedYear(asked.deductibleRows, asked);
  const ofMaximum = statedYear(asked.outOfPocketRows, asked);
  const first = ofDeductible ?? ofMaximum ?? calendarYear(asked.asOf);
  const differ = ofDeductible !== undefined && ofMaximum !== undefined && ofDeductible.year.to !== ofMaximum.year.to;
  return { ...first, differ, years: [first.year, ...laterYears(first.year, asked.until)] };
}

/** Notes what the dates of a period stand on. */
export function noteYear(years: BenefitYears, path: string, notes: CaseNotes): void {
  for (const end of [`${path}/from`, `${path}/to`]) {
    cite(notes, end, years.source);
    if (years.assumption) assume(notes, years.assumption, end);
  }
  if (years.differ) assume(notes, 'one_period_for_deductible_and_maximum', `${path}/to`);
  if (years.differ || years.assumption === 'calendar_year_assumed') leaveUnknown(notes, 'plan_year');
}

interface FirstYear extends Pick<BenefitYears, 'source' | 'assumption'> {
  readonly year: BenefitYear;
}

function statedYear(rows: readonly Accumulator[], { snapshot, asOf }: YearsAsked): FirstYear | undefined {
  for (const row of rows) {
    if (isYearAround(row, asOf))
      return { year: { from: row.from, to: row.to }, source: row.source, assumption: undefined };
  }
  const calendar = rows.find(({ period }) => period === 'calendar_year');
  if (calendar) return { year: yearFrom('01-01', asOf), source: calendar.source, assumption: undefined };
  return rows.some(({ period }) => PLAN_YEAR_PERIODS.includes(period)) ? planYear(snapshot, asOf) : undefined;
}

function calendarYear(asOf: CivilDate): FirstYear {
  return { year: yearFrom('01-01', asOf), source: [], assumption: 'calendar_year_assumed' };
}

/** The year that begins on the plan's first day, or on its anniversary. */
function planYear({ spans, basis }: Snapshot, asOf: CivilDate): FirstYear | undefined {
  const stated = spans.find(({ what, from }) => what === 'plan' && from !== undefined);
  const plan = stated ?? basis?.planDates.find(({ from }) => from !== undefined);
  if (!plan?.from) return undefined;
  const { from, to } = plan;
  const year = isYearAround({ from, to }, asOf) && to ? { from, to } : yearFrom(from.slice(5), asOf);
  return { year, source: stated ? [stated.source] : [], assumption: 'plan_year_from_plan_dates' };
}

/** A span of at most a year that holds a date. */
function isYearAround<T extends { from?: CivilDate | undefined; to?: CivilDate | undefined }>(
  span: T,
  date: CivilDate,
): span is T & BenefitYear {
  const { from, to } = span;
  return from !== undefined && to !== undefined && from <= date && date <= to && to < addDays(from, 367);
}

function laterYears(first: BenefitYear, until: CivilDate): BenefitYear[] {
  const years: BenefitYear[] = [];
  let { to } = first;
  while (to < until && years.length < MOST_YEARS - 1) {
    const from = addDays(to, 1);
    const year = yearFrom(from.slice(5), from);
    years.push(year);
    to = year.to;
  }
  return years;
}

/** The year that begins on a day (`MM-DD`) and holds a date; a 29 February begins on 1 March in other years. */
function yearFrom(monthDay: string, date: CivilDate): BenefitYear {
  const year = Number(date.slice(0, 4));
  const start = dateIn(year, monthDay) <= date ? year : year - 1;
  return { from: dateIn(start, monthDay), to: addDays(dateIn(start + 1, monthDay), -1) };
}

function dateIn(year: number, monthDay: string): CivilDate {
  const date = `${String(year).padStart(4, '0')}-${monthDay}`;
  return isCivilDate(date) ? date : `${date.slice(0, 5)}03-01`;
}
