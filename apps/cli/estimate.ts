import { type CaseError, type Estimate, estimate, parseCaseText } from '@openvob/estimate';
import { EXIT_BAD_INPUT, EXIT_OK, type Io, type StreamingIo } from './io';
import { readArguments, readInput, refuseUsage, UsageError } from './usage';

const USAGE = `Usage: vob estimate CASE.json
       vob estimate --ndjson

Prints what a patient will owe for a whole program, day by day, as JSON. CASE.json is one case; - reads it from standard input.

  --ndjson    read one case a line from standard input and print one estimate a line, in order; of an empty line, an error
  -h, --help  print this

A bad case prints {"error":{"code","path","message"}} in its place. Exit code: 0; 2 for a bad case (not with --ndjson) or wrong usage.
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
    options: { help: { type: 'boolean', short: 'h' }, ndjson: { type: 'boolean' } },
  });
  if (values.help) return printHelp(io);
  const [file, ...more] = positionals;
  if (values.ndjson) {
    if (file !== undefined) throw new UsageError('--ndjson reads standard input and takes no file');
    return estimateLines(io);
  }
  if (file === undefined) throw new UsageError('a case file is needed, or - for standard input');
  if (more.length > 0) throw new UsageError('one case file is taken at a time');
  return estimateFile(file, io);
}

function printHelp(io: Io): number {
  io.stdout(USAGE);
  return EXIT_OK;
}

async function estimateFile(file: string, io: Io): Promise<number> {
  const worked = workOut(await readInput(file, io));
  io.stdout(`${JSON.stringify(worked, undefined, 2)}\n`);
  return 'error' in worked ? EXIT_BAD_INPUT : EXIT_OK;
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
