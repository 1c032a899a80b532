import type { DecisionKind } from '@openvob/coverage';
import type { AssumptionCode, CaseAssumptionCode, QuestionCode } from '@openvob/estimate';
import type { ServiceKind } from '@openvob/programs';
import type { Status } from '@openvob/verification';

/** What a plan rests on where nobody said, in words for a family; several technical assumptions come to the same for them. */
export const plainAssumptions = [
  'in_network',
  'same_out_of_network',
  'likely_share',
  'larger_left',
  'other_bills_left_out',
  'days_approved',
  'no_penalty',
  'loss_is_ours',
  'no_deductible',
  'no_yearly_limit',
  'copay_each_day',
  'deductible_first',
  'deductible_skipped',
  'family_amount',
  'nothing_used',
  'plan_year',
  'plan_goes_on',
  'plan_active',
  'same_next_year',
  'open_every_day',
  'same_share_for_all',
  'share_unknown',
  'limit_counts_days',
  'second_plan',
  'yearly_limit_by_law',
  'medicare_rules',
  'former_year',
  'own_days_once',
  'start_day',
  'other_details',
] as const;

export type PlainAssumption = (typeof plainAssumptions)[number];

/** Which of them stands for each assumption of an estimate and of its case: every code has one. */
export const plainAssumptionOf: Readonly<Record<AssumptionCode | CaseAssumptionCode, PlainAssumption>> = {
  in_network_assumed: 'in_network',
  same_benefits_out_of_network_assumed: 'same_out_of_network',
  first_cost_share_assumed: 'likely_share',
  larger_remaining_assumed: 'larger_left',
  pending_claims_ignored: 'other_bills_left_out',
  extension_assumed: 'days_approved',
  no_authorization_penalty_assumed: 'no_penalty',
  provider_liable_default: 'loss_is_ours',
  no_deductible_assumed: 'no_deductible',
  no_out_of_pocket_maximum_assumed: 'no_yearly_limit',
  copay_per_day_default: 'copay_each_day',
  copay_on_day_deductible_is_met_default: 'deductible_first',
  coinsurance_cap_per_day_default: 'likely_share',
  standard_coordination_default: 'second_plan',
  no_closures_assumed: 'open_every_day',
  calendar_year_assumed: 'plan_year',
  former_year_kept: 'former_year',
  used_by_program_put_back: 'own_days_once',
  plan_year_from_plan_dates: 'plan_year',
  coverage_dates_not_stated: 'plan_active',
  renewal_assumed: 'plan_goes_on',
  status_not_active: 'plan_active',
  cost_share_not_stated: 'share_unknown',
  benefits_elsewhere: 'share_unknown',
  same_cost_share_for_all_services: 'same_share_for_all',
  copay_or_coinsurance: 'likely_share',
  other_cost_share_possible: 'likely_share',
  zero_copay_beside_coinsurance: 'likely_share',
  copay_visit_is_a_day: 'copay_each_day',
  copay_month_between_episode_and_week: 'likely_share',
  copay_year_is_the_episode: 'likely_share',
  copay_unit_not_stated: 'copay_each_day',
  deductible_first: 'deductible_first',
  deductible_stated_first: 'deductible_first',
  deductible_not_stated: 'no_deductible',
  copay_without_deductible: 'deductible_skipped',
  deductible_waived: 'deductible_skipped',
  individual_zero_means_aggregate: 'family_amount',
  family_amount_counts_alone: 'family_amount',
  nothing_used_assumed: 'nothing_used',
  same_limit_next_period: 'same_next_year',
  next_deductible_at_least_remaining: 'same_next_year',
  out_of_pocket_not_stated: 'no_yearly_limit',
  next_out_of_pocket_not_stated: 'no_yearly_limit',
  one_period_for_deductible_and_maximum: 'plan_year',
  visit_counted_as_day: 'limit_counts_days',
  limit_counts_care_not_medication: 'limit_counts_days',
  self_only_limit_of_law: 'yearly_limit_by_law',
  medicare_part_b: 'medicare_rules',
  medicare_part_b_deductible: 'medicare_rules',
  medicare_has_no_maximum: 'no_yearly_limit',
  authorization_from_decision: 'days_approved',
  authorization_not_stated: 'no_penalty',
};

/** What a payer can leave unsaid, in the codes of a decision, and what an estimate asks. */
export type OpenPoint =
  | QuestionCode
  | 'conflict'
  | 'behavioral_coverage'
  | 'copay_unit'
  | 'deductible'
  | 'deductible_remaining'
  | 'out_of_pocket'
  | 'out_of_pocket_remaining'
  | 'tier'
  | 'limits'
  | 'plan_year'
  | 'other';

