import type { Source } from '@openvob/benefits';
import type { Chosen } from '@openvob/coverage';
import { COST_SHARING_LIMITS, SELF_ONLY_LIMIT_IN_FAMILY_PLANS } from '../law/cost-sharing-limits';
import type { LawSource } from '../law/law-source';
import { PART_B_COINSURANCE, PART_B_DEDUCTIBLES, PART_B_IOP } from '../law/medicare';

/** A figure of the case, by JSON Pointer, and the payer's words that it stands on. */
export interface CaseSource {
  readonly path: string;
  readonly source: Source[];
  readonly coverage: number;
}

/** A figure of the case that the payer did not state as it stands, by JSON Pointer, and what was assumed. */
export interface CaseAssumption {
  readonly code: CaseAssumptionCode;
  readonly text: string;
  readonly path: string;
  /** Where the rule of the law is published. */
  readonly law?: readonly LawSource[];
}

/** What a case assumes where the payer was silent or the contract has no word for what it said. */
export type CaseAssumptionCode = keyof typeof ASSUMPTION_TEXTS;

const ASSUMPTION_TEXTS = {
  no_closures_assumed: 'The program is taken to be open on every planned day, holidays included.',
  calendar_year_assumed: 'The plan did not say when its year begins: 1 January is assumed.',
  plan_year_from_plan_dates: 'The plan year is taken from the dates of the plan.',
  coverage_dates_not_stated: 'No dates of coverage were stated: it is taken to be active from the first day.',
  renewal_assumed: 'The coverage ends with the plan year: it is taken to be renewed.',
  status_not_active: 'The payer did not confirm active coverage: it is worked out as if it were active.',
  cost_share_not_stated: 'The payer did not state a share for this program: everything or nothing is owed.',
  benefits_elsewhere: 'Another payer or administrator holds this benefit: the share is not known.',
  same_cost_share_for_all_services: 'The share of the program day is used for the other services too.',
  copay_or_coinsurance: 'Both a copay and coinsurance were stated, not how they go together: both are worked out.',
  other_cost_share_possible: 'The payer stated more than one share for this program: each is worked out.',
  zero_copay_beside_coinsurance:
    'A copay of $0.00 was stated beside coinsurance: coinsurance is taken to be the likely one.',
  copay_visit_is_a_day: 'The copay is for a visit: a program day counts as one visit.',
  copay_month_between_episode_and_week:
    'The copay is for a month: it is worked out once for the program and once a week.',
  copay_year_is_the_episode: 'The copay is for a year: it is taken once for the program.',
  copay_unit_not_stated: 'The payer did not say how often the copay is taken: once a day is assumed.',
  deductible_first: 'Coinsurance is taken to come after the deductible.',
  deductible_stated_first: 'The payer said that the deductible comes before this share.',
  deductible_not_stated:
    'The payer did not state the deductible that comes first: it is worked out with none, and with one that takes the whole amount of every day.',
  copay_without_deductible:
    'The payer did not say whether the deductible comes before the copay: without it is taken to be the likely one, and both are worked out.',
  deductible_waived: 'The payer said that the deductible is not taken for this service.',
  individual_zero_means_aggregate:
    'An individual amount of $0.00 beside a family amount is taken to be not applicable: the family amount counts alone.',
  family_amount_counts_alone: 'The payer said that only the family amount counts, or stated no other.',
  nothing_used_assumed: 'What is left was not stated: nothing is taken to be used yet.',
  same_limit_next_period: 'The next plan year is taken to have the limits of this one, with nothing used.',
  next_deductible_at_least_remaining:
    'The full deductible was not stated: the next plan year is taken to have at least what is left now.',
  out_of_pocket_not_stated:
    'The out-of-pocket maximum was not stated: nothing bounds what is owed, which may be less than is shown.',
  next_out_of_pocket_not_stated:
    'The full out-of-pocket maximum was not stated: nothing bounds what is owed in the next plan year.',
  one_period_for_deductible_and_maximum:
    'Deductible and out-of-pocket maximum were stated for different years: both are counted in the year of the deductible.',
  visit_counted_as_day: 'The limit is in visits: each date of service counts as one.',
  limit_counts_care_not_medication: 'The limit is taken to count all care of the program except medication.',
  self_only_limit_of_law:
    'No member of a family plan owes more in network than the law’s limit for one person, which is counted in full. Grandfathered plans have no such limit.',
  medicare_part_b:
    'Original Medicare did not state a share: by its rules 20 % of each program day is owed after the deductible.',
  medicare_part_b_deductible: 'The deductible of Medicare Part B is that of the year, as Medicare publishes it.',
  medicare_has_no_maximum: 'Original Medicare has no out-of-pocket maximum: nothing bounds what is owed.',
  authorization_from_decision: 'Whether an authorization is required is taken from the decision on the program.',
  former_year_kept: 'For days of the benefit year that is over, the figures are those of the answer before.',
  used_by_program_put_back:
    'The program is under way: what its own days have used by the estimate before is added to what is left, at most up to what was left then, so that it is counted once.',
  authorization_not_stated: 'The payer did not say whether an authorization is required.',
} as const;

/** Rules by which a figure is chosen that the law gives, not the payer; each is the assumption that it makes. */
export const MEDICARE_PART_B = 'medicare_part_b';
export const MEDICARE_PART_B_DEDUCTIBLE = 'medicare_part_b_deductible';
const BY_LAW = [MEDICARE_PART_B, MEDICARE_PART_B_DEDUCTIBLE] as const;

const LAWS: Partial<Record<CaseAssumptionCode, readonly LawSource[]>> = {
  self_only_limit_of_law: [SELF_ONLY_LIMIT_IN_FAMILY_PLANS, ...COST_SHARING_LIMITS.map(({ source }) => source)],
  medicare_part_b: [PART_B_IOP, PART_B_COINSURANCE],
  medicare_part_b_deductible: PART_B_DEDUCTIBLES.map(({ source }) => source),
};

/** An assumption about the value at a JSON Pointer, in its words. */
export function assumption(code: CaseAssumptionCode, path: string): CaseAssumption {
  const law = LAWS[code];
  return { code, text: ASSUMPTION_TEXTS[code], path, ...(law ? { law } : {}) };
}

/** Collects, while a case is put together, what each figure stands on. */
export interface CaseNotes {
  readonly coverage: number;
  readonly sources: CaseSource[];
  readonly assumptions: CaseAssumption[];
  readonly unknowns: string[];
}

/** Notes of one coverage, by its index in the case, before anything is noted. */
export function newCaseNotes(coverage: number): CaseNotes {
  return { coverage, sources: [], assumptions: [], unknowns: [] };
}

/** Notes the payer's words behind a figure; nothing where there are none. */
export function cite({ sources, coverage }: CaseNotes, path: string, source: readonly Source[]): void {
  if (source.length > 0) sources.push({ path, source: [...source], coverage });
}

/** Notes what a chosen figure stands on: the payer's words, or the law that gave it. */
export function citeChosen(notes: CaseNotes, path: string, { rule, source }: Pick<Chosen, 'rule' | 'source'>): void {
  const code = BY_LAW.find((lawful) => lawful === rule);
  if (code) assume(notes, code, path);
  else cite(notes, path, source);
}

/** Notes an assumption about a figure. */
export function assume({ assumptions }: CaseNotes, code: CaseAssumptionCode, path: string): void {
  assumptions.push(assumption(code, path));
}

/** Notes something that the payer left unsaid, each once. */
export function leaveUnknown({ unknowns }: CaseNotes, unknown: string): void {
  if (!unknowns.includes(unknown)) unknowns.push(unknown);
}
