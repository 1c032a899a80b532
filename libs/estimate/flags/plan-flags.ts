import { type Cents, type CivilDate, formatUsd, tells } from '@openvob/benefits';
import type { AnsweredCoverage } from '../case-from-benefits/build-estimate-case';
import { isGovernmentPlan, isMedicaid, isOriginalMedicare } from '../case-from-benefits/government';
import { COST_SHARING_LIMITS } from '../law/cost-sharing-limits';
import { HIGH_DEDUCTIBLE_LIMITS, NO_EMBEDDED_DEDUCTIBLE_BELOW_FAMILY_LEAST } from '../law/high-deductible-plans';
import { entryOfYear } from '../law/law-source';
import { MEDICAID_OF_STATE } from '../law/medicaid';
import { PART_B_IOP } from '../law/medicare';
import type { CaseFlag } from './case-flag';

/** Plans with which a health savings account may be kept, as their names say it. */
const HIGH_DEDUCTIBLE_NAME = /\b(?:HSA|Q?HDHP|HIGH[- ]DEDUCTIBLE)\b/i;

/** A maximum that the law does not allow, an amount that a plan of its kind cannot have. In network; `on` is the first day. */
export function planFlags({ snapshot, iop, network }: AnsweredCoverage, on: CivilDate): CaseFlag[] {
  if (network === 'out' || isGovernmentPlan(snapshot)) return [];
  return [...maximumFlags(iop, on), ...highDeductibleFlags({ snapshot, iop }, on)];
}

/** Medicare pays at certain places only; Medicaid differs by state; a spend-down comes before either. */
export function governmentFlags({ snapshot }: AnsweredCoverage): CaseFlag[] {
  return [
    ...(isOriginalMedicare(snapshot) ? [MEDICARE_PLACE] : []),
    ...(isMedicaid(snapshot) ? [MEDICAID] : []),
    ...(tells(
      snapshot.messages.map(({ text }) => text),
      'spend_down',
    )
      ? [SPEND_DOWN]
      : []),
  ];
}

const MEDICARE_PLACE: CaseFlag = {
  code: 'medicare_place',
  text: 'Original Medicare pays for an intensive outpatient program in hospitals, community mental health centers, federally qualified and rural health clinics and opioid treatment programs only: make sure that this program is one of them.',
  source: PART_B_IOP,
};

const MEDICAID: CaseFlag = {
  code: 'medicaid_of_state',
  text: 'What Medicaid asks of the patient, and which programs it pays for, differs by state and plan: ask what is owed for each day.',
  source: MEDICAID_OF_STATE,
};

const SPEND_DOWN: CaseFlag = {
  code: 'spend_down',
  text: 'A spend-down has to be met before this coverage pays. It is not in the figures: ask how much of it is left.',
  source: { title: 'Medicaid amount to be met first (X12 271, EB01 Y, or in the payer’s words)' },
};

function maximumFlags(
  { outOfPocketIndividual, outOfPocketFamily }: AnsweredCoverage['iop'],
  on: CivilDate,
): CaseFlag[] {
  const law = entryOfYear(COST_SHARING_LIMITS, on);
  if (!law) return [];
  const { selfOnlyCents, familyCents } = law.amounts;
  return [
    { whose: 'individual', chosen: outOfPocketIndividual, most: selfOnlyCents },
    { whose: 'family', chosen: outOfPocketFamily, most: familyCents },
  ].flatMap(({ whose, chosen, most }) => {
    const limitCents = chosen?.value.limitCents;
    if (!chosen || limitCents === undefined || limitCents <= most) return [];
    return [
      {
        code: 'maximum_above_legal_limit' as const,
        text: maximumText(whose, limitCents, most),
        source: law.source,
        stated: chosen.source,
      },
    ];
  });
}

function maximumText(whose: string, limitCents: Cents, most: Cents): string {
  return `The ${whose} out-of-pocket maximum of ${formatUsd(limitCents)} is above ${formatUsd(most)}, the most that the law allows in network: ask whether the plan is grandfathered, or whether the figure is for out of network.`;
}

function highDeductibleFlags({ snapshot, iop }: Pick<AnsweredCoverage, 'snapshot' | 'iop'>, on: CivilDate): CaseFlag[] {
  const least = entryOfYear(HIGH_DEDUCTIBLE_LIMITS, on)?.amounts.leastDeductibleFamilyCents;
  const individual = iop.deductibleIndividual;
  const limitCents = individual?.value.limitCents ?? 0;
  const isNamed = snapshot.plans.some(
    ({ name, status }) => status !== 'inactive' && HIGH_DEDUCTIBLE_NAME.test(name ?? ''),
  );
  if (
    !isNamed ||
    !iop.deductibleFamily ||
    !individual ||
    least === undefined ||
    limitCents === 0 ||
    limitCents >= least
  )
    return [];
  const text = `The plan is one for a health savings account, which may pay nothing for a member of a family below ${formatUsd(least)}: ask whether the individual deductible of ${formatUsd(limitCents)} is for self-only coverage.`;
  return [
    {
      code: 'individual_deductible_below_family_least',
      text,
      source: NO_EMBEDDED_DEDUCTIBLE_BELOW_FAMILY_LEAST,
      stated: individual.source,
    },
  ];
}
