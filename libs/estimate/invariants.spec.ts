import { byBounds, holdTogether, RUNS_IN_TESTS } from '../../test/fuzz/estimate';
import { INVARIANTS } from '../../test/fuzz/estimate.invariants';

const SEED = 20_261_121;

describe('an estimate keeps its invariants on random cases', () => {
  it.each(byBounds().map((invariants) => ({ invariants, names: invariants.map(({ name }) => name).join('; ') })))(
    '$names',
    ({ invariants }) => {
      expect(() => holdTogether(invariants, RUNS_IN_TESTS, SEED)).not.toThrow();
    },
    1_800_000,
  );

  it('are more than the reference asks for', () => {
    expect(INVARIANTS.length).toBeGreaterThan(20);
  });
});
