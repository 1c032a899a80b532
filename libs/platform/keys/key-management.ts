/** What a data key is for; bound into its wrapping, so that one facility's key cannot be passed off as another's. */
export interface KeyContext {
  readonly facility: string;
  readonly purpose: string;
  readonly version: string;
}

/** A data key that only the named master key can open. */
export interface WrappedKey {
  readonly masterKey: string;
  readonly bytes: Buffer;
}

/**
 * Keeps the master keys (key-encryption keys) and wraps data keys under them (NIST SP 800-57 part 1, 8.1.5). A master key never leaves it.
 *
 * Every implementation passes `describeKeyManagement`.
 */
export interface KeyManagement {
  /** Wraps under the master key that is current. @throws KeyServiceError */
  wrap(dataKey: Buffer, context: KeyContext): Promise<WrappedKey>;
  /** @throws KeyServiceError `refused` when altered, of another context, or its master key is gone or disabled */
  unwrap(wrapped: WrappedKey, context: KeyContext): Promise<Buffer>;
  /** The master key that wraps from now on, with its version: what is wrapped under another one is to be wrapped anew. @throws KeyServiceError */
  masterKey(): Promise<string>;
}

/** Why a data key was not wrapped or unwrapped. Holds no key and no answer of the service. */
export class KeyServiceError extends Error {
  constructor(
    /** `refused`: it said no, and will again; `unreachable`: it may be there again in a moment. */
    readonly kind: 'refused' | 'unreachable',
    readonly code: string,
    options?: { cause?: unknown },
  ) {
    super(`The key service ${kind === 'refused' ? 'refused' : 'could not be reached'}: ${code}`, options);
    this.name = 'KeyServiceError';
  }
}

/** The bytes that are authenticated with a wrapped key. */
export function contextBytes({ facility, purpose, version }: KeyContext): Buffer {
  return Buffer.from(['openvob', facility, purpose, version].join('\0'), 'utf8');
}
