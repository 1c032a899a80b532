import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Measure, Measurement } from '../setup/measure';
import { withServers } from './bar.servers';

/** `npm run security -- all`: every bar at full size, one after the other. A bar that breaks down has failed. */
export function run({ only }: { only?: readonly string[] } = {}): Promise<Measurement[]> {
  const chosen = barsIn(__dirname).filter((bar) => !only || only.some((name) => name.toLowerCase() === bar));
  return withServers(async () => {
    const rows: Measurement[] = [];
    for (const bar of chosen) {
      console.error(`${bar.toUpperCase()} ...`);
      rows.push(...(await rowsOf(bar)));
    }
    return rows;
  });
}

/** The names of the bars in a folder, s1 before s10. */
export function barsIn(folder: string): string[] {
  const names = readdirSync(folder).flatMap((file) => /^(s\d+)\.[jt]s$/.exec(file)?.[1] ?? []);
  return names.sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}

async function rowsOf(bar: string): Promise<Measurement[]> {
  const title = bar.toUpperCase();
  try {
    const { run: measureBar } = require(join(__dirname, bar)) as { run: Measure };
    return (await measureBar({})).map((row) => ({ ...row, what: `${title} ${row.what}` }));
  } catch (error) {
    console.error(error);
    return [{ what: `${title} broke down`, value: 1, unit: 'errors', goal: '0', pass: false }];
  }
}
