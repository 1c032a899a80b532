import fc from 'fast-check';
import { sayName } from './character-set';
import { checkTransaction } from './check';
import { readHierarchy } from './hierarchy';
import type { Inquiry270 } from './inquiry-270';
import { readX12 } from './read';
import { write270 } from './write-270';

const INQUIRY: Inquiry270 = {
  trace: 'T100200300',
  originator: '9OPENVOB01',
  payer: { name: 'Example Health Plan', id: '12345' },
  provider: { name: 'Example Recovery Center', npi: '1234567893' },
  subscriber: { firstName: 'Pat', lastName: 'Example', birthDate: '1990-01-02', sex: 'female', memberId: 'W100200300' },
  serviceTypes: ['30'],
  serviceDate: '2026-11-23',
  envelope: {
    sender: { qualifier: 'ZZ', id: 'CENTER' },
    receiver: { qualifier: 'ZZ', id: 'PAYER' },
    control: 7,
    writtenOn: '2026-11-21',
    writtenAt: '10:05',
    usage: 'T',
  },
};
const DEPENDENT = {
  firstName: 'Kim',
  lastName: 'Example',
  birthDate: '2010-03-04',
  sex: 'male',
  relationship: 'child',
} as const;

function text(inquiry: Inquiry270): string {
  const written = write270(inquiry);
  if (!written.ok) throw new Error(JSON.stringify(written.faults));
  return written.text;
}

function body(inquiry: Inquiry270): string[] {
  return text(inquiry).split('~').slice(3, -4);
}

function faults(inquiry: Inquiry270): string[] {
  const written = write270(inquiry);
  return written.ok ? [] : written.faults.map(({ field, code }) => `${field} ${code}`);
}

describe('an inquiry about a subscriber', () => {
  test('is written as the guide has it', () => {
    expect(text(INQUIRY).split('~')).toEqual([
      'ISA*00*          *00*          *ZZ*CENTER         *ZZ*PAYER          *261121*1005*^*00501*000000007*0*T*:',
      'GS*HS*CENTER*PAYER*20261121*1005*7*X*005010X279A1',
      'ST*270*0001*005010X279A1',
      'BHT*0022*13*T100200300*20261121*1005',
      'HL*1**20*1',
      'NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*12345',
      'HL*2*1*21*1',
      'NM1*1P*2*EXAMPLE RECOVERY CENTER*****XX*1234567893',
      'HL*3*2*22*0',
      'TRN*1*T100200300*9OPENVOB01',
      'NM1*IL*1*EXAMPLE*PAT****MI*W100200300',
      'DMG*D8*19900102*F',
      'DTP*291*D8*20261123',
      'EQ*30',
      'SE*13*0001',
      'GE*1*7',
      'IEA*1*000000007',
      '',
    ]);
  });

  test('asks for several service types in one question', () => {
    expect(body({ ...INQUIRY, serviceTypes: ['30', 'MH', 'AI'] })).toContain('EQ*30^MH^AI');
  });

  test('asks for a range of days', () => {
    expect(body({ ...INQUIRY, serviceDate: { from: '2026-11-23', to: '2027-02-12' } })).toContain(
      'DTP*291*RD8*20261123-20270212',
    );
  });

  test('may say what is known besides', () => {
    const said = body({
      ...INQUIRY,
      originatorDetail: 'SITE1',
      payer: { name: 'X', id: '1234567893', idQualifier: 'XV' },
      provider: { ...INQUIRY.provider, taxonomyCode: '261QR0405X', role: 'PE' },
      subscriber: { ...INQUIRY.subscriber, middleName: 'Q', groupNumber: 'G-77', sex: 'unknown' },
      envelope: { ...INQUIRY.envelope, transactionControl: '4711' },
    });
    expect(said).toEqual(
      expect.arrayContaining([
        'TRN*1*T100200300*9OPENVOB01*SITE1',
        'NM1*PR*2*X*****XV*1234567893',
        'PRV*PE*PXC*261QR0405X',
        'NM1*IL*1*EXAMPLE*PAT*Q***MI*W100200300',
        'REF*6P*G-77',
        'DMG*D8*19900102',
      ]),
    );
    expect(text({ ...INQUIRY, envelope: { ...INQUIRY.envelope, transactionControl: '4711' } })).toContain(
      '~ST*270*4711*',
    );
  });

  test('says billing provider beside a taxonomy code, unless told otherwise', () => {
    expect(body({ ...INQUIRY, provider: { ...INQUIRY.provider, taxonomyCode: '261QR0405X' } })).toContain(
      'PRV*BI*PXC*261QR0405X',
    );
  });

  test('may leave out the member id when it has name and birth date', () => {
    const { memberId, ...subscriber } = INQUIRY.subscriber;
    expect(body({ ...INQUIRY, subscriber })).toContain('NM1*IL*1*EXAMPLE*PAT');
    expect(memberId).toBeDefined();
  });

  test('may be the member id and nothing else', () => {
    expect(body({ ...INQUIRY, subscriber: { memberId: 'W1' } }).slice(7)).toEqual([
      'NM1*IL*1******MI*W1',
      'DTP*291*D8*20261123',
      'EQ*30',
    ]);
  });
});

