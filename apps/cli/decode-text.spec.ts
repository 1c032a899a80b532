import { decodeText } from './decode-text';

const TEXT = 'NM1*IL*1*MUÑOZ*JOSÉ~';

describe('the text of a file', () => {
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(TEXT), TEXT],
    ['Latin-1', Buffer.from(TEXT, 'latin1'), TEXT],
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), `\uFEFF${TEXT}`],
    ['UTF-16 without its mark', Buffer.from(TEXT, 'utf16le'), TEXT],
    ['UTF-16, the other byte first, with its mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16(), `\uFEFF${TEXT}`],
    ['UTF-16, the other byte first, without its mark', Buffer.from(TEXT, 'utf16le').swap16(), TEXT],
    ['UTF-16 that ends within a character', Buffer.from(TEXT, 'utf16le').swap16().subarray(0, -1), TEXT.slice(0, -1)],
    ['nothing', Buffer.alloc(0), ''],
    ['one byte', Buffer.from('{'), '{'],
  ])('is read from %s', (_, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });
});
