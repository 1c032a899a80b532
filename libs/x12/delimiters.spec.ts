import { isaIssues, readIsa } from './delimiters';

const HEAD = 'ISA*00*          *00*          *ZZ*PAYER          *ZZ*CENTER         *261121*1000*^*00501*000000007*0*T*';
const GROUP = 'GS*HB*PAYER*CENTER*20261121*1000*7*X*005010X279A1';

function read(text: string) {
  const header = readIsa(text, 0);
  return header === undefined ? undefined : { ...header.delimiters, rest: text.slice(header.end) };
}

function codes(text: string): string[] {
  const header = readIsa(text, 0);
  return header === undefined ? [] : isaIssues(header, 1).map((issue) => issue.code);
}

describe('the delimiters', () => {
  test('are what stands at their places', () => {
    expect(read(`${HEAD}:~${GROUP}~`)).toEqual({
      element: '*',
      repetition: '^',
      component: ':',
      segment: '~',
      rest: `${GROUP}~`,
    });
    expect(codes(`${HEAD}:~${GROUP}~`)).toEqual([]);
  });

  test.each([
    ['a control character', '\u001d', '\u001d', `${GROUP}\u001d`],
    ['a line feed', '\n', '\n', `${GROUP}\n`],
    ['a carriage return', '\r', '\r', `${GROUP}\r`],
    ['a carriage return with its line feed', '\r\n', '\n', `${GROUP}\r\n`],
    ['a quotation mark', '"', '"', `${GROUP}"`],
    ['the character that ends the ISA, also before line breaks', '~\r\n', '~', `${GROUP}~\r\n`],
  ])('end segments with %s', (_what, written, segment, rest) => {
    expect(read(`${HEAD}:${written}${rest}`)).toMatchObject({ component: ':', segment });
    expect(codes(`${HEAD}:${written}${rest}`)).toEqual([]);
  });

  test('are read from whatever the fourth character is', () => {
    const text = `${HEAD}^~${GROUP}~`.replaceAll('^', '}').replaceAll('*', '|').replace('T|}', 'T|^');
    expect(read(text)).toMatchObject({ element: '|', repetition: '}', component: '^', segment: '~' });
  });

  test.each([
    ['00401', 'U', ''],
    ['00401', '^', ''],
    ['00402', '^', '^'],
    ['00501', '}', '}'],
    ['00602', '!', '!'],
  ])('repeat, in version %s with %s in ISA11, by %p', (version, isa11, repetition) => {
    const text = `${HEAD}:~${GROUP}~`.replace('*^*00501', `*${isa11}*${version}`);
    expect(read(text)?.repetition).toBe(repetition);
    expect(codes(text)).toEqual([]);
  });

  test.each(['U', '1', ' '])('fall back to ^ when ISA11 of a 5010 is %p', (isa11) => {
    const text = `${HEAD}:~${GROUP}~`.replace('*^*', `*${isa11}*`);
    expect(read(text)?.repetition).toBe('^');
    expect(codes(text)).toEqual(['delimiters']);
  });

  test('do not repeat by ^ when that is another delimiter', () => {
    expect(read(`${HEAD}^~${GROUP}~`.replace('*^*', '*U*'))).toMatchObject({ repetition: '', component: '^' });
  });
});

describe('an ISA of the wrong shape', () => {
  test.each([
    ['ids that are not padded', HEAD.replace(/ +\*ZZ/g, '*ZZ').replace(/ +\*261121/, '*261121')],
    ['an empty ISA11', HEAD.replace('*^*', '**')],
    ['a long sender', HEAD.replace('PAYER          ', 'PAYER                    ')],
  ])('is read with %s', (_what, head) => {
    expect(read(`${head}:~${GROUP}~`)).toMatchObject({ element: '*', component: ':', segment: '~', rest: `${GROUP}~` });
    expect(codes(`${head}:~${GROUP}~`)).toContain('isa_length');
  });

  test.each([
    ['one element too few', `${HEAD.replace('*0*T*', '*T*')}:~${GROUP}~`, ':'],
    ['one element too many', `${HEAD.replace('*0*T*', '*0*0*T*')}:~${GROUP}~`, ':'],
    ['one element too few and lines', `${HEAD.replace('*0*T*', '*T*')}>\n${GROUP}\n`, '>'],
  ])('is read with %s', (_what, text, component) => {
    expect(read(text)).toMatchObject({ element: '*', component, rest: text.slice(text.indexOf('GS*')) });
    expect(codes(text)).toContain('isa_length');
  });

  test.each([
    ['no ISA16', `${HEAD}~${GROUP}~`, '~'],
    ['no ISA16, on lines', `${HEAD}~\r\n${GROUP}~\r\n`, '~'],
    ['no ISA16, ended by a line feed', `${HEAD}\n${GROUP}\n`, '\n'],
  ])('takes : as component separator with %s', (_what, text, segment) => {
    expect(read(text)).toMatchObject({ component: ':', segment });
    expect(codes(text)).toContain('delimiters');
  });

  test('takes the last character in front of the group as terminator when ISA16 is too long', () => {
    expect(read(`${HEAD}:>~${GROUP}~`)).toMatchObject({ component: ':', segment: '~', rest: `${GROUP}~` });
  });

  test('does not take stray text behind it for its own', () => {
    expect(read(`${HEAD}:~stray~${GROUP}~`)).toMatchObject({ component: ':', segment: '~', rest: `stray~${GROUP}~` });
  });

  test.each([
    ['a letter', `${HEAD}X~${GROUP}~`],
    ['a digit', `${HEAD}1~${GROUP}~`],
    ['a blank', `${HEAD} ~${GROUP}~`],
    ['the same as the terminator', `${HEAD}~~${GROUP}~`],
    ['the same as the repetition separator', `${HEAD}^~${GROUP}~`],
  ])('is warned of when a component separator is %s', (_what, text) => {
    expect(read(text)?.component).toBe(text.charAt(HEAD.length));
    expect(codes(text)).toEqual(['delimiters']);
  });

  test('is found to be wrapped when line breaks stand inside it', () => {
    const wrapped = `${HEAD.slice(0, 80)}\r\n${HEAD.slice(80)}:~${GROUP.slice(0, 50)}`;
    expect(readIsa(wrapped, 0)).toMatchObject({ wrapped: true });
    expect(codes(wrapped)).toEqual([]);
  });
});

describe('what is no ISA', () => {
  test.each([
    ['a word that begins so', 'ISABELLA WENT HOME'],
    ['a blank behind it', 'ISA 00 '],
    ['a line break behind it', 'ISA\n00'],
    ['too few elements', 'ISA*00*01~GS*HB~'],
    ['an end in the middle', HEAD.slice(0, 90)],
    ['no terminator', `${HEAD}:`],
    ['nothing behind it', 'ISA'],
    ['elements without end', `ISA${'*00'.repeat(5000)}`],
  ])('is not read: %s', (_what, text) => expect(readIsa(text, 0)).toBeUndefined());
});
