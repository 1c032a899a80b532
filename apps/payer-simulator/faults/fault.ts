import type { RejectionContent } from '../content';

/** Something that goes wrong between a payer and whoever asks it. */
export type FaultSpec =
  /** The whole answer so much later, milliseconds. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** An HTTP status instead of an answer. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'redirect'; readonly to?: string }
  /**
   * No connection at all for so long: open ones are cut, and new ones refused, by everything that the simulator serves. It meets no inquiry, for
   * none is read, and is in no ledger.
   */
  | { readonly kind: 'refused'; readonly ms: number }
  /** The connection is reset after the inquiry was read. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'cut_body' }
  | { readonly kind: 'drip'; readonly everyMs?: number }
  /** Status line and headers byte by byte. */
  | { readonly kind: 'slow_header'; readonly everyMs?: number }
  /** The whole HTTP response twice on one connection. */
  | { readonly kind: 'sent_twice' }
  /** A web page with status 200. */
  | { readonly kind: 'html' }
  /** Bytes without meaning with status 200. */
  | { readonly kind: 'garbage' }
  /** Status 200 and no body. */
  | { readonly kind: 'empty' }
  /** A body of zeros, 1000 to 1 in gzip. */
  | { readonly kind: 'gzip_bomb' }
  /** A CORE envelope error of this code. */
  | { readonly kind: 'envelope_error'; readonly code: string }
  /** The 271 ends in the middle; envelope and HTTP are whole. `keep`: the share of it that is left, default 0.6. */
  | { readonly kind: 'truncate'; readonly keep?: number }
  /** The envelope ends in the middle. */
  | { readonly kind: 'truncate_envelope' }
  | { readonly kind: 'wrong_trace' }
  /** The right trace with somebody else's data; `part` limits it to one fact. */
  | { readonly kind: 'other_person'; readonly part?: 'name' | 'first_name' | 'last_name' | 'birth_date' | 'member_id' }
  /** A rejection (AAA) in the place of what the payer would say: an outage that looks like bad data. */
  | {
      readonly kind: 'reject';
      readonly code: string;
      readonly followUp?: string;
      readonly level?: RejectionContent['level'];
    }
  /** The same answer twice in one 271. */
  | { readonly kind: 'duplicate' }
  /** Answers change places: each waits for the next one with this fault and takes its answer. */
  | { readonly kind: 'shuffle'; readonly waitMs?: number }
  /** The inquiry's syntax is refused, or accepted without an answer. */
  | { readonly kind: 'ack_999'; readonly accepted?: boolean }
  /** The interchange is refused with this note (TA105), default 006 (sender not known). */
  | { readonly kind: 'ta1'; readonly note?: string };

export type FaultKind = FaultSpec['kind'];

/**
 * Which inquiries a fault meets: the next `count` of them (default: all until cleared), of one member or payer or of any, and of those that it may
 * meet this `share` (default 1), evenly.
 */
export interface FaultRule {
  readonly id: string;
  readonly fault: FaultSpec;
  readonly memberId?: string;
  readonly payerId?: string;
  readonly share?: number;
  /** Inquiries that it might have met. */
  seen: number;
  remaining: number;
}

const kinds: Readonly<Record<FaultKind, true>> = {
  latency: true,
  status: true,
  redirect: true,
  refused: true,
  reset: true,
  silent: true,
  cut_body: true,
  drip: true,
  slow_header: true,
  sent_twice: true,
  html: true,
  garbage: true,
  empty: true,
  gzip_bomb: true,
  envelope_error: true,
  truncate: true,
  truncate_envelope: true,
  wrong_trace: true,
  other_person: true,
  reject: true,
  duplicate: true,
  shuffle: true,
  ack_999: true,
  ta1: true,
};

/** Every kind there is, for messages. */
export const faultKinds = Object.keys(kinds);

/** True for an object whose `kind` is that of a fault and whose numbers are numbers. */
export function isFaultSpec(value: unknown): value is FaultSpec {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (typeof value.kind !== 'string' || !Object.hasOwn(kinds, value.kind)) return false;
  const numbers = ['ms', 'status', 'retryAfterSeconds', 'everyMs', 'keep', 'waitMs'];
  const given = Object.entries(value).filter(([name]) => numbers.includes(name));
  if ((value.kind === 'latency' || value.kind === 'refused') && !('ms' in value)) return false;
  if (value.kind === 'status' && !('status' in value)) return false;
  if (value.kind === 'envelope_error' && !('code' in value && typeof value.code === 'string')) return false;
  if (value.kind === 'reject' && !('code' in value && /^[A-Z0-9]{2}$/.test(String(value.code)))) return false;
  return given.every(([, number]) => typeof number === 'number' && Number.isFinite(number) && number >= 0);
}
