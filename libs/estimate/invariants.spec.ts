import { hold } from '../../test/fuzz/estimate';
import { INVARIANTS } from '../../test/fuzz/estimate.invariants';

const RUNS = 150;
const SEED = 20_261_121;

describe('an estimate keeps its invariants on random cases', () => {
  it.each(INVARIANTS)('$name', (invariant) => {
    expect(() => hold(invariant, RUNS, SEED)).not.toThrow();
  });
});
