import { unguarded } from './cells';
import { type Column, columns, type Row } from './columns';
import { linesOf, UnreadableText } from './lines';
import { type RowChange, type RowFault, readRow } from './read-row';
import { recordsOf } from './records';

/** What stands in a file: what a row says, or what is wrong with it. */
export type FileRow = { readonly change: RowChange } | { readonly line: number; readonly faults: readonly RowFault[] };

const longestRow = 256 * 1024;
const damaged = '\ufffd';

/**
 * Reads a file of payers row by row, holding one row at a time. A row that cannot be used is told with line, column and remedy, and the next one
 * is read.
 *
 * @param variations the changes of a person that connections may name
 * @throws UnreadableText when the header cannot be read: no row of it could be
 */
export async function* readPayerFile(
  bytes: AsyncIterable<Uint8Array | string>,
  variations: readonly string[],
): AsyncGenerator<FileRow> {
  let header: readonly Column[] | undefined;
  for await (const record of recordsOf(linesOf(bytes, longestRow), () => header?.length ?? columns.length)) {
    if (!header) {
      header = headerOf('cells' in record ? record.cells : []);
      continue;
    }
    const { line } = record;
    if ('fault' in record) yield { line, faults: [{ line, detail: record.fault }] };
    else if (record.cells.some((cell) => cell.trim() !== '')) yield rowOf(record.cells, header, line, variations);
  }
  if (!header)
    throw new UnreadableText(`the file is empty: its first row must name columns, ${columns.slice(0, 5).join(', ')} …`);
}

function rowOf(
  cells: readonly string[],
  header: readonly Column[],
  line: number,
  variations: readonly string[],
): FileRow {
  if (cells.slice(header.length).some((cell) => cell.trim() !== ''))
    return {
      line,
      faults: [
        {
          line,
          detail: `has ${cells.length} cells for ${header.length} columns: put a cell with a comma into quotation marks`,
        },
      ],
    };
  const row: Row = Object.fromEntries(header.map((column, index) => [column, unguarded(cells[index] ?? '')]));
  const broken = header.filter((column) => row[column]?.includes(damaged));
  if (broken.length > 0)
    return {
      line,
      faults: broken.map((column) => ({
        line,
        column,
        detail: 'holds characters that are not UTF-8: save the file as CSV UTF-8',
      })),
    };
  const read = readRow(row, line, variations);
  return 'payer' in read ? { change: read } : { line, faults: read };
}

function headerOf(cells: readonly string[]): Column[] {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  if (names.length === 1 && /[;\t]/.test(names[0] ?? ''))
    throw new UnreadableText('the columns must be separated by commas: save the file as CSV (comma delimited)');
  const unknown = names.filter((name) => !(columns as readonly string[]).includes(name));
  if (unknown.length > 0)
    throw new UnreadableText(
      `the first row must name columns; these are none: ${unknown.slice(0, 5).map(shown).join(', ')}. There are ${columns.join(', ')}`,
    );
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UnreadableText(`the column ${twice} stands there twice`);
  if (!names.includes('payer') && !names.includes('name'))
    throw new UnreadableText('the first row must name the column payer or name');
  return names as Column[];
}

/** Of what should have been a column and is none, as little as helps. */
function shown(name: string): string {
  return name === '' ? 'an empty cell' : `"${name.slice(0, 30)}"`;
}
