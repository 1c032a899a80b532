import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** One measured figure. */
export interface Measurement {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, e.g. a rival or the same work done plainly. */
  readonly against?: string;
  /** Our value over the other's. */
  readonly ratio?: number;
  /** The aim in words, e.g. `at least 60`. */
  readonly goal?: string;
  readonly pass?: boolean;
}

/** What a module of test/bench, test/chaos or test/fuzz exports as `run`. */
export type Measure = (options: MeasureOptions) => Promise<readonly Measurement[]> | readonly Measurement[];

export interface MeasureOptions {
  /** The number after the name on the command line: cases to try. */
  readonly count?: number;
  /** Parts of it alone, `--only PART,PART`. */
  readonly only?: readonly string[];
}

interface Request {
  readonly name: string;
  readonly options: MeasureOptions;
  readonly json: boolean;
}

/**
 * Runs one module of `folder` by its name and prints what it measured as a table; with `--json` the last line is one
 * JSON object.
 *
 * @param folder a built folder whose modules export `run`
 * @returns the exit code: 1 when a goal was missed, 2 when there is no such name
 */
export async function measure(folder: string, commandLine: readonly string[]): Promise<number> {
  const names = namesIn(folder);
  const request = readRequest(commandLine);
  if (!names.includes(request.name)) return listNames(request.name, names);
  const { run } = require(join(folder, `${request.name}.js`)) as { run: Measure };
  const rows = await run(request.options);
  console.log(formatTable(rows));
  if (request.json) console.log(JSON.stringify({ name: request.name, rows }));
  return rows.some((row) => row.pass === false) ? 1 : 0;
}

/** A table for people: right-aligned figures, the goal and whether it was met. */
export function formatTable(rows: readonly Measurement[]): string {
  const head = ['what', 'value', 'unit', 'against', 'ratio', 'goal', ''];
  const body = rows.map((row) => [
    row.what,
    formatNumber(row.value),
    row.unit,
    row.against ?? '',
    row.ratio === undefined ? '' : `${formatNumber(row.ratio)}x`,
    row.goal ?? '',
    row.pass === undefined ? '' : row.pass ? 'ok' : 'MISSED',
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => pad(cell, widths[column] ?? 0, column === 1 || column === 4))
      .join('  ')
      .trimEnd();
  return [head, ...body].map(line).join('\n');
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width);
}

function formatNumber(value: number): string {
  return value.toLocaleString('en-US', {
    maximumFractionDigits: Math.abs(value) < 10 ? 3 : Math.abs(value) < 1000 ? 1 : 0,
  });
}

function readRequest(commandLine: readonly string[]): Request {
  const { values, positionals } = parseArgs({
    args: [...commandLine],
    options: { json: { type: 'boolean' }, only: { type: 'string' } },
    allowPositionals: true,
  });
  const [name = '', count] = positionals;
  const options = {
    ...(count === undefined ? {} : { count: Number(count.replaceAll(/[_,]/g, '')) }),
    ...(values.only === undefined ? {} : { only: values.only.split(',') }),
  };
  return { name, json: values.json === true, options };
}

function namesIn(folder: string): string[] {
  const modules = readdirSync(folder).flatMap((file) => /^([^.]+)\.js$/.exec(file)?.[1] ?? []);
  return modules.filter((name) => name !== 'run');
}

function listNames(asked: string, names: readonly string[]): number {
  if (asked) console.error(`There is no "${asked}".`);
  console.error(names.length === 0 ? 'There are none yet.' : `Name one of: ${names.join(', ')}`);
  return 2;
}
