import { type CivilDate, isCivilDate } from '@openvob/benefits';
import { READ_FORMATS, type ReadRequest, readPayerMessage } from '@openvob/coverage';
import { explainResult } from './explain-result';
import { EXIT_BAD_INPUT, EXIT_OK, type Io, PLAIN_DISPLAY } from './io';
import { readArguments, readInput, refuseUsage, UsageError } from './usage';

const USAGE = `Usage: vob read FILE [OPTION]...

Prints what a payer said as JSON. FILE is the payer's message, X12, JSON or FHIR; - reads it from standard input.

  --format FORMAT       read it as ${READ_FORMATS.slice(0, -1).join(', ')}
                        or ${READ_FORMATS.at(-1)}; without it the format is recognised
  --track TRACK         sud, mh or dual (default sud)
  --network NETWORK     in or out (default in)
  --setting SETTING     in_person or virtual (default in_person)
  --on DATE             date of service YYYY-MM-DD; without it the one that the message names
  --explain             print a page for people instead: figures by plan and service, with their sources
  -h, --help            print this

What is no payer's message prints, also with --explain, {"error":{"code","position","message"}}. Exit code: 0; 2 for such a file or wrong usage.
`;

const CHOICES = {
  format: READ_FORMATS,
  track: ['sud', 'mh', 'dual'],
  network: ['in', 'out'],
  setting: ['in_person', 'virtual'],
} as const;

/**
 * `vob read`: a payer's message in, what it says out.
 *
 * @returns exit code 0, or 2 for what is no payer's message and for wrong usage
 */
export async function runRead(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (thrown) {
    return refuseUsage(thrown, 'vob read', io);
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArguments({
    args: [...argv],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      format: { type: 'string' },
      track: { type: 'string' },
      network: { type: 'string' },
      setting: { type: 'string' },
      on: { type: 'string' },
      explain: { type: 'boolean' },
    },
  });
  if (values.help) {
    io.stdout(USAGE);
    return EXIT_OK;
  }
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('a file is needed, or - for standard input');
  if (more.length > 0) throw new UsageError('one file is taken at a time');
  const request = requestOf(values);
  const result = readPayerMessage(await readInput(file, io), request);
  const asPage = values.explain === true && !('error' in result);
  io.stdout(
    asPage ? explainResult(result, request, io.display ?? PLAIN_DISPLAY) : `${JSON.stringify(result, undefined, 2)}\n`,
  );
  return 'error' in result ? EXIT_BAD_INPUT : EXIT_OK;
}

type Values = Readonly<Partial<Record<keyof typeof CHOICES | 'on', string>>>;

function requestOf(values: Values): ReadRequest {
  const format = oneOf('format', values.format);
  const on = dateOf(values.on);
  return {
    track: oneOf('track', values.track) ?? 'sud',
    network: oneOf('network', values.network) ?? 'in',
    setting: oneOf('setting', values.setting) ?? 'in_person',
    ...(format === undefined ? {} : { format }),
    ...(on === undefined ? {} : { on }),
  };
}

function oneOf<K extends keyof typeof CHOICES>(
  option: K,
  value: string | undefined,
): (typeof CHOICES)[K][number] | undefined {
  const choices: readonly (typeof CHOICES)[K][number][] = CHOICES[option];
  const found = choices.find((choice) => choice === value);
  if (value !== undefined && found === undefined) throw new UsageError(`--${option} is one of ${choices.join(', ')}`);
  return found;
}

function dateOf(value: string | undefined): CivilDate | undefined {
  if (value !== undefined && !isCivilDate(value)) throw new UsageError('--on is a date YYYY-MM-DD');
  return value;
}
