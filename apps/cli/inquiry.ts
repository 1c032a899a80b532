import { randomBytes } from 'node:crypto';
import { type CivilDate, isCivilDate } from '@openvob/benefits';
import { type InquiryOptions, writeInquiry } from './inquiry-message';
import { type InquiryError, InquiryFault, readInquiryRequest } from './inquiry-request';
import { EXIT_BAD_INPUT, EXIT_OK, type Io } from './io';
import { readArguments, readInput, refuseUsage, UsageError } from './usage';

const USAGE = `Usage: vob inquiry REQUEST.json [OPTION]...

Prints the eligibility inquiry (X12 270, 005010X279A1) that asks a payer about the patient of a verification request.
REQUEST.json has the shape of the body of POST /v1/verifications; - reads it from standard input.

  --provider-name NAME  name of the facility that asks
  --npi NPI             its national provider identifier, ten digits
  --taxonomy CODE       its taxonomy code
  --payer-id ID         the payer's id as it is sent (default: the request's)
  --payer-name NAME     the payer's name (default: the request's)
  --coverage ORDER      which coverage is asked about: primary (default), secondary or tertiary
  --service-type CODE   service type to ask about (default 30); may be given several times
  --date DATE           date of service YYYY-MM-DD (default: the request's start date, else the day of writing)
  --trace TRACE         trace number that the payer sends back (default: made at random)
  --sender ID           sender of the interchange (default OPENVOB)
  --receiver ID         its receiver (default: the payer's id)
  --originator ID       ten characters that name who made the trace number (default: 9 and the sender)
  --control NUMBER      control number, 1 to 999999999 (default: made of the trace and the moment of writing)
  --written-at MOMENT   YYYY-MM-DDTHH:MM that the message bears (default: now, UTC)
  --usage P|T           production (default) or test
  --line-breaks         put every segment on a line of its own
  -h, --help            print this

With --trace and --written-at the same request always gives the same message. What X12 cannot carry is refused, never altered:
{"error":{"code","path","message"}}, where path is a JSON Pointer into the request or an option. Exit code: 0; 2 for such a
request or wrong usage.
`;

const MOMENT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?Z?$/;
const USAGES = ['P', 'T'] as const;
const ORDERS = ['primary', 'secondary', 'tertiary'] as const;

/**
 * `vob inquiry`: a verification request in, a 270 out.
 *
 * @returns exit code 0, or 2 for a request that cannot be asked and for wrong usage
 */
export async function runInquiry(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (thrown) {
    if (thrown instanceof InquiryFault) return refuse(thrown.error, io);
    return refuseUsage(thrown, 'vob inquiry', io);
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = readArguments({
    args: [...argv],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      'provider-name': text,
      npi: text,
      taxonomy: text,
      'payer-id': text,
      'payer-name': text,
      coverage: text,
      'service-type': { type: 'string', multiple: true },
      date: text,
      trace: text,
      sender: text,
      receiver: text,
      originator: text,
      control: text,
      'written-at': text,
      usage: text,
      'line-breaks': { type: 'boolean' },
    },
  });
  if (values.help) {
    io.stdout(USAGE);
    return EXIT_OK;
  }
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('a request file is needed, or - for standard input');
  if (more.length > 0) throw new UsageError('one request file is taken at a time');
  const options = optionsOf(values);
  io.stdout(writeInquiry(readInquiryRequest(await readInput(file, io)), options));
  return EXIT_OK;
}

function refuse(error: InquiryError, io: Io): number {
  io.stdout(`${JSON.stringify({ error }, undefined, 2)}\n`);
  return EXIT_BAD_INPUT;
}

type Values = Readonly<Record<string, string | boolean | string[] | undefined>>;

function optionsOf(values: Values): InquiryOptions {
  const said = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  const all = {
    payerId: said('payer-id'),
    payerName: said('payer-name'),
    providerName: said('provider-name'),
    npi: said('npi'),
    taxonomy: said('taxonomy'),
    date: dateOf(said('date')),
    receiver: said('receiver'),
    originator: said('originator'),
    control: controlOf(said('control')),
  };
  const serviceTypes = values['service-type'];
  return {
    ...(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Partial<InquiryOptions>),
    serviceTypes: Array.isArray(serviceTypes) ? serviceTypes : ['30'],
    trace: said('trace') ?? randomBytes(10).toString('hex').toUpperCase(),
    sender: said('sender') ?? 'OPENVOB',
    writtenAt: momentOf(said('written-at') ?? new Date().toISOString()),
    usage: oneOf('usage', USAGES, said('usage') ?? 'P'),
    coverage: oneOf('coverage', ORDERS, said('coverage') ?? 'primary'),
    lineBreaks: values['line-breaks'] === true,
  };
}

function oneOf<T extends string>(option: string, choices: readonly T[], value: string): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new UsageError(`--${option} is one of ${choices.join(', ')}`);
  return found;
}

function dateOf(value: string | undefined): CivilDate | undefined {
  if (value !== undefined && !isCivilDate(value)) throw new UsageError('--date is a date YYYY-MM-DD');
  return value;
}

function controlOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value) || Number(value) === 0)
    throw new UsageError('--control is a number from 1 to 999999999');
  return Number(value);
}

function momentOf(value: string): string {
  if (!MOMENT.test(value) || !isCivilDate(value.slice(0, 10))) {
    throw new UsageError('--written-at is a moment YYYY-MM-DDTHH:MM');
  }
  return value.slice(0, 16);
}
