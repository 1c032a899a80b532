import type { Delimiters } from './segment';
import { TextSegment } from './text-segment';

/** Ends that one stretch has room for at most: what is held of a long file is given up piece by piece. */
const MOST_ENDS = 1 << 13;
/** Of an element and its separator, in the mean of most messages. */
const ELEMENT_LENGTH = 4;

/**
 * A stretch of text from which segments are cut in file order, with one list of the offsets at which their elements end: a
 * list a segment would be the most that is made of a file.
 */
export class TextStretch {
  private readonly separator: number;
  private readonly ends: number[];
  private used = 0;
  /** The first element separator that no segment has taken yet. */
  private next: number;

  /** @param start where its first segment begins */
  constructor(
    readonly text: string,
    readonly delimiters: Delimiters,
    start: number,
    end: number,
  ) {
    this.separator = delimiters.element.charCodeAt(0);
    const expected = Math.min(MOST_ENDS, Math.ceil((text.length - start) / ELEMENT_LENGTH));
    this.ends = new Array<number>(Math.max(expected, mostEnds(start, end)));
    this.next = start;
  }

  /** Whether a segment from one offset to another fits, however many elements it has. */
  hasRoomFor(start: number, end: number): boolean {
    return this.used + mostEnds(start, end) <= this.ends.length;
  }

  /** The segment from one offset to another; those before it are cut already. */
  cut(number: number, start: number, end: number): TextSegment {
    const { ends } = this;
    const first = this.used;
    let used = first;
    ends[used++] = start - 1;
    for (let at = this.separatorFrom(Math.max(this.next, start)); ; at = this.separatorFrom(at + 1)) {
      this.next = at;
      if (at >= end) break;
      ends[used++] = at;
    }
    ends[used++] = end;
    this.used = used;
    return new TextSegment(this, number, first, used - first - 2);
  }

  endAt(index: number): number {
    return this.ends[index] ?? 0;
  }

  /** Half of all elements are empty: a look is cheaper than a search. Without another separator the end of the text. */
  private separatorFrom(offset: number): number {
    const { text } = this;
    if (text.charCodeAt(offset) === this.separator) return offset;
    const found = text.indexOf(this.delimiters.element, offset);
    return found < 0 ? text.length : found;
  }
}

/** A segment that is a text of its own. */
export function segmentOf(number: number, raw: string, delimiters: Delimiters): TextSegment {
  return new TextStretch(raw, delimiters, 0, raw.length).cut(number, 0, raw.length);
}

/** The ends of a segment that is nothing but separators, and the offset in front of it. */
function mostEnds(start: number, end: number): number {
  return end - start + 2;
}
