import fc from 'fast-check';
import { X12Error } from './issue';
import { readX12, tryReadX12, type X12File } from './read';
import { ANSWER_BODY, interchangeSegments, interchangeText, joinSegments } from './x12-text.fixture';

const BODY = ANSWER_BODY;
const TEXT = interchangeText(BODY);
const codes = (file: X12File) => file.issues.map((issue) => issue.code);

/** What must be the same whatever the delimiters and line breaks of a file are. */
function essence(file: X12File) {
  return {
    elements: file.segments.map((segment) => [segment.id, segment.number, segment.element(1), segment.element(2)]),
    repeated: file.segments.filter(({ id }) => id === 'EB').map((segment) => segment.repetitions(3)),
    composed: file.segments.filter(({ id }) => id === 'EB').map((segment) => segment.components(13)),
    transactions: file.transactions.map(({ kind, version, control, segments }) => [
      kind,
      version,
      control,
      segments.length,
    ]),
  };
}

const EXPECTED = essence(readX12(TEXT));

describe('a file', () => {
  test('is read into interchanges, transactions and segments', () => {
    const file = readX12(TEXT);
    expect(file.issues).toEqual([]);
    expect(file.delimiters).toEqual({ element: '*', repetition: '^', component: ':', segment: '~' });
    expect(file.segments).toHaveLength(BODY.length + 6);
    expect(file.segments.map((segment) => segment.number)).toEqual(file.segments.map((_, index) => index + 1));
    expect(file.interchanges).toHaveLength(1);
    expect(file.interchanges[0]?.transactions).toEqual(file.transactions);
    expect(file.transactions[0]).toMatchObject({ kind: '271', version: '005010X279A1', control: '0001' });
    expect(file.transactions[0]?.segments.map(({ id }) => id).join(' ')).toMatch(/^ST BHT HL NM1 .* LE SE$/);
  });

  test('tells who sent it to whom, when and as what', () => {
    expect(readX12(TEXT).transactions[0]?.interchange).toEqual({
      senderId: 'PAYER',
      receiverId: 'CENTER',
      control: '000000007',
      usage: 'T',
      functionalCode: 'HB',
      groupSenderId: 'PAYER',
      groupReceiverId: 'CENTER',
      gsDate: '2026-11-21',
      groupControl: '7',
      groupVersion: '005010X279A1',
    });
  });

  test('has no date of its group when that is no day', () => {
    const facts = readX12(TEXT.replace('*20261121*1000*7*', '*20261131*1000*7*')).transactions[0]?.interchange;
    expect(facts).toBeDefined();
    expect(facts).not.toHaveProperty('gsDate');
  });

  test('has the version of its group when ST03 is empty', () => {
    expect(readX12(TEXT.replace('ST*271*0001*005010X279A1', 'ST*271*0001')).transactions[0]?.version).toBe(
      '005010X279A1',
    );
  });

  test.each([
    ['a byte order mark', `\ufeff${TEXT}`],
    ['a byte order mark behind blanks', ` \n\ufeff${TEXT}`],
    ['blanks and lines around it', `\r\n  \t${TEXT}\r\n \u001a`],
    ['each segment on a line', TEXT.replaceAll('~', '~\n')],
    ['each segment on a line with carriage return', TEXT.replaceAll('~', '~\r\n')],
    ['indented lines', TEXT.replaceAll('~', '~\r\n    ')],
    ['empty lines between', TEXT.replaceAll('~', '~\n\n\n')],
    ['line breaks in front of the terminators', TEXT.replaceAll('~', '\r\n~').replace('T*:\r\n~', 'T*:~')],
    ['lines alone as terminator', TEXT.replaceAll('~', '\n')],
    ['lines with carriage return as terminator', TEXT.replaceAll('~', '\r\n')],
    ['carriage returns alone as terminator', TEXT.replaceAll('~', '\r')],
    ['a group separator as terminator', TEXT.replaceAll('~', '\u001d')],
    ['no terminator at the very end', TEXT.slice(0, -1)],
    ['other delimiters', interchangeText(BODY, { element: '|', repetition: '}', component: '^', segment: '"' })],
    [
      'control characters as delimiters',
      interchangeText(BODY, { element: '\u001c', repetition: '\u001d', component: '\u001e', segment: '\u001f' }),
    ],
  ])('reads the same with %s', (_what, text) => {
    expect(essence(readX12(text))).toEqual(EXPECTED);
    expect(readX12(text).issues).toEqual([]);
  });

  test('reads the same with any delimiters that its text does not use', () => {
    const marks = [...'!"#$%&\'()+,;<=>?@[\\]_`{|}~*^:\u001c\u001d\u001e\u001f'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(marks, { minLength: 4, maxLength: 4 }),
        ([element, repetition, component, segment]) => {
          const options = {
            element: element ?? '',
            repetition: repetition ?? '',
            component: component ?? '',
            segment: segment ?? '',
          };
          expect(essence(readX12(interchangeText(BODY, options)))).toEqual(EXPECTED);
        },
      ),
    );
  });

  test('is read when wrapped at 80 columns', () => {
    const wrapped = TEXT.replace(/.{80}/g, '$&\r\n');
    expect(essence(readX12(wrapped))).toEqual(EXPECTED);
    expect(codes(readX12(wrapped))).toEqual(['delimiters']);
  });

  test('keeps the text of a segment as it stands', () => {
    const text = interchangeText(['BHT*0022', 'MSG*two\nlines  ']).replaceAll('~', '~\n');
    expect(readX12(text).segments[4]?.raw).toBe('MSG*two\nlines  ');
  });
});

