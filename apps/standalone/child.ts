import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nodeOptionsFor, until } from './processes';

export interface ChildOptions {
  readonly name: string;
  /** The built program. It sends `{ ready: true, url? }` when it can be used. */
  readonly script: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Gets all that it prints. */
  readonly logFile: string;
  onStart(pid: number): void;
  /** Told when it ended unasked and will be started again. */
  onCrash(message: string): void;
}

interface Ready {
  readonly ready: true;
  readonly url?: string;
}

/** Ends a program whose starter is gone. */
const tied = join(__dirname, 'tied.cjs');
const readyMs = 60_000;
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** Having run for so long, it counts as healthy and the next pause is short again. */
const healthyMs = 60_000;
const longestLogBytes = 10_000_000;

/** One program of the demonstration in a process of its own, started again whenever it ends unasked. */
export class Child {
  private process: ChildProcess | undefined;
  private stopping = false;
  private pauseMs = firstPauseMs;
  private restart: NodeJS.Timeout | undefined;

  constructor(private readonly options: ChildOptions) {}

  /**
   * Starts it and waits until it is ready.
   *
   * @throws Error with its last words when it ends or stays silent before that
   */
  async start(): Promise<Ready> {
    const child = this.launch();
    try {
      const ready = await firstMessage(child);
      const readyAt = performance.now();
      child.once('exit', (code, signal) => this.ended(describeEnd(code, signal), performance.now() - readyAt));
      return ready;
    } catch (error) {
      child.kill('SIGKILL');
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(
        `The ${this.options.name} ${why}. Its last words (${this.options.logFile}):\n${this.lastWords()}`,
      );
    }
  }

  /** Lets it finish what it is at; ends it by force after `patienceMs`. */
  async stop(patienceMs: number): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restart);
    const child = this.process;
    if (!child || hasEnded(child)) return;
    child.kill('SIGTERM');
    if (await until(() => hasEnded(child), patienceMs)) return;
    child.kill('SIGKILL');
    await until(() => hasEnded(child), 5_000);
  }

  private launch(): ChildProcess {
    const { script, environment, logFile } = this.options;
    if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > longestLogBytes)
      renameSync(logFile, `${logFile}.1`);
    const log = openSync(logFile, 'a', 0o600);
    const child = spawn(
      process.execPath,
      [...nodeOptionsFor(script), '--enable-source-maps', '--require', tied, script],
      {
        detached: true, // the terminal's Ctrl-C is ours to pass on, in order
        env: environment,
        stdio: ['ignore', log, log, 'ipc'],
      },
    );
    closeSync(log);
    child.on('error', () => undefined); // shows as an end without a beginning
    this.process = child;
    if (child.pid) this.options.onStart(child.pid);
    return child;
  }

  private ended(how: string, ranMs: number): void {
    if (ranMs > healthyMs) this.pauseMs = firstPauseMs;
    if (!this.stopping) this.startAgain(how);
  }

  private startAgain(why: string): void {
    const { name, logFile, onCrash } = this.options;
    onCrash(`The ${name} ${why}; starting it again in ${this.pauseMs / 1000} s (log: ${logFile})`);
    this.restart = setTimeout(() => {
      this.start().catch(() => this.stopping || this.startAgain('did not start'));
    }, this.pauseMs);
    this.pauseMs = Math.min(this.pauseMs * 2, longestPauseMs);
  }

  private lastWords(): string {
    const lines = readFileSync(this.options.logFile, 'utf8').trimEnd().split('\n');
    return lines
      .slice(-25)
      .map((line) => `    ${line}`)
      .join('\n');
  }
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  return signal ? `was ended by ${signal}` : `ended with code ${code}`;
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function firstMessage(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`is not ready after ${readyMs / 1000} s`)), readyMs);
    const failed = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(why));
    };
    child.once('exit', (code, signal) => failed(describeEnd(code, signal)));
    child.once('error', (error) => failed(`cannot be run (${error.message})`));
    child.on('message', (message: Ready) => {
      if (!message.ready) return;
      clearTimeout(timer);
      resolve(message);
    });
  });
}
