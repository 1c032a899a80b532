import type { Snapshot } from '@openvob/benefits';
import { tells } from '@openvob/benefits';
import type { Chosen, IopBenefit } from '@openvob/coverage';
import type { BankCode } from './bank';

/** What a payer answered electronically about one side of a coverage; without a snapshot nothing. */
export interface AnsweredSide {
  readonly snapshot?: Snapshot;
  readonly iop?: IopBenefit;
  /** Codes of what the case assumes about this side. */
  readonly assumptions: readonly string[];
}

/** True where the electronic answer told what a question of the bank asks. */
export function isAnsweredElectronically(code: BankCode, { snapshot, iop, assumptions }: AnsweredSide): boolean {
  if (!snapshot || !iop) return false;
  switch (code) {
    case 'coverage_active':
      return snapshot.status === 'active' || snapshot.status === 'inactive';
    case 'effective_date':
      return spans(snapshot).some(({ from }) => from !== undefined);
    case 'end_date':
      return spans(snapshot).some(({ to }) => to !== undefined);
    case 'plan_year':
    case 'plan_year_start':
      return hasAccumulator(iop) && !iop.unknowns.includes('plan_year');
    case 'product':
      return snapshot.plans.some(({ product }) => product !== undefined);
    case 'facility_network':
      return tellsNetwork(snapshot);
    case 'tier':
      return isShareTold(iop) && !iop.conditions.includes('tier_unknown');
    case 'carved_out':
      return snapshot.carveOut !== undefined || isCovered(iop);
    case 'carve_out_name':
      return snapshot.carveOut !== undefined;
    case 'carve_out_phone':
      return snapshot.carveOut?.phone !== undefined;
    case 'iop_covered':
      return isCovered(iop) || (iop.decision === 'not_covered' && snapshot.status !== 'inactive');
    case 'share_kind':
      return isShareTold(iop);
    case 'copay':
      return iop.copay !== undefined;
    case 'coinsurance':
      return iop.coinsurance !== undefined;
    case 'copay_per':
      return iop.copay?.value.per !== undefined || iop.copay?.value.amountCents === 0;
    case 'deductible_applies':
      return isShareTold(iop) && !assumptions.some((assumed) => OPEN_DEDUCTIBLE.includes(assumed));
    case 'deductible_individual':
      return isWhole(iop.deductibleIndividual) || (!iop.deductibleIndividual && isWhole(iop.deductibleFamily));
    case 'deductible_family':
      return isWhole(iop.deductibleFamily);
    case 'out_of_pocket_individual':
      return isWhole(iop.outOfPocketIndividual) || (!iop.outOfPocketIndividual && isWhole(iop.outOfPocketFamily));
    case 'out_of_pocket_family':
      return isWhole(iop.outOfPocketFamily);
    case 'limit_kind':
    case 'limit_total':
    case 'limit_used':
      return iop.limits.length > 0 && !iop.unknowns.includes('limits');
    case 'authorization_required':
      return iop.authorization !== 'unknown';
    case 'other_insurance':
      return snapshot.otherPayers.length > 0;
    case 'pays_first':
      return snapshot.otherPayers.some(({ order }) => order !== 'unknown');
    default:
      return false;
  }
}

const OPEN_DEDUCTIBLE: readonly string[] = ['deductible_first', 'copay_without_deductible', 'deductible_not_stated'];

function spans(snapshot: Snapshot): Snapshot['spans'] {
  return snapshot.spans.filter(({ what }) => what === 'eligibility' || what === 'plan');
}

function hasAccumulator(iop: IopBenefit): boolean {
  const { deductibleIndividual, deductibleFamily, outOfPocketIndividual, outOfPocketFamily } = iop;
  return [deductibleIndividual, deductibleFamily, outOfPocketIndividual, outOfPocketFamily].some(
    (one) => one !== undefined,
  );
}

function isCovered({ decision }: IopBenefit): boolean {
  return decision === 'covered' || decision === 'covered_with_conditions';
}

function isShareTold({ copay, coinsurance }: IopBenefit): boolean {
  return copay !== undefined || coinsurance !== undefined;
}

/** The limit and what is left of it. */
function isWhole(chosen: Chosen | undefined): boolean {
  return (
    chosen?.value.limitCents !== undefined &&
    (chosen.value.remainingCents !== undefined || chosen.value.limitCents === 0)
  );
}

function tellsNetwork({ messages }: Snapshot): boolean {
  const texts = messages.map(({ text }) => text);
  return tells(texts, 'provider_in_network') || tells(texts, 'provider_out_of_network');
}
