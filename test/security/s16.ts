import { run as fuzzRead } from '../fuzz/read';
import { run as fuzzX12 } from '../fuzz/x12';
import type { Measurement } from '../setup/measure';

/** S16: spoilt messages of payers, as X12 and the whole way to a decision. @param count spoilt messages, half of them each way */
export function run({ count = 1_000_000 }: { count?: number } = {}): Measurement[] {
  const half = Math.ceil(count / 2);
  return [...fuzzX12({ count: half }), ...fuzzRead({ count: half })];
}
