import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { RUNS_IN_TESTS } from '../../test/fuzz/estimate';
import { INVARIANTS } from '../../test/fuzz/estimate.invariants';
import type { Measurement } from '../../test/setup/measure';

const PROGRAM = join(__dirname, '..', '..', 'test', 'measure.mjs');

/** The compiled program in a process of its own: within Jest every global is looked up anew, which takes three times as long. */
async function tryInvariants(trials: number) {
  const child = spawn(process.execPath, [PROGRAM, 'fuzz', 'estimate', String(trials), '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, fault: code === 0 ? '' : err };
}

describe('an estimate', () => {
  it('keeps its invariants on random cases', async () => {
    const { out, fault } = await tryInvariants(RUNS_IN_TESTS * INVARIANTS.length);
    expect(fault).toBe('');
    const { rows } = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as { rows: Measurement[] };
    expect(rows).toContainEqual(expect.objectContaining({ what: 'random cases for each', value: RUNS_IN_TESTS }));
  }, 1_800_000);

  it('has more of them than the reference asks for', () => {
    expect(INVARIANTS.length).toBeGreaterThan(20);
  });
});
