import type { BenefitRow } from '../content';
import {
  active,
  activePlan,
  behavioral,
  coinsurance,
  copay,
  days,
  deductible,
  outOfPocket,
  plan,
  visits,
} from './rows';
import type { Scenario } from './scenario';

export const ppoFinancials: readonly BenefitRow[] = [
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
  {
    number: '030',
    id: 'deductible_unmet',
    title: 'Active, deductible of $2,000 with nothing used, 20 % after it',
    content: plan(
      activePlan('PR'),
      active(behavioral),
      ...deductible('IND', 'Y', 200_000, 200_000),
      ...outOfPocket('IND', 'Y', 600_000, 600_000),
      coinsurance(behavioral, 'Y', 20, { authorization: 'N' }),
    ),
  },
  {
    number: '031',
    id: 'family_embedded',
    title: 'Family plan with embedded deductible: $400 of the family’s left, all of the patient’s own $1,500',
    content: plan(
      activePlan('PR'),
      active(behavioral),
      ...deductible('IND', 'Y', 150_000, 150_000),
      ...deductible('FAM', 'Y', 300_000, 40_000),
      ...outOfPocket('IND', 'Y', 500_000, 480_000),
      ...outOfPocket('FAM', 'Y', 1_000_000, 300_000),
      coinsurance(behavioral, 'Y', 20, { authorization: 'N' }),
    ),
  },
  {
    number: '032',
    id: 'family_aggregate',
    title: 'Family plan with aggregate deductible: only the family’s $4,000 counts, $2,600 left',
    content: plan(
      activePlan('PR'),
      active(behavioral),
      ...deductible('FAM', 'Y', 400_000, 260_000).map((row) => ({
        ...row,
        messages: ['DEDUCTIBLE IS MET WHEN FAMILY AMOUNT IS SATISFIED'],
      })),
      ...outOfPocket('FAM', 'Y', 900_000, 760_000).map((row) => ({
        ...row,
        messages: ['OOP MAXIMUM IS MET WHEN FAMILY AMOUNT IS SATISFIED'],
      })),
      coinsurance(behavioral, 'Y', 20, { authorization: 'N' }),
    ),
  },
  {
    number: '042',
    id: 'day_limit',
    title: 'Active, 15 % in network, 30 days a calendar year, 12 left',
    content: plan(
      activePlan('HM'),
      active(behavioral),
      ...deductible('IND', 'Y', 100_000, 0),
      ...outOfPocket('IND', 'Y', 400_000, 310_000),
      coinsurance(behavioral, 'Y', 15, { authorization: 'Y' }),
      ...days(behavioral, 'Y', 30, 12),
    ),
  },
  {
    number: '043',
    id: 'day_limit_used_up',
    title: 'Active, 15 % in network, 30 days a calendar year, none left',
    content: plan(
      activePlan('HM'),
      active(behavioral),
      ...deductible('IND', 'Y', 100_000, 0),
      ...outOfPocket('IND', 'Y', 400_000, 310_000),
      coinsurance(behavioral, 'Y', 15, { authorization: 'Y' }),
      ...days(behavioral, 'Y', 30, 0),
    ),
  },
  {
    number: '044',
    id: 'tiers_by_message',
    title: 'Active, two tiers of providers told apart by messages alone: $20 or $60 a day',
    content: plan(
      activePlan('EP'),
      active(behavioral),
      ...deductible('IND', 'Y', 50_000, 0),
      ...outOfPocket('IND', 'Y', 450_000, 410_000),
      copay(behavioral, 'Y', 2_000, { authorization: 'N', messages: ['TIER 1 PROVIDERS'] }),
      copay(behavioral, 'Y', 6_000, { authorization: 'N', messages: ['TIER 2 PROVIDERS'] }),
    ),
  },
  {
    number: '047',
    id: 'starts_later',
    title: 'Coverage begins in 20 days, then as 001',
    content: { ...activeFull, planFrom: { days: 20 } },
  },
  {
    number: '048',
    id: 'ends_soon',
    title: 'As 001, coverage ends in 10 days',
    content: { ...activeFull, planFrom: { days: -355 }, planTo: { days: 10 } },
  },
];
