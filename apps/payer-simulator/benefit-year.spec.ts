import { withNothingUsed } from './benefit-year';
import type { BenefitRow } from './content';
import { scenarios } from './scenarios';
import { coinsurance, days, deductible, plan, visits } from './scenarios/rows';

describe('a new benefit year of an invented plan', () => {
  it('has all of its deductibles, maxima, days and visits left, and what it had otherwise', () => {
    const share = coinsurance(['MH'], 'Y', 20);
    const used = plan(
      deductible('IND', 'Y', 150_000, 60_000),
      days(['MH'], 'Y', 30, 0),
      visits(['MH'], 'N', 60, 18),
      share,
    );
    const anew = plan(
      deductible('IND', 'Y', 150_000, 150_000),
      days(['MH'], 'Y', 30, 30),
      visits(['MH'], 'N', 60, 60),
      share,
    );
    expect(withNothingUsed(used)).toEqual(anew);
  });

  it('leaves nothing used in any scenario', () => {
    const contents = scenarios.flatMap(({ content }) =>
      content.kind === 'benefits' ? [withNothingUsed(content)] : [],
    );
    const amounts = (rows: readonly BenefitRow[], period: string): unknown[] =>
      rows.filter((row) => row.period === period).map(({ cents, quantity }) => cents ?? quantity);
    for (const { rows } of contents) expect(amounts(rows, '29')).toEqual(amounts(rows, '23'));
  });
});
