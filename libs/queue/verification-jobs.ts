import type { Priority } from '@openvob/intake';
import type { Queue } from 'bullmq';
import { type Lane, lanes } from './lanes';
import { laneOf, type VerifyJob, verifyJobId, verifyJobName, verifyJobOptions } from './verify-job';

/** What is known of a row once its job was made. */
export interface EnqueuedRows {
  enqueued(job: VerifyJob & { priority: Priority }, now: Date, lookAgainAfterMs: number): Promise<void>;
}

/** A queue that does not answer within this time is treated as down; the sweep makes up for it. */
const answerWithinMs = 400;
/** After a failure, further requests do not wait for the queue for so long. */
const restAfterFailureMs = 1000;
/** A row whose job was made is looked after again after so long, should the job be lost. */
export const lookAgainAfterMs = 60_000;

/** Makes jobs of rows. Whoever calls it may ignore a failure: the row is committed. */
export class VerificationJobs {
  private restUntil = 0;

  constructor(
    private readonly queues: ReadonlyMap<Lane, Pick<Queue, 'add' | 'getWaitingCount'>>,
    private readonly rows: EnqueuedRows,
    private readonly now: () => Date,
  ) {}

  /** @throws when the queue is down or silent */
  async enqueue({ priority, ...job }: VerifyJob & { priority: Priority }): Promise<void> {
    const queue = this.queueOf(laneOf(priority));
    if (this.now().getTime() < this.restUntil) throw new Error('The queue was down a moment ago');
    const { facilityId, verificationId, round } = job;
    try {
      await within(
        answerWithinMs,
        queue.add(
          verifyJobName,
          { facilityId, verificationId, round },
          { ...verifyJobOptions, jobId: verifyJobId(job) },
        ),
      );
    } catch (error) {
      this.restUntil = this.now().getTime() + restAfterFailureMs;
      throw error;
    }
    await this.rows.enqueued({ facilityId, verificationId, round, priority }, this.now(), lookAgainAfterMs);
  }

  /** Asks the queue something that only a working one can answer. @throws when it is down */
  async probe(): Promise<void> {
    await this.queueOf(lanes[0]).getWaitingCount();
  }

  private queueOf(lane: Lane): Pick<Queue, 'add' | 'getWaitingCount'> {
    const queue = this.queues.get(lane);
    if (!queue) throw new Error(`No queue for lane ${lane}: add it to the queue module`);
    return queue;
  }
}

async function within<T>(timeMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The queue did not answer in time')), timeMs);
  });
  promise.catch(() => undefined);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
