import type { CivilDate } from '@openvob/benefits';

export const payerKinds = [
  'commercial',
  'blue',
  'marketplace',
  'medicaid',
  'medicare',
  'tricare',
  'federal_employees',
  'third_party_administrator',
  'behavioral_administrator',
] as const;
export type PayerKind = (typeof payerKinds)[number];

/** Kinds of plan that an administrator may have some of and not others. */
export const planKinds = ['commercial', 'marketplace', 'medicaid', 'medicare', 'federal_employees', 'tricare'] as const;
export type PlanKind = (typeof planKinds)[number];

export const phonePurposes = ['general', 'eligibility', 'behavioral_health', 'authorization'] as const;
export type PhonePurpose = (typeof phonePurposes)[number];

/** Whether a provider has to enroll before it may ask electronically; left out: nobody said. */
export const enrollments = ['not_needed', 'needed', 'done'] as const;
export type Enrollment = (typeof enrollments)[number];

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Where a fact was read, and when. */
export interface Sourced {
  readonly source: string;
  readonly asOf: CivilDate;
}

/** What is known of a payer itself; `source` is of all of it. */
export interface PayerFacts extends Partial<Sourced> {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** The first characters of the member ids that it gives out, capital letters and digits. */
  readonly memberIdPrefixes: readonly string[];
  /** Two letters each; none: it is not tied to states, or nobody said. */
  readonly states: readonly string[];
  readonly kind?: PayerKind;
  readonly portalUrl?: string;
}

/** An id by which others know a payer: a clearinghouse (`stedi`), or everybody (`edi`). */
export interface PayerIdentifier extends Sourced {
  readonly network: string;
  readonly identifier: string;
  readonly enrollment?: Enrollment;
}

/** When a line is open, in its own time zone: `from` and `to` are `HH:MM`, `to` is at most `24:00`. */
export interface OpeningHours {
  readonly timeZone: string;
  readonly open: readonly { readonly days: readonly Weekday[]; readonly from: string; readonly to: string }[];
}

export interface PayerPhone extends Partial<Sourced> {
  readonly purpose: PhonePurpose;
  readonly number: string;
  readonly hours?: OpeningHours;
}

/** Who administers behavioral health for a payer; without a state or kind of plan, in all of them. */
export interface PayerAdministrator extends Sourced {
  readonly administratorId: string;
  readonly state?: string;
  readonly planKind?: PlanKind;
}

/** Everything about a payer but the connections over which it is asked. */
export interface PayerRecord extends PayerFacts {
  readonly identifiers: readonly PayerIdentifier[];
  readonly phones: readonly PayerPhone[];
  readonly administrators: readonly PayerAdministrator[];
}
