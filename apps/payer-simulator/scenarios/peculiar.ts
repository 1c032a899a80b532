import type { BenefitRow, NamedEntity } from '../content';
import { ppoFinancials } from './benefits';
import { active, activePlan, behavioral, coinsurance, copay, days, deductible, outOfPocket, plan } from './rows';
import type { Scenario } from './scenario';

/** "Contact the following entity" for behavioral health. */
function heldBy(name: string, memberId: string, phone: string): BenefitRow {
  const entity: NamedEntity = { role: 'Y2', name, memberId, phone };
  return { code: 'U', serviceTypes: ['MH', 'CJ', 'CH'], messages: ['CONTACT FOR BEHAVIORAL HEALTH BENEFITS'], entity };
}

/** Part B is the part of Medicare that an outpatient program is paid by. */
const ofPartB = (row: BenefitRow): BenefitRow => ({ ...row, insuranceType: 'MB' });

/** What the payers with a peculiarity answer; the numbers from 101 on are theirs. */
export const peculiarScenarios: readonly Scenario[] = [
  {
    number: '101',
    id: 'carved_out_to_driftmere',
    title: 'Behavioral health held by Driftmere Behavioral Administrators, where the patient is DMB1020001',
    content: plan(
      activePlan('PR'),
      ...ppoFinancials,
      heldBy('DRIFTMERE BEHAVIORAL ADMINISTRATORS', 'DMB1020001', '5550107011'),
    ),
  },
  {
    number: '102',
    id: 'administrator_with_amounts',
    title:
      'An administrator of behavioral health says everything: $1,000 deductible, $250 left, 20 %, 40 days, 31 left',
    content: plan(
      active(['30'], { namesPlan: true }),
      active(behavioral),
      ...deductible('IND', 'Y', 100_000, 25_000),
      ...outOfPocket('IND', 'Y', 450_000, 300_000),
      coinsurance(behavioral, 'Y', 20, { authorization: 'Y', messages: ['PRIOR AUTHORIZATION REQUIRED'] }),
      ...days(behavioral, 'Y', 40, 31),
    ),
  },
  {
    number: '103',
    id: 'carved_out_to_willowfen',
    title: 'Behavioral health held by Willowfen Behavioral Partners, where the patient is WFB1040001',
    content: plan(
      activePlan('HM'),
      ...ppoFinancials,
      heldBy('WILLOWFEN BEHAVIORAL PARTNERS', 'WFB1040001', '5550107013'),
    ),
  },
  {
    number: '104',
    id: 'sent_back_to_copperbrook',
    title:
      'Behavioral health held by Copperbrook Health, where the patient is CBH1030001: it was Copperbrook that sent here',
    content: plan(active(['30'], { namesPlan: true }), heldBy('COPPERBROOK HEALTH', 'CBH1030001', '5550101012')),
  },
  {
    number: '105',
    id: 'medicaid_managed_care',
    title: 'Medicaid managed care, eligible month by month: nothing to pay, authorization required',
    content: {
      ...plan(
        activePlan('HM', { messages: ['MEDICAID MANAGED CARE ORGANIZATION'] }),
        active(behavioral),
        ...deductible('IND', 'Y', 0, 0),
        copay(behavioral, 'Y', 0, { authorization: 'Y', messages: ['PRIOR AUTHORIZATION REQUIRED'] }),
        { code: 'I', serviceTypes: behavioral, network: 'N', messages: ['OUT OF NETWORK IS NOT COVERED'] },
      ),
      planFrom: { of: 'month_start' },
    },
  },
  {
    number: '106',
    id: 'medicare_with_secondary',
    title:
      'Medicare Part B: deductible $257, $120 left, 20 %; Granite Peak is secondary, where the patient is GPA0010001',
    content: plan(
      ofPartB(active(['30'], { namesPlan: true })),
      ofPartB(active(behavioral)),
      ...deductible('IND', 'Y', 25_700, 12_000).map((row) => ofPartB(row)),
      ofPartB(coinsurance(behavioral, 'Y', 20, { authorization: 'N' })),
      {
        code: 'R',
        serviceTypes: ['30'],
        entity: { role: 'SEP', name: 'GRANITE PEAK BENEFIT ADMINISTRATORS', memberId: 'GPA0010001' },
      },
    ),
  },
  {
    number: '107',
    id: 'uniformed_services',
    title:
      'As TRICARE: family deductible $300 met, family cap $1,000 with $640 left, $33 a visit, referral and authorization',
    content: plan(
      active(['30'], { namesPlan: true, messages: ['REFERRAL FROM PRIMARY CARE MANAGER REQUIRED'] }),
      active(behavioral),
      ...deductible('FAM', 'Y', 30_000, 0),
      ...outOfPocket('FAM', 'Y', 100_000, 64_000),
      copay(behavioral, 'Y', 3_300, { period: '27', authorization: 'Y' }),
    ),
  },
];