describe('an inquiry about a dependent', () => {
  test('asks about the dependent, below the subscriber', () => {
    expect(body({ ...INQUIRY, dependent: DEPENDENT }).slice(5)).toEqual([
      'HL*3*2*22*1',
      'NM1*IL*1*EXAMPLE*PAT****MI*W100200300',
      'DMG*D8*19900102*F',
      'HL*4*3*23*0',
      'TRN*1*T100200300*9OPENVOB01',
      'NM1*03*1*EXAMPLE*KIM',
      'DMG*D8*20100304*M',
      'INS*N*19',
      'DTP*291*D8*20261123',
      'EQ*30',
    ]);
  });

  test.each([
    ['spouse', '01'],
    ['child', '19'],
    ['other', '34'],
  ] as const)('says %s as %s', (relationship, code) => {
    expect(body({ ...INQUIRY, dependent: { ...DEPENDENT, relationship } })).toContain(`INS*N*${code}`);
  });
});

describe('what cannot be said', () => {
  const subscriber = INQUIRY.subscriber;
  test.each<[string, Partial<Inquiry270>, string[]]>([
    [
      'a delimiter in a name',
      { subscriber: { ...subscriber, lastName: 'EX*AMPLE' } },
      ['/subscriber/lastName character'],
    ],
    ['another script', { subscriber: { ...subscriber, firstName: 'Иван' } }, ['/subscriber/firstName character']],
    ['a line break', { subscriber: { ...subscriber, middleName: 'Q\n' } }, ['/subscriber/middleName character']],
    [
      'a last name too long',
      { subscriber: { ...subscriber, lastName: 'X'.repeat(61) } },
      ['/subscriber/lastName length'],
    ],
    [
      'a first name too long',
      { subscriber: { ...subscriber, firstName: 'X'.repeat(36) } },
      ['/subscriber/firstName length'],
    ],
    [
      'a name too long when written out',
      { subscriber: { ...subscriber, lastName: 'ß'.repeat(31) } },
      ['/subscriber/lastName length'],
    ],
    ['a member id too short', { subscriber: { ...subscriber, memberId: 'W' } }, ['/subscriber/memberId length']],
    [
      'a member id with an accent',
      { subscriber: { ...subscriber, memberId: 'É12' } },
      ['/subscriber/memberId character'],
    ],
    [
      'a group number too long',
      { subscriber: { ...subscriber, groupNumber: '1'.repeat(51) } },
      ['/subscriber/groupNumber length'],
    ],
    ['no birth date', { subscriber: { ...subscriber, birthDate: '1990-02-30' } }, ['/subscriber/birthDate date']],
    ['nobody', { subscriber: {} }, ['/subscriber/memberId missing']],
    ['a name without birth date', { subscriber: { lastName: 'EXAMPLE' } }, ['/subscriber/memberId missing']],
    [
      'a dependent without name',
      { dependent: { relationship: 'child', birthDate: '2010-01-01' } },
      ['/dependent/lastName missing'],
    ],
    [
      'a dependent with a delimiter',
      { dependent: { ...DEPENDENT, firstName: '~' } },
      ['/dependent/firstName character'],
    ],
    ['a dependent born on no day', { dependent: { ...DEPENDENT, birthDate: 'today' } }, ['/dependent/birthDate date']],
    ['a payer without name', { payer: { name: ' ', id: '12345' } }, ['/payer/name missing']],
    ['a payer without id', { payer: { name: 'X', id: '' } }, ['/payer/id missing']],
    ['a payer id of another kind', { payer: { name: 'X', id: '12', idQualifier: 'QQ' } }, ['/payer/idQualifier code']],
    ['a provider without name', { provider: { ...INQUIRY.provider, name: '' } }, ['/provider/name missing']],
    ['a provider number too short', { provider: { ...INQUIRY.provider, npi: '12*' } }, ['/provider/npi number']],
    ['a provider role that is none', { provider: { ...INQUIRY.provider, role: 'QQ' } }, ['/provider/role code']],
    ['a trace with a delimiter', { trace: 'A~B' }, ['/trace character']],
    ['no trace', { trace: '' }, ['/trace missing']],
    ['an originator too short', { originator: '9OPENVOB' }, ['/originator length']],
    [
      'an envelope written on no day',
      { envelope: { ...INQUIRY.envelope, writtenOn: '*', writtenAt: '~' } },
      ['/envelope/writtenOn date', '/envelope/writtenAt date'],
    ],
    ['no service type', { serviceTypes: [] }, ['/serviceTypes missing']],
    ['too many service types', { serviceTypes: Array.from({ length: 100 }, () => '30') }, ['/serviceTypes length']],
    [
      'service types of a later release',
      { serviceTypes: ['30', 'E0', '^'] },
      ['/serviceTypes/1 code', '/serviceTypes/2 code'],
    ],
    ['no day', { serviceDate: '2026-13-01' }, ['/serviceDate date']],
    ['half a range', { serviceDate: { from: '2026-11-23', to: '' } }, ['/serviceDate/to date']],
    ['a range backwards', { serviceDate: { from: '2026-11-23', to: '2026-11-22' } }, ['/serviceDate/to date']],
    [
      'an envelope that is none',
      { envelope: { ...INQUIRY.envelope, control: 0, transactionControl: '1' } },
      ['/envelope/control number', '/envelope/groupControl number', '/envelope/transactionControl length'],
    ],
  ])('is refused with its field: %s', (_what, change, expected) => {
    expect(faults({ ...INQUIRY, ...change })).toEqual(expected);
  });

  test('is told all at once', () => {
    expect(
      faults({ ...INQUIRY, trace: '*', subscriber: { ...subscriber, lastName: '~' }, serviceTypes: [] }),
    ).toHaveLength(3);
  });

  test('never stands in a fault', () => {
    const written = write270({ ...INQUIRY, subscriber: { ...subscriber, lastName: 'SECRETNAME*' } });
    expect(JSON.stringify(written)).not.toContain('SECRETNAME');
  });
});

