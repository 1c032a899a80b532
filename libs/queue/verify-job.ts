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

/** A verification for whose round a job is made, with what decides when it has its turn. */
export interface DueJob extends VerifyJob {
  lane: Lane;
  createdAt: Date;
  neededBy?: Date;
}

const minuteMs = 60_000;
/** Who named no time is taken to need an answer so soon, minutes. */
const usualPatience: Readonly<Record<Lane, number>> = { caller_waiting: 5, today: 480, routine: 1440, bulk: 2880 };
/** BullMQ knows priorities from 1, which goes first, to this. */
const lastPriority = 2 ** 21 - 1;

/**
 * Within a lane whoever needs the answer first goes first: the minute by which it is needed as BullMQ's priority. The minutes begin anew
 * after four years; on that day some go before their turn.
 */
export function jobPriority({ lane, createdAt, neededBy }: Pick<DueJob, 'lane' | 'createdAt' | 'neededBy'>): number {
  const neededAt = neededBy?.getTime() ?? createdAt.getTime() + usualPatience[lane] * minuteMs;
  return (Math.floor(neededAt / minuteMs) % lastPriority) + 1;
}
