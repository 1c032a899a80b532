import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;
/** A frame that claims more is no frame of ours. */
const longestFrame = 64 * 1024 * 1024;

/** A backup that was cut short, altered, put together from others, or is under another key. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/**
 * One piece of an encrypted file: length, IV, tag, ciphertext (AES-256-GCM). Its place in the file and whether it is the last are authenticated,
 * so that pieces can be neither left out, put elsewhere, nor cut off at the end.
 */
export function sealFrame(key: Buffer, place: number, isLast: boolean, content: Buffer): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(boundTo(place, isLast));
  const body = Buffer.concat([cipher.update(content), cipher.final()]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(ivBytes + tagBytes + body.length);
  head.writeUInt8(isLast ? 1 : 0, 4);
  return Buffer.concat([head, iv, cipher.getAuthTag(), body]);
}

/**
 * The contents of all frames, in order.
 *
 * @throws BackupError
 */
export async function* openFrames(key: Buffer, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held = Buffer.alloc(0);
  let place = 0;
  let ended = false;
  for await (const chunk of chunks) {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const length = held.length >= 5 ? held.readUInt32BE() : undefined;
      if (length !== undefined && length > longestFrame) throw new BackupError('The backup is damaged');
      if (length === undefined || held.length < 5 + length) break;
      if (ended) throw new BackupError('The backup goes on after its end');
      ended = held[4] === 1;
      yield openFrame(key, place, ended, held.subarray(5, 5 + length));
      held = held.subarray(5 + length);
      place += 1;
    }
  }
  if (!ended || held.length > 0) throw new BackupError('The backup was cut short');
}

function openFrame(key: Buffer, place: number, isLast: boolean, bytes: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes));
    decipher.setAAD(boundTo(place, isLast));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
  } catch (cause) {
    throw new BackupError('The backup was altered, or is under another key', { cause });
  }
}

function boundTo(place: number, isLast: boolean): Buffer {
  return Buffer.from(`openvob backup 1\0${place}\0${isLast}`);
}
