import type { CivilDate, Weekday } from '@openvob/benefits';

/** Substance use disorder, mental health, or both at once. */
export type Track = 'sud' | 'mh' | 'dual';

export type ServiceKind =
  | 'iop_day'
  | 'individual_therapy'
  | 'family_therapy'
  | 'medication_management'
  | 'medication'
  | 'assessment';

export type Setting = 'in_person' | 'virtual';

/** When a service falls; `everyDays` counts from the start date. */
export type Cadence =
  | { readonly every: 'program_day' }
  | { readonly weekly: Weekday }
  | { readonly dates: readonly CivilDate[] }
  | { readonly everyDays: number };

/** A service that the program bills: its procedure code (CPT or HCPCS) and when. */
export interface ProgramService {
  readonly code: string;
  readonly kind: ServiceKind;
  readonly on: Cadence;
}

/** So many weeks on the same weekdays; a program that tapers has several. */
export interface Phase {
  readonly weeks: number;
  readonly weekdays: readonly Weekday[];
  readonly virtualOn?: readonly Weekday[];
}

/** What a program does with one patient, week by week. Shape of the estimate contract. */
export interface ProgramPlan {
  readonly track: Track;
  readonly phases: readonly Phase[];
  /** The program is closed: nothing is billed and the day is not made up. */
  readonly closedOn?: readonly CivilDate[];
  /** The patient was absent: nothing is billed. */
  readonly missedOn?: readonly CivilDate[];
  readonly services: readonly ProgramService[];
}
