import { type Clock, errorFields, type Log } from '@openvob/platform';
import {
  installation,
  type KeyRotation,
  type Retention,
  removedAtOnce,
  type WebhookDeliveryList,
} from '@openvob/store';

const removedAPass = 2_000;
/** Rows of one owner that are looked at in one pass: some seconds of work beside everything else. */
const rowsAPass = 2_000;
/** What was delivered to whom is listed for so long, and can be replayed. */
const deliveriesKeptMs = 90 * 24 * 3_600_000;

/** Brings data keys under the current master key, rows under the current data keys, and removes what need not be kept: a little at a time. */
export class RecordUpkeep {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly parts: {
      rotation: KeyRotation;
      retention: Retention;
      webhooks: Pick<WebhookDeliveryList, 'forget'>;
      clock: Clock;
      log: Log;
    },
    private readonly everyMs: number,
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
    const owners = await this.safely(() => this.parts.rotation.owners());
    for (const owner of owners ?? []) if (!this.isStopping) await this.safely(() => this.pass(owner), owner);
  }

  /** What stands in the way of one facility, such as a key that does not open, holds up no other. */
  private async safely<T>(work: () => Promise<T>, facilityId?: string): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.parts.log.warn('records.upkeep_failed', { ...(facilityId ? { facilityId } : {}), ...errorFields(error) });
      return undefined;
    }
  }

  private async pass(owner: string): Promise<void> {
    const { rotation, webhooks, clock, log } = this.parts;
    const rewrapped = await rotation.rewrap(owner);
    if (rewrapped > 0) log.info('keys.rewrapped', { facilityId: owner, keys: rewrapped });
    await rotation.advance(owner, rowsAPass);
    if (owner === installation) return;
    await this.purge(owner);
    await webhooks.forget(owner, new Date(clock.now().getTime() - deliveriesKeptMs), rowsAPass);
  }

  private async purge(facilityId: string): Promise<void> {
    const { retention, clock, log } = this.parts;
    let removed = 0;
    for (
      let last = removedAtOnce;
      last === removedAtOnce && removed < removedAPass && !this.isStopping;
      removed += last
    )
      last = await retention.purge(facilityId, removedAtOnce, clock.now());
    if (removed > 0) log.info('retention.purged', { facilityId, verifications: removed });
    const drafts = await retention.forgetDrafts(facilityId, clock.now());
    if (drafts > 0) log.info('drafts.forgotten', { facilityId, drafts });
  }
}
