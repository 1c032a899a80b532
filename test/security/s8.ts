import type { Measurement } from '../setup/measure';
import { startSpine } from '../setup/spine';
import { all, none } from './bar.rows';
import { withServers } from './bar.servers';
import { suiteRow } from './bar.suites';
import { answersOf } from './s8.answers';

/**
 * S8, sessions and what every answer carries. The life of a session (cookie, 15 minutes, 12 hours, 200 forged changes, sign-out, replay) is
 * tried by its own suites.
 *
 * @param count 0 leaves the suites out, which `npm test` runs anyway
 */
export async function run({ count = 1 }: { count?: number } = {}): Promise<Measurement[]> {
  const answers = await withServers(async () => {
    const spine = await startSpine({ redisUrl: undefined, withWorker: false });
    try {
      return await answersOf(spine);
    } finally {
      await spine.stop();
    }
  });
  const faulty = answers.filter(({ faults }) => faults.length > 0);
  for (const { name, faults } of faulty) console.error(`  ${name}: ${faults.join(', ')}`);
  const rows = [
    all(
      'answers with a policy, no-store, nosniff and no frame',
      answers.length - faulty.length,
      answers.length,
      'answers',
    ),
    none('policies with unsafe-*', answers.filter(({ policy }) => policy.includes('unsafe')).length, 'answers'),
  ];
  const suites = ['apps/api/session', 'apps/api/own-account', 'apps/api/provider-sign-in'];
  return count === 0 ? rows : [...rows, await suiteRow('sessions, second factors, providers that lie', suites)];
}
