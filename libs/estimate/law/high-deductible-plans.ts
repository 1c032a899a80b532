import type { Cents } from '@openvob/benefits';
import type { LawSource, YearlyAmounts } from './law-source';

/** What makes a plan one with which a health savings account may be kept. */
export interface HighDeductibleLimits {
  readonly leastDeductibleSelfOnlyCents: Cents;
  readonly leastDeductibleFamilyCents: Cents;
  readonly mostOutOfPocketSelfOnlyCents: Cents;
  readonly mostOutOfPocketFamilyCents: Cents;
}

const READ_ON = '2026-11-21';

const KPMG: LawSource = {
  title: 'Rev. Proc. 2025-19: HSA inflation-adjusted amounts for 2026, with those of 2025 (KPMG, May 2025)',
  url: 'https://kpmg.com/us/en/taxnewsflash/news/2025/05/tnf-rev-proc-2025-19-hsa-inflation-adjusted-amounts-for-2026.html',
  readOn: READ_ON,
};

/** By the year in which the plan year begins. Source: Internal Revenue Code 223(c)(2)(A); the pages below. */
export const HIGH_DEDUCTIBLE_LIMITS: readonly YearlyAmounts<HighDeductibleLimits>[] = [
  {
    year: 2024,
    amounts: limits([1600, 3200], [8050, 16_100]),
    source: {
      title: '2024 amounts for high deductible health plans, Rev. Proc. 2023-23 (The Salus Group, 19 May 2023)',
      url: 'https://thesalusgroup.com/2023/05/19/2024-amounts-for-high-deductible-health-plans-hdhps-announced',
      readOn: READ_ON,
    },
  },
  { year: 2025, amounts: limits([1650, 3300], [8300, 16_600]), source: KPMG },
  { year: 2026, amounts: limits([1700, 3400], [8500, 17_000]), source: KPMG },
  {
    year: 2027,
    amounts: limits([1750, 3500], [8700, 17_400]),
    source: {
      title: 'Rev. Proc. 2026-24 (BenefitsLink, 29 May 2026)',
      url: 'https://benefitslink.com/newsletters/2026/2026_05_29_welfare_bulletin.html',
      readOn: READ_ON,
    },
  },
];

/** Such a plan may pay nothing for one member of a family below the least deductible of a family. */
export const NO_EMBEDDED_DEDUCTIBLE_BELOW_FAMILY_LEAST: LawSource = {
  title: 'Embedded deductibles for individuals with family HDHP coverage (NFP)',
  url: 'https://www.nfp.com/about-nfp/insights/insights-detail/1271',
  readOn: READ_ON,
};

/** Dollars, self-only and family. */
function limits(
  leastDeductible: readonly [number, number],
  mostOutOfPocket: readonly [number, number],
): HighDeductibleLimits {
  return {
    leastDeductibleSelfOnlyCents: 100 * leastDeductible[0],
    leastDeductibleFamilyCents: 100 * leastDeductible[1],
    mostOutOfPocketSelfOnlyCents: 100 * mostOutOfPocket[0],
    mostOutOfPocketFamilyCents: 100 * mostOutOfPocket[1],
  };
}
