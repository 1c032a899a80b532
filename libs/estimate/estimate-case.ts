import type { Cents, CivilDate } from '@openvob/benefits';
import type { ProgramPlan, ServiceKind, Setting } from '@openvob/programs';

/** What an estimate is worked out from. Shape of the estimate contract; a key left out means that nobody said. */
export interface EstimateCase {
  readonly startDate: CivilDate;
  readonly program: ProgramPlan;
  readonly rates: readonly Rate[];
  /** None is self-pay; at most two, the primary first. */
  readonly coverages: readonly Coverage[];
  readonly pendingClaims?: PendingClaims;
}

/** Incurred, not yet posted to the first coverage's first period. */
export interface PendingClaims {
  readonly deductibleCents?: Cents;
  readonly outOfPocketCents?: Cents;
}

export interface Rate {
  readonly code: string;
  readonly network: RateNetwork;
  /** Contract rate, the plan's out-of-network allowance, or the self-pay price. */
  readonly allowedCents: Cents;
  /** Billed charge; out of network the part above the allowed amount is the balance bill. */
  readonly chargeCents?: Cents;
  /** Bundled into this code's line on the same day. */
  readonly includedIn?: string;
  /** First and last day on which it is the price; left out, there is no such bound. Beyond the estimate contract, whose rates have none. */
  readonly from?: CivilDate;
  readonly to?: CivilDate;
}

export type Network = 'in' | 'out';
export type RateNetwork = Network | 'self_pay';

export interface Coverage extends Benefits {
  readonly network: Network | 'unknown';
  readonly active: readonly ActiveSpan[];
  readonly outOfNetwork?: Benefits;
  /** Of a second coverage. */
  readonly coordination?: Coordination;
}

export interface ActiveSpan {
  readonly from: CivilDate;
  readonly to?: CivilDate;
}

export type Coordination = 'standard' | 'maintenance_of_benefits' | 'non_duplication';

/** The four that a coverage states for one side, its own or the one out of network. */
export interface Benefits {
  /** At least one; chronological, not overlapping. */
  readonly periods: readonly BenefitPeriod[];
  /** The first rule that matches a line is used; with none the line is not covered. */
  readonly costShares: readonly CostShareRule[];
  readonly limits?: readonly Limit[];
  readonly authorization?: SettledAuthorization;
}

export interface BenefitPeriod {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly deductible?: Accumulator;
  readonly outOfPocket?: Accumulator;
  /** What is left of the self-only limit of the Affordable Care Act for this person. */
  readonly selfOnlyCapRemainingCents?: Cents;
  /** Credits this period with what the one before took from October on. */
  readonly deductibleCarryover?: DeductibleCarryover;
}

export type DeductibleCarryover = 'fourth_quarter' | 'fourth_quarter_if_unmet';

export interface Accumulator {
  readonly structure: 'individual' | 'embedded' | 'aggregate';
  readonly individual?: Amounts;
  readonly family?: Amounts;
}

export interface Amounts {
  readonly limitCents?: Cents;
  readonly usedCents?: Cents;
  readonly remainingCents?: Cents;
}

export interface Matcher {
  /** Kinds of service or procedure codes. */
  readonly appliesTo: 'any' | readonly (ServiceKind | string)[];
  readonly setting?: Setting;
}

export type CostShareRule = Matcher & (CostShare | OneOf | NobodyStated | NotCovered);

/** Hypotheses, the first is the likely one. */
export interface OneOf {
  readonly oneOf: readonly CostShare[];
}

/** Nobody stated the share: everything or nothing is owed. */
export interface NobodyStated {
  readonly unknown: true;
}

export interface NotCovered {
  readonly notCovered: true;
}

export type CostShareOrder =
  | 'copay'
  | 'deductible_then_coinsurance'
  | 'deductible_then_copay'
  | 'copay_then_coinsurance';
export type CopayPer = 'service' | 'day' | 'week' | 'episode';
export type CoinsuranceCapPer = 'day' | 'week';

/** The amounts that the order names are there. */
export interface CostShare {
  readonly order: CostShareOrder;
  /** The patient's share, 0 to 100 with at most four decimals. */
  readonly coinsurancePercent?: number;
  readonly copayCents?: Cents;
  readonly copayPer?: CopayPer;
  /** Of `deductible_then_copay` only. */
  readonly copayOnDayDeductibleIsMet?: boolean;
  readonly coinsuranceCapCents?: Cents;
  readonly coinsuranceCapPer?: CoinsuranceCapPer;
}

/** Days or cents of the first period; a later period has no limit. */
export interface Limit {
  readonly kind: 'days' | 'plan_dollars';
  readonly appliesTo: Matcher['appliesTo'];
  readonly remaining: number;
}

export interface Authorization {
  readonly required: 'yes' | 'no' | 'unknown';
  /** Program days approved so far, counted from the start date. */
  readonly approvedDays?: number;
  /** If no extension comes. */
  readonly afterApproved?: 'provider_liable' | 'patient_liable';
  /** Taken off what the plan would have paid, owed by the patient. */
  readonly noAuthorizationPenaltyPercent?: number;
}

/** An authorization of which more is known than the contract has keys for: what if, and the authorizations that were recorded, say so. */
export interface SettledAuthorization extends Authorization {
  /** No extension comes. */
  readonly extension?: 'refused';
  /** Of the approved days those that no approval covers: program days, counted from the start, 0 the first. */
  readonly gaps?: readonly number[];
}
