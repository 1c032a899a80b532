import type { Cents, CivilDate } from '@openvob/benefits';
import { type CaseError, CaseFault } from '../case-fault';
import {
  cents,
  choice,
  civilDate,
  jsonObject,
  list,
  optional,
  type Reader,
  record,
  refuse,
  text,
  wholeNumber,
} from '../readers';

/** What a payer settled: claim lines as an 835 has them, or the totals that a biller writes down. */
export type Remittance = RemittanceLines | RemittanceTotals;

interface Settled {
  /** Accuracy is summed by it. */
  readonly payerId: string;
  readonly payerName?: string;
}

/** Claim lines. A date between the first and the last that has none was not attended, or not billed. */
export interface RemittanceLines extends Settled {
  readonly kind: 'lines';
  /** Where the claims settled so far begin and end; without them the first and the last line. */
  readonly from?: CivilDate;
  readonly through?: CivilDate;
  readonly lines: readonly RemittanceLine[];
}

/**
 * One service line of an 835 (loop 2110): amounts before other coverages pay. Of deductible, copay and coinsurance those left out
 * are 0 when another one is given; with none of them the split is not known. A reversal has amounts below 0.
 */
export interface RemittanceLine {
  readonly serviceDate: CivilDate;
  /** Procedure code, also with qualifier and modifiers (`HC:H0015:HF`). */
  readonly code: string;
  readonly chargeCents?: Cents;
  readonly allowedCents: Cents;
  /** Claim adjustment PR 1, PR 3 and PR 2. */
  readonly deductibleCents?: Cents;
  readonly copayCents?: Cents;
  readonly coinsuranceCents?: Cents;
  /** Not covered or denied and the patient's to pay; what is the provider's loss is not in it. */
  readonly nonCoveredCents?: Cents;
  readonly paidCents: Cents;
  /** Patient responsibility. */
  readonly patientCents: Cents;
  /** What other coverages paid of it; `patientCents` is then what they left. */
  readonly otherPaidCents?: Cents;
}

/** The biller's figures for a span of dates, both ends included. */
export interface RemittanceTotals extends Settled {
  readonly kind: 'totals';
  readonly from: CivilDate;
  readonly through: CivilDate;
  readonly patientCents: Cents;
  readonly allowedCents?: Cents;
  readonly paidCents?: Cents;
  /** Attended and billed. */
  readonly programDays?: number;
}

/** A remittance, or the fault that keeps a JSON value from being one. */
export type ParsedRemittance =
  | { readonly ok: true; readonly remittance: Remittance }
  | { readonly ok: false; readonly error: CaseError };

/** A program of 104 weeks has 728 days; with corrections several lines each. */
const MOST_LINES = 5000;

const signedCents: Reader<Cents> = wholeNumber(-Number.MAX_SAFE_INTEGER);

const line = record<RemittanceLine>({
  serviceDate: civilDate,
  code: text,
  chargeCents: optional(signedCents),
  allowedCents: signedCents,
  deductibleCents: optional(signedCents),
  copayCents: optional(signedCents),
  coinsuranceCents: optional(signedCents),
  nonCoveredCents: optional(signedCents),
  paidCents: signedCents,
  patientCents: signedCents,
  otherPaidCents: optional(signedCents),
});

const lines = record<RemittanceLines>({
  kind: choice('lines'),
  payerId: text,
  payerName: optional(text),
  from: optional(civilDate),
  through: optional(civilDate),
  lines: list(line, { least: 1, most: MOST_LINES }),
});

const totals = record<RemittanceTotals>({
  kind: choice('totals'),
  payerId: text,
  payerName: optional(text),
  from: civilDate,
  through: civilDate,
  patientCents: cents,
  allowedCents: optional(cents),
  paidCents: optional(cents),
  programDays: optional(wholeNumber(0)),
});

const anyRemittance: Reader<Remittance> = (value, path) => {
  const kind = record({ kind: choice('lines', 'totals') })(jsonObject(value, path), path).kind;
  const read = kind === 'lines' ? lines(value, path) : totals(value, path);
  const { from, through } = read;
  if (from !== undefined && through !== undefined && through < from)
    refuse('out_of_range', `${path}/through`, 'a date not before from is expected');
  return read;
};

/** Reads a remittance from JSON. Faults are those of a case; */
export function parseRemittance(json: unknown): ParsedRemittance {
  try {
    return { ok: true, remittance: anyRemittance(json, '') };
  } catch (thrown) {
    if (thrown instanceof CaseFault) return { ok: false, error: thrown.fault };
    throw thrown;
  }
}

/** The procedure code alone: `H0015` of `HC:H0015:HF`, `H0015:HF` and `H0015`. */
export function procedureOf(code: string): string {
  const [first = '', second] = code.trim().split(':');
  return QUALIFIERS.includes(first) && second !== undefined ? second : first;
}

/** Of a procedure, code list 235 (835 SVC01-1). */
const QUALIFIERS = ['HC', 'HP', 'ER', 'IV', 'N4', 'NU', 'WK'];
