import fc from 'fast-check';
import { type Hierarchy, type HierarchyLevel, readHierarchy } from './hierarchy';
import { readX12 } from './read';
import { ANSWER_BODY, interchangeText } from './x12-text.fixture';

function read(body: readonly string[], options = {}): Hierarchy {
  const [transaction] = readX12(interchangeText(body, options)).transactions;
  if (transaction === undefined) throw new Error('the fixture has no transaction');
  return readHierarchy(transaction);
}

function level(hierarchy: Hierarchy, number: string): HierarchyLevel {
  const found = hierarchy.levels.find(({ hl }) => hl.element(1) === number);
  if (found === undefined) throw new Error(`there is no level ${number}`);
  return found;
}

const ids = (segments: readonly { id: string }[]) => segments.map(({ id }) => id).join(' ');
const HEAD = ANSWER_BODY.slice(0, 5);

describe('the levels of a response', () => {
  test('stand under each other', () => {
    const { levels, issues, header } = read(ANSWER_BODY);
    expect(levels.map(({ kind, parent }) => [kind, parent?.kind])).toEqual([
      ['source', undefined],
      ['receiver', 'source'],
      ['subscriber', 'receiver'],
    ]);
    expect(levels[0]?.children).toEqual([levels[1]]);
    expect(ids(header)).toBe('ST BHT SE');
    expect(issues).toEqual([]);
  });

  test('hold what stands in their own loop and what stands in the loop of the name', () => {
    const { levels } = read(ANSWER_BODY);
    expect(levels.map(({ header }) => ids(header))).toEqual(['HL', 'HL', 'HL TRN']);
    expect(levels.map(({ name }) => ids(name))).toEqual(['NM1', 'NM1', 'NM1 REF DMG DTP']);
  });

  test('are found by their number among few and among many', () => {
    const people = Array.from({ length: 30 }, (_, at) => [
      `HL*${at * 2 + 10}*2*22*1`,
      'NM1*IL*1*EXAMPLE*PAT****MI*W1',
      `HL*${at * 2 + 11}*${at * 2 + 10}*23*0`,
      'NM1*03*1*EXAMPLE*KIM',
    ]).flat();
    const { levels, issues } = read([...HEAD, ...people]);
    const dependents = levels.filter(({ kind }) => kind === 'dependent');
    expect(dependents).toHaveLength(30);
    for (const { hl, parent } of dependents) expect(parent?.hl.element(1)).toBe(hl.element(2));
    expect(issues).toEqual([]);
  });

  test('are read from a 4010 response too', () => {
    expect(read(ANSWER_BODY, { guide: '004010X092A1', version: '00401' }).levels).toHaveLength(3);
  });

  test('of an inquiry hold its questions', () => {
    const body = [
      ...ANSWER_BODY.slice(0, 10),
      'EQ*30',
      'AMT*R*100',
      'EQ*MH',
      'III*ZZ*22',
      'REF*G1*A1',
      'DTP*291*D8*20261121',
    ];
    const { benefits } = level(read(body, { kind: '270', functionalCode: 'HS' }), '3');
    expect(benefits.map(({ segments }) => ids(segments))).toEqual(['EQ AMT', 'EQ III REF DTP']);
    expect(benefits[0]?.amt).toHaveLength(1);
    expect(ids(benefits[1]?.iii ?? [])).toBe('III');
  });
});

