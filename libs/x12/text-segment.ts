import { ownText } from './own-text';
import type { Delimiters, Segment } from './segment';

/** A segment that keeps its text and splits it when first asked. */
export class TextSegment implements Segment {
  readonly number: number;
  readonly id: string;
  readonly raw: string;
  private readonly delimiters: Delimiters;
  /** The identifier and the elements; what is empty or blank is undefined. */
  private parts: (string | undefined)[] | undefined;

  constructor(number: number, raw: string, delimiters: Delimiters) {
    this.number = number;
    this.raw = raw;
    this.delimiters = delimiters;
    const end = raw.indexOf(delimiters.element);
    this.id = segmentId(end < 0 ? raw : raw.slice(0, end));
  }

  get elementCount(): number {
    return this.all().length - 1;
  }

  /** An element of blanks alone says nothing and counts as empty. */
  element(position: number): string | undefined {
    return position > 0 ? this.all()[position] : undefined;
  }

  /** Empty repetitions (`AD^^AE`) are left out. */
  repetitions(position: number): string[] {
    const value = this.element(position);
    if (value === undefined) return [];
    const separator = this.delimiters.repetition;
    if (separator === '' || !value.includes(separator)) return [value];
    return split(value, separator, [], 0).filter((part) => part !== undefined);
  }

  /** Empty components keep their place (`HC::H0015` has three). */
  components(position: number): string[] {
    const value = this.element(position);
    if (value === undefined) return [];
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

const IDS = new Map<string, string>();
/** Twice as many as there are segments in X12. */
const MOST_IDS = 2000;

/** One string for all segments of a kind: identifiers are compared all the time, and the same string is equal at a glance. */
function segmentId(text: string): string {
  const known = IDS.get(text);
  if (known !== undefined) return known;
  const id = ownText(text);
  if (text.length <= 3 && IDS.size < MOST_IDS) IDS.set(id, id);
  return id;
}

/**
 * Adds the parts of a text from an offset on, those that are empty or blank as undefined. As `split` of one character, in
 * half the time: all passes here.
 */
function split(text: string, separator: string, parts: (string | undefined)[], from: number): (string | undefined)[] {
  let start = from;
  for (let at = text.indexOf(separator, start); at >= 0; at = text.indexOf(separator, start)) {
    parts.push(at === start ? undefined : said(text.slice(start, at)));
    start = at + 1;
  }
  parts.push(start === text.length ? undefined : said(text.slice(start)));
  return parts;
}

/** Most values begin with a letter or digit, and those need no closer look. */
function said(value: string): string | undefined {
  const first = value.charCodeAt(0);
  return (first > 0x20 && first < 0x7f) || value.trim() !== '' ? value : undefined;
}
