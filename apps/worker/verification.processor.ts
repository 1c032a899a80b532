import { Processor, WorkerHost } from '@nestjs/bullmq';
import { type Clock, errorFields, type Log, Problem, type Tally } from '@openvob/platform';
import {
  applyOutcome,
  type Canaries,
  type CanaryJob,
  ConsumerActivity,
  canaryJobName,
  failureOf,
  freshWorker,
  isLastAttempt,
  type JobOutcome,
  type Lane,
  type LaneConsumer,
  type VerifyJob,
} from '@openvob/queue';
import type { Runner } from '@openvob/verification';
import type { Job } from 'bullmq';

export interface ProcessorParts {
  runner: Runner;
  clock: Clock;
  log: Log;
  canaries: Pick<Canaries, 'arrived'>;
  tally: Tally;
  /** Fires when the process has to end and no longer waits for payers. */
  stopping: AbortSignal;
}

/**
 * A crash is no attempt and must not fail a job: crashes are counted elsewhere, so stalls are allowed often. The lock is short so that
 * the jobs of a killed worker are taken over within seconds.
 */
const workerOptions = { lockDuration: 10_000, stalledInterval: 3_000, maxStalledCount: 1000, concurrency: 50 };

const keysAgainAfterMs = 30_000;
const putBack: JobOutcome = { kind: 'later', afterMs: 0 };

/** One job, run, outcome. The lanes differ in nothing but their queue. */
abstract class VerificationProcessor extends WorkerHost implements LaneConsumer {
  abstract readonly lane: Lane;
  readonly activity = new ConsumerActivity();
  private isDraining = false;

  constructor(private readonly parts: ProcessorParts) {
    super();
  }

  process(job: Job<VerifyJob | CanaryJob>, token?: string): Promise<void> {
    return this.activity.during(() =>
      job.name === canaryJobName
        ? this.parts.canaries.arrived(this.lane, job.data as CanaryJob)
        : this.verify(job as Job<VerifyJob>, token),
    );
  }

  /** Takes jobs by a fresh worker from now on; the framework closes whichever is in place at the end. */
  replace(): void {
    const fresh = freshWorker(
      this.worker,
      (job, token) => this.process(job, token),
      (error) => this.tell(error),
    );
    Reflect.set(this, '_worker', fresh);
  }

  /** Takes no more jobs. One that still comes, since it was on its way, is put back. */
  async drain(): Promise<void> {
    this.isDraining = true;
    await this.worker.pause(true);
  }

  /** Called once the framework has made the worker. */
  begin(concurrency: number): void {
    this.worker.concurrency = concurrency;
    this.worker.on('error', (error) => this.tell(error));
  }

  private async verify(job: Job<VerifyJob>, token: string | undefined): Promise<void> {
    const { runner, log } = this.parts;
    try {
      await applyOutcome(await this.run(job), job, token);
      this.count('done');
    } catch (error) {
      this.count(isWait(error) ? 'later' : 'failed');
      if (isWait(error)) throw error;
      log.error('job.failed', {
        verificationId: job.data.verificationId,
        attempt: job.attemptsMade + 1,
        ...errorFields(error),
      });
      if (isLastAttempt(job)) await runner.setAside(job.data);
      throw failureOf(error);
    }
  }

  /** A job that was not worked, or not to its end, stays in the queue for whoever goes on; one too many finds nothing to do. */
  private async run({ data }: Job<VerifyJob>): Promise<JobOutcome> {
    const { runner, stopping } = this.parts;
    if (this.isDraining) return putBack;
    return runner.run(data, stopping).catch(withoutKeys);
  }

  private count(outcome: 'done' | 'later' | 'failed'): void {
    this.parts.tally.add('jobs', { lane: this.lane, outcome });
  }

  private tell(error: Error): void {
    this.parts.log.warn('worker.queue_error', { lane: this.lane, error: error.name });
  }
}

@Processor('caller_waiting', workerOptions)
export class CallerWaitingProcessor extends VerificationProcessor {
  readonly lane = 'caller_waiting';
}

@Processor('today', workerOptions)
export class TodayProcessor extends VerificationProcessor {
  readonly lane = 'today';
}

@Processor('routine', workerOptions)
export class RoutineProcessor extends VerificationProcessor {
  readonly lane = 'routine';
}

@Processor('bulk', workerOptions)
export class BulkProcessor extends VerificationProcessor {
  readonly lane = 'bulk';
}

/** While the key service gives no keys out nothing is done and no attempt spent; what was destroyed is left alone. */
function withoutKeys(error: unknown): JobOutcome {
  if (!(error instanceof Problem)) throw error;
  if (error.code === 'keys_unavailable') return { kind: 'later', afterMs: keysAgainAfterMs };
  if (error.code === 'keys_destroyed') return { kind: 'done' };
  throw error;
}

function isWait(error: unknown): boolean {
  return error instanceof Error && error.name === 'DelayedError';
}