describe('the parent of a level', () => {
  const family = (parents: [string, string, string]) => [
    ...HEAD,
    'HL*3*2*22*1',
    'NM1*IL*1*ONE',
    `HL*4*${parents[0]}*23*0`,
    'NM1*03*1*A',
    'HL*5*2*22*1',
    'NM1*IL*1*TWO',
    `HL*6*${parents[1]}*23*0`,
    'NM1*03*1*B',
    `HL*7*${parents[2]}*23*0`,
    'NM1*03*1*C',
  ];
  const parents = (hierarchy: Hierarchy) => ['4', '6', '7'].map((each) => level(hierarchy, each).parent?.hl.element(1));

  test('is the one that HL02 names', () => {
    const hierarchy = read(family(['3', '5', '3']));
    expect(parents(hierarchy)).toEqual(['3', '5', '3']);
    expect(hierarchy.issues).toEqual([]);
    expect(level(hierarchy, '3').children).toHaveLength(2);
  });

  test.each([
    ['nobody', '99'],
    ['nothing', ''],
    ['the level itself', '4'],
    ['a level of another kind', '1'],
    ['a later level', '5'],
  ])('is the nearest one above when HL02 names %s', (_what, wrong) => {
    const hierarchy = read(family([wrong, '5', '5']));
    expect(parents(hierarchy)).toEqual(['3', '5', '5']);
    expect(hierarchy.issues).toEqual([
      expect.objectContaining({ code: 'guide', severity: 'warning', at: 'segment 11' }),
    ]);
  });

  test('is found with zeros and blanks around its number', () => {
    expect(read(family([' 3 ', '5', '5'])).issues).toEqual([]);
  });

  test('is absent when there is none of the right kind above', () => {
    const hierarchy = read(['HL*1**20*1', 'NM1*PR*2*X', 'HL*2*1*23*0', 'NM1*03*1*Y']);
    expect(level(hierarchy, '2').parent?.kind).toBe('source');
    expect(level(read(['HL*2*1*23*0', 'NM1*03*1*Y']), '2')).not.toHaveProperty('parent');
  });
});

describe('a benefit', () => {
  test('has its own segments beside it', () => {
    const [active, deductible, visits] = level(read(ANSWER_BODY), '3').benefits;
    expect(active?.segments.map(({ raw }) => raw)).toEqual(['EB*1*IND*30^98^MH**GOLD PPO']);
    expect(ids(deductible?.segments ?? [])).toBe('EB');
    expect(visits?.segment.element(1)).toBe('F');
    expect(ids(visits?.segments ?? [])).toBe('EB HSD DTP MSG III LS NM1 PER LE');
    expect([visits?.hsd, visits?.dtp, visits?.msg, visits?.iii].map((each) => each?.length)).toEqual([1, 1, 1, 1]);
  });

  test('has its related entities, each with what is said of it', () => {
    const [, , visits] = level(read(ANSWER_BODY), '3').benefits;
    expect(visits?.entities).toHaveLength(1);
    expect(visits?.entities[0]?.nm1?.element(3)).toBe('EXAMPLE BEHAVIORAL');
    expect(visits?.entities[0]?.per.map((segment) => segment.element(4))).toEqual(['8005550100']);
  });

  const person = [...HEAD, 'HL*3*2*22*0', 'NM1*IL*1*EXAMPLE'];
  const rows: [what: string, rows: string[], benefits: string[], entities: string[]][] = [
    [
      'several entities in one loop',
      ['EB*1', 'LS*2120', 'NM1*PR*2*A', 'N3*X', 'N4*Y', 'NM1*X3*2*B', 'PRV*BI', 'LE*2120'],
      ['EB LS NM1 N3 N4 NM1 PRV LE'],
      ['NM1 N3 N4', 'NM1 PRV'],
    ],
    ['an entity without LS and LE', ['EB*U', 'NM1*VN*2*A', 'PER*IC', 'EB*1'], ['EB NM1 PER', 'EB'], ['NM1 PER']],
    ['an entity without a name', ['EB*U', 'LS*2120', 'PER*IC**TE*1', 'LE*2120'], ['EB LS PER LE'], ['PER']],
    [
      'an address without a name inside LS',
      ['EB*U', 'LS*2120', 'N3*X', 'N4*Y', 'LE*2120'],
      ['EB LS N3 N4 LE'],
      ['N3 N4'],
    ],
    ['no LE', ['EB*U', 'LS*2120', 'NM1*VN*2*A', 'EB*1', 'MSG*M'], ['EB LS NM1', 'EB MSG'], ['NM1']],
    [
      'a message behind the entity',
      ['EB*U', 'LS*2120', 'NM1*VN*2*A', 'LE*2120', 'MSG*M'],
      ['EB LS NM1 LE MSG'],
      ['NM1'],
    ],
    [
      'segments in any order',
      ['EB*1', 'III*ZZ*11', 'MSG*M', 'DTP*292*D8*20260101', 'REF*18*1', 'HSD*VS*1', 'III*ZZ*22'],
      ['EB III MSG DTP REF HSD III'],
      [],
    ],
    ['a rejection', ['EB*1', 'AAA*N**70*C'], ['EB AAA'], []],
    ['a segment that no guide has here', ['EB*1', 'AMT*R*1', 'MSG*M'], ['EB AMT MSG'], []],
  ];

  test.each(rows)('keeps %s', (_what, body, benefits, entities) => {
    const found = level(read([...person, ...body]), '3').benefits;
    expect(found.map(({ segments }) => ids(segments))).toEqual(benefits);
    expect(found.flatMap((each) => each.entities).map(({ segments }) => ids(segments))).toEqual(entities);
  });

  test('does not take what belongs to the person alone', () => {
    const body = [...person, 'EB*1', 'MSG*M', 'INS*Y*18', 'DTP*346*D8*20260101', 'EB*C', 'DTP*292*D8*20260101'];
    const { name, benefits } = level(read(body), '3');
    expect(ids(name)).toBe('NM1 INS DTP');
    expect(benefits.map(({ segments }) => ids(segments))).toEqual(['EB MSG', 'EB DTP']);
  });

  test('is kept when a trace number stands between', () => {
    const { header, benefits } = level(read([...person, 'EB*1', 'TRN*2*A', 'EB*C', 'MSG*M']), '3');
    expect(ids(header)).toBe('HL TRN');
    expect(benefits.map(({ segments }) => ids(segments))).toEqual(['EB', 'EB MSG']);
  });

  test('is kept when its person has no name', () => {
    const { name, benefits } = level(read([...HEAD, 'HL*3*2*22*0', 'EB*1', 'MSG*M']), '3');
    expect(name).toEqual([]);
    expect(benefits.map(({ segments }) => ids(segments))).toEqual(['EB MSG']);
  });

  test('of a level that no guide knows is nobody else’s', () => {
    const hierarchy = read([...person, 'EB*1', 'HL*4*3*99*0', 'NM1*IL*1*OTHER', 'EB*C']);
    expect(level(hierarchy, '3').benefits).toHaveLength(1);
    expect(level(hierarchy, '4')).toMatchObject({ kind: 'other', benefits: [] });
  });
});

