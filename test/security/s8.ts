import type { Measurement } from '../setup/measure';
import { startSpine } from '../setup/spine';
import { all, none } from './bar.rows';
import { withServers } from './bar.servers';
import { answersOf } from './s8.answers';
import { sessionFigures } from './s8.sessions';

/**
 * S8: what every answer carries, and the life of a session.
 *
 * @param count changes forged in the name of other sites, and cookies replayed
 */
export function run({ count = 200 }: { count?: number } = {}): Promise<Measurement[]> {
  return withServers(async () => [...(await answerRows()), ...(await sessionRows(count))]);
}

async function answerRows(): Promise<Measurement[]> {
  const spine = await startSpine({ redisUrl: undefined, withWorker: false });
  try {
    const answers = await answersOf(spine);
    const faulty = answers.filter(({ faults }) => faults.length > 0);
    for (const { name, faults } of faulty) console.error(`  ${name}: ${faults.join(', ')}`);
    const right = answers.length - faulty.length;
    const unsafe = answers.filter(({ policy }) => policy.includes('unsafe')).length;
    return [
      all('answers with a policy, no-store, nosniff and no frame', right, answers.length, 'answers'),
      none('policies with unsafe-*', unsafe, 'answers'),
    ];
  } finally {
    await spine.stop();
  }
}

async function sessionRows(count: number): Promise<Measurement[]> {
  const one = await sessionFigures(count);
  const goal = '12 hours';
  const { endedAfterMinutes } = one;
  return [
    all('cookies with __Host-, HttpOnly, Secure and SameSite', one.strictCookies, one.cookies, 'cookies'),
    all('sessions open 5 seconds before 15 idle minutes', one.openBeforeIdle, one.idleTries, 'sessions'),
    none('sessions open after 15 idle minutes', one.openAfterIdle, 'sessions'),
    {
      what: 'a session always in use ends after',
      value: endedAfterMinutes,
      unit: 'minutes',
      goal,
      pass: endedAfterMinutes === 720,
    },
    none(`of ${one.forged} changes from other sites that got through`, one.forgedSucceeded, 'changes'),
    none(`of ${one.replayed} cookies ended, cut, changed and guessed that open`, one.replaysOpened, 'cookies'),
  ];
}
