import { type CoverageStatus, coverageRowsOf, type Issue, type Snapshot, statusOn, tells } from '@openvob/benefits';
import { type Choices, chooseAll, dependsOnTier } from './choices';
import { limitConditions } from './choose-limits';
import { holdsOnDate, networkFit } from './fit';
import type { DecisionKind, IopBenefit } from './iop-benefit';
import type { IopRequest } from './iop-request';
import { mustAskAnother } from './other-payer';
import { careScope, isBehavioralScope, SCOPE } from './scope';
import { type Situation, situationOf } from './situation';
import { unknownsOf } from './unknowns';

/** Decisions after which this payer's figures are not used. Source: reference/benefits.md 1.10 rules 12 and 14. */
const ROUTED: ReadonlySet<DecisionKind> = new Set(['carved_out', 'other_payer']);

/**
 * What a snapshot says about an intensive outpatient program: the decision, its conditions, the figures with their
 * sources and alternatives, and what was left unsaid. Rules: `RULES`, ids of reference/benefits.md 1.10.
 *
 * @returns `issues`: figures that were not believed and statements that contradict each other.
 */
export function chooseIop(snapshot: Snapshot, request: IopRequest): { iop: IopBenefit; issues: Issue[] } {
  const issues: Issue[] = [];
  const situation = situationOf(snapshot, request);
  const choices = chooseAll(snapshot, situation, issues);
  const decision = decide(snapshot, situation, choices);
  const conditions = conditionsOf(snapshot, situation, choices);
  const kind = decision === 'covered' && conditions.length > 0 ? 'covered_with_conditions' : decision;
  reportProviderNetwork(snapshot, request, issues);
  const settled = kind === 'not_covered' || ROUTED.has(kind);
  const iop: IopBenefit = {
    decision: kind,
    conditions: settled ? [] : conditions,
    authorization: choices.authorization,
    limits: ROUTED.has(kind) ? [] : choices.limits,
    unknowns: settled ? [] : unknownsOf(snapshot, choices),
  };
  if (!ROUTED.has(kind)) addFigures(iop, choices);
  return { iop, issues };
}

/** The first that holds. Source: contract of the reader, "IOP decision". */
function decide(snapshot: Snapshot, situation: Situation, { behavioral }: Choices): DecisionKind {
  const status = currentStatus(snapshot, situation);
  if (status === 'inactive') return 'not_covered';
  if (snapshot.carveOut !== undefined) return 'carved_out';
  if (mustAskAnother(snapshot, situation)) return 'other_payer';
  if (behavioral === 'excluded') return 'not_covered';
  if (behavioral === 'silent' || status !== 'active' || snapshot.outcome === 'rejected') return 'unknown';
  return 'covered';
}

/** The status on the date asked for, which may be another than the one the snapshot was worked out for. */
function currentStatus(snapshot: Snapshot, { on }: Situation): CoverageStatus {
  const { basis } = snapshot;
  if (basis === undefined) return snapshot.status;
  return statusOn(on, coverageRowsOf(basis), basis.planDates).status;
}

function conditionsOf(snapshot: Snapshot, situation: Situation, choices: Choices): string[] {
  const conditions = limitConditions(choices.limits);
  if (choices.authorization === 'yes') conditions.unshift('authorization_required');
  if (choices.deductible.separate) conditions.push('separate_deductible');
  if (isReferralRequired(snapshot, situation)) conditions.push('referral_required');
  if (isRestricted(snapshot, situation)) conditions.push('restricted_provider');
  if (dependsOnTier(choices)) conditions.push('tier_unknown');
  return conditions;
}

function isReferralRequired(snapshot: Snapshot, situation: Situation): boolean {
  const rows = snapshot.basis?.rows.filter(({ says }) => says === 'referral') ?? [];
  if (snapshot.basis === undefined)
    return tells(
      snapshot.messages.map(({ text }) => text),
      'referral_required',
    );
  return rows.some((row) => concernsProgram(row, situation));
}

function isRestricted(snapshot: Snapshot, situation: Situation): boolean {
  return (snapshot.basis?.rows ?? []).some(
    (row) => row.says === 'restricted_provider' && concernsProgram(row, situation),
  );
}

type StatedRow = NonNullable<Snapshot['basis']>['rows'][number];

function concernsProgram(row: StatedRow, situation: Situation): boolean {
  const scope = careScope(row, situation.track);
  const applies = isBehavioralScope(scope) || scope === SCOPE.plan;
  return applies && holdsOnDate(row, situation.on) && networkFit(row.network, situation.network) !== undefined;
}

function addFigures(iop: IopBenefit, { copay, coinsurance, deductible, outOfPocket }: Choices): void {
  if (copay) iop.copay = copay.chosen;
  if (coinsurance) iop.coinsurance = coinsurance.chosen;
  if (deductible.individual) iop.deductibleIndividual = deductible.individual.chosen;
  if (deductible.family) iop.deductibleFamily = deductible.family.chosen;
  if (outOfPocket.individual) iop.outOfPocketIndividual = outOfPocket.individual.chosen;
  if (outOfPocket.family) iop.outOfPocketFamily = outOfPocket.family.chosen;
}

/** The payer's own word on the asking provider, when it is not what was asked for. */
function reportProviderNetwork(snapshot: Snapshot, { network }: IopRequest, issues: Issue[]): void {
  const contrary = network === 'in' ? 'provider_out_of_network' : 'provider_in_network';
  const said = snapshot.messages.find(({ text }) => tells([text], contrary));
  if (said === undefined) return;
  const where = network === 'in' ? 'out of' : 'in';
  const message = `The payer says that the provider is ${where} network; the benefit is worked out for the other side.`;
  issues.push({
    severity: 'warning',
    code: 'conflict',
    at: said.source.path ?? `segment ${said.source.segment ?? 1}`,
    message,
  });
}
