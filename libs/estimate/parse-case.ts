import { daysBetween, mondayOf } from '@openvob/benefits';
import { programWeeks } from '@openvob/programs';
import { type CaseError, CaseFault } from './case-fault';
import { episodeOf } from './episode';
import type { EstimateCase, PendingClaims, Rate } from './estimate-case';
import { coverage } from './read-coverage';
import { programPlan } from './read-program';
import { cents, choice, civilDate, list, optional, type Reader, record, refuse, text } from './readers';

/** A case that can be estimated, or the fault that keeps it from being one. */
export type ParsedCase =
  | { readonly ok: true; readonly case: EstimateCase }
  | { readonly ok: false; readonly error: CaseError };

const MOST_COVERAGES = 2;
/** The last civil date. */
export const LAST_DATE = '9999-12-31';

/** Source: estimate contract, `Rate`. */
export const rate = record<Rate>({
  code: text,
  network: choice('in', 'out', 'self_pay'),
  allowedCents: cents,
  chargeCents: optional(cents),
  includedIn: optional(text),
  from: optional(civilDate),
  to: optional(civilDate),
});

const pendingClaims = record<PendingClaims>({
  deductibleCents: optional(cents),
  outOfPocketCents: optional(cents),
});

const anyCase = record<EstimateCase>({
  startDate: civilDate,
  program: programPlan,
  rates: list(rate),
  coverages: list(coverage, { most: MOST_COVERAGES }),
  pendingClaims: optional(pendingClaims),
});

/**
 * Reads a case from JSON. Keys that the contract does not name are ignored; of several faults the first one found is named.
 *
 * Source: estimate contract, "Case" and "Errors".
 */
export function parseCase(json: unknown): ParsedCase {
  try {
    return { ok: true, case: readCase(json, '') };
  } catch (thrown) {
    if (thrown instanceof CaseFault) return { ok: false, error: thrown.fault };
    throw thrown;
  }
}

/** Reads a case from its JSON text; text that is not JSON is `invalid_json`. */
export function parseCaseText(jsonText: string): ParsedCase {
  const json = parseJson(jsonText);
  if (json.ok) return parseCase(json.value);
  return {
    ok: false,
    error: { code: 'invalid_json', path: '', message: 'the text is not JSON: a case is one JSON object' },
  };
}

const readCase: Reader<EstimateCase> = (value, path) => {
  const estimateCase = anyCase(value, path);
  refuseLateProgram(estimateCase);
  episodeOf(estimateCase);
  return estimateCase;
};

/** A program may not run past 9999-12-31, the last civil date. */
export function refuseLateProgram({ startDate, program }: EstimateCase): void {
  const lastDay = 7 * programWeeks(program) - 1;
  if (lastDay <= daysBetween(mondayOf(startDate), LAST_DATE)) return;
  refuse('out_of_range', '/startDate', `a start so early that the program ends by ${LAST_DATE} is expected`);
}

function parseJson(jsonText: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(jsonText) };
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return { ok: false };
    throw thrown;
  }
}
