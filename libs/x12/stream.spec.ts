import fc from 'fast-check';
import { X12Error } from './issue';
import { readX12, tryReadX12 } from './read';
import { createSegmentStream, createX12Stream, type X12StreamItem } from './stream';
import { ANSWER_BODY, interchangeSegments, interchangeText, joinSegments } from './x12-text.fixture';

function cut(text: string, sizes: readonly number[]): string[] {
  const chunks: string[] = [];
  let at = 0;
  for (let round = 0; at < text.length; round++) {
    const size = Math.max(1, sizes[round % sizes.length] ?? 1);
    chunks.push(text.slice(at, at + size));
    at += size;
  }
  return chunks;
}

function stream(chunks: readonly string[]): X12StreamItem[] {
  const reader = createX12Stream();
  return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
}

/** What a stream found, in the form of what `readX12` gives. */
function gathered(items: readonly X12StreamItem[]) {
  const of = <K extends X12StreamItem['kind']>(kind: K) =>
    items.filter((item): item is Extract<X12StreamItem, { kind: K }> => item.kind === kind);
  return {
    delimiters: of('interchange').map(({ delimiters }) => delimiters),
    transactions: of('transaction').map(({ transaction: { segments, ...rest } }) => [
      rest,
      segments.map(({ number, raw }) => [number, raw]),
    ]),
    acknowledgements: of('ta1').map(({ segment }) => segment.raw),
    issues: of('issue').map(({ issue }) => issue),
  };
}

function whole(text: string) {
  const file = readX12(text);
  return {
    delimiters: file.interchanges.map(({ delimiters }) => delimiters),
    transactions: file.transactions.map(({ segments, ...rest }) => [
      rest,
      segments.map(({ number, raw }) => [number, raw]),
    ]),
    acknowledgements: file.interchanges.flatMap(({ acknowledgements }) => acknowledgements.map(({ raw }) => raw)),
    issues: file.issues,
  };
}

const TEXT = interchangeText(ANSWER_BODY);
const OTHER = interchangeText(ANSWER_BODY, { element: '|', repetition: '}', component: '<', segment: '\n' });
const [ISA = ''] = interchangeSegments([]);

describe('a stream', () => {
  test.each([
    ['one interchange', TEXT],
    ['several interchanges', TEXT + OTHER + TEXT],
    ['acknowledgements', joinSegments([ISA, 'TA1*1*261121*1000*A*000', 'IEA*0*000000007']) + TEXT],
    ['blanks around', `\ufeff \r\n${TEXT}\r\n\r\n`],
    ['lines', TEXT.replaceAll('~', '~\r\n')],
    ['line breaks alone', TEXT.replaceAll('~', '\r\n')],
    ['wrapped lines', TEXT.replace(/.{80}/g, '$&\n')],
    ['text in front', `HTTP/1.1 200 OK\r\n\r\n${TEXT}`],
    ['no interchange', TEXT.slice(TEXT.indexOf('ST*'))],
    ['stray text and runs of terminators', TEXT.replace('~HL*3', '~stray~~~~HL*3').replace('~EB*C', '~ ~ ~EB*C')],
    ['no end', TEXT.slice(0, -60)],
    ['no terminator at the end', `${TEXT.slice(0, -1)}\n${OTHER}`],
  ])('finds in pieces of any size what is found in the whole: %s', (_what, text) => {
    const expected = whole(text);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }), (sizes) => {
        expect(gathered(stream(cut(text, sizes)))).toEqual(expected);
      }),
    );
  });

  test('gives transactions as soon as they are complete', () => {
    const reader = createX12Stream();
    const early = reader.push(TEXT.repeat(20));
    expect(early.filter(({ kind }) => kind === 'transaction').length).toBeGreaterThan(15);
  });

  test.each([['<html></html>'], [''], [' \n'], ['ISA*00*']])('refuses %p as a file does', (text) => {
    const read = () => stream(cut(text, [3]));
    expect(read).toThrow(X12Error);
    const refused = tryReadX12(text);
    expect(refused.ok).toBe(false);
    if (!refused.ok) expect(read).toThrow(refused.refusal.message);
  });

  test('tells where in the whole text it stopped', () => {
    const blanks = ' '.repeat(20_000);
    try {
      stream(cut(`${blanks}no X12`, [1000]));
    } catch (error) {
      expect(error).toMatchObject({ code: 'not_x12', position: 20_000 });
    }
    expect.assertions(1);
  });
});

describe('a stream of segments', () => {
  test('gives every segment once, in order', () => {
    const reader = createSegmentStream();
    const found = [...cut(TEXT + OTHER, [333]).flatMap((chunk) => reader.push(chunk)), ...reader.end()];
    expect(found.map(({ number, raw }) => [number, raw])).toEqual(
      readX12(TEXT + OTHER).segments.map(({ number, raw }) => [number, raw]),
    );
  });

  test('keeps no more than is under way, however much it is given', () => {
    const reader = createSegmentStream();
    const chunk = TEXT.repeat(50);
    let count = 0;
    const before = process.memoryUsage().heapUsed;
    for (let round = 0; round < 500; round++) count += reader.push(chunk).length;
    count += reader.end().length;
    const grown = process.memoryUsage().heapUsed - before;
    expect(count).toBe(500 * 50 * (ANSWER_BODY.length + 6));
    expect(chunk.length * 500).toBeGreaterThan(15_000_000);
    expect(grown).toBeLessThan(64 * 1024 * 1024);
  });

  test.each([
    ['blanks', '\n'],
    ['trailers', 'IEA*1~'],
    ['terminators', '~'],
    ['stray text', 'x~'],
  ])('takes time in proportion to a flood of %s', (_what, part) => {
    const flood = part.repeat(1_000_000 / part.length);
    const started = process.cpuUsage();
    const reader = createSegmentStream();
    reader.push(TEXT);
    for (const chunk of cut(flood, [5000])) reader.push(chunk);
    reader.end();
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000);
  });

  test('does not hoard a segment without end, and goes on behind it', () => {
    const reader = createSegmentStream();
    reader.push(TEXT.slice(0, -20));
    const started = process.cpuUsage();
    for (let round = 0; round < 2000; round++) reader.push('x'.repeat(4096));
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
    const after = [...reader.push('~MSG*A~'), ...reader.end()];
    expect(after.map(({ raw }) => raw)).toEqual(['MSG*A']);
  });
});
