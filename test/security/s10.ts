import type { Measurement } from '../setup/measure';
import { suiteRow } from './bar.suites';

/**
 * S10: queue board and metrics, every path and method without a key and with another role; labels without ids, fewer than 5,000 series. The
 * description of the API and the two health routes are open on purpose: they are the same for everybody.
 */
export async function run(): Promise<Measurement[]> {
  return [await suiteRow('queue board and metrics closed, labels without ids', ['test/contract/ops'])];
}
