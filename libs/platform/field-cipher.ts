import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring';

/** Where a value stands; bound to the ciphertext, so that it cannot be moved to another row, column or facility. */
export interface Place {
  facilityId: string;
  table: string;
  row: string;
  column: string;
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

const formatVersion = 1;
const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts single fields with AES-256-GCM. Layout: version, length of key id, key id, IV (96 random bits), tag, ciphertext.
 * Associated data: facility, table, row, column and key id (NIST SP 800-38D; bars S2 and S3).
 */
export class FieldCipher {
  constructor(private readonly ring: KeyRing) {}

  encrypt(text: string, place: Place): Buffer {
    const keyId = Buffer.from(this.ring.current, 'latin1');
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.keyOf(this.ring.current, place), iv);
    cipher.setAAD(associatedData(place, this.ring.current));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([formatVersion, keyId.length]), keyId, iv, cipher.getAuthTag(), body]);
  }

  /** @throws CipherError when altered, moved or encrypted under a key that is not in the ring */
  decrypt(bytes: Buffer, place: Place): string {
    const keyEnd = 2 + (bytes[1] ?? 0);
    const keyId = bytes.subarray(2, keyEnd).toString('latin1');
    const ivEnd = keyEnd + ivBytes;
    if (bytes[0] !== formatVersion || bytes.length < ivEnd + tagBytes) throw new CipherError('altered', place);
    const decipher = createDecipheriv('aes-256-gcm', this.keyOf(keyId, place), bytes.subarray(keyEnd, ivEnd));
    decipher.setAAD(associatedData(place, keyId));
    decipher.setAuthTag(bytes.subarray(ivEnd, ivEnd + tagBytes));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(ivEnd + tagBytes)), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new CipherError('altered', place, { cause });
    }
  }

  /** Keyed hash for look-ups by equality; `purpose` keeps the hashes of different columns apart. */
  blindIndex(purpose: string, facilityId: string, normalised: string): Buffer {
    return createHmac('sha256', this.ring.index).update(`${purpose}\0${facilityId}\0${normalised}`).digest();
  }

  private keyOf(keyId: string, place: Place): Buffer {
    const key = this.ring.keys[keyId];
    if (!key) throw new CipherError('unknown_key', place);
    return key;
  }
}

function associatedData(place: Place, keyId: string): Buffer {
  return Buffer.from([place.facilityId, place.table, place.row, place.column, keyId].join('\0'), 'utf8');
}
