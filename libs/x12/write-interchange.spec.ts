import fc from 'fast-check';
import { readX12 } from './read';
import { type InterchangeContent, writeInterchange } from './write-interchange';
import type { SegmentContent } from './write-segment';
import { ANSWER_BODY, interchangeText } from './x12-text.fixture';

const ENVELOPE = {
  sender: { qualifier: 'ZZ', id: 'PAYER' },
  receiver: { qualifier: 'ZZ', id: 'CENTER' },
  control: 7,
  writtenOn: '2026-11-21',
  writtenAt: '10:00',
  usage: 'T',
  functionalCode: 'HB',
  version: '005010X279A1',
} as const;

/** A segment without repetitions and components. */
const plain = (raw: string): SegmentContent => {
  const [id = '', ...elements] = raw.split('*');
  return [id, ...elements];
};
const SEGMENTS = ANSWER_BODY.map((raw): SegmentContent => {
  if (raw.startsWith('EB*1')) return ['EB', '1', 'IND', { repetitions: ['30', '98', 'MH'] }, '', 'GOLD PPO', '', ''];
  const [id, ...elements] = plain(raw);
  if (!raw.endsWith('HC:H0015')) return [id, ...elements];
  return [id, ...elements.slice(0, -1), { components: ['HC', 'H0015', undefined, ''] }];
});
const ANSWER: InterchangeContent = { ...ENVELOPE, transactions: [{ kind: '271', segments: SEGMENTS }] };

function text(content: InterchangeContent): string {
  const written = writeInterchange(content);
  if (!written.ok) throw new Error(JSON.stringify(written.faults));
  return written.text;
}

function fields(content: InterchangeContent): string[] {
  const written = writeInterchange(content);
  return written.ok ? [] : written.faults.map(({ field, code }) => `${field} ${code}`);
}

describe('an interchange', () => {
  test('is written as one would by hand', () => {
    expect(text(ANSWER)).toBe(interchangeText(ANSWER_BODY));
  });

  test('has an ISA of 106 characters whatever its parties are', () => {
    const content = {
      ...ANSWER,
      sender: { qualifier: '30', id: '12' },
      receiver: { qualifier: '01', id: 'X'.repeat(15) },
      control: 999_999_999,
    };
    expect(text(content).indexOf('~')).toBe(105);
    expect(readX12(text(content)).issues).toEqual([]);
  });

  test('is the same every time', () => expect(text(ANSWER)).toBe(text(ANSWER)));

  test('has its own group numbers and parties when told so', () => {
    const content = {
      ...ANSWER,
      groupSender: 'GROUPSENDER',
      groupReceiver: 'GROUPRECEIVER',
      groupControl: 12,
      acknowledgementRequested: true,
    };
    const file = readX12(text(content));
    expect(file.transactions[0]?.interchange).toMatchObject({
      groupSenderId: 'GROUPSENDER',
      groupReceiverId: 'GROUPRECEIVER',
      groupControl: '12',
      control: '000000007',
    });
    expect(file.segments[0]?.element(14)).toBe('1');
    expect(file.issues).toEqual([]);
  });

  test('may stand on lines', () => {
    expect(text({ ...ANSWER, lineBreaks: true }).split('\n')).toHaveLength(ANSWER_BODY.length + 7);
    expect(readX12(text({ ...ANSWER, lineBreaks: true })).issues).toEqual([]);
  });

  test('may end its segments by line breaks alone', () => {
    const delimiters = { element: '|', repetition: '}', component: '>', segment: '\n' };
    const lines = text({ ...ANSWER, delimiters, lineBreaks: true });
    expect(lines).not.toContain('\n\n');
    expect(readX12(lines).issues).toEqual([]);
  });

  test('counts and numbers its transactions', () => {
    const one = { kind: '271', segments: [['BHT', '0022']] satisfies SegmentContent[] };
    const file = readX12(text({ ...ENVELOPE, transactions: [one, { ...one, control: 'A00000009' }, one] }));
    expect(file.transactions.map(({ control }) => control)).toEqual(['0001', 'A00000009', '0003']);
    expect(file.issues).toEqual([]);
  });

  test('without transactions has no group', () => {
    const { functionalCode, version, ...bare } = ENVELOPE;
    const acknowledgements: SegmentContent[] = [['TA1', '000000001', '261121', '1000', 'R', '006']];
    const file = readX12(text({ ...bare, acknowledgements, transactions: [] }));
    expect(file.segments.map(({ id }) => id)).toEqual(['ISA', 'TA1', 'IEA']);
    expect(file.issues).toEqual([]);
    expect([functionalCode, version]).toEqual(['HB', '005010X279A1']);
  });
});

