import { from, happenings, timeZone, until } from '../scenarios/week/script';
import { Week } from '../scenarios/week/week';
import type { Measurement } from '../setup/measure';
import { withServices } from '../setup/on-each-backend';

/** `npm run chaos -- week`: plays a week that goes wrong in most of the ways that weeks do, and prints what became of everything. */
export function run(): Promise<Measurement[]> {
  return withServices(async () => {
    const startedAt = performance.now();
    const week = await Week.begin(from, timeZone);
    try {
      await week.play(happenings, until);
      process.stdout.write(`${week.timeline.text()}\n${await week.summary()}`);
      const unsettled = await week.unsettled();
      return [
        {
          what: 'verifications that rest at the end',
          value: week.asked - unsettled,
          unit: 'verifications',
          goal: `all ${week.asked}`,
          pass: unsettled === 0,
        },
        { what: 'a week', value: (performance.now() - startedAt) / 1000, unit: 's' },
      ];
    } finally {
      await week.end();
    }
  });
}
