import type { Cents, CivilDate } from '@openvob/benefits';
import { amountsOfYear, type LawSource, type YearlyAmounts } from './law-source';

/** The most that a plan may ask of one person, and of a family, for care in network in a plan year. */
export interface CostSharingLimits {
  readonly selfOnlyCents: Cents;
  readonly familyCents: Cents;
}

const READ_ON = '2026-11-21';

/**
 * Maximum annual limitation on cost sharing, by the year in which the plan year begins. Plans that are grandfathered, short-term or
 * of a government have none. Source: Affordable Care Act 1302(c)(1), 45 CFR 156.130; the pages below.
 */
export const COST_SHARING_LIMITS: readonly YearlyAmounts<CostSharingLimits>[] = [
  {
    year: 2024,
    amounts: { selfOnlyCents: 945_000, familyCents: 1_890_000 },
    source: {
      title: 'Cost-sharing Limits for 2024 Plan Years (National Insurance Services, 9 January 2023)',
      url: 'https://blog.nisbenefits.com/cost-sharing-limits-for-2024-plan-years',
      readOn: READ_ON,
    },
  },
  {
    year: 2025,
    amounts: { selfOnlyCents: 920_000, familyCents: 1_840_000 },
    source: {
      title: 'HHS finalizes Notice of Benefit and Payment Parameters for 2025 (PPI Benefit Solutions, April 2024)',
      url: 'https://ppibenefits.com/Resource-Library/Compliance-Corner/Health-Welfare-Updates/hhs-finalizes-notice-of-benefit-and-payment-parameters-for-2025',
      readOn: READ_ON,
    },
  },
  {
    // 10,150 and 20,300 until the rule of 20 June 2025.
    year: 2026,
    amounts: { selfOnlyCents: 1_060_000, familyCents: 2_120_000 },
    source: {
      title: 'CMS releases revised 2026 out-of-pocket expense limits (WTW, 8 July 2025)',
      url: 'https://www.wtwco.com/en-us/insights/2025/07/cms-releases-revised-2026-out-of-pocket-expense-limits',
      readOn: READ_ON,
    },
  },
  {
    year: 2027,
    amounts: { selfOnlyCents: 1_200_000, familyCents: 2_400_000 },
    source: {
      title: '2027 Affordable Care Act out-of-pocket maximum limits released (Milliman, 18 February 2026)',
      url: 'https://www.milliman.com/en/insight/2027-aca-oop-max-limits-released-group-health',
      readOn: READ_ON,
    },
  },
];

/**
 * Since 2016 nobody in a family plan may be asked for more than the self-only limit in network, also in self-funded plans and high
 * deductible plans.
 */
export const SELF_ONLY_LIMIT_IN_FAMILY_PLANS: LawSource = {
  title: 'Embedded individual out-of-pocket maximums apply to health plans in 2016 (Towers Watson, June 2015)',
  url: 'https://www.towerswatson.com/en-US/Insights/Newsletters/Americas/insider/2015/06/embedded-individual-out-of-pocket-maximums-apply-to-health-plans-in-2016',
  readOn: READ_ON,
};

/** The self-only limit of the plan year that begins on a date, in cents; `undefined` for a year that is not known here. */
export function selfOnlyLimitCents(planYearFrom: CivilDate): Cents | undefined {
  return amountsOfYear(COST_SHARING_LIMITS, planYearFrom)?.selfOnlyCents;
}
