import type { Cents } from '@openvob/benefits';
import type { LawSource, YearlyAmounts } from './law-source';

const READ_ON = '2026-11-21';

/** Deductible of Medicare Part B, by calendar year; it has no out-of-pocket maximum. */
export const PART_B_DEDUCTIBLES: readonly YearlyAmounts<{ readonly deductibleCents: Cents }>[] = [
  {
    year: 2024,
    amounts: { deductibleCents: 24_000 },
    source: {
      title: 'CMS releases 2025 Medicare premiums, deductibles, with those of 2024 (HomeCare, November 2024)',
      url: 'https://homecaremag.com/news/cms-releases-2025-medicare-premiums-deductibles',
      readOn: READ_ON,
    },
  },
  {
    year: 2025,
    amounts: { deductibleCents: 25_700 },
    source: {
      title: '2025 Medicare Parts A & B Premiums and Deductibles (New Horizons, 11 November 2024)',
      url: 'https://newhorizonsmktg.com/announcements/2025-medicare-parts-a-b-premiums-and-deductibles',
      readOn: READ_ON,
    },
  },
  {
    year: 2026,
    amounts: { deductibleCents: 28_300 },
    source: {
      title: '2026 Medicare Parts A & B Premiums and Deductibles (Total Benefit Solutions, from CMS)',
      url: 'https://totalbenefits.net/2026-medicare-parts-a-b-premiums-and-deductibles',
      readOn: READ_ON,
    },
  },
];

/** Of each day of an intensive outpatient program, after the Part B deductible. */
export const PART_B_COINSURANCE_PERCENT = 20;

/** The deductible, then coinsurance for each day; at which places Medicare pays for such a program. */
export const PART_B_IOP: LawSource = {
  title: 'Mental health care (intensive outpatient program services) (Medicare.gov)',
  url: 'https://www.medicare.gov/coverage/mental-health-care-intensive-outpatient-program-services',
  readOn: READ_ON,
};

/** After the deductible the coinsurance of Part B is 20 percent. */
export const PART_B_COINSURANCE: LawSource = {
  title: 'Part B coinsurance (Medicare General Information, Eligibility, and Entitlement Manual, chapter 3, 20.3)',
  url: 'https://fdocuments.net/document/medicare-general-information-eligibility-and-entitlement-chapter-3.html',
  readOn: READ_ON,
};
