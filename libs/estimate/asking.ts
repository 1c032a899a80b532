import type { PendingClaims, SettledAuthorization } from './estimate-case';
import type { Side } from './side';
import type { OpenRule, Unknown } from './unknowns';
import { disagreementText } from './warnings';
import { costShareText, percentText, planName, scopeText, usd } from './wording';

/** What a coordinator asks the payer (or the intake, of pending claims) to settle an unknown. */
export function askText(unknown: Unknown, coverages: number): string {
  switch (unknown.code) {
    case 'network':
      return `${planOf(unknown.coverage, coverages)}: is this program, by its NPI and tax id, in network for intensive outpatient care?`;
    case 'cost_share':
      return `${sideText(unknown.side, coverages)}: ${askCostShare(unknown.rule)}`;
    case 'accumulator_conflict':
      return `What is left as of today? ${unknown.disagreements.map(disagreementText).join('; ')}.`;
    case 'pending_claims':
      return askPendingClaims(unknown.pendingClaims);
    case 'authorization':
      return `${sideText(unknown.side, coverages)}: ${askAuthorization(unknown.authorization)}`;
  }
}

function askCostShare(rule: OpenRule): string {
  const scope = scopeText(rule);
  if ('unknown' in rule) return `what is the patient's share of ${scope}: copay, coinsurance, deductible?`;
  return `which share applies to ${scope}: ${rule.oneOf.map(costShareText).join(', or ')}?`;
}

function askPendingClaims({ deductibleCents, outOfPocketCents }: PendingClaims): string {
  const amounts = `${usd(deductibleCents)} of deductible, ${usd(outOfPocketCents)} of out-of-pocket`;
  return `Are the claims of the care before this program (${amounts}) posted yet, and what is left after them?`;
}

function askAuthorization({ approvedDays, gaps, noAuthorizationPenaltyPercent }: SettledAuthorization): string {
  if (approvedDays !== undefined && gaps) {
    return `will the ${gaps.length} earlier program days that no approval covers be approved, and those past ${approvedDays} program days, and who owes them if not?`;
  }
  if (approvedDays !== undefined) {
    return `will the authorization be extended past ${approvedDays} program days, and who owes the later days if not?`;
  }
  const percent = percentText(noAuthorizationPenaltyPercent);
  return `is an authorization required (without one ${percent} is taken off what the plan pays)?`;
}

function sideText({ coverage, kind }: Side, coverages: number): string {
  return `${planOf(coverage, coverages)}${kind === 'own' ? '' : ', out of network'}`;
}

/** The payer is asked, so it is the plan, not yours. */
function planOf(coverage: number, coverages: number): string {
  return planName(coverage, coverages).replace('Your', 'The');
}
