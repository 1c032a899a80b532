import { type CaseError, type Estimate, estimate, parseCaseText } from '@openvob/estimate';
import { explainEstimate } from './explain-estimate';
import { EXIT_BAD_INPUT, EXIT_OK, type Io, PLAIN_DISPLAY, type StreamingIo } from './io';
import { readArguments, readInput, refuseUsage, UsageError } from './usage';

const USAGE = `Usage: vob estimate CASE.json [--explain]
       vob estimate --ndjson

Prints what a patient will owe for a whole program, day by day, as JSON. CASE.json is one case; - reads it from standard input.

  --explain   print a page for people instead: the range, questions, weeks, benefit periods and every day with its reasons
  --ndjson    read one case a line from standard input and print one estimate a line, in order; of an empty line, an error
  -h, --help  print this

A bad case prints, also with --explain, {"error":{"code","path","message"}} in its place. Exit code: 0; 2 for a bad case (not with --ndjson) or wrong usage.
`;

type Worked = Estimate | { readonly error: CaseError };

/**
 * `vob estimate`: a case in, an estimate out.
 *
 * @returns exit code 0, or 2 for a bad case outside `--ndjson` and for wrong usage
 */
export async function runEstimate(argv: readonly string[], io: StreamingIo): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (thrown) {
    return refuseUsage(thrown, 'vob estimate', io);
  }
}

async function dispatch(argv: readonly string[], io: StreamingIo): Promise<number> {
  const { values, positionals } = readArguments({
    args: [...argv],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      ndjson: { type: 'boolean' },
      explain: { type: 'boolean' },
    },
  });
  if (values.help) return printHelp(io);
  const [file, ...more] = positionals;
  if (values.ndjson) {
    if (file !== undefined) throw new UsageError('--ndjson reads standard input and takes no file');
    if (values.explain) throw new UsageError('--explain prints one case, not --ndjson');
    return estimateLines(io);
  }
  if (file === undefined) throw new UsageError('a case file is needed, or - for standard input');
  if (more.length > 0) throw new UsageError('one case file is taken at a time');
  return estimateFile(file, { io, asPage: values.explain === true });
}

function printHelp(io: Io): number {
  io.stdout(USAGE);
  return EXIT_OK;
}

async function estimateFile(file: string, { io, asPage }: { io: Io; asPage: boolean }): Promise<number> {
  const worked = workOut(await readInput(file, io));
  const isRefused = 'error' in worked;
  const page = asPage && !isRefused ? explainEstimate(worked, io.display ?? PLAIN_DISPLAY) : undefined;
  io.stdout(page ?? `${JSON.stringify(worked, undefined, 2)}\n`);
  return isRefused ? EXIT_BAD_INPUT : EXIT_OK;
}

async function estimateLines(io: StreamingIo): Promise<number> {
  for await (const line of io.stdinLines()) {
    io.stdout(`${JSON.stringify(workOut(line))}\n`);
    await io.stdoutReady();
  }
  return EXIT_OK;
}

/** A byte order mark before the text is passed over. */
function workOut(text: string): Worked {
  const parsed = parseCaseText(text.replace(/^\uFEFF/, ''));
  return parsed.ok ? estimate(parsed.case) : { error: parsed.error };
}
