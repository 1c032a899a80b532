import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { from, happenings, timeZone, until } from './script';
import { Week } from './week';

const golden = join(__dirname, 'timeline.txt');

/** `npm run chaos -- week` prints the timeline; read it before it takes the place of the golden one. */
test('a week that goes wrong in most of the ways that weeks do ends as a benefits expert would want it', async () => {
  const week = await Week.begin(from, timeZone);
  try {
    await week.play(happenings, until);
    expect(`${week.timeline.text()}\n${await week.summary()}`).toBe(readFileSync(golden, 'utf8'));
    expect(await week.unsettled()).toBe(0);
  } finally {
    await week.end();
  }
}, 300_000);
