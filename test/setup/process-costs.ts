import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { commandLineOf } from '../../apps/standalone/processes';

/** What programs took of the machine so far. Figures are there on Linux alone, which tells them under /proc. */
export const costsAreKnown = existsSync('/proc/self/stat');

/** Linux counts in ticks of this length whatever the kernel's own is (sysconf(_SC_CLK_TCK)). */
const tickMs = 10;

/** Processor time of a process and of its children that have ended, milliseconds. */
export function cpuMsOf(pid: number): number {
  const fields = statOf(pid);
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15).map(Number);
  return (user + system + childUser + childSystem) * tickMs;
}

/** Processor time of a PostgreSQL server with all its connections, milliseconds. */
export function postgresCpuMs(serverPid: number): number {
  return [serverPid, ...childrenOf(serverPid)].reduce((sum, pid) => sum + cpuMsOf(pid), 0);
}

/** Memory that a process holds now, and the most that it ever held, bytes. */
export function memoryOf(pid: number): { now: number; most: number } {
  const status = readOr(`/proc/${pid}/status`, '');
  const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  return { now: kilobytes('VmRSS') * 1024, most: kilobytes('VmHWM') * 1024 };
}

/** The server process that holds a port's or a folder's database, by its command line. */
export function processWith(part: string): number | undefined {
  return processes().find((pid) => commandLineOf(pid).includes(part));
}

function childrenOf(parent: number): number[] {
  return processes().filter((pid) => Number(statOf(pid)[1]) === parent);
}

function processes(): number[] {
  if (!costsAreKnown) return [];
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

/** Fields of proc(5) stat behind the name, which may hold blanks: state, parent, … */
function statOf(pid: number): string[] {
  return readOr(`/proc/${pid}/stat`, '').split(') ').at(-1)?.split(' ') ?? [];
}

function readOr(path: string, fallback: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return fallback; // gone meanwhile
  }
}
