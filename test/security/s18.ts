import { resolve } from 'node:path';
import { reasonFor } from '../regexes/bounded';
import { Judge } from '../regexes/judge';
import { regexesIn } from '../regexes/regexes';
import type { Measurement } from '../setup/measure';
import { all, atMost, none } from './bar.rows';
import { withServers } from './bar.servers';
import { pollute } from './s18.pollution';

const root = resolve(__dirname, __dirname.includes('/dist/') ? '../../..' : '../..');

/**
 * S18: bodies that poison prototypes, and texts that hold regular expressions up.
 *
 * @param count bodies; below 200 the expressions are left out, which `npm run check` judges
 */
export async function run({ count = 200 }: { count?: number } = {}): Promise<Measurement[]> {
  const { sent, polluted, failed } = await withServers(() => pollute(count));
  const rows = [
    none(`prototypes that ${sent} bodies changed`, polluted, 'properties'),
    none('answers of 5xx to them', failed, 'answers'),
  ];
  return count < 200 ? rows : [...rows, ...regexRows()];
}

function regexRows(): Measurement[] {
  const judge = new Judge();
  const judged = regexesIn(root).map((regex) => ({ regex, verdict: judge.verdictOn(regex) }));
  const passed = judged.filter(({ regex, verdict }) => verdict.status === 'safe' || reasonFor(regex) !== undefined);
  const slowest = Math.max(0, ...judged.map(({ regex, verdict }) => millisecondsOf(regex, verdict.attack)));
  return [
    all('expressions safe by recheck, or bounded with a reason', passed.length, judged.length, 'expressions'),
    atMost('slowest on the worst text found for it', slowest, 50, 'ms'),
  ];
}

/** What an expression meets of such a text in the program: those that are named as bounded get no more than their bound. */
function millisecondsOf(
  { source, flags, file }: { source: string; flags: string; file: string },
  attack: string | undefined,
): number {
  if (attack === undefined) return 0;
  const bound = Number(
    /([\d,]+) characters at most|first ([\d,]+) characters/
      .exec(reasonFor({ file, source }) ?? '')
      ?.slice(1)
      .join('')
      .replace(/\D/g, '') ?? 0,
  );
  const text = bound > 0 ? attack.slice(0, bound) : attack;
  const regex = new RegExp(source, flags);
  const startedAt = performance.now();
  text.replace(regex, '');
  return performance.now() - startedAt;
}
