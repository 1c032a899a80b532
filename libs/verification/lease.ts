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
  readonly lost: AbortController;
  /** When it was made or last renewed, on the process's own clock (milliseconds). */
  since: number;
}

/**
 * The claims of one process: all of a facility's that are due are renewed at once, however many payers are being waited for. Those of runs that end
 * before are never renewed.
 */
export class Leases {
  private readonly held = new Set<Held>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: LeaseParts) {}

  /** Renews a claim until its `end`. */
  keep({ facilityId, verificationId, version }: Fence, holder: string, signal: AbortSignal): Lease {
    const since = performance.now();
    const held: Held = { facilityId, verificationId, version, holder, lost: new AbortController(), since };
    this.held.add(held);
    this.timer ??= setInterval(() => this.renewDue(), Math.ceil(this.parts.renewEveryMs / 2));
    return {
      signal: AbortSignal.any([signal, held.lost.signal]),
      end: async (isHeld) => {
        this.letGo(held);
        if (isHeld) await this.release(held);
      },
    };
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
    for (const claim of claims) if (!renewed.has(claim.verificationId)) claim.lost.abort();
  }

  private async release({ facilityId, verificationId, version, holder }: Held): Promise<void> {
    const { store, clock, log } = this.parts;
    await store
      .releaseLease({ facilityId, verificationId, version }, holder, clock.now())
      .catch((error: unknown) => log.warn('lease.not_released', { verificationId, ...errorFields(error) }));
  }
}
