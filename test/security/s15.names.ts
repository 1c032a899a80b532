/** What breaks messages, terminals, parsers and look-ups; each is tried alone, inside, in front and behind of a name. */
const poisons = [
  ...['*', '~', ':', '^', '|', '>', '\\', '\r', '\n', '\r\n', '\u0000', '\u0007', '\u001b[31m', '\u0085', '\u2028'],
  ...['ISA*', 'ST*270*0001', '~NM1*IL*1*OTHER', 'IEA*1*1~', 'SE*1*0001~', 'GS*HS', 'EQ*30~'],
  ...[
    '\u0430',
    '\u0415',
    '\uff21',
    '\u212a',
    '\u202e',
    '\u200b',
    '\u00ad',
    '\ufeff',
    '\ud800',
    '\u{1f480}',
    '李',
    'ß',
    'ı',
    'ŉ',
    'Ĳ',
  ],
  ...[
    'é',
    'Ñ',
    'Å',
    'ö',
    'ç',
    "'",
    '’',
    '-',
    '.',
    ',',
    '/',
    '&',
    '"',
    '%',
    '$',
    '#',
    '@',
    '!',
    '?',
    '=',
    '+',
    '(',
    ')',
    '[',
    '{',
    '<',
    '_',
    '`',
    ';',
  ],
  ...[' ', '  ', '\t', '\u00a0', '', 'a'.repeat(35), 'a'.repeat(36), 'a'.repeat(60), 'a'.repeat(61), 'a'.repeat(5000)],
  ...[
    '__proto__',
    'constructor',
    'null',
    'undefined',
    'NaN',
    `\${x}`,
    '{{x}}',
    '%s%n',
    "' OR 1=1 --",
    '<script>',
    '../../etc',
  ],
];

const names = ['Marlow', 'Quillfeather', "O'Brien", 'Anne-Marie', 'Peña', 'de la Cruz'];

/** Pairs of first and last name; the same number gives the same names. */
export function* hostileNames(count: number): Generator<[firstName: string, lastName: string]> {
  for (let index = 0; index < count; index += 1) {
    const poison = poisons[index % poisons.length] ?? '';
    const name = names[index % names.length] ?? '';
    const other = names[(index + 1) % names.length] ?? '';
    const at = Math.floor(index / poisons.length) % (name.length + 1);
    const poisoned = name.slice(0, at) + poison + name.slice(at);
    yield index % 2 === 0 ? [poisoned, other] : [other, poisoned];
  }
}