describe('several interchanges in one file', () => {
  const second = interchangeText(BODY, { element: '|', repetition: '}', component: '<', segment: '\n' });

  test('each have their own delimiters, and numbers run through the whole file', () => {
    const file = readX12(TEXT + second);
    expect(file.interchanges.map(({ delimiters }) => delimiters.element)).toEqual(['*', '|']);
    expect(file.delimiters.element).toBe('*');
    expect(file.transactions).toHaveLength(2);
    expect(file.transactions[1]?.segments[0]).toMatchObject({ id: 'ST', number: BODY.length + 6 + 3 });
    expect(file.transactions[1]?.delimiters.segment).toBe('\n');
    expect(file.issues).toEqual([]);
  });

  test('are told apart when the first has no terminator at its end', () => {
    const file = readX12(`${TEXT.slice(0, -1)}\n${second}`);
    expect(file.interchanges).toHaveLength(2);
    expect(file.issues).toEqual([]);
  });

  test('keep their groups and transactions apart, 4010 beside 5010', () => {
    const segments = interchangeSegments(['BHT*0022']);
    const group = segments.slice(1, -2);
    const old = group.map((each) =>
      each.replace('005010X279A1', '004010X092A1').replace('GS*HB', 'GS*HS').replace('*0001', '*0002'),
    );
    const text = joinSegments([segments[0] ?? '', ...group, 'GE*1*7', ...old, 'GE*1*7', 'IEA*2*000000007']);
    const file = readX12(text);
    expect(file.transactions.map(({ version, control }) => [version, control])).toEqual([
      ['005010X279A1', '0001'],
      ['004010X092A1', '0002'],
    ]);
    expect(file.transactions[1]?.interchange?.functionalCode).toBe('HS');
    expect(file.issues).toEqual([]);
  });

  test('may hold acknowledgements and nothing else', () => {
    const [isa = ''] = interchangeSegments([]);
    const file = readX12(joinSegments([isa, 'TA1*000000001*261121*1000*A*000', 'IEA*0*000000007']));
    expect(file.interchanges[0]?.acknowledgements.map(({ raw }) => raw)).toEqual(['TA1*000000001*261121*1000*A*000']);
    expect(file.transactions).toEqual([]);
    expect(file.issues).toEqual([]);
  });
});

