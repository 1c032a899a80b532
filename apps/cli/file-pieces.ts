import { createReadStream, readFileSync, statSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { decodeText, encodingOf, type TextEncoding } from './decode-text';

/** A file up to this size is read at once. */
const SMALL = 1 << 20;

/**
 * Text of a file piece by piece; a character split over two pieces comes whole. A large file is gone through twice, first for
 * its encoding. What is no plain file (a pipe) can be read once only and comes in one piece.
 */
export async function* filePieces(path: string): AsyncGenerator<string> {
  const stats = statSync(path);
  const encoding = stats.isFile() && stats.size > SMALL ? await encodingOfFile(path) : undefined;
  if (encoding === undefined || encoding === 'wide') yield decodeText(readFileSync(path));
  else yield* createReadStream(path, { encoding });
}

async function encodingOfFile(path: string): Promise<TextEncoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let head: Buffer | undefined;
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: SMALL }) as AsyncIterable<Buffer>) {
      head ??= bytes;
      decoder.decode(bytes, { stream: true });
    }
    decoder.decode();
    return encodingOf(head ?? Buffer.alloc(0), true);
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    return encodingOf(head ?? Buffer.alloc(0), false);
  }
}
