import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, isStillRunning, type ProcessIdentity, until } from './processes';

/** What is on record of a running `npm start`, so that a second one, a reset, or the next start after a kill finds it. */
interface InstanceRecord {
  readonly main: ProcessIdentity;
  readonly url: string;
  readonly children: readonly ProcessIdentity[];
}

const drainMs = 45_000;
const childPatienceMs = 5_000;

/** This run's record; held from start to end. */
export class Instance {
  private children: ProcessIdentity[] = [];

  private constructor(
    private readonly path: string,
    private readonly url: string,
  ) {}

  /**
   * Records this process as the one that runs here. What an interrupted run left behind is stopped first.
   *
   * @throws Error when another one runs
   */
  static async claim(home: string, url: string): Promise<Instance> {
    const path = recordPath(home);
    const other = readRecord(path);
    if (other && isStillRunning(other.main)) {
      throw new Error(
        `OpenVOB already runs here: ${other.url} (process ${other.main.pid}). Stop that one first with Ctrl-C.`,
      );
    }
    if (other) await stopAll(other.children);
    rmSync(path, { force: true });
    const instance = new Instance(path, url);
    instance.write('wx');
    return instance;
  }

  addChild(pid: number): void {
    this.children = [...this.children.filter(isStillRunning), identityOf(pid)];
    this.write('w');
  }

  release(): void {
    rmSync(this.path, { force: true });
  }

  private write(flag: 'w' | 'wx'): void {
    const record: InstanceRecord = { main: identityOf(process.pid), url: this.url, children: this.children };
    writeFileSync(this.path, JSON.stringify(record), { flag, mode: 0o600 });
  }
}

/** The instance that runs in `home` now; undefined when none does, also when an interrupted one left programs behind. */
export function runningInstance(home: string): { url: string; pid: number } | undefined {
  const record = readRecord(recordPath(home));
  return record && isStillRunning(record.main) ? { url: record.url, pid: record.main.pid } : undefined;
}

/**
 * Ends the instance that runs in `home`, if one does, and what an interrupted one left behind.
 *
 * @returns whether anything had to be stopped
 * @throws Error when it cannot be stopped
 */
export async function stopInstance(home: string): Promise<boolean> {
  const record = readRecord(recordPath(home));
  if (!record) return false;
  const running = [record.main, ...record.children].filter(isStillRunning);
  signal(record.main, 'SIGTERM');
  if (!(await until(() => !isStillRunning(record.main), drainMs))) {
    throw new Error(`OpenVOB still runs here (process ${record.main.pid}) and does not stop: end it, then try again.`);
  }
  await stopAll(record.children);
  return running.length > 0;
}

async function stopAll(children: readonly ProcessIdentity[]): Promise<void> {
  for (const child of children) signal(child, 'SIGTERM');
  if (await until(() => !children.some(isStillRunning), childPatienceMs)) return;
  for (const child of children) signal(child, 'SIGKILL');
}

function signal(process_: ProcessIdentity, name: NodeJS.Signals): void {
  if (!isStillRunning(process_)) return;
  try {
    process.kill(process_.pid, name);
  } catch (cause) {
    throw new Error(`Process ${process_.pid} of OpenVOB belongs to another user: stop it as that user.`, { cause });
  }
}

function recordPath(home: string): string {
  return join(home, 'instance.json');
}

function readRecord(path: string): InstanceRecord | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as InstanceRecord;
  } catch {
    return undefined; // cut short by a kill
  }
}