describe('stray text', () => {
  test.each([
    ['between segments', TEXT.replace('~HL*3', '~some words~HL*3'), 9],
    ['behind the end', `${TEXT}\nsome words`, BODY.length + 7],
    ['between interchanges', `${TEXT}some words~${TEXT}`, BODY.length + 7],
    ['that is written small', TEXT.replace('~HL*3', '~hl*3*x~HL*3'), 9],
    ['that begins like an interchange', TEXT.replace('~HL*3', '~ISA*3*x~HL*3'), 9],
  ])('%s is an issue and takes a number', (_what, text, number) => {
    const file = readX12(text);
    expect(file.issues).toContainEqual(
      expect.objectContaining({ code: 'stray_text', severity: 'warning', at: `segment ${number}` }),
    );
    expect(file.segments.map((segment) => segment.number)).not.toContain(number);
    expect(file.segments.filter(({ id }) => id === 'EB')).toHaveLength(3 * file.transactions.length);
  });

  test('in front of the ISA is an issue', () => {
    const file = readX12(`Content-Type: application/edi-x12\r\n\r\n${TEXT}`);
    expect(codes(file)).toEqual(['stray_text']);
    expect(essence(file)).toEqual(EXPECTED);
  });

  test('a run of terminators is one issue and takes no number', () => {
    const file = readX12(TEXT.replace('~HL*3', '~~~~HL*3'));
    expect(codes(file)).toEqual(['stray_text']);
    expect(essence(file)).toEqual(EXPECTED);
  });

  test('never stands in a message', () => {
    const file = readX12(TEXT.replace('~HL*3', '~DOE JANE 19800101~HL*3'));
    expect(JSON.stringify(file.issues)).not.toContain('DOE');
  });
});

describe('a file without an interchange', () => {
  test.each([
    ['ST', BODY, ['envelope']],
    ['GS', BODY, ['envelope', 'envelope']],
  ])('that begins with %s is read with the usual delimiters', (first, body) => {
    const segments = interchangeSegments(body);
    const from = segments.findIndex((segment) => segment.startsWith(first));
    const file = readX12(joinSegments(segments.slice(from, first === 'ST' ? -2 : -1)));
    expect(file.delimiters).toEqual({ element: '*', repetition: '^', component: ':', segment: '~' });
    expect(file.transactions[0]?.segments).toHaveLength(BODY.length + 2);
    expect(file.issues).toEqual([expect.objectContaining({ severity: 'error', code: 'envelope', at: 'segment 1' })]);
    expect(file.interchanges).toEqual([]);
  });

  test('is not counted to the interchange in front of it', () => {
    const group = interchangeSegments(BODY).slice(1, -1);
    const file = readX12(TEXT + joinSegments([...group, 'TA1*1*261121*1000*A*000']));
    expect(file.transactions).toHaveLength(2);
    expect(file.interchanges[0]?.transactions).toHaveLength(1);
    expect(file.interchanges[0]?.acknowledgements).toEqual([]);
    expect(file.transactions[1]?.interchange).not.toHaveProperty('senderId');
    expect(codes(file)).toEqual(['envelope', 'envelope']);
  });

  test('has no facts about its interchange', () => {
    const file = readX12('ST*271*0001~SE*2*0001~');
    expect(file.transactions[0]).not.toHaveProperty('interchange');
    expect(file.transactions[0]).not.toHaveProperty('version');
  });

  test('is read line by line when it has no other terminator', () => {
    expect(readX12('ST|271|0001\nBHT|0022\nSE|3|0001\n').transactions[0]?.segments.map(({ id }) => id)).toEqual([
      'ST',
      'BHT',
      'SE',
    ]);
  });
});

describe('the envelope', () => {
  test.each([
    ['SE01 too high', 'SE*24*', 'SE*25*', 'warning', 'segment_count'],
    ['SE01 empty', 'SE*24*', 'SE**', 'warning', 'segment_count'],
    ['SE01 no number', 'SE*24*', 'SE*2.4e1*', 'warning', 'segment_count'],
    ['SE02 of another transaction', '*24*0001', '*24*0002', 'warning', 'control_number'],
    ['SE02 without zeros', '*24*0001', '*24*1', 'warning', 'control_number'],
    ['GE02 of another group', 'GE*1*7', 'GE*1*8', 'warning', 'control_number'],
    ['IEA02 of another interchange', 'IEA*1*000000007', 'IEA*1*000000008', 'warning', 'control_number'],
    ['GE01 too high', 'GE*1*7', 'GE*2*7', 'warning', 'envelope'],
    ['IEA01 too high', 'IEA*1*', 'IEA*2*', 'warning', 'envelope'],
    ['no SE', 'SE*24*0001~', '', 'error', 'envelope'],
    ['no GE', 'GE*1*7~', '', 'warning', 'envelope'],
    ['no IEA', 'IEA*1*000000007~', '', 'warning', 'envelope'],
    ['no GS', /GS.*?~/, '', 'error', 'envelope'],
    ['no ST', /ST\*271.*?~/, '', 'error', 'envelope'],
    [
      'a transaction that begins before the last one ended',
      'SE*24*0001~',
      'ST*271*0002~SE*2*0002~',
      'error',
      'envelope',
    ],
    ['a segment behind the transaction', 'GE*1*7~', 'EB*1*IND*30~GE*1*7~', 'error', 'envelope'],
  ])('with %s is an issue and the rest is read', (_what, good, bad, severity, code) => {
    const file = readX12(TEXT.replace(good, bad));
    expect(file.issues).toContainEqual(expect.objectContaining({ severity, code }));
    expect(file.segments.filter(({ id }) => id === 'EB').length).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ['GE02 with zeros', 'GE*1*7', 'GE*1*0007'],
    ['IEA02 without zeros', 'IEA*1*000000007', 'IEA*1*7'],
  ])('with %s is right, since these are numbers', (_what, good, other) => {
    expect(readX12(TEXT.replace(good, other)).issues).toEqual([]);
  });

  test('that is cut off anywhere is read as far as it goes', () => {
    for (let end = 120; end < TEXT.length - 1; end++) {
      const file = readX12(TEXT.slice(0, end));
      expect(file.issues.length).toBeGreaterThan(0);
      expect(file.segments.length).toBeGreaterThan(0);
    }
  });

  test('that is cut off inside a transaction has an error', () => {
    const file = readX12(TEXT.slice(0, TEXT.indexOf('DTP*292')));
    expect(file.issues[0]).toMatchObject({ severity: 'error', code: 'envelope' });
    expect(file.transactions[0]?.segments.at(-1)?.id).toBe('HSD');
  });
});

