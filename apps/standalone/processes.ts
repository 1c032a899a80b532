import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Whether a process with this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The command line of a process, its parts separated by blanks; empty when it is gone or cannot be seen. */
export function commandLineOf(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline'))
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return ''; // gone meanwhile
  }
}

/** The name alone of the program of a process: its arguments may hold what is not for every eye. Empty when it is gone or cannot be seen. */
export function programOf(pid: number): string {
  try {
    const title = existsSync('/proc/self/cmdline')
      ? (readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '')
      : execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
    return basename(title.trim().split(/[\s:]/)[0] ?? '');
  } catch {
    return ''; // gone meanwhile
  }
}

/**
 * Waits until `condition` holds.
 *
 * @returns false when it still does not after `timeoutMs`
 */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}

/** A process, told apart from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words. */
  readonly started: string;
}

export function identityOf(pid: number): ProcessIdentity {
  return { pid, started: startOf(pid) };
}

/** False as soon as it has ended, even when its number is another program's by now. */
export function isStillRunning({ pid, started }: ProcessIdentity): boolean {
  return isAlive(pid) && started !== '' && startOf(pid) === started;
}

function startOf(pid: number): string {
  try {
    // proc(5), stat: the 22nd field; the 2nd, the name in brackets, may hold blanks.
    if (existsSync('/proc/self/stat'))
      return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return ''; // gone
  }
}

/** In megabytes, and by how much of what is alive the heap grows before it is cleared; one helper for that, since more wait for one another. */
const workerOptions = ['--max-old-space-size=256', '--heap-growing-percent=80', '--v8-pool-size=1'];

/**
 * Node's options for a program. A worker waits for hundreds of payers at once: with a heap that may grow at will, what those waits leave behind is
 * cleared away late, and its memory is several times what it holds. In the API it is the young part of the heap that a large body swells. Simulated
 * payers hold hundreds of replies back: with a larger young part these are copied less often, and less is taken from whom they are to measure.
 */
export function nodeOptionsFor(script: string): string[] {
  if (script.endsWith('/api/main.js')) return ['--max-semi-space-size=8'];
  if (script.endsWith('/payer-simulator/main.js')) return ['--max-semi-space-size=32'];
  return script.endsWith('/worker/main.js') ? workerOptions : [];
}
