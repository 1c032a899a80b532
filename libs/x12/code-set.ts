import { partOf } from './known-text';

/** Codes are ASCII: two characters of seven bits make an index. */
const BITS = 7;
const ASCII = 1 << BITS;

/** The codes that a rule allows, asked where they stand in a text: nearly all are one or two characters, for which a bit is kept. */
export class CodeSet {
  private readonly singles = new Uint8Array(ASCII);
  /** One bit for each pair of characters. */
  private readonly pairs = new Uint32Array((ASCII * ASCII) / 32);
  private readonly longer: ReadonlySet<string>;

  constructor(codes: ReadonlySet<string>) {
    this.longer = codes;
    for (const code of codes) {
      if (code.length === 1) this.singles[code.charCodeAt(0)] = 1;
      if (code.length === 2) this.addPair(pairIndex(code.charCodeAt(0), code.charCodeAt(1)));
    }
  }

  /** Whether the part of a text from one offset up to another is one of the codes. */
  has(text: string, start: number, end: number): boolean {
    const first = text.charCodeAt(start);
    if (end - start === 1) return this.singles[first] === 1;
    if (end - start !== 2) return this.longer.has(partOf(text, start, end));
    const second = text.charCodeAt(start + 1);
    return (first | second) < ASCII && this.hasPair(pairIndex(first, second));
  }

  private addPair(index: number): void {
    this.pairs[index >>> 5] = (this.pairs[index >>> 5] ?? 0) | (1 << (index & 31));
  }

  private hasPair(index: number): boolean {
    return (((this.pairs[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1;
  }
}

function pairIndex(first: number, second: number): number {
  return (first << BITS) | second;
}
