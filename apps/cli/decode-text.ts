import { isUtf8 } from 'node:buffer';

/**
 * The text of a file: UTF-8, UTF-16 as Windows programs write it, and Latin-1 for bytes that are no UTF-8, as old clearinghouses
 * send names with accents.
 */
export function decodeText(bytes: Buffer): string {
  if (startsWith(bytes, 0xff, 0xfe) || isWide(bytes, 0)) return bytes.toString('utf16le');
  if (startsWith(bytes, 0xfe, 0xff) || isWide(bytes, 1)) return swapped(bytes).toString('utf16le');
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
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
