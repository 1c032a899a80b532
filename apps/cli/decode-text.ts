import { isUtf8 } from 'node:buffer';

/** How the bytes of a file are text; `wide` is UTF-16 with the greater byte first. */
export type TextEncoding = 'utf8' | 'latin1' | 'utf16le' | 'wide';

/**
 * The encoding of a file: UTF-8, UTF-16 as Windows programs write it, and Latin-1 for bytes that are no UTF-8, as old
 * clearinghouses send names with accents.
 *
 * @param head the first bytes
 * @param isUtf8 whether all of its bytes are UTF-8
 */
export function encodingOf(head: Buffer, isUtf8: boolean): TextEncoding {
  if (startsWith(head, 0xff, 0xfe) || isWide(head, 0)) return 'utf16le';
  if (startsWith(head, 0xfe, 0xff) || isWide(head, 1)) return 'wide';
  return isUtf8 ? 'utf8' : 'latin1';
}

/** The text of a whole file, see `encodingOf`. */
export function decodeText(bytes: Buffer): string {
  const encoding = encodingOf(bytes, isUtf8(bytes));
  return encoding === 'wide' ? swapped(bytes).toString('utf16le') : bytes.toString(encoding);
}

function startsWith(bytes: Buffer, first: number, second: number): boolean {
  return bytes[0] === first && bytes[1] === second;
}

/** `ISA*` and the like with every other byte 0: UTF-16 without its mark. */
function isWide(bytes: Buffer, letterAt: 0 | 1): boolean {
  const zeroAt = 1 - letterAt;
  const isLetter = (byte: number | undefined) => byte !== undefined && byte > 0x1f && byte < 0x7f;
  return [0, 2].every((at) => isLetter(bytes[at + letterAt]) && bytes[at + zeroAt] === 0);
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
}
