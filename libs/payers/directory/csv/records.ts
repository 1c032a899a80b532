import { parse } from 'csv-parse/sync';
import type { Line } from './lines';

/** The cells of one record, or why it has none; `line` is where it begins. */
export type FileRecord =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly fault: string };

/** No cell of ours holds a line break; one of a person's own may, over so many lines. */
const mostLines = 20;
/** So many records are taken apart at once. */
const atOnce = 100;

const unclosed = 'a quotation mark is opened and not closed, or stands inside a cell: double it or take it away';
const tooLong = 'the row is too long to be read: shorten its cells';

/**
 * The records of a file by RFC 4180. One that cannot be read costs itself alone: when a quotation mark is never closed, reading goes on with the
 * line after it.
 *
 * @param width how many cells a record may have, once it is known: a cell that swallowed other lines has more
 */
export async function* recordsOf(lines: AsyncIterable<Line>, width: () => number): AsyncGenerator<FileRecord> {
  let waiting: Unread[] = [];
  for await (const unread of unreadIn(lines, width)) {
    waiting.push(unread);
    // The first record names the columns: how wide the others may be is known after it.
    if (waiting.length < atOnce && unread.line > 1) continue;
    yield* recordsIn(waiting);
    waiting = [];
  }
  yield* recordsIn(waiting);
}

/** A line that is a record by itself, or what came of several. */
type Unread = FileRecord | { readonly line: number; readonly text: string };

async function* unreadIn(lines: AsyncIterable<Line>, width: () => number): AsyncGenerator<Unread> {
  const ahead: Line[] = [];
  const source = lines[Symbol.asyncIterator]();
  const next = async (): Promise<Line | undefined> => ahead.shift() ?? (await source.next()).value ?? undefined;
  for (let line = await next(); line; line = await next()) {
    if (line.isCut) yield { line: line.number, fault: tooLong };
    else if (isBalanced([line])) {
      if (line.text.trim() !== '') yield { line: line.number, text: line.text };
    } else {
      const taken = [line];
      while (!isBalanced(taken) && taken.length < mostLines) {
        const more = await next();
        if (!more) break;
        taken.push(more);
      }
      const cells = cellsOver(taken, width());
      if (!cells) ahead.unshift(...taken.slice(1));
      yield cells ? { line: line.number, cells } : { line: line.number, fault: unclosed };
    }
  }
}

function isBalanced(lines: readonly Line[]): boolean {
  const marks = lines.reduce((count, { text }) => count + (text.match(/"/g)?.length ?? 0), 0);
  return marks % 2 === 0;
}

/** Undefined for what is no record. */
function cellsOver(lines: readonly Line[], width: number): string[] | undefined {
  if (!isBalanced(lines) || lines.some(({ isCut }) => isCut)) return undefined;
  const [cells] = parsed(lines.map(({ text }) => text).join('\n'), '\u0000') ?? [];
  return cells && cells.length <= width ? cells : undefined;
}

function recordsIn(unread: readonly Unread[]): FileRecord[] {
  const quoted = unread.flatMap((one) => ('text' in one && one.text.includes('"') ? [one.text] : []));
  const together = parsed(quoted.join('\n'), '\n');
  // One that is broken spoils the others: each by itself, then.
  const cells = together?.length === quoted.length ? together : quoted.map((text) => parsed(text, '\n')?.[0]);
  let at = 0;
  return unread.map((one) => {
    if (!('text' in one)) return one;
    const { line, text } = one;
    if (!text.includes('"')) return { line, cells: text.split(',') };
    const own = cells[at];
    at += 1;
    return own ? { line, cells: own } : { line, fault: unclosed };
  });
}

/** Undefined for what is no CSV. */
function parsed(text: string, recordDelimiter: string): string[][] | undefined {
  if (text === '') return [];
  try {
    return parse(text, { relax_column_count: true, record_delimiter: recordDelimiter }) as unknown as string[][];
  } catch {
    return undefined;
  }
}
