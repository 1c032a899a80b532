import type { CaseErrorCode } from '../case-fault';

/**
 * Why a change cannot be made, besides the faults of a case: an answer to what was not asked, a network without a coverage, a
 * start before the first benefit period.
 */
export type ChangeErrorCode = CaseErrorCode | 'no_such_question' | 'no_coverage' | 'no_benefit_period';

export interface ChangeError {
  readonly code: ChangeErrorCode;
  /** JSON Pointer into the change, or into the case that it makes; empty for the whole. */
  readonly path: string;
  /** What would be allowed; never a value of the case. */
  readonly message: string;
}

/** A change's error on its way to where it becomes a value (`whatIf`). */
export class ChangeFault extends Error {
  override readonly name = 'ChangeFault';

  constructor(readonly fault: ChangeError) {
    super(`${fault.code} at "${fault.path}": ${fault.message}`);
  }
}

/** Throws the fault of a change. */
export function refuseChange(code: ChangeErrorCode, path: string, message: string): never {
  throw new ChangeFault({ code, path, message });
}
