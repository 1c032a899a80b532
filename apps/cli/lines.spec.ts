import { linesOf } from './lines';

async function lines(...pieces: string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const line of linesOf(from(pieces))) found.push(line);
  return found;
}

async function* from(pieces: string[]): AsyncGenerator<string> {
  yield* pieces;
}

describe('lines of a text in pieces', () => {
  it('are the same however the text is cut', async () => {
    expect(await lines('a\nb', 'c\n', '\nd')).toEqual(['a', 'bc', '', 'd']);
  });

  it('end with the last line, with or without its line end', async () => {
    expect(await lines('a\n')).toEqual(['a']);
    expect(await lines()).toEqual([]);
  });

  it('are not split by separators that may stand inside a JSON string', async () => {
    expect(await lines('"a\u2028b\u2029c"\n')).toEqual(['"a\u2028b\u2029c"']);
  });
});
