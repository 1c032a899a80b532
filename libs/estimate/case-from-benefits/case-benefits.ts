import type { Cents, CivilDate, Snapshot, Source } from '@openvob/benefits';
import type { IopBenefit } from '@openvob/coverage';
import type { BenefitPeriod, Benefits, Network } from '../estimate-case';
import { accumulatorLater, accumulatorNow, type ChosenPair, rowsOfPair } from './accumulators';
import { caseAuthorization } from './authorization';
import { type BenefitYears, benefitYears, noteYear } from './benefit-years';
import { assume, type CaseNotes, leaveUnknown } from './case-notes';
import { costShareRules } from './cost-share-rules';
import { isGovernmentPlan, isOriginalMedicare } from './government';
import { caseLimits } from './limits';
import { selfOnlyCap } from './self-only-cap';

/** One side of a coverage as a payer answered it. */
export interface SideInputs {
  readonly snapshot: Snapshot;
  readonly iop: IopBenefit;
  /** JSON Pointer to the side. */
  readonly path: string;
  readonly notes: CaseNotes;
  readonly network: Network;
  /** It serves in network and nowhere else, so that the law's limits for care in network hold. */
  readonly isInNetworkAlone: boolean;
  readonly asOf: CivilDate;
  readonly until: CivilDate;
  readonly hasOtherServices: boolean;
  readonly dayPriceCents: Cents | undefined;
  /** A day on which the benefit year begins, where somebody said so. */
  readonly year?: { readonly from: CivilDate; readonly source: readonly Source[] };
}

/** The four that one side of a coverage states, from what was chosen for the program. */
export function caseBenefits(inputs: SideInputs): Benefits & { readonly years: BenefitYears } {
  const { snapshot, iop, path, notes, network } = inputs;
  const years = yearsOf(inputs);
  const limits = caseLimits(iop.limits, `${path}/limits`, notes);
  const periods = years.years.map(({ from, to }, index) => periodOf(inputs, years, { from, to, index }));
  return {
    years,
    periods,
    costShares: costShareRules(iop, { ...inputs, periods, path: `${path}/costShares` }),
    ...(limits.length > 0 ? { limits } : {}),
    authorization: caseAuthorization(iop, snapshot, { path: `${path}/authorization`, notes, network }),
  };
}

/** The benefit years of a side, from the one that the payer's figures are of to the end of the program. */
export function yearsOf({
  snapshot,
  iop,
  asOf,
  until,
  year,
}: Pick<SideInputs, 'snapshot' | 'iop' | 'asOf' | 'until' | 'year'>): BenefitYears {
  return benefitYears({
    ...(year ? { year } : {}),
    snapshot,
    deductibleRows: rowsOfPair(deductibleOf(iop), snapshot),
    outOfPocketRows: rowsOfPair(outOfPocketOf(iop), snapshot),
    asOf,
    until,
  });
}

function periodOf(
  inputs: SideInputs,
  years: BenefitYears,
  { from, to, index }: Pick<BenefitPeriod, 'from' | 'to'> & { readonly index: number },
): BenefitPeriod {
  const stated = { from, to, ...accumulatorsIn(inputs, years, index) };
  if (!inputs.isInNetworkAlone || isGovernmentPlan(inputs.snapshot)) return stated;
  return { ...stated, ...selfOnlyCap(stated, `${inputs.path}/periods/${index}`, inputs.notes) };
}

/** The payer's figures are of the first period; a later one starts again from the limits. */
function accumulatorsIn(
  { snapshot, iop, path, notes }: SideInputs,
  years: BenefitYears,
  index: number,
): Pick<BenefitPeriod, 'deductible' | 'outOfPocket'> {
  const place = `${path}/periods/${index}`;
  const state = index === 0 ? accumulatorNow : accumulatorLater;
  noteYear(years, place, notes);
  const deductible = state(deductibleOf(iop), { snapshot, path: `${place}/deductible`, notes });
  const outOfPocket = state(outOfPocketOf(iop), { snapshot, path: `${place}/outOfPocket`, notes });
  if (index === 0 && !outOfPocket) noteNoMaximum(iop, snapshot, { path: `${place}/outOfPocket`, notes });
  return { ...(deductible ? { deductible } : {}), ...(outOfPocket ? { outOfPocket } : {}) };
}

/** Without a maximum nothing bounds what is owed: the figures are the most, and how much less it may be cannot be known. */
function noteNoMaximum(
  iop: IopBenefit,
  snapshot: Snapshot,
  { path, notes }: { readonly path: string; readonly notes: CaseNotes },
): void {
  if (iop.decision !== 'covered' && iop.decision !== 'covered_with_conditions') return;
  if (isOriginalMedicare(snapshot)) {
    assume(notes, 'medicare_has_no_maximum', path);
    return;
  }
  assume(notes, 'out_of_pocket_not_stated', path);
  leaveUnknown(notes, 'out_of_pocket');
}

function deductibleOf(iop: IopBenefit): ChosenPair {
  if (isElsewhere(iop)) return { kind: 'deductible', individual: undefined, family: undefined };
  return { kind: 'deductible', individual: iop.deductibleIndividual, family: iop.deductibleFamily };
}

function outOfPocketOf(iop: IopBenefit): ChosenPair {
  if (isElsewhere(iop)) return { kind: 'out_of_pocket', individual: undefined, family: undefined };
  return { kind: 'out_of_pocket', individual: iop.outOfPocketIndividual, family: iop.outOfPocketFamily };
}

/** Figures of a payer that does not hold the benefit are not used. Source: benefits reference 1.10, rules 12 and 14. */
function isElsewhere({ decision }: IopBenefit): boolean {
  return decision === 'carved_out' || decision === 'other_payer';
}
