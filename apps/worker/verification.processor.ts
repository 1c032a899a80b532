import { Processor, WorkerHost } from '@nestjs/bullmq';
import { type Clock, errorFields, type Log } from '@openvob/platform';
import { applyOutcome, isLastAttempt, type VerifyJob } from '@openvob/queue';
import type { Runner } from '@openvob/verification';
import type { Job } from 'bullmq';

export interface ProcessorParts {
  runner: Runner;
  clock: Clock;
  log: Log;
  /** Fires when the process has to end and no longer waits for payers. */
  stopping: AbortSignal;
}

/**
 * A crash is no attempt and must not fail a job: crashes are counted elsewhere, so stalls are allowed often. The lock is short so that
 * the jobs of a killed worker are taken over within seconds.
 */
const workerOptions = { lockDuration: 10_000, stalledInterval: 3_000, maxStalledCount: 1000, concurrency: 50 };

/** One job, run, outcome. The lanes differ in nothing but their queue. */
abstract class VerificationProcessor extends WorkerHost {
  constructor(private readonly parts: ProcessorParts) {
    super();
  }

  async process(job: Job<VerifyJob>, token?: string): Promise<void> {
    const { runner, clock, log, stopping } = this.parts;
    try {
      await applyOutcome(await runner.run(job.data, stopping), job, token, clock.now());
    } catch (error) {
      if (isWait(error)) throw error;
      log.error('job.failed', { verificationId: job.data.verificationId, attempt: job.attemptsMade + 1, ...errorFields(error) });
      if (isLastAttempt(job)) await runner.setAside(job.data);
      throw error;
    }
  }
}

@Processor('caller_waiting', workerOptions)
export class CallerWaitingProcessor extends VerificationProcessor {}

@Processor('today', workerOptions)
export class TodayProcessor extends VerificationProcessor {}

@Processor('routine', workerOptions)
export class RoutineProcessor extends VerificationProcessor {}

function isWait(error: unknown): boolean {
  return error instanceof Error && error.name === 'DelayedError';
}
