import type { CivilDate } from '@openvob/benefits';

export const authorizationStatuses = ['requested', 'approved', 'denied', 'not_required'] as const;
export const authorizationUnits = ['days', 'visits', 'hours', 'units'] as const;

/** What a payer decided about authorizing the program, as the facility wrote it down. An extension is a further record. */
export interface AuthorizationRecord {
  readonly id: string;
  /** Index of the coverage in the request. */
  readonly coverage: number;
  /** Whose coverage it was then. */
  readonly payer?: string;
  readonly status: (typeof authorizationStatuses)[number];
  /** The payer's number of it. */
  readonly number?: string;
  readonly unit?: (typeof authorizationUnits)[number];
  /** How many of the unit; without it an approval is of every program day from `from` to `to`. */
  readonly approved?: number;
  readonly from?: CivilDate;
  readonly to?: CivilDate;
  readonly decidedOn?: CivilDate;
  readonly nextReviewOn?: CivilDate;
  /** Who decided or told it. */
  readonly by?: string;
  readonly words?: string;
  /** The day on which it was written down. */
  readonly recordedOn: CivilDate;
}
