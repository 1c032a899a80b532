import type { BatchService } from '@openvob/intake';
import { errorFields, type Log } from '@openvob/platform';

/** Goes on with batches whose rows nobody takes in any more, e.g. since the process that did has died. */
export class BatchUpkeep {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly batches: Pick<BatchService, 'resume' | 'stop'>,
    private readonly everyMs: number,
    private readonly log: Log,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.resumeSafely());
    }, this.everyMs);
  }

  /** Stops and waits for a pass under way. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.batches.stop();
    await this.running;
  }

  private async resumeSafely(): Promise<void> {
    try {
      await this.batches.resume();
    } catch (error) {
      this.log.warn('batch.not_resumed', errorFields(error));
    }
  }
}