type Amount = string;
type Day = string;

/** All words of all documents in one language. Each language has each of them, or it does not compile. */
export interface Words {
  readonly pageOf: { readonly page: string; readonly of: string };
  readonly common: {
    readonly patient: string;
    readonly birthDate: string;
    readonly memberId: string;
    readonly program: string;
    readonly firstDay: string;
    readonly madeOn: string;
    readonly reference: string;
    readonly plan: string;
    readonly goodUntil: string;
    readonly notKnown: string;
    readonly notGiven: string;
    readonly total: string;
    readonly to: (from: string, to: string) => string;
    readonly goodUntilReasons: Readonly<Record<string, string>>;
    readonly services: Readonly<Record<ServiceKind, string>>;
    readonly weekdays: readonly string[];
    readonly questionsTitle: string;
    readonly callUs: (phone: string | undefined, hours: string | undefined) => string;
  };
  readonly privacy: {
    readonly title: string;
    readonly plain: readonly string[];
    readonly noticeTitle: string;
    readonly consentTitle: string;
    readonly signedOn: string;
    readonly endsOn: string;
    readonly noEnd: string;
    readonly scope: string;
    readonly scopes: Readonly<Record<'treatment_payment_operations' | 'this_payer', string>>;
    readonly noConsent: string;
  };
  readonly patientEstimate: PatientEstimateWords;
  readonly goodFaith: GoodFaithWords;
  readonly summary: SummaryWords;
}

export interface PatientEstimateWords {
  readonly title: string;
  readonly foot: string;
  readonly lead: string;
  readonly promiseTitle: string;
  readonly promise: readonly string[];
  readonly answerTitle: string;
  readonly firstDay: string;
  readonly usualWeek: string;
  readonly wholeProgram: string;
  readonly about: (amount: Amount) => string;
  readonly mostLikely: (amount: Amount) => string;
  readonly noLikely: string;
  readonly days: (count: number, from: Day, to: Day) => string;
  readonly whyRangeTitle: string;
  readonly whyRangeLead: string;
  readonly noRange: string;
  readonly couldMove: (reason: string, amount: Amount) => string;
  readonly unknowns: Readonly<Record<OpenPoint, string>>;
  readonly weeksTitle: string;
  readonly weeksCaption: string;
  readonly weekOf: string;
  readonly youOwe: string;
  readonly chartDeductible: string;
  readonly chartOther: string;
  readonly chartAlternative: (weeks: number, first: Amount, most: Amount, last: Amount) => string;
  readonly deductibleTaken: (amount: Amount) => string;
  readonly deductibleEnds: (day: Day) => string;
  readonly deductibleGoesOn: string;
  readonly dayAfter: (amount: Amount) => string;
  readonly yearStarts: (day: Day) => string;
  readonly limitReached: (day: Day) => string;
  readonly wordsTitle: string;
  readonly deductible: (limit: Amount | undefined, left: Amount | undefined) => string;
  readonly copay: (amounts: Amount) => string;
  readonly coinsurance: (percents: string) => string;
  readonly yearlyLimit: (limit: Amount | undefined, left: Amount | undefined) => string;
  readonly network: string;
  readonly approval: string;
  readonly balanceBill: (amount: Amount) => string;
  readonly changesTitle: string;
  readonly changes: readonly string[];
  readonly atRisk: (amount: Amount) => string;
  readonly openTitle: string;
  readonly openLead: string;
  readonly openNothing: string;
  readonly open: Readonly<Record<OpenPoint, string>>;
  readonly assumedTitle: string;
  readonly assumed: Readonly<Record<PlainAssumption, string>>;
  readonly assumedNothing: string;
  readonly plansNumber: string;
  readonly payHelp: string;
  readonly sourceOf: (plan: string, day: Day) => string;
  readonly validUntil: (day: Day) => string;
}

