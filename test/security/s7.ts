import type { Measurement } from '../setup/measure';
import { suiteRow } from './bar.suites';

/** S7: every declared route × role × own and other facility, generated from `apps/api/access-matrix.ts`; an undeclared route fails. */
export async function run(): Promise<Measurement[]> {
  return [
    await suiteRow('routes × roles × facilities as declared', ['test/contract/access-matrix', 'test/contract/routes']),
  ];
}
