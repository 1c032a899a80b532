import { partOf } from './known-text';
import type { Delimiters, Segment } from './segment';

/** A segment that keeps its text and splits it when first asked. */
export class TextSegment implements Segment {
  readonly number: number;
  readonly id: string;
  readonly raw: string;
  private readonly delimiters: Delimiters;
  /** The identifier and the elements; what is empty or blank is undefined. */
  private parts: (string | undefined)[] | undefined;
  /** The element that was last asked for its repetitions, and what they were: whoever checks it asks before whoever reads it. */
  private repeatedPosition = 0;
  private repeated: readonly string[] = NONE;

  constructor(number: number, raw: string, delimiters: Delimiters) {
    this.number = number;
    this.raw = raw;
    this.delimiters = delimiters;
    const end = raw.indexOf(delimiters.element);
    this.id = partOf(raw, 0, end < 0 ? raw.length : end);
    this.parts = undefined;
  }

  get elementCount(): number {
    return this.all().length - 1;
  }

  /** An element of blanks alone says nothing and counts as empty. */
  element(position: number): string | undefined {
    return position > 0 ? this.all()[position] : undefined;
  }

  /** Empty repetitions (`AD^^AE`) are left out. */
  repetitions(position: number): readonly string[] {
    const value = this.element(position);
    if (value === undefined) return NONE;
    if (position !== this.repeatedPosition) {
      this.repeated = repetitionsOf(value, this.delimiters.repetition);
      this.repeatedPosition = position;
    }
    return this.repeated;
  }

  /** Empty components keep their place (`HC::H0015` has three). */
  components(position: number): readonly string[] {
    const value = this.element(position);
    if (value === undefined) return NONE;
    return this.delimiters.component === '' ? [value] : value.split(this.delimiters.component);
  }

  private all(): readonly (string | undefined)[] {
    if (this.parts === undefined) {
      const { raw, id, delimiters } = this;
      this.parts = id.length < raw.length ? split(raw, delimiters.element, [id], id.length + 1) : [id];
    }
    return this.parts;
  }
}

const NONE: readonly never[] = [];

function repetitionsOf(value: string, separator: string): readonly string[] {
  if (separator === '' || !value.includes(separator)) return [value];
  const parts = split(value, separator, [], 0);
  return parts.every((part) => part !== undefined) ? parts : parts.filter((part) => part !== undefined);
}

/**
 * Adds the parts of a text from an offset on, those that are empty or blank as undefined. As `split` of one character, in
 * half the time: all passes here.
 */
function split(text: string, separator: string, parts: (string | undefined)[], from: number): (string | undefined)[] {
  let start = from;
  for (let at = text.indexOf(separator, start); at >= 0; at = text.indexOf(separator, start)) {
    parts.push(at === start ? undefined : said(partOf(text, start, at)));
    start = at + 1;
  }
  parts.push(start === text.length ? undefined : said(partOf(text, start, text.length)));
  return parts;
}

/** Most values begin with a letter or digit, and those need no closer look. */
function said(value: string): string | undefined {
  const first = value.charCodeAt(0);
  return (first > 0x20 && first < 0x7f) || value.trim() !== '' ? value : undefined;
}
