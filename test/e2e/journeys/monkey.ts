import { disturbed, monkeyIds } from '../../fuzz/console';
import { playMonkey } from '../../fuzz/console.monkey';
import type { Journey } from '../journey';
import { password } from '../world';

const actions = 60;

const monkey: Journey = {
  name: 'a seeded monkey clicks and types on every page: nothing uncaught, nothing lost (ten minutes of it: npm run fuzz -- console 10)',
  sight: { screen: 'desk', look: 'light' },
  run: async (stage) => {
    const { world } = stage;
    const ids = await monkeyIds(world);
    const email = await world.person('admin');
    const desk = await stage.desk(email);
    const { lost } = await playMonkey(desk, {
      seed: 7,
      ids,
      goesOn: (done) => done < actions,
      enter: () => desk.enter(email, password),
      disturb: () => disturbed(world, ids),
    });
    if (lost.length > 0) throw new Error(`lost: ${lost.join(', ')}`);
  },
};

export const monkeys: readonly Journey[] = [monkey];
