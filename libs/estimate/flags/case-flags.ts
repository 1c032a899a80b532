import type { CivilDate } from '@openvob/benefits';
import type { ProgramPlan, Screening } from '@openvob/programs';
import type { AnsweredCoverage } from '../case-from-benefits/build-estimate-case';
import type { CaseFlag } from './case-flag';
import { parityFlags } from './parity-flags';
import { governmentFlags, planFlags } from './plan-flags';
import { programFlags } from './program-flags';

/** What flags are raised from. */
export interface FlagInputs {
  readonly startDate: CivilDate;
  readonly program: ProgramPlan;
  readonly coverages: readonly AnsweredCoverage[];
  /** Length of a program day in hours; without it the hours of a week cannot be told. */
  readonly sessionHours?: number;
  /** What the admission screening found. */
  readonly screening?: Screening;
}

/** Coverages that an estimate counts. Source: estimate contract, `EstimateCase`. */
const COUNTED = 2;

/**
 * What to look at or to ask about beside an estimate: level of care, a coverage that is not in the figures, what the law does not
 * allow, where Medicare and Medicaid have their own rules. A code stands once for a coverage.
 */
export function caseFlags({ startDate, program, coverages, sessionHours, screening }: FlagInputs): CaseFlag[] {
  const ofCoverages = coverages.flatMap((answered, coverage) => [
    ...(coverage < COUNTED ? [] : [{ ...NOT_COUNTED, coverage }]),
    ...eachOnce([...governmentFlags(answered), ...parityFlags(answered), ...planFlags(answered, startDate)]).map(
      (flag) => ({
        ...flag,
        coverage,
      }),
    ),
  ]);
  return [...programFlags(program, sessionHours, screening), ...ofCoverages];
}

const NOT_COUNTED: CaseFlag = {
  code: 'third_coverage_not_counted',
  text: 'A third coverage was asked and is shown. It is not in the figures: ask how it pays after the other two.',
  source: { title: 'An estimate counts two coverages' },
};

function eachOnce(flags: readonly CaseFlag[]): CaseFlag[] {
  return flags.filter(({ code }, index) => flags.findIndex((flag) => flag.code === code) === index);
}