describe('what cannot be written', () => {
  test.each([
    ['a sender too long', { sender: { qualifier: 'ZZ', id: 'X'.repeat(16) } }, ['/sender/id length']],
    ['a sender of one character', { sender: { qualifier: 'ZZ', id: 'X' } }, ['/sender/id length']],
    ['a sender with a delimiter', { sender: { qualifier: 'ZZ', id: 'A*B' } }, ['/sender/id character']],
    ['a receiver without id', { receiver: { qualifier: 'ZZ', id: ' ' } }, ['/receiver/id length']],
    ['a qualifier that is none', { receiver: { qualifier: 'Z*', id: 'AB' } }, ['/receiver/qualifier code']],
    ['a group sender with a line break', { groupSender: 'AB\n' }, ['/groupSender character']],
    ['a group receiver too long', { groupReceiver: 'X'.repeat(16) }, ['/groupReceiver length']],
    ['number 0', { control: 0 }, ['/control number', '/groupControl number']],
    ['a number too high', { groupControl: 1_000_000_000 }, ['/groupControl number']],
    ['a number that is not whole', { groupControl: 1.5 }, ['/groupControl number']],
    ['no day', { writtenOn: '2026-02-30' }, ['/writtenOn date']],
    ['no time', { writtenAt: '24:00' }, ['/writtenAt date']],
    ['a function that is none', { functionalCode: 'H*' }, ['/functionalCode code']],
    ['a version that is none', { version: '' }, ['/version code']],
    [
      'equal delimiters',
      { delimiters: { element: '*', repetition: '*', component: ':', segment: '~' } },
      ['/delimiters delimiters'],
    ],
    [
      'a letter as delimiter',
      { delimiters: { element: '*', repetition: 'J', component: ':', segment: '~' } },
      ['/delimiters delimiters'],
    ],
    [
      'two characters as delimiter',
      { delimiters: { element: '*', repetition: '^', component: ':', segment: '~\n' } },
      ['/delimiters delimiters'],
    ],
    [
      'a line break as component separator',
      { delimiters: { element: '*', repetition: '^', component: '\n', segment: '~' } },
      ['/delimiters delimiters'],
    ],
    ['a kind that is none', { transactions: [{ kind: 'ST', segments: [] }] }, ['/transactions/0/kind code']],
    [
      'a transaction number too short',
      { transactions: [{ kind: '271', control: '1', segments: [] }] },
      ['/transactions/0/control length'],
    ],
  ])('is told by its field: %s', (_what, change, expected) => {
    expect(fields({ ...ANSWER, ...change })).toEqual(expected);
  });

  test('is told by its place inside a transaction', () => {
    const segments: SegmentContent[] = [
      ['BHT', '0022'],
      ['MSG', 'A*B', 'fine', { repetitions: ['A', 'B^'] }, { components: ['A', 'B\u0000'] }],
      ['no segment', 'A'],
    ];
    const acknowledgements: SegmentContent[] = [['TA1', '~']];
    expect(fields({ ...ENVELOPE, acknowledgements, transactions: [{ kind: '271', segments }] })).toEqual([
      '/acknowledgements/0/1 character',
      '/transactions/0/segments/1/1 character',
      '/transactions/0/segments/1/3 character',
      '/transactions/0/segments/1/4 character',
      '/transactions/0/segments/2/0 code',
    ]);
  });
});

describe('what is written', () => {
  const value = fc.string({ unit: fc.constantFrom(...'AZ09az -.,\'"#|}>éñ*^:~\n'), maxLength: 8 });
  const element = fc.oneof(
    value,
    fc.record({ repetitions: fc.array(value, { maxLength: 4 }) }),
    fc.record({ components: fc.array(value, { maxLength: 4 }) }),
  );
  const content = fc.tuple(fc.constantFrom('EB', 'MSG', 'N1', 'ZZZ'), element, element, element);
  const marks = fc.shuffledSubarray([...'*^:~|}>"#\n'], { minLength: 4, maxLength: 4 });

  test('is read back as it was, or refused', () => {
    let kept = 0;
    fc.assert(
      fc.property(fc.array(content, { maxLength: 6 }), marks, (segments, [a = '', b = '', c = '', d = '']) => {
        const delimiters = { element: a, repetition: b, component: c, segment: d };
        const written = writeInterchange({ ...ENVELOPE, delimiters, transactions: [{ kind: '271', segments }] });
        if (!written.ok) return;
        kept++;
        const file = readX12(written.text);
        const body = file.transactions[0]?.segments.slice(1, -1) ?? [];
        expect(file.issues).toEqual([]);
        expect(file.delimiters).toEqual(delimiters);
        expect(body.map(({ id }) => id)).toEqual(segments.map(([id]) => id));
        body.forEach((found, at) => {
          segments[at]?.slice(1).forEach((part, index) => {
            if (typeof part === 'string') expect(found.element(index + 1) ?? '').toBe(part.trim() === '' ? '' : part);
            else if ('repetitions' in part) {
              expect(found.repetitions(index + 1)).toEqual(part.repetitions.filter((each) => each.trim() !== ''));
            } else
              expect(
                found
                  .components(index + 1)
                  .join('')
                  .trim(),
              ).toBe(part.components.join('').trim());
          });
        });
      }),
      { numRuns: 2000 },
    );
    expect(kept).toBeGreaterThan(50);
  });
});