describe('a rejection', () => {
  test('stands at the level and loop where it was said', () => {
    const hierarchy = read([
      'HL*1**20*1',
      'AAA*Y**42*Y',
      'NM1*PR*2*X',
      'AAA*Y**80*P',
      'HL*2*1*21*1',
      'NM1*1P*2*Y',
      'AAA*N**51*C',
      'HL*3*2*22*1',
      'AAA*N**15*C',
      'NM1*IL*1*Z',
      'AAA*N**75*C',
    ]);
    const codes = (segments: readonly { id: string; element(position: number): string | undefined }[]) =>
      segments.filter(({ id }) => id === 'AAA').map((segment) => segment.element(3));
    expect(codes(level(hierarchy, '1').header)).toEqual(['42']);
    expect(codes(level(hierarchy, '1').name)).toEqual(['80']);
    expect(codes(level(hierarchy, '2').name)).toEqual(['51']);
    expect(codes(level(hierarchy, '3').name)).toEqual(['15', '75']);
    expect(ids(level(hierarchy, '3').name)).toBe('AAA NM1 AAA');
  });
});

describe('any run of segments', () => {
  const pool = [
    'HL*1**20*1',
    'HL*2*1*21*1',
    'HL*3*2*22*0',
    'HL*4*3*23*0',
    'HL*9**77',
    'NM1*IL',
    'TRN*2*A',
    'AAA*N**75*C',
    'EB*1',
    'HSD*VS',
    'MSG*M',
    'III*ZZ',
    'LS*2120',
    'LE*2120',
    'PER*IC',
    'N3*A',
    'INS*Y',
    'DTP*291',
    'REF*6P',
    'ZZZ*1',
  ];

  test('is kept whole, each segment in one place', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pool), { maxLength: 40 }), (tail) => {
        const { levels } = read(['HL*1**20*1', ...tail]);
        const kept = levels.flatMap(({ header, name, benefits }) => [
          ...header,
          ...name,
          ...benefits.flatMap(({ segments }) => segments),
        ]);
        expect(kept.map(({ number }) => number).sort((a, b) => a - b)).toEqual([1, ...tail].map((_, at) => at + 4));
      }),
    );
  });
});
