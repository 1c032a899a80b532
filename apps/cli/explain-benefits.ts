import {
  type Accumulator,
  type CostShare,
  isBehavioral,
  isPlanLevel,
  type Net,
  type Row,
  type Source,
} from '@openvob/benefits';
import type { ReadAnswer } from '@openvob/coverage';
import { accumulatorLines, costShareText, limitText } from './explain-figures';
import type { Page, TableRow } from './explain-page';
import {
  ACCUMULATOR_WORDS,
  LEVEL_WORDS,
  NETWORK_WORDS,
  PERIOD_WORDS,
  place,
  serviceTypes,
  sourceText,
  span,
  UNIT_WORDS,
} from './explain-words';

/** What one row says, to be put beside what is said of the other network. */
interface Entry {
  readonly row: Row;
  readonly label: string;
  /** The first stands beside the label, the others below it with labels of their own. */
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  readonly source: readonly Source[];
}

/** What is said of one plan and the same service types. */
interface Group {
  readonly plan: string | undefined;
  readonly serviceTypes: readonly string[];
  readonly entries: readonly Entry[];
}

/** Columns of a table; what is said of either network stands in both. */
type Column = Exclude<Net, 'either'>;
const COLUMNS: readonly Column[] = ['in', 'out', 'unknown'];
const KINDS: readonly Accumulator['kind'][] = ['deductible', 'out_of_pocket'];
const LEVELS: readonly Accumulator['level'][] = ['individual', 'family', 'other', 'unknown'];

/**
 * Cost shares, accumulators and limits in a table for each plan and service type, networks side by side: the plan as a
 * whole first, then behavioral health, then the rest in the order of the file.
 */
export function explainBenefits(answer: ReadAnswer, page: Page): void {
  for (const group of groupsOf(answer)) {
    page.heading(titleOf(group));
    const columns = columnsOf(group.entries);
    page.table(['', ...columns.map((column) => NETWORK_WORDS[column])], rowsOf(group.entries, columns));
  }
}

function titleOf({ plan, serviceTypes: codes }: Group): string {
  return plan === undefined ? serviceTypes(codes) : `${serviceTypes(codes)}, plan ${plan}`;
}

function groupsOf(answer: ReadAnswer): Group[] {
  const groups = grouped(entriesOf(answer), ({ row }) => JSON.stringify([row.plan ?? null, row.serviceTypes]));
  return groups
    .map((entries) => ({ plan: entries[0]?.row.plan, serviceTypes: entries[0]?.row.serviceTypes ?? [], entries }))
    .sort((a, b) => nearness(a) - nearness(b));
}

function nearness({ serviceTypes: codes }: Group): number {
  if (isPlanLevel(codes)) return 0;
  return isBehavioral(codes) ? 1 : 2;
}

function entriesOf({ costShares, accumulators, limits }: ReadAnswer): Entry[] {
  return [
    ...costShares.map((share) => ({
      row: share,
      label: costShareLabel(share),
      lines: [{ label: '', value: costShareText(share) }],
      source: [share.source],
    })),
    ...[...accumulators].sort(byKindAndLevel).map((each) => ({
      row: each,
      label: `${ACCUMULATOR_WORDS[each.kind]}, ${LEVEL_WORDS[each.level]}${inBrackets(PERIOD_WORDS[each.period])}`,
      lines: accumulatorLines(each),
      source: each.source,
    })),
    ...limits.map((limit) => ({
      row: limit,
      label: `${UNIT_WORDS[limit.unit]}${inBrackets(PERIOD_WORDS[limit.period])}`,
      lines: [{ label: '', value: limitText(limit) }],
      source: limit.source,
    })),
  ];
}

function byKindAndLevel(a: Accumulator, b: Accumulator): number {
  const place = ({ kind, level }: Accumulator) => KINDS.indexOf(kind) * LEVELS.length + LEVELS.indexOf(level);
  return place(a) - place(b);
}

function costShareLabel({ kind, placeOfService = [], procedure }: CostShare): string {
  const what = kind === 'copay' ? 'Copay' : 'Coinsurance';
  const where = placeOfService.map(place);
  return [what, ...(procedure === undefined ? [] : [`procedure ${procedure}`]), ...where].join(', ');
}

