import type { CivilDate } from '@openvob/benefits';
import type { RequestAdmission } from '@openvob/intake';
import type { ProgramPlan } from '@openvob/programs';
import { conclude } from './conclude';
import { type CoverageOutcome, withFurtherCoverages } from './further-coverages';
import type { FacilityRate, Transition } from './ports';

/**
 * What a conclusion is drawn from, beside what people recorded: the payers' answers as they were read, the program and the rates of that
 * day. It is kept with the round, so that a record is taken in by drawing once more from the same, by whoever takes it in.
 */
export interface Ground {
  readonly admission: RequestAdmission;
  /** As this patient attends it. */
  readonly plan: ProgramPlan;
  readonly startDate: CivilDate;
  /** The day on which the payers answered. */
  readonly answeredOn: CivilDate;
  /** One a coverage, in the request's order; behind a first one that was not answered there are none. */
  readonly outcomes: readonly [CoverageOutcome, ...CoverageOutcome[]];
  /** What follows while the first coverage is not answered and nobody recorded anything. */
  readonly unanswered?: Transition;
  readonly rates: readonly FacilityRate[];
}

/**
 * Decision, estimate, needs and status from a ground and everything that people recorded: the one way to a conclusion, in the worker when the
 * payers have answered and in the API when something is recorded. Pure; the same ground and records give the same.
 *
 * @param today today's date at the facility, for how long the answer stays good
 */
export function draw(ground: Ground, today: CivilDate): Transition {
  const { admission, plan, startDate, answeredOn, rates } = ground;
  const [first, ...further] = ground.outcomes;
  if (first.kind !== 'answered') {
    if (!ground.unanswered) throw new Error('A ground without an answer says what follows');
    return ground.unanswered;
  }
  const others = further.flatMap((outcome) => (outcome.kind === 'answered' ? [outcome.answer] : []));
  const answers = [first.answer, ...others] as const;
  return withFurtherCoverages(conclude({ admission, plan, startDate, today, answeredOn, answers, rates }), further);
}
