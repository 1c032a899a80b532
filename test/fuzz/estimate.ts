import type { EstimateCase } from '@openvob/estimate';
import * as fc from 'fast-check';
import type { Measurement, MeasureOptions } from '../setup/measure';
import { arbitraryCase, type CaseBounds } from './estimate.cases';
import { INVARIANTS, type Invariant } from './estimate.invariants';

const USUAL_COUNT = 1_000_000;
const SEED = 20_260_105;
/** Cases that are kept at a time, with what was worked out from them. */
const CHUNK = 250;

/** Tries an invariant so often in tests: CI takes its time. */
export const RUNS_IN_TESTS = process.env.CI ? 10_000 : 150;

/**
 * Holds the invariants of the estimate against random cases, so many trials in all; throws with the smallest case that breaks one.
 * Every case is tried on each invariant that speaks of such cases.
 */
export function run({
  count = USUAL_COUNT,
  seed = SEED,
}: MeasureOptions & { readonly seed?: number } = {}): Measurement[] {
  const each = Math.ceil(count / INVARIANTS.length);
  for (const invariants of byBounds()) holdTogether(invariants, each, seed);
  return [
    {
      what: 'trials of an invariant of the estimate on a random case',
      value: each * INVARIANTS.length,
      unit: 'trials',
    },
    { what: 'invariants', value: INVARIANTS.length, unit: 'invariants' },
    { what: 'random cases for each', value: each, unit: 'cases' },
  ];
}

/** Tries invariants of the same bounds on so many random cases. The same seed tries the same cases. */
export function holdTogether(invariants: readonly Invariant[], count: number, seed: number): void {
  const [first] = invariants;
  if (!first) return;
  for (let done = 0, chunk = 0; done < count; done += CHUNK, chunk += 1) {
    const cases = fc.sample(arbitraryCase(first.bounds), {
      numRuns: Math.min(CHUNK, count - done),
      seed: seed + chunk,
    });
    for (const invariant of invariants) tryOn(invariant, cases, seed + chunk);
  }
}

/** Tries one invariant on so many random cases, and finds the smallest that breaks it. */
export function hold({ bounds, broken, name }: Invariant, count: number, seed: number): void {
  const property = fc.property(arbitraryCase(bounds), (given) => {
    const found = broken(given);
    if (found) throw new Error(`${name}: ${found}`);
  });
  fc.assert(property, { numRuns: count, seed });
}

/** The invariants, those that speak of the same cases together. */
export function byBounds(): Invariant[][] {
  const groups = new Map<CaseBounds, Invariant[]>();
  for (const invariant of INVARIANTS)
    groups.set(invariant.bounds, [...(groups.get(invariant.bounds) ?? []), invariant]);
  return [...groups.values()];
}

function tryOn(invariant: Invariant, cases: readonly EstimateCase[], seed: number): void {
  for (const given of cases) {
    const found = invariant.broken(given);
    if (!found) continue;
    hold(invariant, 10 * CHUNK, seed);
    throw new Error(`${invariant.name}: ${found}\n${JSON.stringify(given)}`);
  }
}
