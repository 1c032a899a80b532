import type { Answer, Authorization, Coverage, EstimateCase, Question } from '@openvob/estimate';
import { whatIf } from '@openvob/estimate';

/** The cases that the hypotheses of a question make, each with the unknown gone. */
export function answered(given: EstimateCase, question: Question): EstimateCase[] {
  return hypothesesOf(given, question).map((answer) => {
    const changed = whatIf(given, { answers: { [question.id]: answer } });
    if (!changed.ok) throw new Error(`an answer was refused: ${JSON.stringify({ question, error: changed.error })}`);
    return changed.case;
  });
}

/** The answers that stand for the hypotheses, in their order. */
function hypothesesOf(given: EstimateCase, { id, code }: Question): Answer[] {
  const [, coverage = '', place = ''] = id.split(':');
  const side = sideAt(given.coverages[Number(coverage)], place.startsWith('o'));
  switch (code) {
    case 'network':
      return ['in', 'out'];
    case 'cost_share': {
      const rule = side?.costShares[Number(place.replace('o', ''))];
      return rule && 'oneOf' in rule ? rule.oneOf.map((_, index) => index) : [0, 1];
    }
    case 'accumulator_conflict':
      return ['larger', 'smaller'];
    case 'pending_claims':
      return ['posted', 'not_posted'];
    case 'authorization':
      return hypothesesOfAuthorization(side?.authorization);
  }
}

function hypothesesOfAuthorization(authorization: Authorization | undefined): Answer[] {
  return authorization?.approvedDays === undefined ? ['not_required', 'required'] : ['extended', 'not_extended'];
}

function sideAt(coverage: Coverage | undefined, isOut: boolean) {
  return isOut ? coverage?.outOfNetwork : coverage;
}
