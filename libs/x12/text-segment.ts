import { partOf } from './known-text';
import type { Delimiters, Segment } from './segment';
import { withOne } from './short-list';
import type { TextStretch } from './text-stretch';

/** A segment that is its place in a stretch of text; its elements are cut out when they are asked for. */
export class TextSegment implements Segment {
  readonly id: string;

  constructor(
    private readonly stretch: TextStretch,
    readonly number: number,
    /** Where its ends begin among those of the stretch: the offset in front of it, then those of identifier and elements. */
    private readonly first: number,
    readonly elementCount: number,
  ) {
    this.id = partOf(stretch.text, stretch.endAt(first) + 1, stretch.endAt(first + 1));
  }

  get text(): string {
    return this.stretch.text;
  }

  get delimiters(): Delimiters {
    return this.stretch.delimiters;
  }

  get raw(): string {
    return this.stretch.text.slice(this.endOf(-1) + 1, this.endOf(this.elementCount));
  }

  endOf(position: number): number {
    return this.stretch.endAt(this.first + 1 + position);
  }

  /** An element of blanks alone says nothing and counts as empty. */
  element(position: number): string | undefined {
    if (position < 1 || position > this.elementCount) return undefined;
    const { text } = this.stretch;
    const start = this.endOf(position - 1) + 1;
    const end = this.endOf(position);
    return isBlank(text, start, end) ? undefined : partOf(text, start, end);
  }

  /** Most values have no blanks around them, which is seen at both ends: every element of every message is asked. */
  value(position: number): string | undefined {
    if (position < 1 || position > this.elementCount) return undefined;
    const { text } = this.stretch;
    const start = this.endOf(position - 1) + 1;
    const end = this.endOf(position);
    if (start >= end) return undefined;
    if (isPlain(text.charCodeAt(start)) && isPlain(text.charCodeAt(end - 1))) return partOf(text, start, end);
    return text.slice(start, end).trim() || undefined;
  }

  /** Empty repetitions (`AD^^AE`) are left out. */
  repetitions(position: number): readonly string[] {
    if (position < 1 || position > this.elementCount) return NONE;
    const { text, delimiters } = this.stretch;
    const end = this.endOf(position);
    let parts: readonly string[] = NONE;
    for (let start = this.endOf(position - 1) + 1; start < end; ) {
      const to = endOfRepetition(text, start, end, delimiters);
      if (!isBlank(text, start, to)) parts = withOne(parts, partOf(text, start, to));
      start = to + 1;
    }
    return parts;
  }

  /** Empty components keep their place (`HC::H0015` has three). */
  components(position: number): readonly string[] {
    const value = this.element(position);
    if (value === undefined) return NONE;
    const { component } = this.stretch.delimiters;
    return component === '' ? [value] : value.split(component);
  }
}

const NONE: readonly never[] = [];

/** Where the repetition that begins at an offset ends: at the next separator, or with the element. */
export function endOfRepetition(text: string, start: number, end: number, { repetition }: Delimiters): number {
  const separator = repetition.charCodeAt(0);
  let at = start;
  while (at < end && text.charCodeAt(at) !== separator) at++;
  return at;
}

/** Most values begin with a letter or digit, and those need no closer look. */
export function isBlank(text: string, start: number, end: number): boolean {
  if (start >= end) return true;
  return !isPlain(text.charCodeAt(start)) && text.slice(start, end).trim() === '';
}

/** Whether a character is surely no blank. */
export function isPlain(character: number): boolean {
  return character > 0x20 && character < 0x7f;
}
