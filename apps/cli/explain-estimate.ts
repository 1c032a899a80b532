import { type CivilDate, formatUsd, weekdayOf } from '@openvob/benefits';
import type { Day, Estimate, Line } from '@openvob/estimate';
import { serviceName } from '@openvob/estimate/wording';
import { Page, type TableRow, type Tone } from './explain-page';
import type { Display } from './io';

/** A worksheet as a page for people: the range, what to ask, what it rests on, weeks, benefit periods, and every day with its reasons. */
export function explainEstimate(estimate: Estimate, display: Display): string {
  const page = new Page(display);
  explainTotal(estimate, page);
  explainQuestions(estimate, page);
  explainTexts('Warnings', estimate.warnings, page, 'warning');
  explainTexts('The likely figures assume', estimate.assumptions, page);
  explainWeeks(estimate, page);
  explainPeriods(estimate, page);
  explainDays(estimate, page);
  return page.text();
}

/** `Mon 2026-01-05`. */
export function dateText(date: CivilDate): string {
  const weekday = weekdayOf(date);
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)} ${date}`;
}

/** Low, likely and high; `not known` for a likely figure that cannot be given. */
export function totalCells({ lowCents, likelyCents, highCents }: Estimate['total']): [string, string, string] {
  return [formatUsd(lowCents), likelyCents === undefined ? 'not known' : formatUsd(likelyCents), formatUsd(highCents)];
}

function explainTotal({ total, days, firstDayCents, atRiskCents }: Estimate, page: Page): void {
  const [low, likely, high] = totalCells(total);
  page.line(`What the patient will owe: ${titleOf(days)}`, { tone: 'title' });
  page.line('An estimate, not a promise.', { tone: 'quiet' });
  page.blank();
  page.line(likely, { label: 'Likely', tone: total.likelyCents === undefined ? 'warning' : 'title' });
  if (low !== high) page.line(`${low} to ${high}`, { label: 'Range' });
  page.line(formatUsd(firstDayCents), { label: 'First day' });
  if (atRiskCents > 0)
    page.line(`${formatUsd(atRiskCents)} if the authorization is not extended`, { label: 'At risk' });
}

function titleOf(days: readonly Day[]): string {
  const [first] = days;
  const last = days.at(-1);
  if (!first || !last) return 'no day with a service';
  return `${days.length} ${days.length === 1 ? 'day' : 'days'} with a service, ${first.date} to ${last.date}`;
}

function explainQuestions({ questions }: Estimate, page: Page): void {
  if (questions.length === 0) return;
  page.heading('To ask, what narrows the range most first');
  for (const { ask, id, swingCents } of questions) {
    page.line(`${formatUsd(swingCents)} less range: ${ask}`, { indent: 2, source: id });
  }
}

function explainTexts(
  heading: string,
  noted: readonly { readonly code: string; readonly text: string }[],
  page: Page,
  tone: Tone = 'plain',
): void {
  if (noted.length === 0) return;
  page.heading(heading, tone === 'plain' ? 'title' : tone);
  for (const { code, text } of noted) page.line(text, { indent: 2, source: code, tone });
}

function explainWeeks({ perWeek }: Estimate, page: Page): void {
  if (perWeek.length === 0) return;
  page.heading('By week');
  const rows = perWeek.map(({ weekOf, patientCents }) => ({ cells: [weekOf, formatUsd(patientCents)] }));
  page.table(['Week of', 'Owed'], rows, { amounts: true });
}

function explainPeriods({ perPeriod }: Estimate, page: Page): void {
  if (perPeriod.length === 0) return;
  page.heading('By benefit period of the first plan');
  const rows = perPeriod.map(({ from, to, patientCents, deductibleCents, outOfPocketCents }) => ({
    cells: [`${from} to ${to}`, formatUsd(patientCents), formatUsd(deductibleCents), formatUsd(outOfPocketCents)],
  }));
  page.table(['Period', 'Owed', 'To deductible', 'To maximum'], rows, { amounts: true });
}

function explainDays({ days }: Estimate, page: Page): void {
  if (days.length === 0) return;
  page.heading('Day by day');
  page.table(['Day and service', 'Price', 'Plans pay', 'Owed'], days.flatMap(dayRows), { amounts: true });
}

function dayRows({ date, setting, patientCents, lines }: Day): TableRow[] {
  const title = `${dateText(date)}${setting === 'virtual' ? ', virtual' : ''}`;
  return [{ cells: [title, '', '', formatUsd(patientCents)], tone: 'title' }, ...lines.map(lineRow)];
}

function lineRow(line: Line): TableRow {
  const { kind, code, allowedCents, balanceBillCents, planPaidCents, secondaryPaidCents, patientCents, why } = line;
  const amounts = [allowedCents + balanceBillCents, planPaidCents + secondaryPaidCents, patientCents];
  return { cells: [serviceName({ kind, code }), ...amounts.map(formatUsd)], inner: true, notes: why };
}
