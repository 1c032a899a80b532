import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { CipherError, FieldCipher, type Place } from './field-cipher';
import { generateKeyRing, parseKeyRing } from './key-ring';

const place: Place = { facilityId: 'fac_a', table: 'person', row: 'row_1', column: 'name' };
const ring = parseKeyRing(generateKeyRing());
const cipher = new FieldCipher(ring);

describe('an encrypted field', () => {
  test('comes back as it was, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => cipher.decrypt(cipher.encrypt(text, place), place) === text,
      ),
    );
  });

  test('is another ciphertext each time', () => {
    expect(cipher.encrypt('same', place).equals(cipher.encrypt('same', place))).toBe(false);
  });

  test.each([
    ['facility', { ...place, facilityId: 'fac_b' }],
    ['table', { ...place, table: 'other' }],
    ['row', { ...place, row: 'row_2' }],
    ['column', { ...place, column: 'birth_date' }],
  ])('cannot be moved to another %s', (_name, elsewhere) => {
    expect(() => cipher.decrypt(cipher.encrypt('text', place), elsewhere)).toThrow(CipherError);
  });

  test('is refused after any single bit was changed', () => {
    const sealed = cipher.encrypt('a name', place);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => cipher.decrypt(changed, place)).toThrow(CipherError);
    }
  });

  test('is refused when cut short, empty or of an unknown key, and no message holds the text', () => {
    const sealed = cipher.encrypt('a name', place);
    for (const bytes of [Buffer.alloc(0), sealed.subarray(0, 20)])
      expect(() => cipher.decrypt(bytes, place)).toThrow(CipherError);
    const stranger = new FieldCipher(parseKeyRing(generateKeyRing().replaceAll('k1', 'k9')));
    expect(() => stranger.decrypt(sealed, place)).toThrow('unknown_key');
  });

  test('can still be read after the current key was replaced', () => {
    const rotated = new FieldCipher({ ...ring, current: 'k2', keys: { ...ring.keys, k2: randomBytes(32) } });
    expect(rotated.decrypt(cipher.encrypt('old', place), place)).toBe('old');
    expect(() => cipher.decrypt(rotated.encrypt('new', place), place)).toThrow('unknown_key');
  });
});

describe('a blind index', () => {
  test('is equal for equal input and differs by purpose, facility, key and text', () => {
    const index = cipher.blindIndex('last_name', 'fac_a', 'vale');
    expect(index).toEqual(cipher.blindIndex('last_name', 'fac_a', 'vale'));
    const others = [
      cipher.blindIndex('member_id', 'fac_a', 'vale'),
      cipher.blindIndex('last_name', 'fac_b', 'vale'),
      cipher.blindIndex('last_name', 'fac_a', 'vals'),
      new FieldCipher(parseKeyRing(generateKeyRing())).blindIndex('last_name', 'fac_a', 'vale'),
    ];
    for (const other of others) expect(other.equals(index)).toBe(false);
  });
});

describe('a key ring', () => {
  const key = (): string => randomBytes(32).toString('base64');
  const same = key();
  test.each([
    ['not JSON', 'k1=abc', 'not JSON'],
    [
      'a current key that is not there',
      JSON.stringify({ current: 'k2', keys: { k1: key() }, index: key() }),
      '"current"',
    ],
    ['a short key', JSON.stringify({ current: 'k1', keys: { k1: 'c2hvcnQ=' }, index: key() }), '32 bytes'],
    [
      'a weak key',
      JSON.stringify({ current: 'k1', keys: { k1: Buffer.alloc(32).toString('base64') }, index: key() }),
      'too weak',
    ],
    ['no index key', JSON.stringify({ current: 'k1', keys: { k1: key() } }), 'index'],
    ['one key for both uses', JSON.stringify({ current: 'k1', keys: { k1: same }, index: same }), 'differ'],
  ])('with %s is refused by name', (_name, text, message) => {
    expect(() => parseKeyRing(text)).toThrow(message);
  });
});
