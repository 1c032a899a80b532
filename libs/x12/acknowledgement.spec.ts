import { readAcknowledgements } from './acknowledgement';
import { readX12 } from './read';
import { interchangeSegments, interchangeText, joinSegments } from './x12-text.fixture';

const OPTIONS = { kind: '999', functionalCode: 'FA', guide: '005010X231A1' };
const read999 = (body: readonly string[]) => readAcknowledgements(readX12(interchangeText(body, OPTIONS)));
const [ISA = ''] = interchangeSegments([]);
const readTa1 = (...segments: string[]) =>
  readAcknowledgements(readX12(joinSegments([ISA, ...segments, 'IEA*0*000000007'])));

describe('an acknowledgement of transactions', () => {
  test.each([
    ['A', true],
    ['E', true],
    ['M', false],
    ['R', false],
    ['W', false],
    ['X', false],
    ['', false],
  ])('with IK501 %p is accepted: %p', (code, accepted) => {
    const [found] = read999(['AK1*HS*7', 'AK2*270*0001', `IK5*${code}`, 'AK9*A*1*1*1']);
    expect(found).toEqual({ kind: '999', control: '0001', accepted, errors: [] });
  });

  test('is one for each transaction', () => {
    const found = read999(['AK1*HS*7', 'AK2*270*0001', 'IK5*A', 'AK2*270*0002', 'IK5*R*5', 'AK9*P*2*2*1']);
    expect(found.map(({ control, accepted }) => [control, accepted])).toEqual([
      ['0001', true],
      ['0002', false],
    ]);
  });

  test('lists what is wrong with segments, with their elements and with the whole', () => {
    const [found] = read999([
      'AK1*HS*7',
      'AK2*270*0001*005010X279A1',
      'IK3*NM1*8*2100*8',
      'CTX*TRN02:T100',
      'IK4*3:2:1*1035*6*BAD',
      'CTX*SITUATIONAL TRIGGER*NM1*8',
      'IK4*9*67*1',
      'IK3*DMG*10**3',
      'IK5*R*5*I5',
      'AK9*R*1*1*0',
    ]);
    expect(found?.errors).toEqual([
      { code: '8', segment: 'NM1', position: 8, text: 'Segment has faulty elements' },
      { code: '6', segment: 'NM1', position: 8, element: 3, text: 'Character not allowed in element' },
      { code: '1', segment: 'NM1', position: 8, element: 9, text: 'Required element missing' },
      { code: '3', segment: 'DMG', position: 10, text: 'Required segment missing' },
      { code: '5', text: 'One or more segments in error' },
      { code: 'I5', text: 'Implementation guide not supported or not matching' },
    ]);
  });

  test('says of a code that it is not known', () => {
    expect(read999(['AK1*HS*7', 'AK2*270*0001', 'IK5*R*constructor', 'AK9*R'])[0]?.errors).toEqual([
      { code: 'constructor', text: 'Code not known' },
    ]);
  });

  test('takes the word on the group when its own is missing', () => {
    expect(read999(['AK1*HS*7', 'AK2*270*0001', 'AK9*R*1*1*0*5'])).toEqual([
      {
        kind: '999',
        control: '0001',
        accepted: false,
        errors: [{ code: '5', text: 'Number of transaction sets does not match' }],
      },
    ]);
  });

  test('leaves out a position that is no number', () => {
    const [found] = read999(['AK1*HS*7', 'AK2*270*0001', 'IK3*NM1*X**8', 'IK4*Y**7', 'IK5*R', 'AK9*R']);
    expect(found?.errors.map(({ position, element }) => [position, element])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
});

describe('an acknowledgement of a group', () => {
  test.each([
    ['AK9*A*1*1*1', true, []],
    ['AK9*P*2*2*1', false, []],
    ['AK9*R*1*1*0*1*2', false, ['1', '2']],
  ])('%s', (ak9, accepted, codes) => {
    const [found, ...more] = read999(['AK1*HS*7*005010X279A1', ak9]);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ kind: '999', control: '7', accepted });
    expect(found?.errors.map(({ code }) => code)).toEqual(codes);
  });

  test('that is cut off is not accepted', () => {
    expect(read999(['AK1*HS*7'])).toEqual([{ kind: '999', control: '7', accepted: false, errors: [] }]);
    expect(read999([])).toEqual([{ kind: '999', accepted: false, errors: [] }]);
  });
});

describe('an acknowledgement of an interchange', () => {
  test.each([
    ['TA1*000000042*261121*1000*A*000', true, []],
    ['TA1*000000042*261121*1000*E*022', true, ['022']],
    ['TA1*000000042*261121*1000*R*006', false, ['006']],
    ['TA1*000000042*261121*1000*R', false, []],
  ])('%s', (segment, accepted, codes) => {
    const [found, ...more] = readTa1(segment);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ kind: 'TA1', control: '000000042', accepted });
    expect(found?.errors.map(({ code }) => code)).toEqual(codes);
  });

  test('says in words what is wrong', () => {
    expect(readTa1('TA1*1*261121*1000*R*006')[0]?.errors).toEqual([{ code: '006', text: 'Sender id not valid' }]);
  });

  test('stands in file order among the others', () => {
    const other = interchangeText(['AK1*HS*9', 'AK9*A*1*1*1'], OPTIONS);
    const text = joinSegments([ISA, 'TA1*1*261121*1000*A*000', 'TA1*2*261121*1000*A*000', 'IEA*0*000000007']);
    const kinds = (file: string) =>
      readAcknowledgements(readX12(file)).map(({ kind, control }) => `${kind} ${control}`);
    expect(kinds(text + other)).toEqual(['TA1 1', 'TA1 2', '999 9']);
    expect(kinds(other + text)).toEqual(['999 9', 'TA1 1', 'TA1 2']);
  });
});

test('a response has no acknowledgements', () => {
  expect(readAcknowledgements(readX12(interchangeText(['BHT*0022'])))).toEqual([]);
});
