import { DEFAULT_DELIMITERS, ISA_WINDOW, isaIssues, isIsaAt, readIsa } from './delimiters';
import { atSegment, X12Error, type X12Issue } from './issue';
import type { Delimiters } from './segment';
import type { TextSegment } from './text-segment';
import { segmentOf, TextStretch } from './text-stretch';

/** Who is told what a scanner finds, in file order. */
export interface SegmentSink {
  segment(segment: TextSegment): void;
  issue(issue: X12Issue): void;
}

/** How far an ISA is looked for behind other text (a mail or HTTP header). */
const PREAMBLE = 4096;
/** No element of these guides is longer than 264 characters and none repeats more than 99 times: 64 KB are no segment. */
const LONGEST_SEGMENT = 1 << 16;
const BYTE_ORDER_MARK = 0xfeff;
const LETTER_I = 0x49;

/**
 * Cuts text into segments, in as many pieces as it comes. Text is handed in by `push` and what is left by `end`.
 * Every run of text between two terminators takes a number, also when it is no segment.
 *
 * @throws X12Error when the text does not begin like X12.
 */
export class SegmentScanner {
  private buffer = '';
  private offset = 0;
  private searched = 0;
  private consumed = 0;
  private number = 0;
  private wrapped = false;
  private skipping = false;
  private afterEmpty = false;
  private delimiters: Delimiters | undefined;
  /** Of the buffer as it is, under the delimiters as they are. */
  private stretch: TextStretch | undefined;

  constructor(private readonly sink: SegmentSink) {}

  get current(): Delimiters | undefined {
    return this.delimiters;
  }

  push(text: string): void {
    this.consumed += this.offset;
    this.searched -= this.offset;
    const more = this.wrapped ? text.replace(/[\r\n]+/g, '') : text;
    this.buffer = this.offset >= this.buffer.length ? more : this.buffer.slice(this.offset) + more;
    this.offset = 0;
    this.stretch = undefined;
    if (this.delimiters !== undefined || this.canBegin()) this.scan(false);
  }

  end(): void {
    this.scan(true);
    this.consumed += this.offset;
    this.buffer = '';
    this.offset = 0;
    this.stretch = undefined;
  }

  /** Whether there is enough text to find the first segment, blanks in front of it left out. */
  private canBegin(): boolean {
    this.offset = this.skipBlanks();
    return this.buffer.length - this.offset >= PREAMBLE + ISA_WINDOW;
  }

  private scan(final: boolean): void {
    if (this.delimiters === undefined) this.begin();
    while (this.next(final));
  }

  /** One step; false when nothing more can be done with the text at hand. */
  private next(final: boolean): boolean {
    const start = this.skipBlanks();
    this.offset = start;
    if (start >= this.buffer.length) return false;
    if (this.mayBeEnvelope(start) && isIsaAt(this.buffer, start)) {
      if (!final && this.buffer.length - start < ISA_WINDOW) return false;
      if (this.isa(start)) return true;
    }
    const terminator = (this.delimiters ?? DEFAULT_DELIMITERS).segment;
    const found = this.buffer.indexOf(terminator, Math.max(start, this.searched));
    if (found < 0 && !final) return this.waitForMore();
    const end = found < 0 ? this.buffer.length : found;
    this.slot(start, end);
    return true;
  }

  /** Whether ISA or IEA may stand at an offset; nearly all other segments begin with another letter. */
  private mayBeEnvelope(start: number): boolean {
    return this.buffer.charCodeAt(start) === LETTER_I;
  }

  private slot(start: number, end: number): void {
    const cut = this.mayBeEnvelope(start) && this.buffer.startsWith('IEA', start) ? this.nextIsa(start, end) : end;
    this.offset = cut < end ? cut : Math.min(end + 1, this.buffer.length);
    this.searched = this.offset;
    if (cut === start) this.empty();
    else this.emit(start, trimEnd(this.buffer, start, cut));
  }

  /** An interchange that begins on a new line behind an IEA without terminator. */
  private nextIsa(start: number, end: number): number {
    const slot = this.buffer.slice(start, end);
    for (let at = slot.indexOf('ISA'); at >= 0; at = slot.indexOf('ISA', at + 1)) {
      if (isIsaAt(slot, at) && beginsLine(slot, at)) return start + at;
    }
    return end;
  }

  private emit(start: number, end: number): void {
    this.number++;
    this.afterEmpty = false;
    if (this.skipping || end - start > LONGEST_SEGMENT) this.stray('a segment that is too long');
    else {
      const segment = this.stretchFor(start, end).cut(this.number, start, end);
      if (isSegmentId(segment.id) && segment.id !== 'ISA') this.sink.segment(segment);
      else this.stray(`${end - start} characters that are no segment`);
    }
    this.skipping = false;
  }

