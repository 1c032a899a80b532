import { Problem } from '@openvob/platform';

/** An opaque place in a list: the sort keys of the last item of a page. */
export function cursorOf(keys: readonly string[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

function isKey(key: unknown): key is string {
  return typeof key === 'string' && !/[\p{Cc}\p{Cs}]/u.test(key);
}

/** @throws Problem `malformed_request` when it is none of ours */
export function readCursor(cursor: string, length: number): string[] {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(keys) && keys.length === length && keys.every(isKey)) return keys;
  } catch {
    // Falls through to the refusal: not a cursor of ours.
  }
  throw new Problem('malformed_request', { detail: 'cursor must be the nextCursor of an earlier page' });
}
