import fc from 'fast-check';
import { NAME_REPLACEMENTS, nameFault, sayId, sayName, textFault } from './character-set';

const DEFAULT = { element: '*', repetition: '^', component: ':', segment: '~' };

describe('a name', () => {
  test.each([
    ['Smith', 'SMITH'],
    ['  Smith ', 'SMITH'],
    ['\u00a0Smith\u00a0', 'SMITH'],
    ['José Müller', 'JOSE MULLER'],
    ['Jose\u0301', 'JOSE'],
    ['Ångström', 'ANGSTROM'],
    ['Nguyễn', 'NGUYEN'],
    ['Łukasz Øster Æble', 'LUKASZ OSTER AEBLE'],
    ['Ǿrsted', 'ORSTED'],
    ['Straße', 'STRASSE'],
    ['İnci Ilgaz ı', 'INCI ILGAZ I'],
    ['O’Brien', "O'BRIEN"],
    ['Smith–Jones', 'SMITH-JONES'],
    ['Jr., III (Sr) #2 & Co/Ltd', 'JR., III (SR) #2 & CO/LTD'],
    ['', ''],
    ['   ', ''],
  ])('%p goes out as %p', (name, text) => {
    expect(sayName(name)).toEqual({ ok: true, text });
    expect(nameFault(name)).toBeUndefined();
  });

  test.each([
    ['SMITH*JONES', 'has the character "*" at position 6, which separates the parts of a message'],
    ['A~ISA', 'has the character "~" at position 2, which separates the parts of a message'],
    ['A:B', 'has the character ":" at position 2, which separates the parts of a message'],
    ['A^B', 'has the character "^" at position 2, which separates the parts of a message'],
    ['Smith\n', 'has the character U+000A at position 6, which X12 cannot carry'],
    ['\tSmith', 'has the character U+0009 at position 1, which X12 cannot carry'],
    ['Smi\u0000th', 'has the character U+0000 at position 4, which X12 cannot carry'],
    ['Smith\ufeff', 'has the character U+FEFF at position 6, which X12 cannot carry'],
    ['Sm\u200bith', 'has the character U+200B at position 3, which X12 cannot carry'],
    ['\u202eSmith', 'has the character U+202E at position 1, which X12 cannot carry'],
    ['Smіth', 'has the character "і" (U+0456) at position 3, which X12 cannot carry'],
    ['Ｓmith', 'has the character "Ｓ" (U+FF33) at position 1, which X12 cannot carry'],
    ['ﬁnch', 'has the character "ﬁ" (U+FB01) at position 1, which X12 cannot carry'],
    ['李', 'has the character "李" (U+674E) at position 1, which X12 cannot carry'],
    ['Smith 😀', 'has the character "😀" (U+1F600) at position 7, which X12 cannot carry'],
    ['Smith\ud800', 'has the character U+D800 at position 6, which X12 cannot carry'],
    ['A≠B', 'has the character "≠" (U+2260) at position 2, which X12 cannot carry'],
    ['\u0301A', 'has the character U+0301 at position 1, which X12 cannot carry'],
    ['---', 'has neither letter nor digit'],
    ['’', 'has neither letter nor digit'],
  ])('%p cannot be sent: %s', (name, why) => {
    expect(sayName(name)).toEqual({ ok: false, why });
    expect(nameFault(name)).toBe(why);
  });

  test('may hold what other delimiters leave free, and not these', () => {
    const others = { element: '|', repetition: '}', component: '>', segment: '\n' };
    expect(nameFault('A*B^C:D~E', others)).toBeUndefined();
    expect(nameFault('A|B', others)).toContain('"|" at position 2');
  });

  test('is changed by nothing but the listed rules', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (name) => {
        const said = sayName(name);
        if (!said.ok) return;
        const listed = [...name.replace(/^[ \u00a0]+|[ \u00a0]+$/g, '')]
          .map((each) => NAME_REPLACEMENTS[each] ?? each)
          .join('');
        const plain = listed
          .normalize('NFD')
          .replace(/[\u0300-\u036f]/g, '')
          .normalize('NFC');
        const again = [...plain].map((each) => NAME_REPLACEMENTS[each] ?? each).join('');
        expect(said.text).toBe(again.replace(/[a-z]/g, (letter) => letter.toUpperCase()));
      }),
      { numRuns: 5000 },
    );
  });

  test('says the same when what goes out is said again', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aZé’ -Øß.\u00a0~*'), maxLength: 12 }), (name) => {
        const said = sayName(name);
        if (said.ok) expect(sayName(said.text)).toEqual(said);
      }),
    );
  });
});

describe('the table of replacements', () => {
  test('replaces what X12 cannot carry by what it can', () => {
    for (const [from, to] of Object.entries(NAME_REPLACEMENTS)) {
      expect(textFault(from, DEFAULT)).toBeDefined();
      expect(textFault(to, DEFAULT)).toBeUndefined();
      expect([...from]).toHaveLength(1);
    }
  });
});

describe('an identifier', () => {
  test.each(['W123456789', 'abc-1', 'A.B/C', '00 12'])('%p goes out as it is', (id) => {
    expect(sayId(id)).toEqual({ ok: true, text: id });
  });

  test('loses blanks at either end', () => expect(sayId('  W1 ')).toEqual({ ok: true, text: 'W1' }));

  test.each([
    ['W1*2', 'has the character "*" at position 3, which separates the parts of a message'],
    ['É1', 'has the character "É" (U+00C9) at position 1, which X12 cannot carry'],
    ['W1\r', 'has the character U+000D at position 3, which X12 cannot carry'],
    ['--', 'has neither letter nor digit'],
  ])('%p cannot be sent: %s', (id, why) => expect(sayId(id)).toEqual({ ok: false, why }));
});
