import { resolve } from 'node:path';
import { readStandaloneConfig } from '@openvob/platform';
import { Demonstration, Interrupted } from './demonstration';
import { Progress } from './progress';

/** A terminal's Ctrl-C may arrive twice at once: from the terminal itself and passed on by npm. */
const sameKeypressMs = 500;

/** `npm start`: starts the demonstration and stays until Ctrl-C, which drains it; a second one ends it by force. */
export async function main(): Promise<void> {
  const progress = new Progress(process.stdout);
  process.stdout.on('error', () => undefined); // the terminal was closed; SIGHUP follows
  try {
    const demonstration = new Demonstration(readStandaloneConfig(), resolve('.openvob'), progress);
    const ended = stopOnSignal(demonstration, progress);
    await run(demonstration, ended, progress);
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

async function run(demonstration: Demonstration, ended: Promise<number>, progress: Progress): Promise<void> {
  progress.line('OpenVOB demonstration');
  try {
    await demonstration.start();
  } catch (error) {
    if (error instanceof Interrupted || demonstration.isStopping) process.exit(await ended);
    await demonstration.stop();
    throw error;
  }
  process.exit(await ended);
}

/** Resolves with the exit code when the person has asked to stop and everything has stopped. */
function stopOnSignal(demonstration: Demonstration, progress: Progress): Promise<number> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    const asked = (): void => {
      const now = performance.now();
      if (askedAt === undefined) {
        progress.line('\nStopping: waiting for what is under way (Ctrl-C again ends it by force) ...');
        demonstration.stop().then(
          () => resolve(0),
          (error: unknown) => resolve(failed(error)),
        );
      } else if (now - askedAt > sameKeypressMs) {
        progress.line('Ending by force ...');
        demonstration.stop(0).then(
          () => resolve(1),
          (error: unknown) => resolve(failed(error)),
        );
      }
      askedAt ??= now;
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, asked);
  });
}

function failed(error: unknown): number {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
}
