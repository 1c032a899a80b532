import { type CivilDate, isCivilDate } from '@openvob/benefits';
import {
  beginsLikeX12,
  READ_FORMATS,
  type ReadError,
  type ReadRequest,
  readPayerMessage,
  X12Reading,
} from '@openvob/coverage';
import { explainResult } from './explain-result';
import { EXIT_BAD_INPUT, EXIT_OK, PLAIN_DISPLAY, type StreamingIo } from './io';
import { ResultPrinter } from './print-result';
import { inputPieces, readArguments, refuseUsage, UsageError } from './usage';

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
export async function runRead(argv: readonly string[], io: StreamingIo): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (thrown) {
    return refuseUsage(thrown, 'vob read', io);
  }
}

async function dispatch(argv: readonly string[], io: StreamingIo): Promise<number> {
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
  return values.explain === true ? explain(file, request, io) : print(file, request, io);
}

/** X12 is printed answer by answer, as it is read: a batch file may be of any size. Other formats hold one answer. */
async function print(file: string, request: ReadRequest, io: StreamingIo): Promise<number> {
  const pieces = inputPieces(file, io);
  const { value: first = '' } = await pieces.next();
  const isStream = request.format === undefined && beginsLikeX12(first);
  return isStream ? printX12(first, pieces, request, io) : printWhole(first + (await rest(pieces)), request, io);
}

async function printX12(
  first: string,
  more: AsyncIterable<string>,
  request: ReadRequest,
  io: StreamingIo,
): Promise<number> {
  const reading = new X12Reading(request);
  const printer = new ResultPrinter(io);
  const printAll = async (answers: ReturnType<X12Reading['push']>) => {
    for (const answer of answers) if (reading.format !== undefined) await printer.answer(answer, reading.format);
  };
  await printAll(reading.push(first));
  for await (const piece of more) await printAll(reading.push(piece));
  await printAll(reading.end());
  const result = reading.rest();
  if ('error' in result) return refuse(result, io);
  await printer.end(result);
  return EXIT_OK;
}

async function printWhole(text: string, request: ReadRequest, io: StreamingIo): Promise<number> {
  const result = readPayerMessage(text, request);
  if ('error' in result) return refuse(result, io);
  const printer = new ResultPrinter(io);
  for (const answer of result.answers) await printer.answer(answer, result.format);
  await printer.end(result);
  return EXIT_OK;
}

async function explain(file: string, request: ReadRequest, io: StreamingIo): Promise<number> {
  const result = readPayerMessage(await rest(inputPieces(file, io)), request);
  if ('error' in result) return refuse(result, io);
  io.stdout(explainResult(result, request, io.display ?? PLAIN_DISPLAY));
  return EXIT_OK;
}

function refuse(error: ReadError, io: StreamingIo): number {
  io.stdout(`${JSON.stringify(error, undefined, 2)}\n`);
  return EXIT_BAD_INPUT;
}

async function rest(pieces: AsyncIterable<string>): Promise<string> {
  const texts: string[] = [];
  for await (const piece of pieces) texts.push(piece);
  return texts.join('');
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
