import { type Clock, errorFields, type Log } from '@openvob/platform';
import type { Fence, VerificationStore } from './ports';

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

/** Renews a claim until `end`. */
export function keepLease(parts: LeaseParts, fence: Fence, holder: string, signal: AbortSignal): Lease {
  const { store, clock, log } = parts;
  const { verificationId } = fence;
  const lost = new AbortController();
  const timer = setInterval(() => {
    store
      .renewLease(fence, holder, clock.now())
      .then((held) => held || lost.abort())
      .catch((error: unknown) => log.warn('lease.not_renewed', { verificationId, ...errorFields(error) }));
  }, parts.renewEveryMs);
  return {
    signal: AbortSignal.any([signal, lost.signal]),
    end: async (isHeld) => {
      clearInterval(timer);
      if (!isHeld) return;
      await store
        .releaseLease(fence, holder, clock.now())
        .catch((error: unknown) => log.warn('lease.not_released', { verificationId, ...errorFields(error) }));
    },
  };
}
