import { longestNote, readNote } from './note';

describe('a note to colleagues', () => {
  it.each([
    ['  Mother calls back at 4.\n', 'Mother calls back at 4.'],
    ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
    ['x'.repeat(longestNote), 'x'.repeat(longestNote)],
  ])('is kept as it was written, blanks at its ends left off', (given, kept) => {
    expect(readNote(given)).toEqual({ value: kept });
  });

  it.each([
    [7, 'wrong_type'],
    [undefined, 'wrong_type'],
    [' \n ', 'too_short'],
    ['x'.repeat(longestNote + 1), 'too_long'],
    ['a\u0000b', 'character_not_allowed'],
    ['a\ud800b', 'malformed'],
  ])('%j is refused as %s', (given, code) => {
    expect(readNote(given)).toMatchObject({ fault: { code } });
  });
});
