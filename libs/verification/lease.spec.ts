import type { Clock, Log } from '@openvob/platform';
import { Leases } from './lease';
import type { VerificationStore } from './ports';

const clock: Clock = { now: () => new Date('2026-03-02T15:00:00Z') };
const log: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const fence = (verificationId: string) => ({ facilityId: 'fac_1', verificationId, version: 2 });

/** Renews the claims of these verifications; of others it says that they are lost. */
function leasesOf(...renewed: string[]) {
  const store = {
    renewLeases: async () => renewed,
    releaseLease: async () => undefined,
  } as Partial<VerificationStore> as VerificationStore;
  return new Leases({ store, clock, log, renewEveryMs: 2000 });
}

describe('claims that are kept alive', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('all end when the worker stops, those that begin afterwards at once', () => {
    const [stopping, other] = [new AbortController(), new AbortController()];
    const leases = leasesOf();
    const [one, two] = ['ver_1', 'ver_2'].map((id) => leases.keep(fence(id), 'worker', stopping.signal));
    const elsewhere = leases.keep(fence('ver_3'), 'worker', other.signal);
    stopping.abort();
    const late = leases.keep(fence('ver_4'), 'worker', stopping.signal);
    expect([one, two, late].map((lease) => lease?.signal.aborted)).toEqual([true, true, true]);
    expect(elsewhere.signal.aborted).toBe(false);
  });

  test('one that ended before is left alone', async () => {
    const stopping = new AbortController();
    const lease = leasesOf().keep(fence('ver_1'), 'worker', stopping.signal);
    await lease.end(false);
    stopping.abort();
    expect(lease.signal.aborted).toBe(false);
  });

  test('one that another run has taken over ends, and the others go on', async () => {
    const stopping = new AbortController();
    const leases = leasesOf('ver_2');
    const [lost, kept] = ['ver_1', 'ver_2'].map((id) => leases.keep(fence(id), 'worker', stopping.signal));
    await jest.advanceTimersByTimeAsync(3000);
    expect([lost?.signal.aborted, kept?.signal.aborted]).toEqual([true, false]);
  });
});
