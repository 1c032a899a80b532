/** Why a case cannot be estimated. The list is closed. Source: estimate contract, "Errors". */
export type CaseErrorCode =
  | 'invalid_json'
  | 'missing'
  | 'wrong_type'
  | 'out_of_range'
  | 'unknown_value'
  | 'overlapping_periods'
  | 'no_such_date'
  | 'rate_missing'
  | 'too_large';

export interface CaseError {
  readonly code: CaseErrorCode;
  /** JSON Pointer into the case, empty for the whole. */
  readonly path: string;
  /** What would be allowed; never a value of the case. */
  readonly message: string;
}

/** A case error on its way to where it becomes a value (`parseCase`). */
export class CaseFault extends Error {
  override readonly name = 'CaseFault';

  constructor(readonly fault: CaseError) {
    super(`${fault.code} at "${fault.path}": ${fault.message}`);
  }
}