  private stretchFor(start: number, end: number): TextStretch {
    const { stretch } = this;
    if (stretch?.hasRoomFor(start, end) === true) return stretch;
    const next = new TextStretch(this.buffer, this.delimiters ?? DEFAULT_DELIMITERS, start, end);
    this.stretch = next;
    return next;
  }

  /** A run of terminators is one fault. */
  private empty(): void {
    if (!this.afterEmpty) this.stray('a terminator too many');
    this.afterEmpty = true;
  }

  private stray(message: string): void {
    this.sink.issue({ severity: 'warning', code: 'stray_text', at: atSegment(this.number), message });
  }

  private waitForMore(): false {
    this.searched = this.buffer.length;
    if (this.buffer.length - this.offset > LONGEST_SEGMENT) {
      this.skipping = true;
      this.offset = this.buffer.length;
    }
    return false;
  }

  private isa(start: number): boolean {
    const header = readIsa(this.buffer, start);
    if (header === undefined) return false;
    this.delimiters = header.delimiters;
    this.stretch = undefined;
    this.afterEmpty = false;
    this.number++;
    this.offset = header.end;
    if (header.wrapped && !this.wrapped) this.unwrap();
    this.searched = this.offset;
    for (const issue of isaIssues(header, this.number)) this.sink.issue(issue);
    this.sink.segment(segmentOf(this.number, header.raw, header.delimiters));
    return true;
  }

  private unwrap(): void {
    this.wrapped = true;
    this.consumed += this.offset;
    this.buffer = this.buffer.slice(this.offset).replace(/[\r\n]+/g, '');
    this.offset = 0;
    this.sink.issue({
      severity: 'info',
      code: 'delimiters',
      at: atSegment(this.number),
      message: 'the text is wrapped at a fixed width, its line breaks are left out',
    });
  }

  /** Finds the first segment: an ISA, a GS or ST without one, or an ISA behind other text. */
  private begin(): void {
    const start = this.skipBlanks();
    if (start >= this.buffer.length) throw this.refusal('empty', start, 'there is no text');
    if (isIsaAt(this.buffer, start)) {
      if (this.isa(start)) return;
      throw this.refusal('isa_unreadable', start, 'the delimiters of the ISA cannot be told');
    }
    const bare = /^(?:GS|ST)([^A-Za-z0-9\s])/.exec(this.buffer.slice(start, start + 3));
    if (bare?.[1] !== undefined) this.beginBare(bare[1]);
    else this.beginBehindPreamble(start);
  }

  private beginBare(element: string): void {
    const segment = this.buffer.includes(DEFAULT_DELIMITERS.segment) || !this.buffer.includes('\n') ? '~' : '\n';
    this.delimiters = { ...DEFAULT_DELIMITERS, element, segment };
  }

  private beginBehindPreamble(start: number): void {
    const head = this.buffer.slice(start, start + PREAMBLE);
    const at = /^[<[{]/.test(head) ? -1 : head.search(/(?<=\s)ISA[^A-Za-z0-9\s]/);
    if (at < 0 || !this.isa(start + at)) {
      throw this.refusal('not_x12', start, 'the text begins with neither ISA, GS nor ST');
    }
    this.stray(`${at} characters in front of the ISA`);
  }

  private refusal(code: 'empty' | 'not_x12' | 'isa_unreadable', offset: number, message: string): X12Error {
    return new X12Error({ code, position: this.consumed + offset, message });
  }

  private skipBlanks(): number {
    const terminator = this.delimiters?.segment.charCodeAt(0) ?? -1;
    const isLineBreak = terminator === 10 || terminator === 13;
    let at = this.offset;
    for (;;) {
      const code = this.buffer.charCodeAt(at);
      const blank = code <= 0x20 ? code !== terminator || isLineBreak : code === BYTE_ORDER_MARK;
      if (!blank) return at;
      at++;
    }
  }
}

/** A letter, then one or two letters or digits. */
function isSegmentId(id: string): boolean {
  if (id.length !== 2 && id.length !== 3) return false;
  if (!isCapital(id.charCodeAt(0)) || !isCapitalOrDigit(id.charCodeAt(1))) return false;
  return id.length === 2 || isCapitalOrDigit(id.charCodeAt(2));
}

function isCapital(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

function isCapitalOrDigit(code: number): boolean {
  return isCapital(code) || (code >= 0x30 && code <= 0x39);
}

/** Whether nothing but blanks stands between a line break and an offset. */
function beginsLine(text: string, offset: number): boolean {
  let at = offset - 1;
  while (at > 0 && text.charCodeAt(at) <= 0x20) {
    if (text[at] === '\n' || text[at] === '\r') return true;
    at--;
  }
  return false;
}

/** The end of a segment without the line breaks in front of its terminator. */
function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (text.charCodeAt(at - 1) === 10 || text.charCodeAt(at - 1) === 13)) at--;
  return at;
}
