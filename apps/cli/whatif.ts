import { type CivilDate, daysBetween, isCivilDate } from '@openvob/benefits';
import {
  betterStart,
  type ChangeError,
  type Estimate,
  type EstimateCase,
  estimate,
  MOST_STARTS,
  parseCaseText,
  parseChange,
  type Start,
  sweepStarts,
  whatIf,
} from '@openvob/estimate';
import { EXIT_BAD_INPUT, EXIT_OK, type Io, PLAIN_DISPLAY } from './io';
import { readArguments, readInput, refuseUsage, UsageError } from './usage';
import { explainChange, explainSweep } from './whatif-page';

const USAGE = `Usage: vob whatif CASE.json [OPTION]...

Prints what a program costs the patient when something is different. CASE.json is one case; - reads it from standard input.

  --start DATE..DATE    from every start date, both included, at most ${MOST_STARTS} of them, and the one that saves 10 % or more;
                        or from one DATE
  --network NETWORK     in, out or unknown: the network of the first coverage
  --answer ID=VALUE     a question of the estimate, answered; may be given more than once:
                          network:0=in or out
                          cost_share:0:2=INDEX of one of the shares asked about (from 0), not_covered, or a share as JSON
                          accumulator_conflict=larger, smaller, stated or limit_less_used
                          pending_claims=posted or not_posted
                          authorization:0=extended, not_extended, not_required, or the days approved in all
                            (required, where only a penalty is asked about)
  --json                print JSON
  -h, --help            print this

A bad case or change prints {"error":{"code","path","message"}}. Exit code: 0; 2 for such a case or change, or wrong usage.
`;

/** What is printed with --json, or shown as a page. */
export type WhatIfResult = SweepResult | ChangeResult;

/** A sweep, with the start of the case to compare with. */
export interface SweepResult {
  readonly kind: 'sweep';
  readonly chosen: CivilDate;
  readonly starts: readonly Start[];
  readonly better?: ReturnType<typeof betterStart>;
}

/** The case as it is and as it would be. */
export interface ChangeResult {
  readonly kind: 'change';
  readonly before: Estimate['total'];
  readonly after: Estimate;
  readonly assumptions: readonly { readonly code: string; readonly text: string; readonly path: string }[];
}

/**
 * `vob whatif`: a case and a change in, what it costs then out.
 *
 * @returns exit code 0, or 2 for a bad case or change and for wrong usage
 */
export async function runWhatIf(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (thrown) {
    return refuseUsage(thrown, 'vob whatif', io);
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArguments({
    args: [...argv],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      json: { type: 'boolean' },
      start: { type: 'string' },
      network: { type: 'string' },
      answer: { type: 'string', multiple: true },
    },
  });
  if (values.help) {
    io.stdout(USAGE);
    return EXIT_OK;
  }
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('a case file is needed, or - for standard input');
  if (more.length > 0) throw new UsageError('one case file is taken at a time');
  const asked = { start: startsOf(values.start), network: values.network, answers: answersOf(values.answer ?? []) };
  const result = workOut(await readInput(file, io), asked);
  if ('error' in result) {
    io.stdout(jsonText(result));
    return EXIT_BAD_INPUT;
  }
  io.stdout(values.json ? jsonText(result) : pageText(result, io));
  return EXIT_OK;
}

interface Asked {
  readonly start: { readonly from: CivilDate; readonly to: CivilDate } | undefined;
  readonly network: string | undefined;
  readonly answers: Readonly<Record<string, unknown>>;
}

type Refused = { readonly error: ChangeError };

function workOut(text: string, { start, network, answers }: Asked): WhatIfResult | Refused {
  const parsed = parseCaseText(text.replace(/^\uFEFF/, ''));
  if (!parsed.ok) return { error: parsed.error };
  const oneStart = start && start.from === start.to ? { startDate: start.from } : {};
  const change = parseChange({ answers, ...(network === undefined ? {} : { network }), ...oneStart });
  if (!change.ok) return { error: change.error };
  const changed = whatIf(parsed.case, change.change);
  if (!changed.ok) return { error: changed.error };
  if (start && start.from !== start.to) return sweepOf(changed.case, start);
  return {
    kind: 'change',
    before: estimate(parsed.case).total,
    after: estimate(changed.case),
    assumptions: changed.assumptions,
  };
}

/** The start of the case is worked out too, so that there is something to compare with. */
function sweepOf(given: EstimateCase, { from, to }: { from: CivilDate; to: CivilDate }): SweepResult {
  const { startDate: chosen } = given;
  const isAmong = from <= chosen && chosen <= to;
  const asked = sweepStarts(given, from, to);
  const starts = isAmong ? asked : [...sweepStarts(given, chosen, chosen), ...asked];
  const better = betterStart(starts, chosen);
  return { kind: 'sweep', chosen, starts, ...(better ? { better } : {}) };
}

/** `DATE..DATE`, or one date. */
function startsOf(value: string | undefined): Asked['start'] {
  if (value === undefined) return undefined;
  const [from = '', to = from, ...more] = value.split('..');
  if (!isCivilDate(from) || !isCivilDate(to) || more.length > 0)
    throw new UsageError('--start is DATE..DATE or DATE, each YYYY-MM-DD');
  const count = daysBetween(from, to) + 1;
  if (count < 1 || count > MOST_STARTS)
    throw new UsageError(`--start is 1 to ${MOST_STARTS} dates, the first one first`);
  return { from, to };
}

function answersOf(given: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError('--answer is ID=VALUE');
      return [text.slice(0, at), answerValue(text.slice(at + 1))];
    }),
  );
}

/** A number or JSON where it is one, else a word. */
function answerValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return text;
    throw thrown;
  }
}

function pageText(result: WhatIfResult, { display = PLAIN_DISPLAY }: Io): string {
  return result.kind === 'sweep' ? explainSweep(result, display) : explainChange(result, display);
}

function jsonText(result: WhatIfResult | Refused): string {
  return `${JSON.stringify(result, undefined, 2)}\n`;
}
