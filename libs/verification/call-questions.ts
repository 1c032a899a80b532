import type { BankCode, Estimate, EstimateCase, ScriptQuestion } from '@openvob/estimate';
import type { Need } from './need';
import type { WorkedOut } from './worked-out';

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

/** What to ask the payer about something that it left unsaid. */
export function askFor(unknown: string): string {
  return asks[unknown] ?? unknown;
}

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

/** The question of the bank that settles an unknown of a decision. */
const settledBy: Readonly<Record<string, BankCode>> = {
  behavioral_coverage: 'iop_covered',
  cost_share: 'share_kind',
  copay_unit: 'copay_per',
  deductible: 'deductible_individual',
  deductible_remaining: 'deductible_individual',
  out_of_pocket: 'out_of_pocket_individual',
  out_of_pocket_remaining: 'out_of_pocket_individual',
  authorization: 'authorization_required',
  network: 'facility_network',
  tier: 'tier',
  limits: 'limit_kind',
  plan_year: 'plan_year',
};

/**
 * The call that would settle what is unsaid: the estimate's own questions first, worth most first, then what the calls and the answer disagree
 * on, then the rest. Of a payer that was not asked electronically everything is to ask.
 *
 * @param whom the name of whoever is to be called
 */
export function callNeed(
  worked: WorkedOut,
  script: readonly ScriptQuestion[],
  { isByPhone, whom }: { readonly isByPhone: boolean; readonly whom: string },
): Need {
  const fromEstimate = (worked.estimate?.questions ?? []).filter(isForThePayer).map(plain);
  const covered = new Set<string>(fromEstimate.map(({ code }) => code));
  const conflicts = script.filter(({ code }) => code === 'conflict').map(plain);
  const rest = isByPhone ? scripted(script, covered) : unsaid(worked, script, covered);
  const questions = [...fromEstimate, ...conflicts, ...rest];
  const message = isByPhone
    ? `${whom} is asked by phone: what is still to ask.`
    : `${whom} left something unsaid that changes what the family owes: ask it by phone.`;
  return { kind: 'call', message, questions: eachOnce(questions) };
}

/** The whole of a script, without what one of its answers unfolds. */
export function scripted(script: readonly ScriptQuestion[], covered: ReadonlySet<string> = new Set()): CallQuestion[] {
  return script
    .filter(
      ({ onlyIf, code }) => !onlyIf && code !== 'conflict' && !(covered.has('cost_share') && code === 'share_kind'),
    )
    .map(plain);
}

type CallQuestion = NonNullable<Need['questions']>[number];

function plain({ id, code, ask, swingCents }: CallQuestion): CallQuestion {
  return { id, code, ask, ...(swingCents === undefined ? {} : { swingCents }) };
}

function unsaid(
  { built, answers }: WorkedOut,
  script: readonly ScriptQuestion[],
  covered: ReadonlySet<string>,
): CallQuestion[] {
  const position = answers[0]?.position ?? 0;
  return built.unknowns.flatMap((unknown) => {
    const code = settledBy[unknown];
    if (!code || covered.has(unknown)) return [];
    const listed = script.filter((question) => question.code === code);
    if (listed.length > 0) return listed.map((question) => ({ ...plain(question), code: unknown }));
    return [{ id: `${code}:${position}`, code: unknown, ask: askFor(unknown) }];
  });
}

function eachOnce(questions: readonly CallQuestion[]): CallQuestion[] {
  return questions.filter(({ id }, at) => questions.findIndex((one) => one.id === id) === at);
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
