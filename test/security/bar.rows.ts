import type { Measurement } from '../setup/measure';

/** A figure that has to be zero, e.g. rows of another facility that were seen. */
export function none(what: string, value: number, unit: string): Measurement {
  return { what, value, unit, goal: '0', pass: value === 0 };
}

/** A figure that has to reach `goal` exactly: all of so many. */
export function all(what: string, value: number, goal: number, unit: string): Measurement {
  return { what, value, unit, goal: `all ${goal}`, pass: value === goal && goal > 0 };
}

/** A figure that may not be above `goal`. */
export function atMost(what: string, value: number, goal: number, unit: string): Measurement {
  return { what, value, unit, goal: `at most ${goal}`, pass: value <= goal };
}

/** What cannot be measured on this machine, with the reason and who has to. */
export function notMeasured(what: string, why: string): Measurement {
  return { what, value: 0, unit: 'not measured here', goal: why };
}
