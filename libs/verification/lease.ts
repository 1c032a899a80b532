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
}

/** The claims of one process: all of a facility's are renewed at once, however many payers are being waited for. */
export class Leases {
  private readonly held = new Set<Held>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: LeaseParts) {}

  /** Renews a claim until its `end`. */
  keep({ facilityId, verificationId, version }: Fence, holder: string, signal: AbortSignal): Lease {
    const held: Held = { facilityId, verificationId, version, holder, lost: new AbortController() };
    this.held.add(held);
    this.timer ??= setInterval(() => this.renewAll(), this.parts.renewEveryMs);
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

  private renewAll(): void {
    const facilities = new Map<string, Held[]>();
    for (const held of this.held) facilities.set(held.facilityId, [...(facilities.get(held.facilityId) ?? []), held]);
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