/** An independent judge: splits by the delimiters of the writer and by nothing else. */
function judge(written: string): { name: string[]; count: number; said: number; ids: string[] } {
  expect(written.slice(0, 106)).toMatch(/^ISA(\*[^*]*){15}\*:~$/);
  const segments = written
    .split('~')
    .slice(0, -1)
    .map((each) => each.split('*'));
  const st = segments.findIndex(([id]) => id === 'ST');
  const se = segments.findIndex(([id]) => id === 'SE');
  return {
    name: segments.find(([id, code]) => id === 'NM1' && code === 'IL') ?? [],
    count: se - st + 1,
    said: Number(segments[se]?.[1]),
    ids: segments.map(([id]) => id ?? ''),
  };
}

const IDS = [
  'ISA',
  'GS',
  'ST',
  'BHT',
  'HL',
  'NM1',
  'HL',
  'NM1',
  'HL',
  'TRN',
  'NM1',
  'DMG',
  'DTP',
  'EQ',
  'SE',
  'GE',
  'IEA',
];

describe('hostile names', () => {
  const mark = fc.constantFrom(
    ...'*~:^|}>\r\n\u0000\u001d\u0085\u2028',
    'ISA*',
    'ST*270',
    '~SE*1*0001~',
    'GS',
    'IEA',
    ' ',
    "'",
    '’',
    'é',
    'А',
    'Ａ',
    'İ',
    'ß',
    'ﬀ',
    '😀',
    '\ud800',
    '\u0301',
    '\u202e',
    '%',
    '\\',
    '"',
    'Smith',
    'O',
  );
  const odd = fc.string({ unit: fc.constantFrom(...'Oé’ß%\\|}>#-. İŁ½'), minLength: 1, maxLength: 8 });
  const hostile = fc.oneof(
    odd,
    odd.map((name) => `Smith ${name}`),
    fc.array(mark, { maxLength: 6 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 70 }),
    fc.string({ minLength: 30, maxLength: 90 }),
  );

  test('never break an inquiry: each is said whole or refused', () => {
    let said = 0;
    fc.assert(
      fc.property(hostile, hostile, (lastName, firstName) => {
        const written = write270({ ...INQUIRY, subscriber: { ...INQUIRY.subscriber, lastName, firstName } });
        if (!written.ok) {
          expect(written.faults.every(({ field }) => /^\/subscriber\/(last|first)Name$/.test(field))).toBe(true);
          return;
        }
        said++;
        const found = judge(written.text);
        expect(found.ids).toEqual(IDS);
        expect(found.said).toBe(found.count);
        const expected = [lastName, firstName].map((name) => sayName(name)).map((each) => (each.ok ? each.text : '?'));
        expect(found.name).toEqual(['NM1', 'IL', '1', ...expected, '', '', '', 'MI', 'W100200300']);
        expect(written.text).toMatch(/^[ -~]*$/);
      }),
      { numRuns: 10_000 },
    );
    expect(said).toBeGreaterThan(500);
  });
});

