import { errorFields, type Log } from '@openvob/platform';
import type { KeyRotation } from '@openvob/store';

/** Rows of one owner that are looked at in one pass: some seconds of work beside everything else. */
const rowsAPass = 2_000;

/** Brings data keys under the current master key and rows under the current data keys, a little at a time. */
export class KeyUpkeep {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly rotation: KeyRotation,
    private readonly everyMs: number,
    private readonly log: Log,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.passSafely());
    }, this.everyMs);
  }

  /** Stops and waits for the batch under way. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.isStopping = true;
    await this.running;
  }

  private async passSafely(): Promise<void> {
    try {
      await this.pass();
    } catch (error) {
      this.log.warn('keys.upkeep_failed', errorFields(error));
    }
  }

  private async pass(): Promise<void> {
    for (const owner of await this.rotation.owners()) {
      if (this.isStopping) return;
      const rewrapped = await this.rotation.rewrap(owner);
      if (rewrapped > 0) this.log.info('keys.rewrapped', { facilityId: owner, keys: rewrapped });
      await this.rotation.advance(owner, rowsAPass);
    }
  }
}
