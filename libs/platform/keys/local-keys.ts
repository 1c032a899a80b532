import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from '../key-ring';
import { contextBytes, type KeyContext, type KeyManagement, KeyServiceError, type WrappedKey } from './key-management';

const ivBytes = 12;
const tagBytes = 16;
const prefix = 'local:';

/** Master keys in a key ring on this machine: wraps with AES-256-GCM. The ring is read anew each time, so that a key can be added without a restart. */
export class LocalKeys implements KeyManagement {
  constructor(private readonly read: () => KeyRing) {}

  async wrap(dataKey: Buffer, context: KeyContext): Promise<WrappedKey> {
    const { current } = this.ring();
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.key(current), iv);
    cipher.setAAD(boundTo(context, current));
    const body = Buffer.concat([cipher.update(dataKey), cipher.final()]);
    return { masterKey: prefix + current, bytes: Buffer.concat([iv, cipher.getAuthTag(), body]) };
  }

  async unwrap({ masterKey, bytes }: WrappedKey, context: KeyContext): Promise<Buffer> {
    const keyId = masterKey.slice(prefix.length);
    if (!masterKey.startsWith(prefix)) throw new KeyServiceError('refused', 'another_key_service');
    if (bytes.length <= ivBytes + tagBytes) throw new KeyServiceError('refused', 'altered');
    const decipher = createDecipheriv('aes-256-gcm', this.key(keyId), bytes.subarray(0, ivBytes));
    decipher.setAAD(boundTo(context, keyId));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
    } catch (cause) {
      throw new KeyServiceError('refused', 'altered', { cause });
    }
  }

  async masterKey(): Promise<string> {
    return prefix + this.ring().current;
  }

  private key(id: string): Buffer {
    const key = this.ring().keys[id];
    if (!key) throw new KeyServiceError('refused', 'unknown_master_key');
    return key;
  }

  private ring(): KeyRing {
    try {
      return this.read();
    } catch (cause) {
      throw new KeyServiceError('refused', 'key_ring_unreadable', { cause });
    }
  }
}

function boundTo(context: KeyContext, keyId: string): Buffer {
  return Buffer.concat([contextBytes(context), Buffer.from(`\0${keyId}`)]);
}
