import type { AttendanceDay, AuthorizationRecord, PhoneAnswer } from '@openvob/estimate';

/** Everything that people recorded of a verification beside what payers answered electronically. */
export interface Recorded {
  /** Counts the records: a conclusion that was drawn from fewer is drawn again. */
  readonly version: number;
  /** Of all calls in their last form, in the order in which they were recorded. */
  readonly answers: readonly PhoneAnswer[];
  /** In their last form. */
  readonly authorizations: readonly AuthorizationRecord[];
  /** Authorizations of payers that no longer have their coverage: they count for nothing. */
  readonly setAside?: readonly AuthorizationRecord[];
  /** One a date: what was recorded last. */
  readonly attendance: readonly AttendanceDay[];
}

/** Nothing was recorded. */
export const nothingRecorded: Recorded = { version: 0, answers: [], authorizations: [], attendance: [] };
