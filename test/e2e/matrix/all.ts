import type { Measurement } from '../../setup/measure';
import { withServices } from '../../setup/on-each-backend';
import { chromiumMissing } from '../browser';
import { type Journey, play, type Sight, Turns } from '../journey';
import { journeys } from '../journeys';
import { World } from '../world';

const sights: readonly Sight[] = [
  { screen: 'desk', look: 'light' },
  { screen: 'desk', look: 'dark' },
  { screen: 'phone', look: 'light' },
  { screen: 'phone', look: 'dark' },
  { screen: 'zoomed', look: 'dark' },
];
const atATime = 3;

/** `npm run e2e -- all [--only WORD,WORD]`: every journey on every screen, light and dark; pictures of every state in `.test/screenshots`. */
export async function run({ only }: { only?: readonly string[] }): Promise<Measurement[]> {
  if (chromiumMissing) throw new Error(chromiumMissing);
  const chosen = journeys.filter(({ name }) => !only || only.some((word) => name.includes(word)));
  return withServices(async () => {
    const world = await World.start();
    try {
      const turns = new Turns(atATime);
      const all = chosen.flatMap((journey) => sights.map((sight) => ({ journey, sight })));
      return await Promise.all(all.map(({ journey, sight }) => turns.take(() => played(journey, world, sight))));
    } finally {
      await world.stop();
    }
  });
}

async function played(journey: Journey, world: World, sight: Sight): Promise<Measurement> {
  const startedAt = performance.now();
  const failure = await play(journey, world, sight).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const what = `${journey.name} (${sight.screen}, ${sight.look})`;
  if (failure) console.error(`${what}\n${failure}\n`);
  const value = Math.round((performance.now() - startedAt) / 1000);
  return { what, value, unit: 's', pass: failure === undefined };
}
