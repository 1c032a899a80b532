import { createHash } from 'node:crypto';

/** A line of a file, its end left out; blank ones are passed over. */
export interface FileLine {
  /** 1-based, blank lines counted, as an editor shows it. */
  number: number;
  /** Left out for one that is no UTF-8 or is too long to be read. */
  text?: string;
}

/** Why no more of a file was read. */
export class FileTooLarge extends Error {}

export const mostFileBytes = 64 * 1024 * 1024;
export const longestLineBytes = 64 * 1024;
/** Blank ones count: a file of line ends alone is as much work as any. */
export const mostLines = 50_000;

const lineFeed = 0x0a;
const byteOrderMark = /^\uFEFF/;

/** Takes a file apart into lines while it comes, holding one line at a time, and hashes all of it. */
export class FileLines {
  private readonly hash = createHash('sha256');
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  private number = 0;

  constructor(private readonly chunks: AsyncIterable<Uint8Array>) {}

  /** @throws FileTooLarge */
  async *lines(): AsyncGenerator<FileLine> {
    let held = Buffer.alloc(0);
    let isTooLong = false;
    for await (const chunk of this.hashed()) {
      let start = 0;
      for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
        yield* this.line(isTooLong ? held : Buffer.concat([held, chunk.subarray(start, end)]), isTooLong);
        [held, isTooLong, start] = [Buffer.alloc(0), false, end + 1];
      }
      // What is too long already is passed over, not put together.
      if (!isTooLong) held = Buffer.concat([held, chunk.subarray(start)]);
      if (held.length > longestLineBytes) [held, isTooLong] = [Buffer.alloc(0), true];
    }
    yield* this.line(held, isTooLong);
  }

  /** Of all bytes that came; to be asked when they have. */
  digest(): Buffer {
    return this.hash.digest();
  }

  private async *hashed(): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of this.chunks) {
      bytes += chunk.byteLength;
      if (bytes > mostFileBytes) throw new FileTooLarge();
      this.hash.update(chunk);
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
  }

  private *line(bytes: Buffer, isTooLong: boolean): Generator<FileLine> {
    this.number += 1;
    if (this.number > mostLines) throw new FileTooLarge();
    const { number } = this;
    const text = isTooLong || bytes.length > longestLineBytes ? undefined : this.decoded(bytes);
    if (text === undefined) yield { number };
    else if (text.trim() !== '') yield { number, text: number === 1 ? text.replace(byteOrderMark, '') : text };
  }

  private decoded(bytes: Buffer): string | undefined {
    try {
      return this.decoder.decode(bytes).replace(/\r$/, '');
    } catch {
      // No UTF-8: the line is named by its number.
      return undefined;
    }
  }
}