describe('any inquiry', () => {
  const name = fc.option(fc.string({ unit: fc.constantFrom(...'ABCxyzéü-’ .'), minLength: 1, maxLength: 20 }), {
    nil: '',
  });
  const day = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const sex = fc.constantFrom('female' as const, 'male' as const, 'unknown' as const);
  const person = fc.record({ firstName: name, lastName: name, middleName: name, birthDate: day, sex });
  const inquiry = fc.record({
    subscriber: fc
      .tuple(person, fc.stringMatching(/^[A-Z0-9]{2,20}$/))
      .map(([each, memberId]) => ({ ...each, memberId })),
    dependent: fc.option(fc.tuple(person, fc.constantFrom('spouse' as const, 'child' as const, 'other' as const)), {
      nil: undefined,
    }),
    serviceTypes: fc.array(fc.constantFrom('30', 'MH', 'AI', 'CJ', 'A8'), { minLength: 1, maxLength: 9 }),
    days: fc.tuple(day, day),
    control: fc.integer({ min: 1, max: 999_999_999 }),
  });

  test('that is written follows the guide and is read back as it was asked', () => {
    let said = 0;
    fc.assert(
      fc.property(inquiry, ({ subscriber, dependent, serviceTypes, days, control }) => {
        const [from = '', to = ''] = [...days].sort();
        const asked: Inquiry270 = {
          ...INQUIRY,
          subscriber,
          ...(dependent === undefined ? {} : { dependent: { ...dependent[0], relationship: dependent[1] } }),
          serviceTypes,
          serviceDate: { from, to },
          envelope: { ...INQUIRY.envelope, control },
        };
        const written = write270(asked);
        if (!written.ok) return;
        said++;
        const file = readX12(written.text);
        expect(file.issues).toEqual([]);
        expect(file.transactions.flatMap(checkTransaction)).toEqual([]);
        const [transaction] = file.transactions;
        if (transaction === undefined) throw new Error('nothing was written');
        const { levels, issues } = readHierarchy(transaction);
        const patient = levels.at(-1);
        expect(issues).toEqual([]);
        expect(patient?.kind).toBe(dependent === undefined ? 'subscriber' : 'dependent');
        expect(patient?.benefits.map(({ segment }) => segment.repetitions(1))).toEqual([serviceTypes]);
        expect(patient?.header.find(({ id }) => id === 'TRN')?.element(2)).toBe(INQUIRY.trace);
        expect(transaction.interchange?.control).toBe(String(control).padStart(9, '0'));
      }),
      { numRuns: 500 },
    );
    expect(said).toBeGreaterThan(100);
  });
});
