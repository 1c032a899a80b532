import type { Segment } from '@openvob/x12';
import type { Source } from '../snapshot';

/** A segment as the source of what it says: its number in the file and its text. */
export function sourceOf(segment: Segment): Source {
  return { segment: segment.number, raw: segment.raw };
}

/** An element without surrounding blanks; `undefined` when absent or blank. */
export function elementOf(segment: Segment | undefined, position: number): string | undefined {
  return segment?.value(position);
}

/** Whether a value has surely no blanks around it, as most have: every element of every message is asked. */
export function isTrimmed(value: string): boolean {
  return isPlain(value.charCodeAt(0)) && isPlain(value.charCodeAt(value.length - 1));
}

function isPlain(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

/** The first segment of a kind. */
export function firstOf(segments: readonly Segment[], id: string): Segment | undefined {
  for (const segment of segments) if (segment.id === id) return segment;
  return undefined;
}
