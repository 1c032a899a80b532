import { type Clock, errorFields, type Log } from '@openvob/platform';
import type { JobsOptions } from 'bullmq';
import { type LaneQueues, within } from './lane-queues';
import { type Lane, lanes } from './lanes';

/**
 * A job that does nothing but be done. It tells whether a lane still moves, which neither a ping nor BullMQ's own `isRunning` does: a
 * consumer that lost its blocking connection can wait for ever and look well (BullMQ #4585).
 */
export interface CanaryJob {
  /** Milliseconds since 1970. */
  sentAt: number;
}

export const canaryJobName = 'canary';

/** It goes first: what is asked is whether the lane moves, not how long it is. One at a time: nobody may be there to take it. */
const canaryJobOptions: JobsOptions = {
  jobId: canaryJobName,
  lifo: true,
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: true,
};

/** The last canary that came out of a lane. */
export interface CanaryMark {
  lane: string;
  /** When it was sent. */
  sentAt: Date;
  seenAt: Date;
}

/** Where the processes tell each other of canaries: rows, so that what a worker does is seen by every API process. */
export interface CanaryMarks {
  /** True for one process only within `everyMs`: it sends the next canary. */
  claim(lane: Lane, now: Date, everyMs: number): Promise<boolean>;
  seen(mark: CanaryMark): Promise<void>;
  read(): Promise<CanaryMark[]>;
}

export interface CanaryParts {
  queues: LaneQueues;
  marks: CanaryMarks;
  clock: Clock;
  log: Log;
  everyMs: number;
  lateMs: number;
}

/** How a lane does. Without a canary so far there is neither age nor duration. */
export interface LaneState {
  lane: Lane;
  isMoving: boolean;
  /** How long ago the last one came out, milliseconds. */
  ageMs?: number;
  /** How long the last one took from being sent to being seen. */
  tookMs?: number;
}

const sendWithinMs = 400;
/** Whoever asks about a lane that is late makes a canary of its own, this often at most. */
const onDemandEveryMs = 1000;
const lookEveryMs = 100;

/** Sends canaries through the lanes, one at a time for all processes together, and tells when the last ones came out. */
export class Canaries {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private asking: Promise<LaneState[]> | undefined;

  constructor(private readonly parts: CanaryParts) {}

  start(): void {
    const send = (): void => {
      this.running = this.running.then(() => this.send(this.parts.everyMs));
    };
    send();
    this.timer = setInterval(send, this.parts.everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Called by whoever took one out of a lane. */
  async arrived(lane: string, job: CanaryJob): Promise<void> {
    await this.parts.marks.seen({ lane, sentAt: new Date(job.sentAt), seenAt: this.parts.clock.now() });
  }

  /** How the lanes do by what has come out of them so far. */
  async states(): Promise<LaneState[]> {
    const marks = await this.parts.marks.read();
    const now = this.parts.clock.now().getTime();
    return lanes.map((lane) => {
      const mark = marks.find((one) => one.lane === lane);
      if (!mark) return { lane, isMoving: false };
      const ageMs = Math.max(now - mark.seenAt.getTime(), 0);
      const tookMs = Math.max(mark.seenAt.getTime() - mark.sentAt.getTime(), 0);
      return { lane, isMoving: ageMs <= this.parts.lateMs, ageMs, tookMs };
    });
  }

  /**
   * As `states`; when a lane looks still, a canary is sent now and waited for. Callers at the same time share one look.
   *
   * @param patienceMs how long to wait at most
   */
  ask(patienceMs: number): Promise<LaneState[]> {
    this.asking ??= this.look(patienceMs).finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async look(patienceMs: number): Promise<LaneState[]> {
    const deadline = performance.now() + patienceMs;
    let states = await this.states();
    if (states.every((state) => state.isMoving)) return states;
    await this.send(onDemandEveryMs);
    while (!states.every((state) => state.isMoving) && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      states = await this.states();
    }
    return states;
  }

  private async send(everyMs: number): Promise<void> {
    await Promise.all(lanes.map((lane) => this.sendThrough(lane, everyMs)));
  }

  private async sendThrough(lane: Lane, everyMs: number): Promise<void> {
    const { queues, marks, clock, log } = this.parts;
    try {
      const now = clock.now();
      if (!(await marks.claim(lane, now, everyMs))) return;
      const job: CanaryJob = { sentAt: now.getTime() };
      await within(sendWithinMs, queues.of(lane).add(canaryJobName, job, canaryJobOptions));
    } catch (error) {
      log.warn('canary.not_sent', { lane, ...errorFields(error) });
    }
  }
}
