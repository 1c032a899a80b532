/** A date relative to the date that is asked about: of its year's or month's first or last day, or so many days away. */
export type RelativeDate =
  | { readonly of: 'year_start' | 'year_end' | 'month_start' | 'last_month_end' }
  | { readonly days: number };

/** Another party that a benefit names (loop 2120). */
export interface NamedEntity {
  /** NM101, e.g. `Y2` managed care organization, `PRP` primary payer. */
  readonly role: string;
  readonly name: string;
  /** Its payer id. */
  readonly id?: string;
  /** The patient's member id there; takes the place of `id`. */
  readonly memberId?: string;
  readonly phone?: string;
}

/** One EB loop of an answer, in plain terms. */
export interface BenefitRow {
  /** EB01. */
  readonly code: string;
  readonly level?: 'IND' | 'FAM';
  readonly serviceTypes: readonly string[];
  /** EB04, e.g. `PR` preferred provider organization. */
  readonly insuranceType?: string;
  /** True: EB05 carries the payer's plan name. */
  readonly namesPlan?: boolean;
  /** EB06. */
  readonly period?: string;
  readonly cents?: number;
  /** The patient's share, 0 to 100. */
  readonly percent?: number;
  readonly quantity?: { readonly unit: string; readonly count: number };
  readonly authorization?: 'Y' | 'N' | 'U';
  readonly network?: 'Y' | 'N' | 'W' | 'U';
  readonly dates?: readonly { readonly qualifier: string; readonly from: RelativeDate; readonly to?: RelativeDate }[];
  readonly messages?: readonly string[];
  readonly entity?: NamedEntity;
}

/** AAA03 and AAA04, and the loop they stand in; `patient` is the loop of whoever is asked about. */
export interface RejectionContent {
  readonly kind: 'rejection';
  readonly level: 'payer' | 'provider' | 'subscriber' | 'patient';
  readonly code: string;
  /** The code that takes its place when the patient is a dependent. */
  readonly dependentCode?: string;
  readonly followUp: string;
}

/** What an invented plan says about a person. */
export interface BenefitContent {
  readonly kind: 'benefits';
  /** Begin of the plan, DTP 346; its end, DTP 347. */
  readonly planFrom?: RelativeDate;
  readonly planTo?: RelativeDate;
  readonly groupNumber?: string;
  readonly rows: readonly BenefitRow[];
}

export type AnswerContent = BenefitContent | RejectionContent;
