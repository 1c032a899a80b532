import fc from 'fast-check';
import type { Measurement } from '../setup/measure';
import { inInstallation, withServices } from '../setup/on-each-backend';
import { collectAnswers } from './lifecycle.answers';
import { type Command, commands } from './lifecycle.commands';
import { type IllegalMoves, illegalMoves } from './lifecycle.moves';
import { Sequence } from './lifecycle.sequence';
import { LifecycleWorld } from './lifecycle.world';

export interface LifecycleOptions {
  sequences: number;
  seed: number;
}

/**
 * Random sequences of what people, websites, workers, payers, crashes and the clock do to verifications, against the real store: each has to stand
 * where a simple model of the lifecycle says, none may be lost, and nothing that was answered may be asked again.
 *
 * @returns how many commands were tried
 * @throws Error with the shortest sequence that goes wrong
 */
export async function lifecycleSequences(
  world: LifecycleWorld,
  { sequences, seed }: LifecycleOptions,
): Promise<number> {
  const answers = await collectAnswers();
  let number = 0;
  let tried = 0;
  const keeps = fc.asyncProperty(
    fc.array(commands, { minLength: 4, maxLength: 25, size: 'max' }),
    async (list: Command[]) => {
      number += 1;
      tried += list.length;
      const sequence = await Sequence.begin(world, answers, number);
      await sequence.play({ kind: 'submit', what: 'complete' });
      for (const command of list) await sequence.play(command);
      await sequence.finish();
    },
  );
  await fc.assert(keeps, { numRuns: sequences, seed, timeout: 20_000, interruptAfterTimeLimit: 3_600_000 });
  return tried;
}

/** `npm run chaos -- lifecycle [SEQUENCES]`: a thousand seeded sequences, and a million moves that the database has to refuse. */
export async function run({ count = 1000 }: { count?: number }): Promise<Measurement[]> {
  return withServices(() =>
    inInstallation('PostgreSQL', async (where) => {
      const world = await LifecycleWorld.open(where);
      try {
        const tried = await lifecycleSequences(world, { sequences: count, seed: 20_260_302 });
        return rowsOf(count, tried, await illegalMoves(world.owner, count * 1500));
      } finally {
        await world.close();
      }
    }),
  );
}

function rowsOf(sequences: number, tried: number, moves: IllegalMoves): Measurement[] {
  return [
    {
      what: 'sequences of what may happen to verifications, in which the store stood where the model did',
      value: sequences,
      unit: 'sequences',
      goal: `all ${sequences}`,
      pass: true,
    },
    { what: 'commands in them', value: tried, unit: 'commands' },
    {
      what: `illegal moves let through by the database, of ${moves.illegal}`,
      value: moves.letThrough,
      unit: 'moves',
      goal: '0',
      pass: moves.letThrough === 0 && moves.legalRefused === 0,
    },
  ];
}
