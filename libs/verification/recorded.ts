/** Everything that people recorded of a verification beside what payers answered electronically. */
export interface Recorded {
  /** Counts the records: a conclusion that was drawn from fewer is drawn again. */
  readonly version: number;
}

/** Nothing was recorded. */
export const nothingRecorded: Recorded = { version: 0 };
