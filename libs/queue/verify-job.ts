import type { Priority } from '@openvob/intake';
import type { JobsOptions } from 'bullmq';
import type { Lane } from './lanes';

/**
 * Looks at one verification now. Ids alone: whatever the run needs it reads from the rows, fresh at each try.
 * The job id is deterministic, so that a second enqueueing of the same round is no second run.
 */
export interface VerifyJob {
  facilityId: string;
  verificationId: string;
  round: number;
}

export const verifyJobName = 'verify';

export function laneOf(priority: Priority): Lane {
  return priority;
}

/** BullMQ refuses `:` in job ids. */
export function verifyJobId(job: VerifyJob): string {
  return `${job.verificationId}-${job.round}`;
}

/** Tries after a bug or a lost database; waiting for a payer spends none. Finished jobs leave nothing behind. */
export const verifyJobOptions: JobsOptions = {
  attempts: 4,
  backoff: { type: 'exponential', delay: 1000 },
  removeOnComplete: true,
  removeOnFail: true,
};
