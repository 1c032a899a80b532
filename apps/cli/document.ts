import { type EstimateCase, estimate, parseCaseText } from '@openvob/estimate';
import { systemClock } from '@openvob/platform';
import {
  buildPatientEstimate,
  type DocumentContent,
  documentLanguages,
  PdfRenderer,
  printSizes,
  renderHtml,
} from '@openvob/results/documents';
import { EXIT_BAD_INPUT, EXIT_OK, type StreamingIo } from './io';
import { readArguments, readInput, refuseUsage, UsageError } from './usage';

const USAGE = `Usage: vob document CASE.json --facility NAME [OPTION]...

Prints the estimate of a case in plain words for the family, as a page of HTML. CASE.json is one case; - reads it from standard input.

  --facility NAME   who hands it out; needed
  --program NAME    what the program is called
  --language LANG   en (usual) or es
  --print SIZE      normal (usual) or large: 18 point
  --date DATE       when it was made, YYYY-MM-DD; today unless said
  --pdf FILE        write a tagged PDF into FILE, print nothing
  -h, --help        print this

A bad case prints {"error":{"code","path","message"}} in its place. Exit code: 0; 2 for a bad case or wrong usage.
`;

const options = {
  help: { type: 'boolean', short: 'h' },
  facility: { type: 'string' },
  program: { type: 'string' },
  language: { type: 'string' },
  print: { type: 'string' },
  date: { type: 'string' },
  pdf: { type: 'string' },
} as const;

type Given = Partial<Record<Exclude<keyof typeof options, 'help'>, string>>;

/**
 * `vob document`: a case in, the patient's estimate on paper out.
 *
 * @returns exit code 0, or 2 for a bad case and for wrong usage
 */
export async function runDocument(argv: readonly string[], io: StreamingIo): Promise<number> {
  try {
    const { values, positionals } = readArguments({ args: [...argv], allowPositionals: true, options });
    const { help, ...given } = values;
    if (help) {
      io.stdout(USAGE);
      return EXIT_OK;
    }
    const [file, ...more] = positionals;
    if (file === undefined) throw new UsageError('a case file is needed, or - for standard input');
    if (more.length > 0) throw new UsageError('one case file is taken at a time');
    return await write(await readInput(file, io), given, io);
  } catch (thrown) {
    return refuseUsage(thrown, 'vob document', io);
  }
}

async function write(text: string, given: Given, io: StreamingIo): Promise<number> {
  const wish = wishOf(given);
  const parsed = parseCaseText(text.replace(/^\uFEFF/, ''));
  if (!parsed.ok) {
    io.stdout(`${JSON.stringify({ error: parsed.error }, undefined, 2)}\n`);
    return EXIT_BAD_INPUT;
  }
  const content = contentOf(parsed.case, wish);
  if (given.pdf === undefined) io.stdout(renderHtml(content));
  else put(given.pdf, await pdfOf(content), io);
  return EXIT_OK;
}

function put(file: string, bytes: Uint8Array, io: StreamingIo): void {
  try {
    io.writeFile(file, bytes);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new UsageError(`cannot write ${file}: ${reason}`, { cause: thrown });
  }
}

interface Wish extends Pick<Given, 'program'> {
  readonly facility: string;
  readonly language: (typeof documentLanguages)[number];
  readonly print: (typeof printSizes)[number];
  readonly date: string;
}

function wishOf({ facility, program, language, print, date }: Given): Wish {
  if (!facility) throw new UsageError('--facility says who hands it out');
  if (date !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new UsageError('--date must be YYYY-MM-DD');
  return {
    facility,
    language: oneOf('language', documentLanguages, language),
    print: oneOf('print', printSizes, print),
    date: date ?? systemClock.now().toISOString().slice(0, 10),
    ...(program ? { program } : {}),
  };
}

function oneOf<Word extends string>(name: string, allowed: readonly Word[], given: string | undefined): Word {
  const found = allowed.find((word) => word === (given ?? allowed[0]));
  if (found === undefined) throw new UsageError(`--${name} must be one of ${allowed.join(', ')}`);
  return found;
}

function contentOf(estimateCase: EstimateCase, { facility, program, language, print, date }: Wish): DocumentContent {
  const facts = {
    facilityName: facility,
    madeOn: date,
    track: estimateCase.program.track,
    estimate: estimate(estimateCase),
    estimateCase,
    ...(program ? { programName: program } : {}),
  };
  return buildPatientEstimate(facts, { language, print });
}

async function pdfOf(content: DocumentContent): Promise<Uint8Array> {
  const renderer = new PdfRenderer();
  try {
    return await renderer.render(content);
  } finally {
    await renderer.close();
  }
}
