import fc from 'fast-check';
import { jsonFaultAt } from './json-fault';

describe('the first fault of a text that is not JSON', () => {
  it.each([
    ['{"a": 1,}', 8],
    ['{"a" 1}', 5],
    ['{a: 1}', 1],
    ['[1 2]', 3],
    ['[1,]', 3],
    ['[1}', 2],
    ['{"a": 1]', 7],
    ['{"a":}', 5],
    ['{,}', 1],
    ['{"a": tru}', 6],
    ['{"a": TRUE}', 6],
    ['{"a": 01}', 7],
    ['{} {}', 3],
    ['{}\n]', 3],
    ['{:', 1],
    ['[,', 1],
  ])('%s is at %d', (text, position) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(jsonFaultAt(text)).toBe(position);
  });

  it.each(['{', '[1,', '{"a"', '{"a":', '{"a": "cut of', '{"a": 1 \n ', '', '[[[['])(
    '%j is its end: it is cut off',
    (text) => {
      expect(jsonFaultAt(text)).toBe(text.length);
    },
  );

  it('is the end of a whole document, cut anywhere between its tokens or in a string', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'grapheme-ascii' }), fc.nat(), (json, seed) => {
        const cut = json.slice(0, seed % json.length);
        expect(jsonFaultAt(json)).toBe(json.length);
        expect(jsonFaultAt(cut)).toBeLessThanOrEqual(cut.length);
      }),
    );
  });

  it('is found however deep or long the document is', () => {
    expect(jsonFaultAt('['.repeat(200_000))).toBe(200_000);
    expect(jsonFaultAt(`["${'x'.repeat(2_000_000)}" 1]`)).toBe(2_000_004);
  });
});
