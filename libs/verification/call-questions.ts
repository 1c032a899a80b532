import type { Estimate, EstimateCase } from '@openvob/estimate';
import type { Need } from './need';

/** What to ask the payer for each thing it left unsaid (codes of `IopBenefit.unknowns`). */
const asks: Readonly<Record<string, string>> = {
  behavioral_coverage:
    'Does this plan cover intensive outpatient treatment (H0015 or S9480) for this patient at this facility?',
  cost_share:
    'What does the patient pay for each day of intensive outpatient treatment: a copay, a coinsurance, or both?',
  copay_unit: 'Is the copay charged per visit, per day, per week or once per episode?',
  deductible:
    "What is the plan's deductible for this patient, individual and family, and does it apply to this service?",
  deductible_remaining: 'How much of the deductible is left today, individual and family?',
  out_of_pocket: "What is the plan's out-of-pocket maximum, individual and family?",
  out_of_pocket_remaining: 'How much of the out-of-pocket maximum is left today, individual and family?',
  authorization: 'Is prior authorization needed for intensive outpatient treatment, and who gives it?',
  network: 'Is this facility (NPI and tax id) in the network of this plan for intensive outpatient treatment?',
  tier: 'Which tier of the plan is this facility in?',
  limits: 'Is there a limit on days or visits, and how many are left?',
  plan_year: 'On which date do the deductible and the out-of-pocket maximum start again?',
};

/** An unknown that changes what the family owes, given how this case is worked out (`contract/http.md`, status table). */
export function movesEstimate(
  unknown: string,
  estimateCase: EstimateCase | undefined,
  estimate: Estimate | undefined,
): boolean {
  switch (unknown) {
    case 'behavioral_coverage':
    case 'cost_share':
    case 'copay_unit':
    case 'tier':
      return true;
    case 'deductible':
    case 'deductible_remaining':
      return !estimateCase || takesDeductible(estimateCase);
    case 'out_of_pocket':
    case 'out_of_pocket_remaining':
      return !estimate || estimate.total.highCents > 0;
    case 'network':
      return estimateCase?.coverages[0]?.network === 'unknown';
    case 'plan_year':
      return !estimate || estimate.perPeriod.length > 1;
    default:
      return false;
  }
}

/** A question of the estimate that the payer can answer and that narrows the range. Claims not yet posted are the caller's own word. */
export function isForThePayer(question: Estimate['questions'][number]): boolean {
  return question.swingCents > 0 && question.code !== 'pending_claims';
}

/** The call that would settle what is unsaid: the estimate's own questions first, worth most first, then the rest. */
export function callNeed(unknowns: readonly string[], estimate: Estimate | undefined): Need {
  const fromEstimate = (estimate?.questions ?? []).filter(isForThePayer);
  const covered = new Set<string>(fromEstimate.map((question) => question.code));
  const rest = unknowns
    .filter((code) => !covered.has(code) && asks[code])
    .map((code) => ({ id: `unsaid:${code}`, code, ask: asks[code] ?? code }));
  const message = 'The payer left something unsaid that changes what the family owes: ask it by phone.';
  return {
    kind: 'call',
    message,
    questions: [...fromEstimate.map(({ id, code, ask, swingCents }) => ({ id, code, ask, swingCents })), ...rest],
  };
}

function takesDeductible(estimateCase: EstimateCase): boolean {
  const rules = estimateCase.coverages.flatMap((coverage) => [
    ...coverage.costShares,
    ...(coverage.outOfNetwork?.costShares ?? []),
  ]);
  const orders = rules.flatMap((rule) =>
    'oneOf' in rule ? rule.oneOf.map((share) => share.order) : 'order' in rule ? [rule.order] : [],
  );
  return orders.some((order) => order === 'deductible_then_coinsurance' || order === 'deductible_then_copay');
}
