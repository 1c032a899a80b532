import { type Clock, errorFields, type Log } from '@openvob/platform';
import type { HeadExport } from './head-export';
import type { ChainHead } from './signed-head';

/** Links what was written to the chains. */
export interface Seals {
  /** Chains with lines that are not linked yet. */
  waiting(): Promise<string[]>;
  /** Links the lines of one chain, unless somebody else is at it. @returns where it ends now; undefined when nothing was done */
  seal(chain: string, now: Date): Promise<Pick<ChainHead, 'position' | 'hash'> | undefined>;
}

export interface SealingParts {
  seals: Seals;
  heads: HeadExport;
  clock: Clock;
  log: Log;
  everyMs: number;
}

/** Links the lines of every trail shortly after they were written, and exports where the chains end. */
export class Sealing {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isBusy = false;

  constructor(private readonly parts: SealingParts) {}

  start(): void {
    this.timer = setInterval(() => {
      if (!this.isBusy) this.running = this.runSafely();
    }, this.parts.everyMs);
  }

  /** Ends with what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** One pass over all chains. @returns how many were linked on */
  async run(): Promise<number> {
    const { seals, heads, clock } = this.parts;
    let linked = 0;
    for (const chain of await seals.waiting()) {
      const now = clock.now();
      const head = await seals.seal(chain, now);
      if (!head) continue;
      linked += 1;
      heads.moved({ chain, ...head, at: now.toISOString() });
    }
    await heads.exportDue(clock.now());
    return linked;
  }

  private async runSafely(): Promise<void> {
    this.isBusy = true;
    try {
      await this.run();
    } catch (error) {
      this.parts.log.warn('audit.not_sealed', errorFields(error));
    } finally {
      this.isBusy = false;
    }
  }
}
