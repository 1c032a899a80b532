import * as fc from 'fast-check';
import type { Measurement, MeasureOptions } from '../setup/measure';
import { arbitraryCase } from './estimate.cases';
import { INVARIANTS, type Invariant } from './estimate.invariants';

const USUAL_COUNT = 100_000;
const SEED = 20_260_105;

/** Holds every invariant of the estimate against random cases; throws with the smallest case that breaks one. */
export function run({
  count = USUAL_COUNT,
  seed = SEED,
}: MeasureOptions & { readonly seed?: number } = {}): Measurement[] {
  const each = Math.ceil(count / INVARIANTS.length);
  for (const invariant of INVARIANTS) hold(invariant, each, seed);
  return [
    { what: 'random cases that keep the invariants of the estimate', value: each * INVARIANTS.length, unit: 'cases' },
    { what: 'invariants', value: INVARIANTS.length, unit: 'invariants' },
  ];
}

/** Tries one invariant on so many random cases. The same seed tries the same cases. */
export function hold({ bounds, broken, name }: Invariant, count: number, seed: number): void {
  const property = fc.property(arbitraryCase(bounds), (given) => {
    const found = broken(given);
    if (found) throw new Error(`${name}: ${found}`);
  });
  fc.assert(property, { numRuns: count, seed });
}