function inBrackets(words: string): string {
  return words === '' ? '' : ` (${words})`;
}

function columnsOf(entries: readonly Entry[]): Column[] {
  const said = new Set(entries.flatMap(({ row }) => columnsOfNetwork(row.network)));
  return COLUMNS.filter((column) => said.has(column));
}

function columnsOfNetwork(network: Net): readonly Column[] {
  return network === 'either' ? ['in', 'out'] : [network];
}

/** One entry for each column, where there is one. */
type Beside = readonly (Entry | undefined)[];

/**
 * Entries with the same label stand beside each other: those whose remarks agree, the first of one network with the first
 * of another, then those that are left.
 */
function rowsOf(entries: readonly Entry[], columns: readonly Column[]): TableRow[] {
  const alike = grouped(entries, ({ label, row }) => JSON.stringify([label, notesOf(row)]));
  const byLabel = grouped(
    alike.flatMap((same) => besideOf(same, columns)),
    (beside) => labelOf(beside),
  );
  return byLabel.flatMap(filledUp).flatMap((beside) => rowsBeside(beside, columns));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const known = groups.get(keyOf(item));
    if (known === undefined) groups.set(keyOf(item), [item]);
    else known.push(item);
  }
  return [...groups.values()];
}

function besideOf(entries: readonly Entry[], columns: readonly Column[]): Beside[] {
  const byColumn = columns.map((column) => entries.filter(({ row }) => columnsOfNetwork(row.network).includes(column)));
  const height = Math.max(...byColumn.map(({ length }) => length));
  return Array.from({ length: height }, (_, at) => byColumn.map((each) => each[at]));
}

/** Puts what leaves a column empty together with the next that fills it. */
function filledUp(rows: readonly Beside[]): Beside[] {
  const filled: Beside[] = [];
  for (const row of rows) {
    const at = filled.findIndex((other) => other.every((entry, column) => !entry || !row[column]));
    if (at < 0) filled.push(row);
    else filled[at] = (filled[at] ?? []).map((entry, column) => entry ?? row[column]);
  }
  return filled;
}

function rowsBeside(beside: Beside, columns: readonly Column[]): TableRow[] {
  const labels = [...new Set(beside.flatMap((entry) => entry?.lines.map(({ label }) => label) ?? []))];
  const rows = labels.map((label) => ({
    inner: label !== '',
    cells: [
      label === '' ? labelOf(beside) : label,
      ...beside.map((entry) => entry?.lines.find((line) => line.label === label)?.value ?? '-'),
    ],
  }));
  const last = rows.length - 1;
  return rows.map((row, at) => ({
    ...row,
    ...(at === 0 ? { source: sourcesBeside(beside) } : {}),
    ...(at === last ? { notes: notesBeside(beside, columns) } : {}),
  }));
}

function labelOf(beside: Beside): string {
  return beside.find((entry) => entry !== undefined)?.label ?? '';
}

function sourcesBeside(beside: Beside): string {
  const texts = beside.flatMap((entry) => (entry === undefined ? [] : [sourceText(entry.source)]));
  return [...new Set(texts)].join(' | ');
}

/** Remarks with the network for which they hold, unless they hold for all that stand there. */
function notesBeside(beside: Beside, columns: readonly Column[]): string[] {
  const notes = beside.flatMap((entry, at) => (entry === undefined ? [] : [{ at, notes: notesOf(entry.row) }]));
  const texts = new Set(notes.map((each) => JSON.stringify(each.notes)));
  if (texts.size <= 1) return notes[0]?.notes ?? [];
  return notes.flatMap((each) => each.notes.map((note) => `${NETWORK_WORDS[columns[each.at] ?? 'unknown']}: ${note}`));
}

/** What narrows a row: its dates and its messages. */
function notesOf(row: Row): string[] {
  const dates = span(row);
  return [...(dates === '' ? [] : [dates]), ...(row.messages ?? []).map((text) => `"${text}"`)];
}
