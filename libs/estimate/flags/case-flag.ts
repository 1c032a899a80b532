import type { CivilDate, Source } from '@openvob/benefits';
import type { LevelOfCareFlag, ProgramWarning } from '@openvob/programs';

/** What a coordinator should look at or ask about beside an estimate. It changes no figure. */
export interface CaseFlag {
  readonly code: CaseFlagCode;
  /** For the coordinator. */
  readonly text: string;
  readonly source: FlagSource;
  /** Index of the coverage that it is about, as they were answered. */
  readonly coverage?: number;
  /** The payer's words that it is raised by. */
  readonly stated?: readonly Source[];
}

/** What a flag stands on: a published rule, or one of this software's own. */
export interface FlagSource {
  readonly title: string;
  readonly url?: string;
  readonly readOn?: CivilDate;
}

export type CaseFlagCode =
  | ProgramWarning['code']
  | LevelOfCareFlag['code']
  | 'third_coverage_not_counted'
  | 'parity_visit_limit'
  | 'parity_day_limit'
  | 'parity_dollar_limit'
  | 'parity_separate_deductible'
  | 'maximum_above_legal_limit'
  | 'individual_deductible_below_family_least'
  | 'medicare_place'
  | 'medicaid_of_state'
  | 'spend_down'
  | RecordFlagCode;

/** Raised by what people recorded: calls, authorizations, attendance. */
export type RecordFlagCode =
  | 'networks_count_for_each_other'
  | 'limit_shared_with_php'
  | 'notice_of_admission'
  | 'premium_unpaid'
  | 'plan_change_coming'
  | 'check_to_patient'
  | 'accreditation_needed'
  | 'exclusions_named'
  | 'virtual_modifier'
  | 'would_stop_payment'
  | 'authorization_pending'
  | 'authorization_denied'
  | 'authorization_of_other_payer'
  | 'authorization_runs_out'
  | 'review_packet_due'
  | 'attended_without_authorization'
  | 'attendance_not_recorded'
  | 'limit_runs_out';
