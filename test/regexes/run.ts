import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonFor } from './bounded';
import { Judge, keyOf } from './judge';
import { regexesIn } from './regexes';

// Given the repository's folder: names each regular expression that a long text could hold up. Those known to be safe stand in a list, which
// `--write` brings up to date; S18 judges all of them anew.
const [root = '.', option] = process.argv.slice(2);
const list = join(root, 'test/regexes/safe.json');
const kept = existsSync(list) && option !== '--anew' ? (JSON.parse(readFileSync(list, 'utf8')) as string[]) : [];
const judge = new Judge(join(root, 'dist/.regexes.json'), kept);
const all = regexesIn(root).map((regex) => ({ regex, verdict: judge.verdictOn(regex) }));
judge.remember();

if (option === '--write') {
  const safe = all.filter(({ verdict }) => verdict.status === 'safe').map(({ regex }) => keyOf(regex));
  writeFileSync(list, `${JSON.stringify([...new Set(safe)].sort(), undefined, 2)}\n`);
}
const faults = all.filter(({ regex, verdict }) => verdict.status !== 'safe' && !reasonFor(regex));
for (const { regex, verdict } of faults)
  console.log(
    `${regex.file}:${regex.line}: /${regex.source}/${regex.flags} is ${verdict.status} (${verdict.growth ?? 'not found out'}): bound what it repeats`,
  );
process.exitCode = faults.length === 0 ? 0 : 1;
