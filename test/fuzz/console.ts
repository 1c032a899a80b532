import { chromiumMissing, Desk } from '../e2e/browser';
import { emailOf, password, World } from '../e2e/world';
import type { Measurement, MeasureOptions } from '../setup/measure';
import { withServices } from '../setup/on-each-backend';
import { playMonkey } from './console.monkey';

const minuteMs = 60_000;
const mostShown = 8;

/**
 * `npm run fuzz -- console [MINUTES] [--only PATH,PATH]`: a seeded monkey clicks and types on every page while others work and the connection breaks; nothing
 * uncaught, the page goes on, and nothing that was typed is lost.
 */
export async function run({ count: minutes = 1, only }: MeasureOptions): Promise<Measurement[]> {
  if (chromiumMissing) throw new Error(chromiumMissing);
  return withServices(async () => {
    const world = await World.start();
    try {
      const ids = await monkeyIds(world);
      const desk = await Desk.open(world.chromium, world.origin, { name: 'monkey', moves: true });
      await desk.enter(emailOf('admin'), password);
      const endsAt = performance.now() + minutes * minuteMs;
      const seed = 20_261_122;
      const { actions, disturbances, lost } = await playMonkey(desk, {
        seed,
        ids,
        only,
        goesOn: () => performance.now() < endsAt,
        enter: () => desk.enter(emailOf('admin'), password),
        disturb: () => disturbed(world, ids),
      });
      return [
        { what: `actions in ${minutes} min, seed ${seed}`, value: actions, unit: 'actions' },
        { what: 'happenings in between', value: disturbances, unit: 'happenings' },
        none('uncaught errors', desk.faults),
        none('inputs lost', lost),
        ...[...desk.faults, ...lost]
          .slice(0, mostShown)
          .map((fault) => ({ what: fault.slice(0, 600), value: 1, unit: '' })),
      ];
    } finally {
      await world.stop();
    }
  });
}

/** A verified one, one that needs a call, one that was not found. */
export async function monkeyIds(world: World): Promise<readonly string[]> {
  const members = ['NWH001', 'NWH003', 'NWH006'].map((scenario) => world.member(scenario));
  return (await Promise.all(members.map((member) => world.verify(member)))).map(({ id }) => id as string);
}

/** Somebody else asks the payer again about one of them. */
export async function disturbed(world: World, ids: readonly string[]): Promise<void> {
  await world.caller.post(`/v1/verifications/${ids[world.next() % ids.length]}/reverify`);
}

function none(what: string, found: readonly string[]): Measurement {
  return { what, value: found.length, unit: '', goal: 'none', pass: found.length === 0 };
}
