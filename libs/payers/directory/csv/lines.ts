/** A line of a text with its number, from 1; `isCut`: it was longer than is read, and the rest of it was thrown away. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly isCut: boolean;
}

/** A text that cannot be read at all, with what to do about it. */
export class UnreadableText extends Error {}

/**
 * The lines of a stream of UTF-8, ended as Windows, Unix or old Macs end them; a byte order mark is left out. Holds one line at a time.
 *
 * @throws UnreadableText for UTF-16, as spreadsheets write "Unicode text"
 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array | string>, longest: number): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8');
  const line = new Pending(longest);
  let first = true;
  let endedByReturn = false;
  for await (const chunk of bytes) {
    const part = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (first && ((part[0] === 0xff && part[1] === 0xfe) || (part[0] === 0xfe && part[1] === 0xff)))
      throw new UnreadableText('the file is UTF-16: save it as CSV UTF-8');
    first = first && part.length === 0;
    const text = decoder.decode(part, { stream: true });
    let from = 0;
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
      // The two halves of an end of line may come in two chunks.
      const isSecondHalf = endedByReturn && index === 0 && end === '\n';
      endedByReturn = false;
      if (!isSecondHalf) {
        line.add(text.slice(from, index));
        yield line.take();
      }
      from = index + end.length;
    }
    if (from < text.length) {
      endedByReturn = false;
      line.add(text.slice(from));
    } else if (text !== '') endedByReturn = text.endsWith('\r');
  }
  line.add(decoder.decode());
  if (!line.isEmpty) yield line.take();
}

/** The line that is being read, up to its longest length. */
class Pending {
  private number = 0;
  private text = '';
  private isCut = false;

  constructor(private readonly longest: number) {}

  get isEmpty(): boolean {
    return this.text === '' && !this.isCut;
  }

  add(part: string): void {
    const room = this.longest - this.text.length;
    this.isCut ||= part.length > room;
    this.text += room > 0 ? part.slice(0, room) : '';
  }

  take(): Line {
    this.number += 1;
    const line = { number: this.number, text: this.text, isCut: this.isCut };
    this.text = '';
    this.isCut = false;
    return line;
  }
}
