import type { Cents, CivilDate } from '@openvob/benefits';
import type { ServiceKind, Setting } from '@openvob/programs';

/** The dated worksheet of a whole episode. Shape of the estimate contract; all lists of codes are closed. */
export interface Estimate {
  /** `likelyCents` is left out with the warning `cost_share_unknown`. */
  readonly total: { readonly lowCents: Cents; readonly likelyCents?: Cents; readonly highCents: Cents };
  /** First day with a service; 0 without one. */
  readonly firstDayCents: Cents;
  readonly perWeek: readonly WeekTotal[];
  readonly perPeriod: readonly PeriodTotal[];
  readonly days: readonly Day[];
  /** Gross, if an authorization is not extended. */
  readonly atRiskCents: Cents;
  readonly assumptions: readonly Assumption[];
  readonly questions: readonly Question[];
  readonly warnings: readonly Warning[];
}

export interface WeekTotal {
  /** The Monday. */
  readonly weekOf: CivilDate;
  readonly patientCents: Cents;
}

/** A period of the first coverage: all owed for its dates, and what was posted to its accumulators. */
export interface PeriodTotal {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly patientCents: Cents;
  readonly deductibleCents: Cents;
  readonly outOfPocketCents: Cents;
}

export interface Day {
  readonly date: CivilDate;
  readonly setting: Setting;
  readonly patientCents: Cents;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly code: string;
  readonly kind: ServiceKind;
  readonly allowedCents: Cents;
  /** The primary's share, after trimming. */
  readonly deductibleCents: Cents;
  readonly copayCents: Cents;
  readonly coinsuranceCents: Cents;
  readonly nonCoveredCents: Cents;
  readonly penaltyCents: Cents;
  readonly balanceBillCents: Cents;
  readonly planPaidCents: Cents;
  readonly secondaryPaidCents: Cents;
  readonly patientCents: Cents;
  /** One sentence a step, in the order taken. */
  readonly why: readonly string[];
}

export type QuestionCode = 'network' | 'cost_share' | 'accumulator_conflict' | 'pending_claims' | 'authorization';

export interface Question {
  /** Stable for the case, e.g. `cost_share:0:o1`. */
  readonly id: string;
  readonly code: QuestionCode;
  readonly ask: string;
  /** How much the range narrows by the answer that narrows it most. */
  readonly swingCents: Cents;
}

export type WarningCode =
  | 'accumulator_conflict'
  | 'unknowns_pruned'
  | 'no_period'
  | 'no_cost_share'
  | 'cost_share_unknown';

export interface Warning {
  readonly code: WarningCode;
  readonly text: string;
}

/** In the order in which an estimate lists them. */
export type AssumptionCode =
  | 'in_network_assumed'
  | 'same_benefits_out_of_network_assumed'
  | 'first_cost_share_assumed'
  | 'larger_remaining_assumed'
  | 'pending_claims_ignored'
  | 'extension_assumed'
  | 'no_authorization_penalty_assumed'
  | 'provider_liable_default'
  | 'no_deductible_assumed'
  | 'no_out_of_pocket_maximum_assumed'
  | 'copay_per_day_default'
  | 'copay_on_day_deductible_is_met_default'
  | 'coinsurance_cap_per_day_default'
  | 'standard_coordination_default';

export interface Assumption {
  readonly code: AssumptionCode;
  readonly text: string;
}
