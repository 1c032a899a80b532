import type { CivilDate } from '@openvob/benefits';
import type { AdmissionRequest } from '@openvob/intake';
import { firstProgramDay } from '@openvob/programs';
import { type CoverageOutcome, phoneNeed } from './further-coverages';
import type { Ground } from './ground';
import type { DirectoryPayer, Program } from './ports';
import type { PayerMatch } from './readiness';
import { planOf } from './round';

/** What is known before any payer was asked. */
export interface Unasked {
  readonly request: AdmissionRequest;
  readonly program: Program;
  /** One a coverage, in the request's order. */
  readonly matches: readonly PayerMatch[];
  readonly today: CivilDate;
}

/** A ground on which nobody has answered: for the script of a call that does not wait for an answer. No conclusion is kept of it. */
export function unaskedGround({ request, program, matches, today }: Unasked): Ground | undefined {
  const { admission, coverages } = request;
  const startDate = admission.startDate ?? firstProgramDay(program.plan, today);
  const payers = coverages.map((coverage, position): DirectoryPayer => {
    const match = matches[position];
    return match && 'payer' in match ? match.payer : { id: '', name: coverage.payer?.name ?? 'The payer' };
  });
  const [first, ...further] = payers.map((payer, position): CoverageOutcome => ({ kind: 'by_phone', payer, position }));
  const [payer] = payers;
  if (!first || !payer) return undefined;
  return {
    admission,
    plan: planOf(program, startDate, admission.track),
    startDate,
    answeredOn: today,
    payers,
    outcomes: [first, ...further],
    unanswered: {
      event: 'no_electronic_way',
      to: 'needs_call',
      reason: 'no_electronic_way',
      needs: [phoneNeed(payer)],
    },
    rates: [],
  };
}
