import { inContinuousIntegration } from '../setup/backends';
import { chromiumMissing } from './browser';
import { play, Turns } from './journey';
import { journeys } from './journeys';
import { World } from './world';

const declare = chromiumMissing && !inContinuousIntegration ? describe.skip : describe;
/** Pages of one Chromium on two cores: more would only wait for each other. */
const atATime = 3;
const longestMs = 300_000;

declare(`the console on a real browser, over the real path${chromiumMissing ? ` (${chromiumMissing})` : ''}`, () => {
  let world: World;
  const ends = new Map<string, Promise<unknown>>();

  beforeAll(async () => {
    world = await World.start();
    const turns = new Turns(atATime);
    for (const journey of journeys) {
      const end = turns.take(() => play(journey, world));
      ends.set(
        journey.name,
        end.then(
          () => undefined,
          (error: unknown) => error,
        ),
      );
    }
  }, 60_000);
  afterAll(async () => {
    await Promise.all(ends.values());
    await world.stop();
  }, longestMs);

  // All of them run from the beginning on, some at a time: each test tells how its own ended.
  test.each(journeys)(
    '$name',
    async ({ name }) => {
      expect(await ends.get(name)).toBeUndefined();
    },
    longestMs,
  );
});