describe('what is no X12', () => {
  test.each([
    ['nothing', '', 'empty', 0],
    ['blanks', ' \r\n\ufeff ', 'empty', 5],
    ['a page', '<!DOCTYPE html><html><pre>\nISA*00*</pre></html>', 'not_x12', 0],
    ['an object', `{ "x12": " ${TEXT}" }`, 'not_x12', 0],
    ['words', '  Service temporarily unavailable', 'not_x12', 2],
    ['a word', 'ISABELLA', 'not_x12', 0],
    ['an ISA without end', TEXT.slice(0, 100), 'isa_unreadable', 0],
    ['an ISA of another kind', 'ISA*1*2*3~', 'isa_unreadable', 0],
    ['a trailer alone', 'IEA*1*000000007~', 'not_x12', 0],
  ])('is refused: %s', (_what, text, code, position) => {
    expect(() => readX12(text)).toThrow(X12Error);
    expect(tryReadX12(text)).toEqual({ ok: false, refusal: { code, position, message: expect.any(String) } });
  });

  test('is told from what is', () => {
    expect(tryReadX12(TEXT)).toMatchObject({ ok: true, file: { issues: [] } });
  });
});

describe('a file full of faults', () => {
  test('lists a thousand of them and counts the rest', () => {
    const { issues } = readX12(TEXT.replace('~HL*3', `${'~?'.repeat(5000)}~HL*3`));
    expect(issues).toHaveLength(1001);
    expect(issues.at(-1)).toMatchObject({ code: 'too_many_issues', message: expect.stringContaining('4000 more') });
  });

  test('that is one endless trailer is read in no time', () => {
    const started = process.cpuUsage();
    readX12(`${TEXT.slice(0, -1)}${'\n ISA'.repeat(50_000)}${'\r\n'.repeat(500_000)}`);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
  });

  test('that is one endless segment is given up, and what follows is read', () => {
    const file = readX12(TEXT.replace('~HL*3', `~MSG*${'x'.repeat(3_000_000)}~HL*3`));
    expect(codes(file)).toEqual(['stray_text']);
    expect(file.segments.filter(({ id }) => id === 'EB')).toHaveLength(3);
  });
});

describe('any text', () => {
  const part = fc.oneof(
    fc.constantFrom(
      ...interchangeSegments(BODY).map((segment) => `${segment}~`),
      'ISA*',
      'ISA|00|',
      'GS*',
      'ST*271~',
      'SE*',
      'IEA*',
      '~',
      '*',
      '^',
      ':',
      '\n',
      '\ufeff',
      '\u0000',
    ),
    fc.string({ unit: 'binary', maxLength: 10 }),
  );

  test('is read or refused, and every segment of it has a number of its own', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const result = tryReadX12(parts.join(''));
        if (!result.ok) return;
        const numbers = result.file.segments.map(({ number }) => number);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        expect(result.file.issues.every(({ at }) => /^segment \d+$/.test(at))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
