import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runningInstance, stopInstance } from './instance';
import { removePostgres } from './postgres';

export interface ResetTalk {
  say(line: string): void;
  /** Whether the person agrees; `undefined` when there is nobody to ask. */
  confirm(question: string): Promise<boolean | undefined>;
}

/**
 * Stops what runs of the demonstration in `home` and removes all its data, those elsewhere too. While an instance runs somebody has to
 * agree first; what an interrupted one left behind is removed without asking.
 *
 * @throws Error when nobody agreed, or when something of it cannot be stopped; then nothing is removed
 */
export async function reset(home: string, { say, confirm }: ResetTalk): Promise<void> {
  if (!existsSync(home)) return say('Nothing to remove.');
  const running = runningInstance(home);
  if (running) await agreeToStop(running, confirm);
  if (await stopInstance(home)) say('Stopped the running instance.');
  await removePostgres(join(home, 'postgres'));
  rmSync(home, { recursive: true, force: true });
  say('Removed all demonstration data. The next npm start begins anew.');
}

async function agreeToStop(running: { url: string; pid: number }, confirm: ResetTalk['confirm']): Promise<void> {
  const what = `OpenVOB runs here: ${running.url} (process ${running.pid})`;
  const agreed = await confirm(`${what}. Stop it and remove all its data?`);
  if (agreed) return;
  if (agreed === undefined) throw new Error(`${what}. To stop it and remove all its data: npm run reset -- --yes`);
  throw new Error('Nothing was stopped or removed.');
}