export interface GoodFaithWords {
  readonly title: string;
  readonly foot: string;
  readonly lead: readonly string[];
  readonly issuedOn: string;
  readonly validUntil: string;
  readonly careTitle: string;
  readonly mainService: string;
  readonly mainServiceIs: Readonly<Record<'sud' | 'mh' | 'dual', string>>;
  readonly timeFrame: string;
  readonly frequency: string;
  readonly perWeek: (days: number, weekdays: string, weeks: number) => string;
  readonly totalNumber: string;
  readonly dates: (count: number) => string;
  readonly diagnosis: string;
  readonly noDiagnosis: string;
  readonly providerTitle: string;
  readonly provider: string;
  readonly npi: string;
  readonly tin: string;
  readonly place: string;
  readonly state: string;
  readonly itemsTitle: string;
  readonly itemsCaption: string;
  readonly service: string;
  readonly when: string;
  readonly number: string;
  readonly charge: string;
  readonly included: string;
  readonly onDates: (dates: string) => string;
  readonly between: (count: number, from: Day, to: Day) => string;
  readonly totalText: (amount: Amount) => string;
  readonly laterServices: (day: Day) => string;
  readonly separateTitle: string;
  readonly separateLead: readonly string[];
  readonly separateNone: string;
  readonly disclaimersTitle: string;
  readonly disclaimers: readonly string[];
  readonly disputeTitle: string;
  readonly dispute: readonly string[];
  readonly assumedTitle: string;
  readonly assumed: readonly string[];
}

export interface SummaryWords {
  readonly title: string;
  readonly foot: string;
  readonly verification: string;
  readonly round: string;
  readonly status: string;
  readonly statuses: Readonly<Record<Status, string>>;
  readonly reason: string;
  readonly requestedOn: string;
  readonly requestedBy: string;
  readonly resultOf: string;
  readonly subscriber: string;
  readonly group: string;
  readonly decisionTitle: string;
  readonly decisions: Readonly<Record<DecisionKind, string>>;
  /** The same within a table. */
  readonly inShort: Readonly<Record<DecisionKind, string>>;
  readonly noDecision: string;
  readonly conditions: Readonly<Record<string, string>>;
  readonly moneyTitle: string;
  readonly moneyPromise: string;
  readonly likely: string;
  readonly range: string;
  readonly firstDay: string;
  readonly atRisk: string;
  readonly noEstimate: string;
  readonly periodsCaption: string;
  readonly period: string;
  readonly owed: string;
  readonly toDeductible: string;
  readonly toMaximum: string;
  readonly benefitsTitle: string;
  readonly benefitsCaption: (payer: string) => string;
  readonly benefit: string;
  readonly inNetwork: string;
  readonly outOfNetwork: string;
  readonly sources: string;
  readonly benefits: Readonly<
    Record<
      | 'decision'
      | 'copay'
      | 'coinsurance'
      | 'deductibleIndividual'
      | 'deductibleFamily'
      | 'outOfPocketIndividual'
      | 'outOfPocketFamily'
      | 'authorization'
      | 'limits',
      string
    >
  >;
  readonly per: Readonly<Record<string, string>>;
  readonly leftOf: (left: Amount, limit: Amount) => string;
  readonly left: (left: Amount) => string;
  readonly yesNo: Readonly<Record<'yes' | 'no' | 'unknown', string>>;
  readonly authorizationTitle: string;
  readonly authorizationStatus: string;
  readonly authorizationStatuses: Readonly<Record<'requested' | 'approved' | 'denied' | 'not_required', string>>;
  readonly authorizationNumber: string;
  readonly approvedDays: string;
  readonly daysOf: (approved: number, all: number) => string;
  readonly usedDays: string;
  readonly lastApprovedDay: string;
  readonly packetDueOn: string;
  readonly payersTitle: string;
  readonly payersCaption: string;
  readonly payer: string;
  readonly askedAt: string;
  readonly askedAbout: string;
  readonly answered: string;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly reusedOn: (moment: string) => string;
  readonly notAsked: string;
  readonly chainIssues: Readonly<Record<string, string>>;
  readonly openTitle: string;
  readonly openNothing: string;
  readonly worth: (ask: string, amount: Amount) => string;
  readonly conflictsTitle: string;
  readonly conflict: (place: string, electronic: string, phone: string, used: string) => string;
  readonly witnesses: Readonly<Record<'phone' | 'electronic', string>>;
  readonly assumptionsTitle: string;
  readonly notesTitle: string;
  readonly callsTitle: string;
  readonly call: (call: { from: string; representative: string; reference: string }) => string;
  readonly answerSaid: (question: string, value: string, words: string | undefined) => string;
  readonly wouldNotSay: string;
  readonly amends: string;
  readonly sourcesTitle: string;
  readonly segment: (number: number) => string;
  readonly place: (path: string) => string;
  readonly callSource: (date: Day, representative: string, reference: string) => string;
  readonly authorizationSource: (number: string | undefined) => string;
}
