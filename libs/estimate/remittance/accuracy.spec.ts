import { accuracyOf, isHit } from './accuracy';
import type { RemittanceComparison } from './compare-remittance';

function comparison(
  settledCents: number,
  differenceCents: number | undefined,
  more: Partial<RemittanceComparison> = {},
): RemittanceComparison {
  return {
    payerId: 'a',
    from: '2026-01-05',
    through: '2026-01-09',
    settledCents,
    ...(differenceCents === undefined ? {} : { differenceCents, estimatedCents: settledCents - differenceCents }),
    lines: [],
    causes: differenceCents ? [{ cause: 'rate', cents: differenceCents }] : [],
    isWhole: true,
    ...more,
  };
}

describe('the accuracy of estimates', () => {
  it.each([
    [100_000, 10_000, true],
    [100_000, -10_000, true],
    [100_000, 10_001, false],
    [1000, 5000, true],
    [1000, 5001, false],
    [0, 0, true],
    [0, undefined, false],
  ])('counts %i owed, %p off, as a hit: %p', (settled, difference, hit) => {
    expect(isHit(comparison(settled, difference))).toBe(hit);
  });

  it('is summed by payer, with the mean error, the bias and what made it', () => {
    const ledger = accuracyOf([
      comparison(200_000, 30_000, { payerId: 'b', payerName: 'Example B' }),
      comparison(100_000, 9000),
      comparison(100_000, -20_000, {
        causes: [
          { cause: 'rate', cents: -25_000 },
          { cause: 'unknown', cents: 5000 },
        ],
      }),
      comparison(100_000, 0),
      comparison(5000, undefined),
    ]);
    expect(ledger).toEqual([
      {
        payerId: 'a',
        count: 3,
        withoutLikely: 1,
        hits: 2,
        hitRatePercent: 66.7,
        withinTenPercent: 2,
        withinTenPercentShare: 66.7,
        meanErrorCents: 9667,
        biasCents: -3667,
        medianDifferenceCents: 0,
        causes: [
          { cause: 'rate', cents: -16_000 },
          { cause: 'unknown', cents: 5000 },
        ],
      },
      {
        payerId: 'b',
        payerName: 'Example B',
        count: 1,
        withoutLikely: 0,
        hits: 0,
        hitRatePercent: 0,
        withinTenPercent: 0,
        withinTenPercentShare: 0,
        meanErrorCents: 30_000,
        biasCents: 30_000,
        medianDifferenceCents: 30_000,
        causes: [{ cause: 'rate', cents: 30_000 }],
      },
    ]);
  });

  it('has no rate where nothing can be counted', () => {
    expect(accuracyOf([])).toEqual([]);
    expect(accuracyOf([comparison(5000, undefined)])).toEqual([
      { payerId: 'a', count: 0, withoutLikely: 1, hits: 0, withinTenPercent: 0, causes: [] },
    ]);
  });

  it.each([
    [[300], 300],
    [[100, 301], 201],
    [[-900, 10, 20], 10],
    [[-900, -2, -1, 20], -2],
  ])('has %j the middle difference %i', (differences, median) => {
    const [ledger] = accuracyOf(differences.map((difference) => comparison(100_000, difference)));
    expect(ledger?.medianDifferenceCents).toBe(median);
  });
});
