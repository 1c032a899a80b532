import { createCipheriv, createDecipheriv, createHmac, randomFillSync } from 'node:crypto';
import type { KeyRing } from './key-ring';

/** Where a value stands; bound to the ciphertext, so that it cannot be moved to another row, column or facility. */
export interface Place {
  facilityId: string;
  table: string;
  row: string;
  column: string;
}

/** The data keys of one facility, opened. Version 0 stands for the key ring itself, which earlier versions encrypted under. */
export interface OpenKeys {
  /** The version that encrypts. */
  readonly current: number;
  readonly fields: ReadonlyMap<number, Buffer>;
  /** Keys of the blind indexes: the first one writes, all are looked up by. */
  readonly index: readonly Buffer[];
  /** Of the installation alone: what other secrets are derived from. It is never rotated. */
  readonly secret?: Buffer;
}

/** Hands out the data keys that were opened for the transaction at hand. */
export interface KeyChain {
  /** @throws when the facility's keys are not at hand */
  of(facilityId: string): OpenKeys;
}

/** A ciphertext that cannot be opened here: altered, moved, or its key is gone. Holds no plaintext. */
export class CipherError extends Error {
  constructor(
    readonly code: 'unknown_key' | 'altered',
    place: Place,
    options?: { cause?: unknown },
  ) {
    super(`${place.table}.${place.column} cannot be decrypted: ${code}`, options);
    this.name = 'CipherError';
  }
}

const underRing = 1;
const underDataKey = 2;
const ivBytes = 12;
const tagBytes = 16;
/** Format and version of the data key. */
const headBytes = 5;

/**
 * Encrypts single fields with AES-256-GCM. Layout: format 2, version of the facility's data key (4 bytes), IV (96 random bits), tag,
 * ciphertext. Associated data: facility, table, row, column and key (NIST SP 800-38D; bars S2 and S3). Format 1, of earlier versions, names a
 * key of the ring instead: length of its id, id.
 */
export class FieldCipher {
  constructor(
    private readonly ring: KeyRing,
    /** Without it everything is under the ring: for what has no database at hand. */
    private readonly chain?: KeyChain,
  ) {}

  encrypt(text: string, place: Place): Buffer {
    const keys = this.chain?.of(place.facilityId);
    if (!keys) return this.sealed(text, place, this.ringHead(), this.ringKey(this.ring.current, place));
    const head = dataKeyHead(keys.current);
    return this.sealed(text, place, head, dataKey(keys, keys.current, place));
  }

  /** @throws CipherError when altered, moved or encrypted under a key that is gone */
  decrypt(bytes: Buffer, place: Place): string {
    const { head, key } = this.opener(bytes, place);
    const ivEnd = head.length + ivBytes;
    if (bytes.length < ivEnd + tagBytes) throw new CipherError('altered', place);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(head.length, ivEnd));
    decipher.setAAD(associatedData(place, head));
    decipher.setAuthTag(bytes.subarray(ivEnd, ivEnd + tagBytes));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(ivEnd + tagBytes)), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new CipherError('altered', place, { cause });
    }
  }

  /** Whether a ciphertext is under the key that encrypts now. */
  isCurrent(bytes: Buffer, facilityId: string): boolean {
    const keys = this.chain?.of(facilityId);
    return keys !== undefined && bytes.subarray(0, headBytes).equals(dataKeyHead(keys.current));
  }

  /** Keyed hash for look-ups by equality; `purpose` keeps the hashes of different columns apart. */
  blindIndex(purpose: string, facilityId: string, normalised: string): Buffer {
    return hashed(this.chain?.of(facilityId).index[0] ?? this.ring.index, purpose, facilityId, normalised);
  }

  /** The hashes that a row may bear: one for each index key in use, of which there are two while one replaces the other. */
  blindIndexes(purpose: string, facilityId: string, normalised: string): Buffer[] {
    const keys = this.chain?.of(facilityId).index ?? [this.ring.index];
    return keys.map((key) => hashed(key, purpose, facilityId, normalised));
  }

  /** A secret of the installation that stays the same: from the key ring where there is one, else from a data key of its own. */
  secret(purpose: string): Buffer {
    const root = this.ring.index.length > 0 ? this.ring.index : this.chain?.of('installation').secret;
    if (!root) throw new Error('There is no secret to derive from');
    return hashed(root, purpose, '', '');
  }

  private sealed(text: string, place: Place, head: Buffer, key: Buffer): Buffer {
    const iv = freshIv();
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    cipher.setAAD(associatedData(place, head));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([head, iv, cipher.getAuthTag(), body]);
  }

  private opener(bytes: Buffer, place: Place): { head: Buffer; key: Buffer } {
    if (bytes[0] === underDataKey && bytes.length >= headBytes) {
      const keys = this.chain?.of(place.facilityId);
      if (!keys) throw new CipherError('unknown_key', place);
      return { head: bytes.subarray(0, headBytes), key: dataKey(keys, bytes.readUInt32BE(1), place) };
    }
    if (bytes[0] !== underRing) throw new CipherError('altered', place);
    const head = bytes.subarray(0, 2 + (bytes[1] ?? 0));
    return { head, key: this.ringKey(head.subarray(2).toString('latin1'), place) };
  }

  private ringHead(): Buffer {
    const id = Buffer.from(this.ring.current, 'latin1');
    return Buffer.concat([Buffer.from([underRing, id.length]), id]);
  }

  private ringKey(keyId: string, place: Place): Buffer {
    const key = this.ring.keys[keyId];
    if (!key) throw new CipherError('unknown_key', place);
    return key;
  }
}

/** Random bits for the next IVs: drawn many at once, each used once. */
const drawn = Buffer.alloc(ivBytes * 512);
let used = drawn.length;

function freshIv(): Buffer {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += ivBytes;
  return Buffer.from(drawn.subarray(used - ivBytes, used));
}

function dataKeyHead(version: number): Buffer {
  const head = Buffer.alloc(headBytes, underDataKey);
  head.writeUInt32BE(version, 1);
  return head;
}

function dataKey(keys: OpenKeys, version: number, place: Place): Buffer {
  const key = keys.fields.get(version);
  if (!key) throw new CipherError('unknown_key', place);
  return key;
}

function hashed(key: Buffer, purpose: string, facilityId: string, normalised: string): Buffer {
  return createHmac('sha256', key).update(`${purpose}\0${facilityId}\0${normalised}`).digest();
}

/** Format 1 bound the id of its key, format 2 binds format and version. */
function associatedData({ facilityId, table, row, column }: Place, head: Buffer): Buffer {
  const key = head[0] === underRing ? head.subarray(2) : head;
  return Buffer.concat([Buffer.from(`${[facilityId, table, row, column].join('\0')}\0`, 'utf8'), key]);
}
