import { type Clock, Problem } from '@openvob/platform';
import type { RateStore } from './links';

/** Requests a minute that a caller is given. */
export interface RateLimitSettings {
  /** Of one key. */
  key: number;
  /** Of one person. */
  person: number;
  /** Of one intake website. */
  source: number;
  /** To sign in or follow links, from one network. */
  entry: number;
}

const windowMs = 60_000;
/** A process takes a caller's allowance in so many parts, so that few requests ask the database. */
const parts = 50;
const mostRemembered = 10_000;

/** What this process holds of a caller's allowance. */
interface Share {
  left: number;
  /** When the window ends, and with it what is left. */
  until: number;
  /** Nothing more is given in this window. */
  isUsedUp: boolean;
  taking?: Promise<void>;
}

/**
 * Allowances a minute, shared by all processes: each takes a part in advance, which counts as used whether it is or not, so that all
 * of them together never give more than the limit.
 */
export class RateLimits {
  private readonly shares = new Map<string, Share>();

  constructor(
    private readonly store: RateStore,
    private readonly clock: Clock,
    private readonly settings: RateLimitSettings,
  ) {}

  /**
   * Counts one request.
   *
   * @param caller e.g. the id of a key
   * @throws Problem `too_many_requests` telling when to come again
   */
  async take(kind: keyof RateLimitSettings, caller: string): Promise<void> {
    const key = `${kind}:${caller}`;
    for (;;) {
      const share = this.shareOf(key);
      if (share.left > 0) {
        share.left -= 1;
        return;
      }
      if (share.isUsedUp) throw this.refusal(share);
      share.taking ??= this.refill(key, share, this.settings[kind]).finally(() => {
        delete share.taking;
      });
      await share.taking;
    }
  }

  private shareOf(key: string): Share {
    const now = this.clock.now().getTime();
    const share = this.shares.get(key);
    if (share?.taking || (share && share.until > now && share.until <= now + 2 * windowMs)) return share;
    const empty = { left: 0, until: 0, isUsedUp: false };
    if (this.shares.size >= mostRemembered) this.forget(now);
    this.shares.set(key, empty);
    return empty;
  }

  /** After it the share has something left, or is used up until the window ends. */
  private async refill(key: string, share: Share, limit: number): Promise<void> {
    const wanted = Math.max(1, Math.floor(limit / parts));
    const { given, endsAt } = await this.store.take({ key, wanted, limit, windowMs }, this.clock.now());
    share.left = given;
    share.until = endsAt.getTime();
    share.isUsedUp = given === 0;
  }

  private refusal({ until }: Share): Problem {
    const retryAfterSeconds = Math.max(1, Math.ceil((until - this.clock.now().getTime()) / 1000));
    return new Problem('too_many_requests', { retryAfterSeconds });
  }

  private forget(now: number): void {
    for (const [key, { until, taking }] of this.shares) if (!taking && until <= now) this.shares.delete(key);
  }
}
