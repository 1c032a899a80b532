import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stopInstance } from './instance';
import { removePostgres } from './postgres';

/**
 * Stops what runs of the demonstration in `home` and removes all its data, those elsewhere too.
 *
 * @throws Error when something of it cannot be stopped; then nothing is removed
 */
export async function reset(home: string, say: (line: string) => void): Promise<void> {
  if (!existsSync(home)) return say('Nothing to remove.');
  if (await stopInstance(home)) say('Stopped the running instance.');
  await removePostgres(join(home, 'postgres'));
  rmSync(home, { recursive: true, force: true });
  say('Removed all demonstration data. The next npm start begins anew.');
}
