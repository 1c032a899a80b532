import { partOf } from './known-text';
import type { Delimiters, Segment } from './segment';

/** A segment that keeps its text, finds its elements when first asked and cuts out those that are asked for. */
export class TextSegment implements Segment {
  readonly number: number;
  readonly id: string;
  readonly raw: string;
  private readonly delimiters: Delimiters;
  private found: readonly number[] | undefined;
  /** The element that was last asked for its repetitions, and what they were: whoever checks it asks before whoever reads it. */
  private repeatedPosition = 0;
  private repeated: readonly string[] = NONE;

  constructor(number: number, raw: string, delimiters: Delimiters) {
    this.number = number;
    this.raw = raw;
    this.delimiters = delimiters;
    this.id = partOf(raw, 0, endOfId(raw, delimiters.element));
    this.found = undefined;
  }

  get ends(): readonly number[] {
    if (this.found === undefined) this.found = endsIn(this.raw, this.delimiters.element);
    return this.found;
  }

  get elementCount(): number {
    return this.ends.length - 1;
  }

  /** An element of blanks alone says nothing and counts as empty. */
  element(position: number): string | undefined {
    const { raw, ends } = this;
    const before = ends[position - 1];
    const end = ends[position];
    if (before === undefined || end === undefined || isBlank(raw, before + 1, end)) return undefined;
    return partOf(raw, before + 1, end);
  }

  /** Empty repetitions (`AD^^AE`) are left out. */
  repetitions(position: number): readonly string[] {
    if (position !== this.repeatedPosition) {
      const value = this.element(position);
      if (value === undefined) return NONE;
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
}

const NONE: readonly never[] = [];

/** Identifiers have two or three characters: a look is cheaper than a search. */
function endOfId(raw: string, separator: string): number {
  const code = separator.charCodeAt(0);
  if (raw.charCodeAt(0) !== code && raw.charCodeAt(1) !== code) {
    if (raw.charCodeAt(2) === code) return 2;
    if (raw.charCodeAt(3) === code) return 3;
  }
  const end = raw.indexOf(separator);
  return end < 0 ? raw.length : end;
}

function repetitionsOf(value: string, separator: string): readonly string[] {
  if (separator === '' || !value.includes(separator)) return [value];
  const parts: string[] = [];
  let start = 0;
  for (const end of endsIn(value, separator)) {
    if (!isBlank(value, start, end)) parts.push(partOf(value, start, end));
    start = end + 1;
  }
  return parts;
}

/**
 * The offsets at which the parts of a text end. In half the time of a `split`, which cuts them out too: all passes here.
 * Lists of two and three, which are most, are no larger than that.
 */
function endsIn(text: string, separator: string): readonly number[] {
  const code = separator.charCodeAt(0);
  const first = endAfter(text, separator, code, 0);
  if (first < 0) return [text.length];
  const second = endAfter(text, separator, code, first + 1);
  if (second < 0) return [first, text.length];
  const third = endAfter(text, separator, code, second + 1);
  if (third < 0) return [first, second, text.length];
  const ends = [first, second, third];
  for (let at = third; at >= 0; ) {
    at = endAfter(text, separator, code, at + 1);
    ends.push(at < 0 ? text.length : at);
  }
  return ends;
}

/** Half of all elements are empty: a look is cheaper than a search. */
function endAfter(text: string, separator: string, code: number, start: number): number {
  return text.charCodeAt(start) === code ? start : text.indexOf(separator, start);
}

/** Most values begin with a letter or digit, and those need no closer look. */
export function isBlank(text: string, start: number, end: number): boolean {
  if (start >= end) return true;
  const first = text.charCodeAt(start);
  return (first <= 0x20 || first >= 0x7f) && text.slice(start, end).trim() === '';
}
