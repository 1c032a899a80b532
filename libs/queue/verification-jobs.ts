import { type LaneQueues, within } from './lane-queues';
import {
  type DueJob,
  jobIdOf,
  jobPriority,
  neededAt,
  usualPatienceMs,
  type VerifyJob,
  verifyJobId,
  verifyJobName,
  verifyJobOptions,
} from './verify-job';

/** What is known of a row once its job was made. */
export interface EnqueuedRows {
  /**
   * How many of the facility have a job in this lane and are needed no later than that, those of which nothing was said so long after they were asked
   * for; counted up to some thousands.
   */
  ahead(of: Pick<DueJob, 'facilityId' | 'lane'>, neededAt: Date, usualPatienceMs: number): Promise<number>;
  enqueued(job: VerifyJob, now: Date, lookAgainAfterMs: number): Promise<void>;
  /** As above for many of one facility, in their first round. */
  allEnqueued(
    facilityId: string,
    verificationIds: readonly string[],
    now: Date,
    lookAgainAfterMs: number,
  ): Promise<void>;
}

/** A queue that does not answer within this time is treated as down; the sweep makes up for it. */
const answerWithinMs = 400;
const bulkAnswerWithinMs = 5000;
/** After a failure, further requests do not wait for the queue for so long. */
const restAfterFailureMs = 1000;
/** A row whose job was made is looked after again after so long, should the job be lost. */
export const lookAgainAfterMs = 60_000;
/** Of bulk work there may be thousands, and nobody waits for it. */
const lookAgainAtBulkAfterMs = 600_000;

/** Makes jobs of rows. Whoever calls it may ignore a failure: the row is committed. */
export class VerificationJobs {
  private restUntil = 0;

  constructor(
    private readonly queues: LaneQueues,
    private readonly rows: EnqueuedRows,
    private readonly now: () => Date,
  ) {}

  /** @throws when the queue is down or silent */
  async enqueue(due: DueJob): Promise<void> {
    const queue = this.queues.of(due.lane);
    if (this.now().getTime() < this.restUntil) throw new Error('The queue was down a moment ago');
    const { facilityId, verificationId, round } = due;
    const job = { facilityId, verificationId, round };
    const ahead = due.goesFirst ? 0 : await this.rows.ahead(due, neededAt(due), usualPatienceMs(due.lane));
    const jobId = jobIdOf(due, this.now());
    const options = { ...verifyJobOptions, jobId, priority: jobPriority(due, ahead) };
    try {
      await within(answerWithinMs, queue.add(verifyJobName, job, options));
    } catch (error) {
      this.restUntil = this.now().getTime() + restAfterFailureMs;
      throw error;
    }
    await this.rows.enqueued(job, this.now(), due.lane === 'bulk' ? lookAgainAtBulkAfterMs : lookAgainAfterMs);
  }

  /**
   * As `enqueue` for the first rounds of many that came in one file.
   *
   * @throws when the queue is down or silent
   */
  async enqueueBulk(facilityId: string, due: readonly Omit<DueJob, 'facilityId' | 'round' | 'lane'>[]): Promise<void> {
    const [first] = due;
    if (!first) return;
    const lane = 'bulk';
    const ahead = await this.rows.ahead({ facilityId, lane }, neededAt({ ...first, lane }), usualPatienceMs(lane));
    const queue = this.queues.of(lane);
    const added = due.map(({ verificationId, ...when }, index) => {
      const data = { facilityId, verificationId, round: 1 };
      const priority = jobPriority({ ...when, lane }, ahead + index);
      // BullMQ's own addBulk makes a sequence on PostgreSQL, for which the application has no right.
      return queue.add(verifyJobName, data, { ...verifyJobOptions, jobId: verifyJobId(data), priority });
    });
    await within(bulkAnswerWithinMs, Promise.all(added));
    const ids = due.map(({ verificationId }) => verificationId);
    await this.rows.allEnqueued(facilityId, ids, this.now(), lookAgainAtBulkAfterMs);
  }

  /**
   * As `enqueue` for a verification whose job may lie in the queue for later: it is brought forward.
   *
   * @throws when the queue is down or silent
   */
  async hurry(due: DueJob): Promise<void> {
    const queue = this.queues.of(due.lane);
    const job = await within(answerWithinMs, queue.getJob(verifyJobId(due)));
    if (job && (await within(answerWithinMs, job.isDelayed()))) await within(answerWithinMs, job.promote());
    else await this.enqueue(due);
  }
}
