import { isCivilDate } from '@openvob/benefits';
import { COST_SHARING_LIMITS, SELF_ONLY_LIMIT_IN_FAMILY_PLANS, selfOnlyLimitCents } from './cost-sharing-limits';
import { HIGH_DEDUCTIBLE_LIMITS, NO_EMBEDDED_DEDUCTIBLE_BELOW_FAMILY_LEAST } from './high-deductible-plans';
import { amountsOfYear, entryOfYear, type LawSource } from './law-source';
import { MEDICAID_OF_STATE } from './medicaid';
import { PART_B_COINSURANCE, PART_B_DEDUCTIBLES, PART_B_IOP } from './medicare';
import { NO_SEPARATE_DEDUCTIBLE, PARITY_OF_LIMITS } from './parity';

const TABLES = [COST_SHARING_LIMITS, HIGH_DEDUCTIBLE_LIMITS, PART_B_DEDUCTIBLES] as const;

describe('amounts of the law', () => {
  it.each([
    [2024, 945_000, 1_890_000],
    [2025, 920_000, 1_840_000],
    [2026, 1_060_000, 2_120_000],
    [2027, 1_200_000, 2_400_000],
  ])('of %i limit what one person and a family owe in network', (year, selfOnlyCents, familyCents) => {
    expect(amountsOfYear(COST_SHARING_LIMITS, `${year}-07-01`)).toEqual({ selfOnlyCents, familyCents });
    expect(selfOnlyLimitCents(`${year}-01-01`)).toBe(selfOnlyCents);
  });

  it.each([
    [2024, 160_000, 320_000, 805_000, 1_610_000],
    [2025, 165_000, 330_000, 830_000, 1_660_000],
    [2026, 170_000, 340_000, 850_000, 1_700_000],
    [2027, 175_000, 350_000, 870_000, 1_740_000],
  ])('of %i say what a high deductible plan is', (year, leastSelf, leastFamily, mostSelf, mostFamily) => {
    expect(amountsOfYear(HIGH_DEDUCTIBLE_LIMITS, `${year}-01-01`)).toEqual({
      leastDeductibleSelfOnlyCents: leastSelf,
      leastDeductibleFamilyCents: leastFamily,
      mostOutOfPocketSelfOnlyCents: mostSelf,
      mostOutOfPocketFamilyCents: mostFamily,
    });
  });

  it('are not known of years whose amounts were not read', () => {
    expect(
      TABLES.map((table) => [entryOfYear<unknown>(table, '2023-12-31'), entryOfYear<unknown>(table, '2031-01-01')]),
    ).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(selfOnlyLimitCents('2031-01-01')).toBeUndefined();
  });

  it('each name where they were read, and when', () => {
    const sources: LawSource[] = [
      ...TABLES.flatMap((table) => table.map(({ source }) => source)),
      SELF_ONLY_LIMIT_IN_FAMILY_PLANS,
      NO_EMBEDDED_DEDUCTIBLE_BELOW_FAMILY_LEAST,
      MEDICAID_OF_STATE,
      PART_B_IOP,
      PART_B_COINSURANCE,
      PARITY_OF_LIMITS,
      NO_SEPARATE_DEDUCTIBLE,
    ];
    for (const { title, url, readOn } of sources) {
      expect(title).not.toBe('');
      expect(url).toMatch(/^https?:\/\/\S+$/);
      expect(isCivilDate(readOn)).toBe(true);
    }
  });

  it('stand once a year, in order', () => {
    for (const table of TABLES) {
      const years = table.map(({ year }) => year);
      expect(years).toEqual([...new Set(years)].sort((a, b) => a - b));
    }
  });
});
