import type { Display } from './io';

/** How a piece of text is meant; without colour all are plain. */
export type Tone = 'plain' | 'title' | 'good' | 'warning' | 'bad' | 'quiet';

export interface LineOptions {
  /** Stands in a column of its own in front of the text. */
  readonly label?: string;
  /** Where what the line says stands in the file; on the right. */
  readonly source?: string;
  readonly tone?: Tone;
  /** Blanks in front of the first line, and of those into which it is broken. */
  readonly indent?: number;
  readonly hang?: number;
}

/** One row of a table: cells from left to right, the source of them all, and remarks below. */
export interface TableRow {
  readonly cells: readonly string[];
  /** True for what belongs to the row above: the first cell stands further in. */
  readonly inner?: boolean;
  readonly source?: string;
  readonly notes?: readonly string[];
  readonly tone?: Tone;
}

export interface TableOptions {
  /** All columns but the first end on the right, as amounts do. */
  readonly amounts?: boolean;
}

const NARROWEST = 40;
/** In wider lines the eye loses the way from the text to its source. */
const WIDEST = 120;
const GAP = 2;
const LABEL_WIDTH = 12;
const CODES: Readonly<Record<Tone, string>> = {
  plain: '',
  title: '1',
  good: '32',
  warning: '33',
  bad: '31',
  quiet: '2',
};

/** Lays out a page of lines and tables for a display. */
export class Page {
  private readonly lines: string[] = [];
  readonly width: number;

  constructor(private readonly display: Display) {
    this.width = Math.min(WIDEST, Math.max(NARROWEST, display.columns));
  }

  /** A line of text, broken between words where it is too long. */
  line(text: string, { label, source = '', tone = 'plain', indent = 0, hang = indent + 2 }: LineOptions = {}): void {
    const labelled = label !== undefined;
    const [first, others] = labelled ? [pad(shown(label), LABEL_WIDTH), LABEL_WIDTH] : [' '.repeat(indent), hang];
    const place = shown(source);
    const beside = widthOf(place) <= this.width / 2;
    const room = this.width - (beside && place !== '' ? widthOf(place) + GAP : 0);
    const [start = '', ...rest] = wrap(shown(text), room - widthOf(first), room - others);
    this.lines.push(this.paint(first + start, tone) + (beside ? this.sourceAfter(first + start, place) : ''));
    for (const each of rest) this.lines.push(this.paint(' '.repeat(others) + each, tone));
    if (!beside) this.sourceBelow(place);
  }

  /** A heading with an empty line before it. */
  heading(text: string, tone: Tone = 'title'): void {
    this.blank();
    this.line(text, { tone });
  }

  /** An empty line, unless there is one already or nothing else yet. */
  blank(): void {
    if (this.lines.length > 0 && this.lines.at(-1) !== '') this.lines.push('');
  }

  /** Rows in columns with their titles above; cells are broken between words where they are too long. */
  table(titles: readonly string[], rows: readonly TableRow[], { amounts = false }: TableOptions = {}): void {
    const widths = this.columnWidths([{ cells: titles }, ...rows]);
    this.row({ cells: titles, tone: 'quiet' }, widths, amounts);
    for (const row of rows) {
      this.row(row, widths, amounts);
      for (const note of row.notes ?? []) this.line(note, { indent: 4, tone: 'quiet' });
    }
  }

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  /** As wide as their longest cells, as far as a line has room; the first column gets what the others and sources leave. */
  private columnWidths(rows: readonly TableRow[]): number[] {
    const columns = largest(rows.map(({ cells }) => cells.length));
    const longest = (column: number) => largest(rows.map((row) => widthOf(shownCells(row)[column] ?? '')));
    const whole = Array.from({ length: columns }, (_, column) => longest(column));
    if (rows.every(({ source }) => !source) && fits(whole, this.width)) return whole;
    const share = Math.floor((this.width - GAP) / (columns + 1)) - GAP;
    const others = Array.from({ length: columns - 1 }, (_, at) => Math.min(longest(at + 1), share));
    const sources = largest(rows.map(({ source = '' }) => widthOf(shown(source))));
    const left = this.width - others.reduce((sum, width) => sum + width + GAP, 2 * GAP + Math.min(sources, share));
    return [Math.min(longest(0), Math.max(left, share)), ...others];
  }

  private row(row: TableRow, widths: readonly number[], amounts: boolean): void {
    const { tone = 'plain' } = row;
    const broken = shownCells(row).map((cell, column) => wrapCell(cell, widths[column] ?? 1));
    const lines = Array.from({ length: largest(broken.map(({ length }) => length)) }, (_, at) => {
      const parts = broken.map((each, column) => pad(each[at] ?? '', widths[column] ?? 0, amounts && column > 0));
      return ' '.repeat(GAP) + parts.join(' '.repeat(GAP)).trimEnd();
    });
    const place = shown(row.source ?? '');
    const beside = widthOf(lines[0] ?? '') + GAP + widthOf(place) <= this.width;
    lines.forEach((line, at) => {
      this.lines.push(this.paint(line, tone) + (beside && at === 0 ? this.sourceAfter(line, place) : ''));
    });
    if (!beside) this.sourceBelow(place);
  }

  private sourceAfter(line: string, source: string): string {
    if (source === '') return '';
    return ' '.repeat(Math.max(GAP, this.width - widthOf(line) - widthOf(source))) + this.paint(source, 'quiet');
  }

  private sourceBelow(source: string): void {
    if (source === '') return;
    for (const each of wrap(source, this.width - GAP, this.width - GAP)) {
      this.lines.push(' '.repeat(Math.max(0, this.width - widthOf(each))) + this.paint(each, 'quiet'));
    }
  }

  private paint(text: string, tone: Tone): string {
    const code = CODES[tone];
    return this.display.colour && code !== '' && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}

/** A payer's text as it may be shown: on one line, and without characters that would command the terminal. */
export function shown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '\ufffd');
}

/** How many columns a text takes: accents none, East Asian characters two. */
export function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

function fits(widths: readonly number[], width: number): boolean {
  return widths.reduce((sum, each) => sum + each + GAP, 0) <= width;
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b), 0);
}

function shownCells({ cells, inner = false }: TableRow): string[] {
  return cells.map((cell, column) => (inner && column === 0 ? ' '.repeat(GAP) : '') + shown(cell));
}

/** As `wrap`, with the blanks in front of the text in front of every line. */
function wrapCell(cell: string, width: number): string[] {
  const text = cell.trimStart();
  const indent = cell.length - text.length;
  return wrap(text, width - indent, width - indent).map((line) => ' '.repeat(indent) + line);
}

function pad(text: string, width: number, right = false): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? blanks + text : text + blanks;
}

/** Breaks a text between words; a word longer than a line is broken inside. */
function wrap(text: string, firstWidth: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, Math.max(1, width)))) {
    const room = Math.max(1, lines.length === 0 ? firstWidth : width);
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer) <= room) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const characters = [...word];
  const found: string[] = [];
  for (let at = 0; at < characters.length; at += width) found.push(characters.slice(at, at + width).join(''));
  return found;
}
