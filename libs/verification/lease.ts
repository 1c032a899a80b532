import { type Clock, errorFields, type Log } from '@openvob/platform';
import type { Fence, HeldClaim, VerificationStore } from './ports';

export interface LeaseParts {
  store: VerificationStore;
  clock: Clock;
  log: Log;
  /** How often a claim is renewed while a payer is asked, milliseconds. */
  renewEveryMs: number;
}

/** A claim that is kept alive while its run goes on. */
export interface Lease {
  /** Fires when the claim is lost or the worker stops. */
  readonly signal: AbortSignal;
  /** @param isHeld lets go of a claim that no move ended, so that the next try need not wait for it to run out */
  end(isHeld: boolean): Promise<void>;
}

interface Held extends HeldClaim {
  readonly facilityId: string;
  /** Fires when the worker stops. */
  readonly stopping: AbortSignal;
  readonly ended: AbortController;
  /** When it was made or last renewed, on the process's own clock (milliseconds). */
  since: number;
}

/**
 * The claims of one process: all of a facility's that are due are renewed at once, however many payers are being waited for. Those of runs that end
 * before are never renewed.
 */
export class Leases {
  private readonly held = new Set<Held>();
  private readonly heeded = new WeakSet<AbortSignal>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: LeaseParts) {}

  /** Renews a claim until its `end`. */
  keep({ facilityId, verificationId, version }: Fence, holder: string, stopping: AbortSignal): Lease {
    const [since, ended] = [performance.now(), new AbortController()];
    const held: Held = { facilityId, verificationId, version, holder, stopping, ended, since };
    this.held.add(held);
    this.heed(stopping);
    this.timer ??= setInterval(() => this.renewDue(), Math.ceil(this.parts.renewEveryMs / 2));
    return {
      signal: ended.signal,
      end: async (isHeld) => {
        this.letGo(held);
        if (isHeld) await this.release(held);
      },
    };
  }

  /** One listener for all claims: a worker has one signal, and hundreds of claims. */
  private heed(stopping: AbortSignal): void {
    if (stopping.aborted) this.endAll(stopping);
    if (this.heeded.has(stopping)) return;
    this.heeded.add(stopping);
    stopping.addEventListener('abort', () => this.endAll(stopping), { once: true });
  }

  private endAll(stopping: AbortSignal): void {
    for (const held of this.held) if (held.stopping === stopping) held.ended.abort();
  }

  private letGo(held: Held): void {
    this.held.delete(held);
    if (this.held.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private renewDue(): void {
    const now = performance.now();
    const facilities = new Map<string, Held[]>();
    for (const held of this.held) {
      if (now - held.since < this.parts.renewEveryMs) continue;
      held.since = now;
      facilities.set(held.facilityId, [...(facilities.get(held.facilityId) ?? []), held]);
    }
    for (const [facilityId, claims] of facilities)
      this.renew(facilityId, claims).catch((error: unknown) =>
        this.parts.log.warn('lease.not_renewed', { facilityId, claims: claims.length, ...errorFields(error) }),
      );
  }

  private async renew(facilityId: string, claims: readonly Held[]): Promise<void> {
    const { store, clock } = this.parts;
    const renewed = new Set(await store.renewLeases(facilityId, claims, clock.now()));
    for (const claim of claims) if (!renewed.has(claim.verificationId)) claim.ended.abort();
  }

  private async release({ facilityId, verificationId, version, holder }: Held): Promise<void> {
    const { store, clock, log } = this.parts;
    await store
      .releaseLease({ facilityId, verificationId, version }, holder, clock.now())
      .catch((error: unknown) => log.warn('lease.not_released', { verificationId, ...errorFields(error) }));
  }
}
