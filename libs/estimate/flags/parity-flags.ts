import { isBehavioral, isPlanLevel, type Limit, tells } from '@openvob/benefits';
import type { IopBenefit } from '@openvob/coverage';
import type { AnsweredCoverage } from '../case-from-benefits/build-estimate-case';
import { isGovernmentPlan } from '../case-from-benefits/government';
import { NO_SEPARATE_DEDUCTIBLE, PARITY_OF_LIMITS } from '../law/parity';
import type { CaseFlag } from './case-flag';

const CODES: Partial<Record<Limit['unit'], CaseFlag['code']>> = {
  visits: 'parity_visit_limit',
  days: 'parity_day_limit',
  hours: 'parity_day_limit',
  dollars: 'parity_dollar_limit',
};
const NAMES: Partial<Record<Limit['unit'], string>> = {
  visits: 'visits',
  days: 'days',
  hours: 'hours',
  dollars: 'dollars',
};

/** A quantity of one visit or day bounds no program. */
const OF_ONE_DATE: readonly Limit['period'][] = ['visit', 'day'];

/**
 * Red flags of the parity law: a limit of visits, days or dollars, or a deductible, that is behavioral health's alone. The figures
 * count them as stated; whether they are lawful is to be asked. Not of Medicare and Medicaid, which have rules of their own.
 *
 * Source: benefits reference 2, "MHPAEA".
 */
export function parityFlags({ snapshot, iop, iopOut }: AnsweredCoverage): CaseFlag[] {
  if (isGovernmentPlan(snapshot)) return [];
  const sides = iopOut ? [iop, iopOut] : [iop];
  return [...limitFlags(sides.flatMap(({ limits }) => limits)), ...deductibleFlags(sides)];
}

function limitFlags(limits: readonly Limit[]): CaseFlag[] {
  return limits.filter(isOfBehavioralAlone).flatMap(({ unit, source }) => {
    const code = CODES[unit];
    if (!code) return [];
    const text = `A limit of ${NAMES[unit]} on behavioral health alone: parity law rarely allows it. Ask the payer whether it still holds, and for an exception.`;
    return [{ code, text, source: PARITY_OF_LIMITS, stated: source }];
  });
}

function isOfBehavioralAlone({ unit, period, serviceTypes, messages }: Limit): boolean {
  if (OF_ONE_DATE.includes(period) || unit === 'other') return false;
  if (isPlanLevel(serviceTypes)) return tells(messages, 'behavioral') || tells(messages, 'intensive_outpatient');
  return isBehavioral(serviceTypes);
}

function deductibleFlags(sides: readonly IopBenefit[]): CaseFlag[] {
  const separate = sides.find(({ conditions }) => conditions.includes('separate_deductible'));
  if (!separate) return [];
  const stated = [...(separate.deductibleIndividual?.source ?? []), ...(separate.deductibleFamily?.source ?? [])];
  const text =
    'A deductible of its own for behavioral health: parity law does not allow one beside the plan’s. Ask the payer which deductible applies.';
  return [{ code: 'parity_separate_deductible', text, source: NO_SEPARATE_DEDUCTIBLE, stated }];
}
