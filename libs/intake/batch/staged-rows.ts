import { Problem } from '@openvob/platform';
import type { StagedRow } from '@openvob/store';
import { readCsvHeader, readCsvRow } from './csv-columns';
import { type FileLine, longestLineBytes } from './file-lines';
import { problemOfRow } from './row-problem';

export const mostRows = 10_000;

export type BatchFormat = 'csv' | 'ndjson';

/**
 * The rows of a file as they come: a request's JSON text each, or what is wrong with the line. Rows are counted from 1, the header and blank lines
 * left out.
 *
 * @throws Problem `validation_failed` for a header that is none, `body_too_large` for the row that is one too many
 */
export async function* stagedRows(lines: AsyncIterable<FileLine>, format: BatchFormat): AsyncGenerator<StagedRow> {
  const read = format === 'csv' ? csvReader() : ndjsonRow;
  let row = 0;
  for await (const line of lines) {
    const staged = read(line);
    if (!staged) continue;
    row += 1;
    if (row > mostRows) throw new Problem('body_too_large', { detail: `A file may have ${mostRows} rows at most.` });
    yield { row, line: line.number, ...staged };
  }
}

type Staged = Pick<StagedRow, 'body'> | Pick<StagedRow, 'problem'>;

function ndjsonRow({ text }: FileLine): Staged {
  return text === undefined ? unreadable() : { body: text };
}

/** The first line is the header. */
function csvReader(): (line: FileLine) => Staged | undefined {
  let pointers: string[] | undefined;
  return ({ text }) => {
    if (pointers === undefined) {
      pointers = headerOf(text);
      return undefined;
    }
    if (text === undefined) return unreadable();
    const read = readCsvRow(text, pointers);
    if ('body' in read) return { body: JSON.stringify(read.body) };
    return { problem: problemOfRow('validation_failed', [{ pointer: '', ...read.fault }]) };
  };
}

function headerOf(text: string | undefined): string[] {
  const header = readCsvHeader(text ?? '');
  if ('faults' in header) throw new Problem('validation_failed', { fields: header.faults });
  return header.pointers;
}

function unreadable(): Staged {
  const detail = `is no UTF-8, or longer than ${longestLineBytes / 1024} KB`;
  return { problem: problemOfRow('unparsable_body', [{ pointer: '', code: 'malformed', detail }]) };
}
