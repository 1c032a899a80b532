import type { Clock } from '@openvob/platform';
import type { DueVerification, Upkeep } from '@openvob/store';

type Lane = DueVerification['lane'];

const inOrder: readonly Lane[] = ['caller_waiting', 'today', 'routine', 'bulk'];
const lookAgainAfterMs = 60_000;

/** A queue that is a list: jobs by lane, one for each verification and round. A lane can be stuck, and all of it can be lost. */
export class LaneList {
  private jobs: DueVerification[] = [];
  private readonly stuck = new Set<Lane>();

  constructor(
    private readonly rows: Pick<Upkeep, 'enqueued'>,
    private readonly clock: Clock,
  ) {}

  async enqueue(due: DueVerification): Promise<void> {
    const isKnown = this.jobs.some((job) => job.verificationId === due.verificationId && job.round === due.round);
    if (!isKnown) this.jobs.push(due);
    await this.rows.enqueued(due, this.clock.now(), lookAgainAfterMs);
  }

  /** Nothing lies in this list for later. */
  hurry(due: DueVerification): Promise<void> {
    return this.enqueue(due);
  }

  /** The next job of the lanes that move, people before bulk work. */
  take(): DueVerification | undefined {
    const lane = inOrder.find((one) => !this.stuck.has(one) && this.jobs.some((job) => job.lane === one));
    const next = this.jobs.find((job) => job.lane === lane);
    this.jobs = this.jobs.filter((job) => job !== next);
    return next;
  }

  hold(lane: Lane): void {
    this.stuck.add(lane);
  }

  /** The lane moves again; what lay in it is gone, as after a server that lost its memory. */
  restartEmpty(lane: Lane): void {
    this.stuck.delete(lane);
    this.jobs = this.jobs.filter((job) => job.lane !== lane);
  }
}
