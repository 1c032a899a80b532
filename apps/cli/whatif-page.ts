import { type Cents, formatUsd } from '@openvob/benefits';
import type { Estimate, Start } from '@openvob/estimate';
import { dateText, totalCells } from './explain-estimate';
import { Page, type TableRow } from './explain-page';
import type { Display } from './io';
import type { ChangeResult, SweepResult } from './whatif';

/** What a program costs from each start date, compared with the start of the case; a better one is marked. */
export function explainSweep({ chosen, starts, better }: SweepResult, display: Display): string {
  const page = new Page(display);
  const now = starts.find(({ startDate }) => startDate === chosen);
  page.line(`What the patient will owe by the day the program starts, ${chosen} as planned`, { tone: 'title' });
  page.line('An estimate, not a promise.', { tone: 'quiet' });
  page.blank();
  const rows = starts.map((start) => startRow(start, { now, best: better?.startDate }));
  page.table(['Start', 'Days', 'Low', 'Likely', 'High', 'Difference'], rows, { amounts: true });
  if (starts.some((start) => start !== now && daysOf(start) < daysOf(now))) {
    page.blank();
    page.line('A start with fewer program days is less care, not a saving.', { tone: 'quiet' });
  }
  if (better) page.heading(better.text, 'good');
  explainAssumptions(
    starts.flatMap((start) => (start.kind === 'worked_out' ? start.assumptions : [])),
    page,
  );
  return page.text();
}

/** The case as it is and as it would be, and what stays open. */
export function explainChange({ before, after, assumptions }: ChangeResult, display: Display): string {
  const page = new Page(display);
  page.line('What the patient will owe, and what if', { tone: 'title' });
  page.line('An estimate, not a promise.', { tone: 'quiet' });
  page.blank();
  const rows = [
    { cells: ['Now', ...totalCells(before)] },
    { cells: ['What if', ...totalCells(after.total)] },
    { cells: ['Difference', ...differenceCells(before, after.total)] },
  ];
  page.table(['', 'Low', 'Likely', 'High'], rows, { amounts: true });
  if (after.questions.length > 0) page.heading('Still to ask, what narrows the range most first');
  for (const { ask, id, swingCents } of after.questions) {
    page.line(`${formatUsd(swingCents)} less range: ${ask}`, { indent: 2, source: id });
  }
  explainAssumptions(assumptions, page);
  return page.text();
}

function startRow(start: Start, { now, best }: { now: Start | undefined; best: string | undefined }): TableRow {
  const title = dateText(start.startDate);
  if (start.kind === 'refused')
    return { cells: [title, '', '', '', '', ''], notes: [start.error.message], tone: 'quiet' };
  const cells = [title, String(start.programDays), ...totalCells(start.total), differenceTo(now, start)];
  if (start.startDate === best) return { cells, tone: 'good', notes: ['costs least for the same care'] };
  return start === now ? { cells, tone: 'title', notes: ['as planned'] } : { cells };
}

function differenceTo(now: Start | undefined, start: Start): string {
  if (now?.kind !== 'worked_out' || start.kind !== 'worked_out' || start === now) return '';
  return difference(now.total.likelyCents, start.total.likelyCents);
}

function differenceCells(before: Estimate['total'], after: Estimate['total']): string[] {
  return [
    difference(before.lowCents, after.lowCents),
    difference(before.likelyCents, after.likelyCents),
    difference(before.highCents, after.highCents),
  ];
}

/** Nothing where one of the two is not known. */
function difference(before: Cents | undefined, after: Cents | undefined): string {
  if (before === undefined || after === undefined) return '';
  return after > before ? `+${formatUsd(after - before)}` : formatUsd(after - before);
}

function daysOf(start: Start | undefined): number {
  return start?.kind === 'worked_out' ? start.programDays : Number.POSITIVE_INFINITY;
}

/** Each once. */
function explainAssumptions(assumptions: ChangeResult['assumptions'], page: Page): void {
  if (assumptions.length === 0) return;
  page.heading('Beyond the case it is assumed');
  const texts = new Map(assumptions.map(({ code, text }) => [code, text]));
  for (const [code, text] of texts) page.line(text, { indent: 2, source: code });
}
