import fc from 'fast-check';
import { FileLines, FileTooLarge, longestLineBytes, mostFileBytes, mostLines } from './file-lines';

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function linesOf(bytes: Buffer, size = 7): Promise<{ number: number; text?: string }[]> {
  const found: { number: number; text?: string }[] = [];
  for await (const line of new FileLines(inChunks(bytes, size)).lines()) found.push(line);
  return found;
}

describe('the lines of a file', () => {
  test('are numbered as an editor numbers them, blank ones passed over, whatever ends them', async () => {
    expect(await linesOf(Buffer.from('\uFEFFone\r\n\n  \ntwo\nthree'))).toEqual([
      { number: 1, text: 'one' },
      { number: 4, text: 'two' },
      { number: 5, text: 'three' },
    ]);
    expect(await linesOf(Buffer.alloc(0))).toEqual([]);
  });

  test('are the same however the bytes come', async () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/[\r\n]/.test(text)));
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 50 }), async (lines, size) => {
        const bytes = Buffer.from(lines.join('\n'));
        expect(await linesOf(bytes, size)).toEqual(await linesOf(bytes, 1_000_000));
      }),
    );
  });

  test('that are no UTF-8 or too long are named, and those behind them read', async () => {
    const long = Buffer.alloc(longestLineBytes + 1, 'x');
    const bytes = Buffer.concat([Buffer.from([0x61, 0xff]), Buffer.from('\n'), long, Buffer.from('\nlast')]);
    expect(await linesOf(bytes, 60_000)).toEqual([{ number: 1 }, { number: 2 }, { number: 3, text: 'last' }]);
  });

  test.each([
    ['\n', mostLines],
    ['x', mostFileBytes],
  ])('end where there are too many of them, or too long: %j without end', async (what, most) => {
    const piece = Buffer.alloc(64 * 1024, what);
    let read = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (; ; read += piece.length) yield piece;
    }
    const all = async (): Promise<void> => {
      for await (const line of new FileLines(endless()).lines()) void line;
    };
    await expect(all()).rejects.toBeInstanceOf(FileTooLarge);
    expect(read).toBeLessThanOrEqual(most + piece.length);
  });
});
