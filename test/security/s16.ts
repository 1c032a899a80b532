import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import type { Measurement } from '../setup/measure';

/** As it was built: from the sources, where tests run them, or from beside itself. */
const fuzz = resolve(__dirname, __dirname.includes('/dist/') ? '../fuzz/run.js' : '../../dist/test/fuzz/run.js');

/** S16: spoilt messages of payers, as X12 and the whole way to a decision. @param count spoilt messages, half of them each way */
export async function run({ count = 1_000_000 }: { count?: number } = {}): Promise<Measurement[]> {
  const half = Math.ceil(count / 2);
  return [...(await fuzzed('x12', half)), ...(await fuzzed('read', half))];
}

/** In a process of its own, whose heap holds nothing else; it ends with 1 where a goal was missed. */
function fuzzed(name: string, count: number): Promise<Measurement[]> {
  return new Promise((settle, reject) => {
    const given = [fuzz, name, String(count), '--json'];
    execFile(process.execPath, given, (error, stdout) => {
      const last = stdout.trimEnd().split('\n').at(-1) ?? '';
      if (last.startsWith('{')) settle((JSON.parse(last) as { rows: Measurement[] }).rows);
      else reject(error ?? new Error('The trial told no figures'));
    });
  });
}
