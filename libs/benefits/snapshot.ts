import type { CivilDate, DateSpan } from './civil-date';
import type { Cents } from './money';

/** Network side of a benefit (not of the provider): EB12 Y / N / W / U or absent. */
export type Net = 'in' | 'out' | 'either' | 'unknown';

/** Where a figure came from. X12: 1-based segment number in the file and the segment itself; JSON and FHIR: JSON Pointer; by phone: the call. */
export interface Source {
  segment?: number;
  raw?: string;
  path?: string;
  /** Which of several answers it stands in, by its inquiry; given where answers were put together. */
  answer?: string;
  call?: CallSource;
  authorization?: AuthorizationSource;
}

/** A payer's decision on authorizing care, as the facility wrote it down. */
export interface AuthorizationSource {
  /** Ids of the records. */
  ids: string[];
  /** The payer's number of it. */
  number?: string;
}

/** A call as the source of a figure: its words decide disputes. */
export interface CallSource {
  /** Id of the call's record. */
  id: string;
  date: CivilDate;
  representative: string;
  /** The payer's number of the call. */
  reference: string;
  words?: string;
}

export interface Issue {
  severity: 'error' | 'warning' | 'info';
  code: string;
  at: string;
  message: string;
}

export type RejectionClass =
  | 'transient'
  | 'member_data'
  | 'provider_enrollment'
  | 'configuration'
  | 'request'
  | 'date'
  | 'business'
  | 'do_not_resend';

export interface Rejection {
  level: 'payer' | 'provider' | 'subscriber' | 'dependent' | 'benefit';
  code: string;
  followUp?: string;
  class: RejectionClass;
  advice: string;
  source: Source;
}

/** A person as the payer named them; nothing is copied from one person to the other. */
export interface Person {
  firstName?: string;
  lastName?: string;
  memberId?: string;
  birthDate?: CivilDate;
  groupNumber?: string;
}

/** What every benefit row carries. `serviceTypes: []` means EB03 was empty; nothing is inherited from other rows. */
export interface Row {
  network: Net;
  serviceTypes: string[];
  plan?: string;
  from?: CivilDate;
  to?: CivilDate;
  messages?: string[];
}

export type Period =
  | 'service_year'
  | 'calendar_year'
  | 'year'
  | 'contract'
  | 'lifetime'
  | 'visit'
  | 'day'
  | 'week'
  | 'month'
  | 'episode'
  | 'admission'
  | 'unspecified';

export interface Accumulator extends Row {
  kind: 'deductible' | 'out_of_pocket';
  level: 'individual' | 'family' | 'other' | 'unknown';
  period: Period;
  limitCents?: Cents;
  usedCents?: Cents;
  remainingCents?: Cents;
  source: Source[];
}

export interface CostShare extends Row {
  kind: 'copay' | 'coinsurance';
  per?: 'visit' | 'day' | 'week' | 'month' | 'admission' | 'episode' | 'year';
  amountCents?: Cents;
  maxCents?: Cents;
  /** The patient's share, 0 to 100. */
  percent?: number;
  placeOfService?: string[];
  procedure?: string;
  days?: number;
  source: Source;
}

export interface Limit extends Row {
  unit: 'visits' | 'days' | 'hours' | 'dollars' | 'other';
  period: Period;
  /** Dollars in cents. */
  allowed?: number;
  used?: number;
  remaining?: number;
  source: Source[];
}

/**
 * What a decision needs of the answer beyond the lists of a snapshot: the date it was worked out for, the dates that bind
 * the person, and the rows that cover, route or restrict without a figure. Kept with a snapshot, never printed.
 */
export interface Basis {
  serviceDate?: CivilDate;
  /** Plan dates that bind the person: the dependent's own, else the subscriber's. */
  planDates: DateSpan[];
  rows: BasisRow[];
  /** Cost shares that are for other members of the family than the patient (EB02 spouse, children or dependents only). */
  forOthers: Source[];
  /** Cost shares that hold only once so many visits or days are used up ("over 50 visits"). */
  laterBands?: { source: Source }[];
  /** Rows that speak of one procedure alone, where the lists of the snapshot do not tell which. */
  procedures?: { procedure: string; source: Source }[];
}

/**
 * - `coverage`: active, inactive or pending. - `other_payer`: another payer exists (`order` when said).
 * - `managed_care`: a managed-care plan or coordinator is named. - `restricted_provider`: only a named provider may serve.
 * - `referral`: a message on the row says that a referral is required. - `unlimited`: there is no limit.
 */
export interface BasisRow extends Row {
  says: 'coverage' | 'other_payer' | 'managed_care' | 'restricted_provider' | 'referral' | 'unlimited';
  status?: 'active' | 'inactive' | 'pending';
  order?: Snapshot['otherPayers'][number]['order'];
  /** Code list 1336 (EB04). */
  product?: string;
  /** Name of the payer, plan or coordinator, or the message that names it. */
  name?: string;
  /** Of `unlimited`: over which period. */
  period?: Period;
  source: Source;
}

export type CoverageStatus = 'active' | 'inactive' | 'pending' | 'unknown';

/**
 * Everything one payer said about one person, in one shape whatever the wire format.
 * `libs/coverage` adds the decision for a program (`iop`).
 */
export interface Snapshot {
  /** `rejected`: an AAA (or its like) and no EB; rejections are listed either way. */
  outcome: 'benefits' | 'rejected';
  rejections: Rejection[];
  trace: string[];
  payer: { name?: string; id?: string };
  provider: { name?: string; npi?: string };
  subscriber: Person;
  patient: Person & { isSubscriber?: boolean };
  status: CoverageStatus;
  spans: {
    from?: CivilDate;
    to?: CivilDate;
    what: 'plan' | 'eligibility' | 'benefit' | 'policy' | 'other';
    source: Source;
  }[];
  plans: { name?: string; group?: string; product?: string; status: string; source: Source }[];
  coverages: { serviceTypes: string[]; network: Net; status: 'active' | 'inactive' | 'pending'; source: Source }[];
  accumulators: Accumulator[];
  costShares: CostShare[];
  limits: Limit[];
  authorizations: {
    serviceTypes: string[];
    network: Net;
    required: 'yes' | 'no' | 'unknown';
    text?: string;
    source: Source;
  }[];
  exclusions: { serviceTypes: string[]; network: Net; procedure?: string; text?: string; source: Source }[];
  entities: {
    role: string;
    name?: string;
    id?: string;
    memberId?: string;
    phone?: string;
    url?: string;
    serviceTypes: string[];
    source: Source;
  }[];
  otherPayers: {
    order: 'primary' | 'secondary' | 'tertiary' | 'unknown';
    name?: string;
    memberId?: string;
    source: Source;
  }[];
  carveOut?: { entity: string; memberId?: string; phone?: string; source: Source };
  /** Every MSG in file order, repeats kept, line breaks as one space. */
  messages: { text: string; source: Source }[];
  basis?: Basis;
}
