import { errorFields, type Log } from '@openvob/platform';
import type { Processor, Worker } from 'bullmq';
import { type LaneQueues, within } from './lane-queues';
import type { Lane } from './lanes';

/** What a consumer is doing, counted where jobs are processed: BullMQ's events leave out jobs that are put off. */
export class ConsumerActivity {
  /** Jobs taken since the start. */
  taken = 0;
  /** Jobs under way. */
  active = 0;

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.taken += 1;
    this.active += 1;
    try {
      return await work();
    } finally {
      this.active -= 1;
    }
  }
}

/** Who consumes a lane in this process. Its BullMQ worker can be replaced by another. */
export interface LaneConsumer {
  readonly lane: Lane;
  readonly activity: ConsumerActivity;
  readonly worker: Worker;
  /** Puts a fresh worker in place of the present one. */
  replace(): void;
}

export interface WatchdogParts {
  queues: LaneQueues;
  consumers: readonly LaneConsumer[];
  log: Log;
  everyMs: number;
  lateMs: number;
}

const answerWithinMs = 2000;
const finishWithinMs = 120_000;
/** A consumer that does not help is replaced ever more rarely. */
const longestRestMs = 300_000;

/**
 * Replaces a consumer that has stopped taking jobs though jobs wait and it has room for them: a connection can hang without any error,
 * with `isRunning` still true. Canaries see to it that there is always something to take. A lane that is paused, a consumer that is
 * full, and a queue that does not answer are no reason.
 */
export class ConsumerWatchdog {
  private readonly watched: Watched[];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: WatchdogParts) {
    this.watched = parts.consumers.map((consumer) => new Watched(consumer, parts));
  }

  start(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.look());
    }, this.parts.everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** True when no consumer of this process stands still. */
  isWell(): boolean {
    return this.watched.every((one) => !one.isStill);
  }

  /** Jobs under way by lane. */
  active(): Record<string, number> {
    return Object.fromEntries(this.parts.consumers.map(({ lane, activity }) => [lane, activity.active]));
  }

  private async look(): Promise<void> {
    await Promise.all(this.watched.map((one) => one.look()));
  }
}

/** One consumer as the watchdog sees it. */
class Watched {
  private takenBefore = 0;
  private stillSince: number | undefined;
  private restMs: number;
  private nextAt = 0;

  constructor(
    private readonly consumer: LaneConsumer,
    private readonly parts: WatchdogParts,
  ) {
    this.restMs = parts.lateMs;
  }

  get isStill(): boolean {
    return this.stillSince !== undefined && performance.now() - this.stillSince >= this.parts.lateMs;
  }

  async look(): Promise<void> {
    if (await this.leavesJobs()) {
      this.stillSince ??= performance.now();
      if (this.isStill && performance.now() >= this.nextAt) this.replace();
      return;
    }
    this.stillSince = undefined;
    this.restMs = this.parts.lateMs;
  }

  /** Jobs wait, there is room, and nothing was taken since the last look. */
  private async leavesJobs(): Promise<boolean> {
    const { activity, lane } = this.consumer;
    const tookSome = activity.taken !== this.takenBefore;
    this.takenBefore = activity.taken;
    if (tookSome || activity.active >= this.consumer.worker.concurrency) return false;
    try {
      const queue = this.parts.queues.of(lane);
      const look = Promise.all([queue.getWaitingCount(), queue.isPaused()]);
      const [waiting, paused] = await within(answerWithinMs, look);
      return waiting > 0 && !paused;
    } catch {
      return false; // the queue itself is down: BullMQ connects again by itself
    }
  }

  private replace(): void {
    const { lane, activity } = this.consumer;
    this.parts.log.error('worker.replaced', { lane, active: activity.active });
    this.nextAt = performance.now() + this.restMs;
    this.restMs = Math.min(this.restMs * 2, longestRestMs);
    const old = this.consumer.worker;
    this.consumer.replace();
    retire(old).catch((error: unknown) => this.parts.log.warn('worker.not_closed', { lane, ...errorFields(error) }));
  }
}

/** A worker as `old` was made, with connections of its own. */
export function freshWorker(old: Worker, process: Processor, onError: (error: Error) => void): Worker {
  const Same = old.constructor as typeof Worker;
  const fresh = new Same(old.name, process, { ...old.opts });
  fresh.concurrency = old.concurrency;
  fresh.on('error', onError);
  return fresh;
}

/** What it has under way may end and be written; then its connections go, however they hang. */
async function retire(worker: Worker): Promise<void> {
  await within(finishWithinMs, worker.pause()).catch(() => undefined);
  await worker.close(true);
}
