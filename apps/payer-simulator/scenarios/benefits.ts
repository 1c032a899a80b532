import type { BenefitContent, BenefitRow } from '../content';
import { active, activePlan, behavioral, coinsurance, copay, deductible, outOfPocket, visits } from './rows';
import type { Scenario } from './scenario';

const lantern = { role: 'Y2', name: 'LANTERN BEHAVIORAL NETWORK', id: 'LB007', phone: '5550107007' };

function plan(...rows: readonly (BenefitRow | readonly BenefitRow[])[]): BenefitContent {
  return { kind: 'benefits', planFrom: { of: 'year_start' }, groupNumber: 'DEMO1001', rows: rows.flat() };
}

const ppoFinancials: readonly BenefitRow[] = [
  ...deductible('IND', 'Y', 150_000, 60_000),
  ...deductible('FAM', 'Y', 300_000, 210_000),
  ...outOfPocket('IND', 'Y', 500_000, 390_000),
  ...outOfPocket('FAM', 'Y', 1_000_000, 890_000),
  ...deductible('IND', 'N', 300_000, 300_000),
  ...deductible('FAM', 'N', 600_000, 600_000),
  ...outOfPocket('IND', 'N', 1_000_000, 1_000_000),
  ...outOfPocket('FAM', 'N', 2_000_000, 2_000_000),
];

/** What scenario 001 says, for those that end in it. */
export const activeFull = plan(
  activePlan('PR'),
  active(behavioral),
  ...ppoFinancials,
  coinsurance(behavioral, 'Y', 20, { authorization: 'N' }),
  coinsurance(behavioral, 'N', 40, { authorization: 'N' }),
);

export const benefitScenarios: readonly Scenario[] = [
  {
    number: '001',
    id: 'active_full',
    title: 'Active, everything said: deductible and maximum (individual, family, in and out of network), 20 % / 40 %',
    content: activeFull,
  },
  {
    number: '002',
    id: 'copay_a_day',
    title: 'Active, copay of $40 a day in network, no deductible before it',
    content: plan(
      activePlan('PR'),
      active(behavioral),
      ...outOfPocket('IND', 'Y', 400_000, 355_000),
      ...outOfPocket('FAM', 'Y', 800_000, 755_000),
      ...deductible('IND', 'Y', 0, 0),
      copay(behavioral, 'Y', 4_000, { authorization: 'N', messages: ['DEDUCTIBLE DOES NOT APPLY'] }),
      coinsurance(behavioral, 'N', 50, { authorization: 'N' }),
    ),
  },
  {
    number: '003',
    id: 'behavioral_without_amounts',
    title: 'Active; of behavioral health the status alone, no amounts',
    content: plan(activePlan('PR'), active(behavioral), ...ppoFinancials),
  },
  {
    number: '004',
    id: 'authorization_required',
    title: 'Active, authorization required, 10 % in network',
    content: plan(
      activePlan('HM'),
      active(behavioral),
      ...ppoFinancials,
      coinsurance(behavioral, 'Y', 10, { authorization: 'Y', messages: ['PRIOR AUTHORIZATION REQUIRED'] }),
    ),
  },
  {
    number: '005',
    id: 'inactive',
    title: 'Coverage ended last month',
    content: {
      kind: 'benefits',
      planFrom: { days: -900 },
      planTo: { of: 'last_month_end' },
      rows: [{ code: '6', serviceTypes: ['30'], namesPlan: true, insuranceType: 'PR' }],
    },
  },
  {
    number: '014',
    id: 'carve_out',
    title: 'Behavioral health carved out to Lantern Behavioral Network',
    content: plan(activePlan('PR'), ...ppoFinancials, {
      code: 'U',
      serviceTypes: ['MH', 'CJ', 'CH'],
      messages: ['CONTACT FOR BEHAVIORAL HEALTH BENEFITS'],
      entity: lantern,
    }),
  },
  {
    number: '015',
    id: 'visit_limit',
    title: 'Active, $25 a visit, 60 visits a calendar year, 18 left',
    content: plan(
      activePlan('PR'),
      active(behavioral),
      ...outOfPocket('IND', 'Y', 300_000, 240_000),
      ...deductible('IND', 'Y', 50_000, 0),
      copay(behavioral, 'Y', 2_500, { period: '27', authorization: 'N' }),
      ...visits(behavioral, 'Y', 60, 18),
    ),
  },
  {
    number: '016',
    id: 'other_payer_first',
    title: 'Another payer is primary',
    content: plan(activePlan('PR'), active(behavioral), {
      code: 'R',
      serviceTypes: ['30'],
      entity: { role: 'PRP', name: 'CEDAR & VALE MUTUAL', id: 'CV002' },
    }),
  },
  {
    number: '020',
    id: 'nothing_left_to_pay',
    title: 'Active, deductible and out-of-pocket maximum are met',
    content: plan(
      activePlan('PR'),
      active(behavioral),
      ...deductible('IND', 'Y', 200_000, 0),
      ...deductible('FAM', 'Y', 400_000, 0),
      ...outOfPocket('IND', 'Y', 600_000, 0),
      ...outOfPocket('FAM', 'Y', 1_200_000, 150_000),
      coinsurance(behavioral, 'Y', 20, { authorization: 'N' }),
    ),
  },
  {
    number: '021',
    id: 'high_deductible',
    title: 'High-deductible plan, nothing used yet, 10 % after the deductible',
    content: plan(
      activePlan('PR'),
      active(behavioral),
      ...deductible('IND', 'Y', 340_000, 340_000),
      ...deductible('FAM', 'Y', 680_000, 680_000),
      ...outOfPocket('IND', 'Y', 700_000, 700_000),
      ...outOfPocket('FAM', 'Y', 1_400_000, 1_400_000),
      coinsurance(behavioral, 'Y', 10, { authorization: 'N' }),
    ),
  },
  {
    number: '022',
    id: 'no_cost_share',
    title: 'Active, the payer says that the patient owes nothing',
    content: plan(
      activePlan('MC'),
      active(behavioral),
      ...deductible('IND', 'Y', 0, 0),
      ...outOfPocket('IND', 'Y', 100_000, 100_000),
      copay(behavioral, 'Y', 0, { authorization: 'N' }),
    ),
  },
];
