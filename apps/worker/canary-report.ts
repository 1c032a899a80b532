import { type Clock, errorFields, type Log, type Tally } from '@openvob/platform';
import type { WorkerReports } from '@openvob/store';

export interface ReportingParts {
  reports: WorkerReports;
  tally: Tally;
  workerId: string;
  clock: Clock;
  log: Log;
}

const everyMs = 5000;

/**
 * Says every few seconds that this process lives and what it counted. The sums are kept as rows: with several workers that come and go,
 * counters of single processes would fall whenever one ends, and nobody would be there to tell of a worker that is gone.
 */
export class Reporting {
  private readonly startedAt: Date;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ReportingParts) {
    this.startedAt = parts.clock.now();
  }

  start(): void {
    this.next();
    this.timer = setInterval(() => this.next(), everyMs);
  }

  /** Hands in the last counts. */
  async stop(): Promise<void> {
    const { reports, workerId, clock, log } = this.parts;
    clearInterval(this.timer);
    this.next();
    await this.running;
    await reports.gone(workerId, clock.now()).catch((error) => log.warn('report.failed', errorFields(error)));
  }

  private next(): void {
    this.running = this.running.then(() => this.report());
  }

  private async report(): Promise<void> {
    const { reports, tally, workerId, clock, log } = this.parts;
    const counts = tally.take();
    try {
      await reports.report({ workerId, startedAt: this.startedAt, at: clock.now(), counts });
    } catch (error) {
      tally.giveBack(counts);
      log.warn('report.failed', errorFields(error));
    }
  }
}
