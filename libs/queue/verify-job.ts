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

/**
 * The job of one that is woken. Its earlier job may still be ending, or lie there for later, and would swallow another of the same id; the one too many
 * finds nothing to do.
 */
export function wakingJobId(job: VerifyJob, at: Date): string {
  return `${verifyJobId(job)}-${at.getTime()}`;
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
  /** Known not to have to queue behind its own facility's others, e.g. because a payer's slot is kept for it. */
  goesFirst?: boolean;
  /** When the claim of a run that died or stood still ended: its own job is still taken to be under way, and would swallow another of the same id. */
  lapsedAt?: Date;
  /** When its priority or deadline was changed: a job that was made before lies there by the old ones, and would swallow another of the same id. */
  changedAt?: Date;
}

/** The id under which a job of this verification is made at a time: several that mean the same have the same. */
export function jobIdOf(
  due: Pick<DueJob, keyof VerifyJob | 'goesFirst' | 'lapsedAt' | 'changedAt'>,
  now: Date,
): string {
  if (due.goesFirst) return wakingJobId(due, now);
  const again = due.lapsedAt ?? due.changedAt;
  return again ? wakingJobId(due, again) : verifyJobId(due);
}

const minuteMs = 60_000;
/** Who named no time is taken to need an answer so soon, minutes. */
const usualPatience: Readonly<Record<Lane, number>> = { caller_waiting: 5, today: 480, routine: 1440, bulk: 2880 };
/** BullMQ knows priorities from 1, which goes first, to this. */
const lastPriority = 2 ** 21 - 1;

/** How soon an answer is needed of which nothing was said, milliseconds after it was asked for. */
export function usualPatienceMs(lane: Lane): number {
  return usualPatience[lane] * minuteMs;
}

/** When an answer is needed: what was said, or what is usual in this lane. */
export function neededAt({ lane, createdAt, neededBy }: Pick<DueJob, 'lane' | 'createdAt' | 'neededBy'>): Date {
  return neededBy ?? new Date(createdAt.getTime() + usualPatienceMs(lane));
}

/**
 * Within a lane whoever needs the answer first goes first, and facilities share: the job that is its facility's hundredth in the lane counts as needed
 * a hundred minutes later than it is, so that one facility's thousands go in between the others' few and not before them. BullMQ's priority is
 * that minute. (Priorities by tenant beat a queue or a group each: groups are not in the open version, and a facility has no queue of its own.)
 * The minutes begin anew after four years; on that day some go before their turn.
 *
 * @param ahead how many of the same facility stand in the lane and are needed no later
 */
export function jobPriority(due: Pick<DueJob, 'lane' | 'createdAt' | 'neededBy'>, ahead: number): number {
  return ((Math.floor(neededAt(due).getTime() / minuteMs) + ahead) % lastPriority) + 1;
}
