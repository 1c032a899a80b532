import { type Clock, errorFields, type Log } from '@openvob/platform';
import type { DueVerification, Rechecks, StoredPacing, Upkeep } from '@openvob/store';
import type { VerificationJobs } from './verification-jobs';

export interface SweepParts {
  upkeep: Pick<Upkeep, 'due'>;
  jobs: Pick<VerificationJobs, 'enqueue'>;
  /** Wakes who waits for a payer whose slots are free, or whose breaker wants a probe. */
  pacing: Pick<StoredPacing, 'wakeDue'>;
  /** Begins rounds that are due by the calendar. */
  rechecks: Pick<Rechecks, 'begin'>;
  clock: Clock;
  log: Log;
  everyMs: number;
}

/** A row is swept when it is this late: a living job would have looked at it by then. */
const lateByMs = 3000;
const mostAtOnce = 500;
/** Nobody waits for re-checks: a few in each pass, so that a process that was away for days takes them up little by little. */
const mostRechecksAtOnce = 50;

/**
 * Makes jobs again for rows whose job is gone: the queue was down when the row was stored, was wiped, or a worker died; and for rounds that the
 * calendar begins.
 * Runs on a timer of its own, because a schedule kept in the queue would be lost with it.
 */
export class Sweep {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: SweepParts) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.runSafely());
    }, this.parts.everyMs);
  }

  /** Stops; a run under way ends with the row that it is at. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopped = true;
    await this.running;
  }

  /** One pass. @returns how many jobs were made */
  async run(): Promise<number> {
    const { upkeep, pacing, clock, log } = this.parts;
    await pacing.wakeDue(clock.now());
    const due = await upkeep.due(clock.now(), lateByMs, mostAtOnce);
    const begun = this.stopped ? [] : await this.parts.rechecks.begin(clock.now(), mostRechecksAtOnce);
    let made = 0;
    for (const one of [...due, ...begun]) {
      if (this.stopped) break;
      made += (await this.enqueue(one)) ? 1 : 0;
    }
    if (due.length > 0) log.info('sweep.done', { due: due.length, made });
    if (begun.length > 0) log.info('rechecks.begun', { count: begun.length });
    return made;
  }

  private async enqueue(due: DueVerification): Promise<boolean> {
    try {
      await this.parts.jobs.enqueue(due);
      return true;
    } catch (error) {
      this.parts.log.warn('sweep.not_enqueued', { verificationId: due.verificationId, ...errorFields(error) });
      return false;
    }
  }

  private async runSafely(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      this.parts.log.warn('sweep.failed', errorFields(error));
    }
  }
}
