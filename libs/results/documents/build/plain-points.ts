import { type OpenPoint, type PlainAssumption, plainAssumptionOf } from '../words';

/** What is told beside the case's own assumptions, and what it comes to for a family. */
const further: Readonly<Record<string, PlainAssumption>> = {
  network_from_contract: 'in_network',
  next_program_day_assumed: 'start_day',
};

/** Assumptions as a family is told of them, each once, in the order in which they are made; what has no plain words comes last and once. */
export function plainAssumptionsOf(codes: readonly string[]): PlainAssumption[] {
  const table: Readonly<Record<string, PlainAssumption>> = { ...plainAssumptionOf, ...further };
  const plain = [...new Set(codes.map((code) => table[code] ?? 'other_details'))];
  return [...plain.filter((one) => one !== 'other_details'), ...plain.filter((one) => one === 'other_details')];
}

const points: Readonly<Record<OpenPoint, true>> = {
  network: true,
  cost_share: true,
  accumulator_conflict: true,
  pending_claims: true,
  authorization: true,
  conflict: true,
  behavioral_coverage: true,
  copay_unit: true,
  deductible: true,
  deductible_remaining: true,
  out_of_pocket: true,
  out_of_pocket_remaining: true,
  tier: true,
  limits: true,
  plan_year: true,
  other: true,
};

/** Questions of a call that ask for the same in other words. */
const sameAs: Readonly<Record<string, OpenPoint>> = {
  iop_covered: 'behavioral_coverage',
  share_kind: 'cost_share',
  copay: 'cost_share',
  coinsurance: 'cost_share',
  copay_per: 'copay_unit',
  deductible_individual: 'deductible',
  deductible_family: 'deductible',
  out_of_pocket_individual: 'out_of_pocket',
  out_of_pocket_family: 'out_of_pocket',
  authorization_required: 'authorization',
  facility_network: 'network',
  limit_kind: 'limits',
};

/** An open question in the words that a family reads. */
export function openPointOf(code: string): OpenPoint {
  if (isOpenPoint(code)) return code;
  return sameAs[code] ?? 'other';
}

export function isOpenPoint(code: string): code is OpenPoint {
  return Object.hasOwn(points, code);
}
