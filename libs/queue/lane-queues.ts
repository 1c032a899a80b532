import type { Queue } from 'bullmq';
import { type Lane, lanes } from './lanes';

/** How many jobs a lane holds. */
export interface LaneCounts {
  lane: Lane;
  waiting: number;
  active: number;
  delayed: number;
  paused: boolean;
}

/** The queues of this process, one a lane. */
export class LaneQueues {
  constructor(readonly byLane: ReadonlyMap<Lane, Queue>) {}

  of(lane: Lane): Queue {
    const queue = this.byLane.get(lane);
    if (!queue) throw new Error(`No queue for lane ${lane}: add it to the queue module`);
    return queue;
  }

  /** @throws when the queue is down */
  counts(): Promise<LaneCounts[]> {
    return Promise.all(lanes.map((lane) => countsOf(lane, this.of(lane))));
  }
}

async function countsOf(lane: Lane, queue: Queue): Promise<LaneCounts> {
  const [counts, paused] = await Promise.all([
    queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed'),
    queue.isPaused(),
  ]);
  const { waiting = 0, prioritized = 0, active = 0, delayed = 0 } = counts;
  return { lane, waiting: waiting + prioritized, active, delayed, paused };
}

/** What `promise` gives, or an error after `timeMs`. */
export async function within<T>(timeMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The queue did not answer in time')), timeMs);
  });
  promise.catch(() => undefined);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
