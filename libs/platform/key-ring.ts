import { randomBytes } from 'node:crypto';

/** Keys for patient data: all that can still decrypt, the one that encrypts, and the separate key of the blind indexes. */
export interface KeyRing {
  current: string;
  keys: Readonly<Record<string, Buffer>>;
  index: Buffer;
}

const keyBytes = 32;
const keyId = /^[a-z0-9]{1,16}$/;

/**
 * Reads a key ring: `{ "current": "k1", "keys": { "k1": BASE64 of 32 bytes }, "index": BASE64 of 32 bytes }`.
 *
 * @throws Error that names the faulty part and never holds a key
 */
export function parseKeyRing(text: string): KeyRing {
  const json = parse(text);
  const keys = Object.fromEntries(
    Object.entries(json.keys ?? {}).map(([id, key]) => [checkedId(id), decodeKey(id, key)]),
  );
  if (!json.current || !keys[json.current]) throw new Error('"current" names no key of "keys"');
  const index = decodeKey('index', json.index);
  const all = [...Object.values(keys), index];
  if (new Set(all.map((key) => key.toString('hex'))).size < all.length)
    throw new Error('"index" and all keys must differ from each other');
  return { current: json.current, keys, index };
}

/** A fresh ring with one key, as JSON text to keep in a file that only the application can read. */
export function generateKeyRing(): string {
  const key = (): string => randomBytes(keyBytes).toString('base64');
  return JSON.stringify({ current: 'k1', keys: { k1: key() }, index: key() }, undefined, 2);
}

function parse(text: string): { current?: string; keys?: Record<string, unknown>; index?: unknown } {
  try {
    return JSON.parse(text) as { current?: string };
  } catch {
    throw new Error('it is not JSON');
  }
}

function checkedId(id: string): string {
  if (!keyId.test(id)) throw new Error('a key id must be 1 to 16 of a-z and 0-9');
  return id;
}

function decodeKey(id: string, value: unknown): Buffer {
  const key = typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  if (key.length !== keyBytes) throw new Error(`key "${id}" is not ${keyBytes} bytes in base64`);
  if (isMadeUp(key)) throw new Error(`key "${id}" is too weak: take 32 random bytes`);
  return key;
}

/** Bytes that nobody drew at random: few different ones, typed text (one in 10^13 random keys is), or counted up. */
function isMadeUp(key: Buffer): boolean {
  const steps = new Set([...key.subarray(1)].map((byte, position) => (byte - (key[position] ?? 0) + 256) % 256));
  return new Set(key).size < 8 || key.every((byte) => byte >= 0x20 && byte < 0x7f) || steps.size < 3;
}
