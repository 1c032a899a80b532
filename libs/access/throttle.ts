/** What failures are counted by: an account, a browser that the account is known from, the network address. */
export type ThrottleKind = 'account' | 'device' | 'address';

export interface ThrottleKey {
  kind: ThrottleKind;
  value: string;
}

/** Failures in a row without a delay. Many people share the address of a center. */
const free: Readonly<Record<ThrottleKind, number>> = { account: 4, device: 4, address: 30 };
const firstDelayMs = 2_000;
const longestDelayMs = 15 * 60_000;
/** NIST SP 800-63B-4, 3.2.2: at most 100 failures in a row on one account. What is left then is a new password, or a day. */
const mostFailures = 100;
const dayMs = 24 * 3_600_000;
/** After so long without a failure, counting begins anew. */
export const throttleMemoryMs = 2 * dayMs;

/**
 * How long nobody is let in after so many failures in a row: none at first, then 2 seconds, doubling to 15 minutes.
 *
 * @param failures the one that just happened included
 * @returns milliseconds
 */
export function delayAfter(failures: number, kind: ThrottleKind): number {
  if (kind !== 'address' && failures >= mostFailures) return dayMs;
  const over = failures - free[kind];
  return over <= 0 ? 0 : Math.min(firstDelayMs * 2 ** Math.min(over - 1, 20), longestDelayMs);
}

/**
 * Whom a failure is counted against. A browser that the person signed in from before is counted by itself, so that
 * a stranger's guesses do not lock the person out; networks of IPv6 are counted by their first 64 bits.
 */
export function throttleKeys(attempt: { email: string; deviceId?: string; address: string }): ThrottleKey[] {
  const { email, deviceId, address } = attempt;
  const who: ThrottleKey = deviceId ? { kind: 'device', value: deviceId } : { kind: 'account', value: email };
  return [who, { kind: 'address', value: networkOf(address) }];
}

/** An IPv4 address as it is, an IPv6 one by its network. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((part) => part.padStart(4, '0').toLowerCase())
    .join(':');
}
