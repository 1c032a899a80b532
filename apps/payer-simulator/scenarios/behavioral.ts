import type { BenefitRow, NamedEntity } from '../content';
import { ppoFinancials } from './benefits';
import { active, activePlan, behavioral, coinsurance, copay, plan } from './rows';
import type { Scenario } from './scenario';

const lantern: NamedEntity = { role: 'Y2', name: 'LANTERN BEHAVIORAL NETWORK', id: 'LB007', phone: '5550107007' };

/** "Contact the following entity": behavioral health is held by somebody else. */
function heldBy(entity: NamedEntity): BenefitRow {
  return { code: 'U', serviceTypes: ['MH', 'CJ', 'CH'], messages: ['CONTACT FOR BEHAVIORAL HEALTH BENEFITS'], entity };
}

/** Another payer of the patient (EB01 R). */
function otherPayer(entity: NamedEntity): BenefitRow {
  return { code: 'R', serviceTypes: ['30'], entity };
}

/** Answers that lead to another payer: behavioral administrators and other coverage. */
export const behavioralScenarios: readonly Scenario[] = [
  {
    number: '014',
    id: 'carve_out',
    title: 'Behavioral health carved out to Lantern Behavioral Network',
    content: plan(activePlan('PR'), ...ppoFinancials, heldBy(lantern)),
  },
  {
    number: '016',
    id: 'other_payer_first',
    title: 'Another payer is primary',
    content: plan(
      activePlan('PR'),
      active(behavioral),
      otherPayer({ role: 'PRP', name: 'CEDAR & VALE MUTUAL', id: 'CV002' }),
    ),
  },
  {
    number: '033',
    id: 'carve_out_with_member_id',
    title: 'Behavioral health carved out to Lantern Behavioral Network, where the patient is LBN0340001',
    content: plan(
      activePlan('PR'),
      ...ppoFinancials,
      heldBy({ role: 'Y2', name: lantern.name, memberId: 'LBN0340001', phone: '5550107007' }),
    ),
  },
  {
    number: '034',
    id: 'administrator_answers',
    title: 'An administrator of behavioral health answers for itself: $30 a day, authorization required',
    content: plan(
      active(['30'], { namesPlan: true }),
      active(behavioral),
      copay(behavioral, 'Y', 3_000, { authorization: 'Y', messages: ['PRIOR AUTHORIZATION REQUIRED'] }),
      coinsurance(behavioral, 'N', 50, { authorization: 'Y' }),
    ),
  },
  {
    number: '035',
    id: 'carve_out_in_a_circle',
    title: 'Behavioral health carved out to Northwind Health Plan: ask Lantern about it and it sends back',
    content: plan(
      active(['30'], { namesPlan: true }),
      heldBy({ role: 'Y2', name: 'NORTHWIND HEALTH PLAN', memberId: 'NWH0140001', phone: '5550101001' }),
    ),
  },
  {
    number: '036',
    id: 'carve_out_by_message',
    title: 'Behavioral health carved out, as a message alone tells',
    content: plan(
      activePlan('PR', {
        messages: ['BEHAVIORAL HEALTH BENEFITS ARE ADMINISTERED BY LANTERN BEHAVIORAL NETWORK, 555-010-7007'],
      }),
      ...ppoFinancials,
    ),
  },
  {
    number: '037',
    id: 'other_payer_with_member_id',
    title: 'This payer is secondary: Cedar & Vale Mutual is primary, where the patient is CVM0020001',
    content: plan(
      activePlan('PR'),
      active(behavioral),
      ...ppoFinancials,
      coinsurance(behavioral, 'Y', 20, { authorization: 'N' }),
      otherPayer({ role: 'PRP', name: 'CEDAR & VALE MUTUAL', memberId: 'CVM0020001' }),
    ),
  },
];
