import { unkeepable } from './json-faults';
import type { Fault } from './request';

/** Long enough for a hand-over, short enough to be read on the phone. */
export const longestNote = 2000;

/** Reads a note to colleagues, of one or several lines: its text without blanks at the ends, or why it cannot be kept. */
export function readNote(value: unknown): { value: string } | { fault: Pick<Fault, 'code' | 'detail'> } {
  if (typeof value !== 'string') return { fault: { code: 'wrong_type', detail: 'must be text' } };
  const text = value.trim();
  if (text === '') return { fault: { code: 'too_short', detail: 'must not be empty' } };
  if (text.length > longestNote)
    return { fault: { code: 'too_long', detail: `may have ${longestNote} characters at most` } };
  const [fault] = unkeepable({ text }, 'allowed');
  return fault ? { fault: { code: fault.code, detail: fault.detail } } : { value: text };
}
