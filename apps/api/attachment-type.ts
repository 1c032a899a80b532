/** What may be attached, by the bytes that a file of it begins with (RFC 2083, ISO 10918, RFC 9649, ISO 32000). */
const beginnings: Readonly<Record<string, (bytes: Buffer) => boolean>> = {
  'image/jpeg': (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  'image/png': (bytes) => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  'image/webp': (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  'application/pdf': (bytes) => bytes.toString('latin1', 0, 5) === '%PDF-',
};

/** Types in the order in which they are told to whoever sent another. */
export const attachmentTypes = Object.keys(beginnings);

/** The type of a file by its content, whatever it calls itself; undefined for what may not be attached. */
export function attachmentTypeOf(bytes: Buffer): string | undefined {
  return attachmentTypes.find((type) => beginnings[type]?.(bytes));
}
