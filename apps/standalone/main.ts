import { resolve } from 'node:path';
import { readStandaloneConfig } from '@openvob/platform';
import { Demonstration } from './demonstration';
import { Progress } from './progress';

/** A terminal's Ctrl-C may arrive twice at once: from the terminal itself and passed on by npm. */
const sameKeypressMs = 500;

/** `npm start`: starts the demonstration and stays until Ctrl-C, which drains it; a second one ends it by force. */
export async function main(): Promise<void> {
  const progress = new Progress(process.stdout);
  process.stdout.on('error', () => undefined); // the terminal was closed; SIGHUP follows
  try {
    const demonstration = new Demonstration(readStandaloneConfig(), resolve('.openvob'), progress);
    process.exit(await run(demonstration, progress));
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

/** @returns the exit code, when everything has stopped because it was asked to */
async function run(demonstration: Demonstration, progress: Progress): Promise<number> {
  const stopped = stopOnSignal(demonstration, progress);
  progress.line('OpenVOB demonstration');
  try {
    await demonstration.start();
  } catch (error) {
    if (!demonstration.isStopping) {
      await demonstration.stop();
      throw error;
    }
  }
  return stopped;
}

function stopOnSignal(demonstration: Demonstration, progress: Progress): Promise<number> {
  return new Promise((resolve, reject) => {
    let askedAt: number | undefined;
    let forced = false;
    const asked = (): void => {
      if (askedAt === undefined) {
        askedAt = performance.now();
        progress.line('\nStopping: waiting for what is under way (Ctrl-C again ends it by force) ...');
        demonstration.stop().then(() => finish(0), reject);
      } else if (!forced && performance.now() - askedAt > sameKeypressMs) {
        forced = true;
        progress.line('Ending by force ...');
        demonstration.stop(0).then(() => finish(1), reject);
      }
    };
    const finish = (code: number): void => {
      progress.line('Stopped. The data are kept.');
      resolve(code);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, asked);
  });
}
