import type { Measurement } from '../setup/measure';
import { suiteRow } from './bar.suites';

/** S9: allowances of keys, people, websites and networks over two API instances; a forged X-Forwarded-For gains nothing. */
export async function run(): Promise<Measurement[]> {
  return [await suiteRow('limits over two instances hold', ['apps/api/rate-limits'])];
}
