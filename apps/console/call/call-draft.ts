import type { Typed } from './answer-value';

/** A call as far as it was heard. */
export interface CallDraft {
  readonly representative: string;
  readonly reference: string;
  readonly typed: Readonly<Record<string, Typed>>;
  readonly words: Readonly<Record<string, string>>;
  readonly startedAt: string;
  /** Whom it is to, where the sheet names several. */
  readonly called?: string;
}

/** Whether there is anything in it that is worth keeping. */
export function isHeard({ representative, reference, typed, words }: CallDraft): boolean {
  const texts = [representative, reference, ...Object.values(words)];
  return Object.keys(typed).length > 0 || texts.some((text) => text.trim() !== '');
}

/** What a kept draft holds of a call; whatever else came with it is left. @param now for one that does not tell its beginning */
export function callDraftOf(content: unknown, now = new Date()): CallDraft {
  const given = isRecord(content) ? content : {};
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const startedAt = text(given.startedAt);
  const called = text(given.called);
  return {
    representative: text(given.representative),
    reference: text(given.reference),
    typed: entriesOf(given.typed, isTyped),
    words: entriesOf(given.words, (value): value is string => typeof value === 'string'),
    startedAt: Number.isNaN(Date.parse(startedAt)) ? now.toISOString() : startedAt,
    ...(called ? { called } : {}),
  };
}

function isTyped(value: unknown): value is Typed {
  if (typeof value === 'string') return true;
  return isRecord(value) && ['limit', 'used', 'left'].every((part) => typeof value[part] === 'string');
}

function entriesOf<Value>(values: unknown, fits: (value: unknown) => value is Value): Readonly<Record<string, Value>> {
  if (!isRecord(values)) return {};
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Value] => fits(entry[1])));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
