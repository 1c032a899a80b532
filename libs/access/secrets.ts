import { createHash, randomBytes } from 'node:crypto';

const secretBytes = 32;
const shape = /^[0-9A-Za-z_-]{43}$/;

/** A new bearer secret: 256 random bits in base64url, given out once. */
export function newSecret(): string {
  return randomBytes(secretBytes).toString('base64url');
}

/** SHA-256 suffices: the secret has 256 bits of entropy, so there is nothing to guess. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** The hash to look a presented secret up by; undefined for what cannot be one of ours. */
export function hashOfPresented(secret: string | undefined): Buffer | undefined {
  return secret !== undefined && shape.test(secret) ? hashSecret(secret) : undefined;
}
