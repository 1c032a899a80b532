import fc from 'fast-check';
import { CodeSet } from './code-set';
import { partOf } from './known-text';

const codes = ['Y', 'MH', '30', 'IND', 'RD8', '005010X279A1'];

describe('a part of a text', () => {
  test('is what stands between two offsets, whether the guides know it or not', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('EB*1*IND*30', 'DTP*RD8', 'é*MH'),
    );
    fc.assert(
      fc.property(texts, fc.nat(8), fc.nat(8), (text, start, length) => {
        const end = Math.min(start + length, text.length);
        expect(partOf(text, Math.min(start, end), end)).toBe(text.slice(Math.min(start, end), end));
      }),
    );
  });
});

describe('a set of codes', () => {
  const set = new CodeSet(new Set(codes));

  test.each(codes)('holds %s wherever it stands', (code) => {
    expect(set.has(`~${code}*`, 1, 1 + code.length)).toBe(true);
  });

  test.each(['', 'N', 'HM', '3', '300', 'INDX', 'é', 'éé', 'Mé', '\u0000', '\u0000\u0000', '005010X279'])(
    'does not hold %j',
    (text) => expect(set.has(text, 0, text.length)).toBe(false),
  );
});
