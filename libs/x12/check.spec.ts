import { checkTransaction } from './check';
import type { X12Issue } from './issue';
import { readX12 } from './read';
import { ANSWER_BODY, type FixtureOptions, interchangeText } from './x12-text.fixture';

function check(body: readonly string[], options: FixtureOptions = {}): X12Issue[] {
  return readX12(interchangeText(body, options)).transactions.flatMap(checkTransaction);
}

/** The issues that appear when one segment of a faultless answer is replaced, as `code: message`. */
function faultsWith(good: string, ...bad: string[]): string[] {
  const at = ANSWER_BODY.indexOf(good);
  if (at < 0) throw new Error('the fixture has no such segment');
  const body = [...ANSWER_BODY.slice(0, at), ...bad, ...ANSWER_BODY.slice(at + 1)];
  return check(body).map(({ code, message }) => `${code}: ${message}`);
}

const NAME = 'NM1*IL*1*EXAMPLE*PAT****MI*W100200300';
const DEDUCTIBLE = 'EB*C*IND*30***23*1500*****Y';
const ACTIVE = 'EB*1*IND*30^98^MH**GOLD PPO';
const DATES = 'DTP*292*RD8*20260101-20261231';

describe('a response that follows the guide', () => {
  test('has no issues', () => expect(check(ANSWER_BODY)).toEqual([]));

  test('has none either without errata in its version', () => {
    expect(check(ANSWER_BODY, { guide: '005010X279' })).toEqual([]);
  });
});

describe('a transaction that the guide does not bind', () => {
  const bad = ANSWER_BODY.map((segment) => segment.replace('EB*1*', 'EB*?*'));

  test.each([['004010X092A1'], ['005010X221A1'], ['']])('of version %p is not checked', (guide) => {
    expect(check(bad, { guide })).toEqual([]);
  });

  test('of another kind is not checked', () => {
    expect(check(bad, { kind: '835', functionalCode: 'HP' })).toEqual([]);
  });

  test('of its own version is', () => expect(check(bad)).toHaveLength(1));
});

describe('codes', () => {
  test.each([
    ['EB01', ACTIVE, 'EB*Z*IND*30', 'EB01 code Z is not allowed in loop 2110C'],
    ['EB02', ACTIVE, 'EB*1*XXX*30', 'EB02 code XXX is not allowed in loop 2110C'],
    ['one of many in EB03', ACTIVE, 'EB*1*IND*30^E0^98', 'EB03 code E0 is not allowed in loop 2110C'],
    ['EB04', ACTIVE, 'EB*1*IND*30*ZZ', 'EB04 code ZZ is not allowed in loop 2110C'],
    ['EB06 of a later release', DEDUCTIBLE, 'EB*C*IND*30***38*100', 'EB06 code 38 is not allowed in loop 2110C'],
    ['EB09', ACTIVE, 'EB*F*IND*30******XX*1', 'EB09 code XX is not allowed in loop 2110C'],
    ['EB11', ACTIVE, 'EB*1*IND*30********X', 'EB11 code X is not allowed in loop 2110C'],
    ['EB12', ACTIVE, 'EB*1*IND*30*********X', 'EB12 code X is not allowed in loop 2110C'],
    ['EB13', ACTIVE, 'EB*1*IND***********XX:H0015', 'EB13 component 1 code XX is not allowed in loop 2110C'],
    ['HSD03', 'HSD*VS*30***22', 'HSD*VS*30*YY', 'HSD03 code YY is not allowed in loop 2110C'],
    ['REF01', 'REF*6P*GROUP1', 'REF*0F*GROUP1', 'REF01 code 0F is not allowed in loop 2100C'],
    ['DTP01', DATES, 'DTP*999*D8*20260101', 'DTP01 code 999 is not allowed in loop 2110C'],
    [
      'NM101 of a related entity',
      'NM1*Y2*2*EXAMPLE BEHAVIORAL*****PI*99999',
      'NM1*QQ*2*X',
      'NM101 code QQ is not allowed in loop 2120C',
    ],
    [
      'a value that is no code at all',
      ACTIVE,
      'EB*EXAMPLE PAT',
      'EB01 code of 11 characters is not allowed in loop 2110C',
    ],
  ])('are held against the guide: %s', (_what, good, bad, message) => {
    expect(faultsWith(good, bad)).toContain(`code_not_allowed: ${message}`);
  });

  const rejected = (level: string[], code: string, followUp: string) => [...level, `AAA*N**${code}*${followUp}`];
  const SOURCE = ['HL*1**20*1'];
  const NAMED = [...SOURCE, 'NM1*PR*2*X*****PI*1234'];
  const RECEIVER = [...NAMED, 'HL*2*1*21*1', 'NM1*1P*2*Y*****XX*1234567893'];
  const SUBSCRIBER = [...RECEIVER, 'HL*3*2*22*1', 'NM1*IL*1*Z'];
  const DEPENDENT = [...SUBSCRIBER, 'HL*4*3*23*0', 'NM1*03*1*Z'];
  const BHT = 'BHT*0022*11*T100*20261121*1000';

  test.each([
    ['2000A', SOURCE, '79', '80', 'S', 'W'],
    ['2100A', NAMED, 'T4', '75', 'W', '1'],
    ['2100B', RECEIVER, '51', '75', 'X', 'P'],
    ['2100C', SUBSCRIBER, '75', '64', 'S', 'P'],
    ['2100D', DEPENDENT, '64', '75', 'S', 'P'],
    ['2110C', [...SUBSCRIBER, 'EB*1'], '70', '75', 'W', 'S'],
    ['2110D', [...DEPENDENT, 'EB*1'], 'E8', '72', 'W', 'S'],
  ])('of a rejection depend on loop %s', (loop, place, allowed, other, followUp, otherFollowUp) => {
    const messages = (body: string[]) =>
      check([BHT, ...body])
        .filter(({ code }) => code === 'code_not_allowed')
        .map(({ message }) => message);
    expect(messages(rejected(place, allowed, followUp))).toEqual([]);
    expect(messages(rejected(place, other, followUp))).toEqual([`AAA03 code ${other} is not allowed in loop ${loop}`]);
    expect(messages(rejected(place, allowed, otherFollowUp))).toEqual([
      `AAA04 code ${otherFollowUp} is not allowed in loop ${loop}`,
    ]);
  });

  test('of the group belong to the transaction', () => {
    expect(check(ANSWER_BODY, { functionalCode: 'HS' })).toEqual([
      {
        severity: 'warning',
        code: 'code_not_allowed',
        at: 'segment 3',
        message: 'GS01 is not allowed for a 271, expected HB',
      },
    ]);
  });
});

describe('other rules of the guide', () => {
  test.each([
    ['an element missing', 'REF*6P*GROUP1', 'REF*6P', 'REF02 is missing in loop 2100C'],
    ['an element that is not used', NAME, 'NM1*IL*1*EXAMPLE*PAT**MR', 'NM106 is not used in loop 2100C'],
    ['an element too many', 'TRN*2*T100*9OPENVOB01', 'TRN*2*T100*9OPENVOB01**X', 'TRN05 is not used in loop 2000C'],
    [
      'a value too short',
      'TRN*2*T100*9OPENVOB01',
      'TRN*2*T100*999',
      'TRN03 is 3 characters long, expected 10 in loop 2000C',
    ],
    [
      'a value too long',
      NAME,
      `NM1*IL*1*${'X'.repeat(61)}`,
      'NM103 is 61 characters long, expected 1 to 60 in loop 2100C',
    ],
    ['an amount that is none', DEDUCTIBLE, 'EB*C*IND*30***23*$1500', 'EB07 is not of type R in loop 2110C'],
    ['a count that is none', 'HSD*VS*30***22', 'HSD*VS*30***22*1.5', 'HSD06 is not of type N0 in loop 2110C'],
    ['a birth date that is none', 'DMG*D8*19900101*F', 'DMG*D8*19900231*F', 'DMG02 is no date CCYYMMDD in loop 2100C'],
    ['a range with one date', DATES, 'DTP*292*RD8*20260101', 'DTP03 is no range CCYYMMDD-CCYYMMDD in loop 2110C'],
    ['a date with two', DATES, 'DTP*292*D8*20260101-20261231', 'DTP03 is no date CCYYMMDD in loop 2110C'],
    [
      'a creation date that is none',
      'BHT*0022*11*T100*20261121*1000',
      'BHT*0022*11*T*20261131*1000',
      'BHT04 is not of type DT in loop 271',
    ],
    [
      'a creation time that is none',
      'BHT*0022*11*T100*20261121*1000',
      'BHT*0022*11*T*20261121*2400',
      'BHT05 is not of type TM in loop 271',
    ],
    ['a component missing', ACTIVE, 'EB*1*IND***********HC', 'EB13 component 2 is missing in loop 2110C'],
    [
      'a component that is not used',
      ACTIVE,
      'EB*1*IND***********HC:H0015:::::X',
      'EB13 component 7 is not used in loop 2110C',
    ],
    [
      'a repetition where there is none',
      ACTIVE,
      'EB*1*IND^FAM*30',
      'EB02 code of 7 characters is not allowed in loop 2110C',
    ],
    ['a segment without place', 'MSG*CALL FOR AUTHORIZATION', 'AMT*R*100', 'AMT has no place in loop 2110C'],
  ])('are told: %s', (_what, good, bad, message) => {
    expect(faultsWith(good, bad).map((each) => each.replace(/^\w+: /, ''))).toEqual([message]);
  });

  test.each([
    ['a segment out of order', 'HSD*VS*30***22', [DATES, 'HSD*VS*30***22'], ['HSD is out of order in loop 2110C']],
    [
      'a segment too often',
      'MSG*CALL FOR AUTHORIZATION',
      Array.from({ length: 12 }, () => 'MSG*A'),
      ['MSG stands more than 10 times in loop 2110C'],
    ],
    [
      'a loop too often',
      'III*ZZ*22',
      Array.from({ length: 11 }, () => 'III*ZZ*22'),
      ['loop 2115C stands more than 10 times in loop 2110C'],
    ],
    ['a segment missing', 'BHT*0022*11*T100*20261121*1000', [], ['BHT is missing in loop 271']],
    ['a name missing', 'NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*12345', [], ['loop 2100A is missing in loop 2000A']],
    [
      'EB03 repeated more than 99 times',
      ACTIVE,
      [`EB*1*IND*${'30^'.repeat(99)}98`],
      ['EB03 is repeated more than 99 times in loop 2110C'],
    ],
  ])('are told: %s', (_what, good, bad, messages) => {
    expect(faultsWith(good, ...bad)).toEqual(messages.map((message) => `guide: ${message}`));
  });

  test('are warnings at the segment in fault, in file order', () => {
    const issues = check(ANSWER_BODY.map((segment) => segment.replace('EB*C*IND', 'EB*C*XXX').replace('*6P*', '*0F*')));
    expect(issues.map(({ severity, at }) => [severity, at])).toEqual([
      ['warning', 'segment 12'],
      ['warning', 'segment 16'],
    ]);
  });

  test('never tell what is said of a person', () => {
    const told = faultsWith(NAME, `NM1*DOE*JANE*${'SMITH'.repeat(20)}*PAT*A*MS*JR*SSN*123456789*XX`).join();
    expect(told).toContain('NM101');
    expect(told).not.toMatch(/JANE|SMITH|123456789/);
  });

  test('are listed a thousand times and counted then', () => {
    const issues = check([...ANSWER_BODY, ...Array.from({ length: 1500 }, () => 'EB*?')]);
    expect(issues).toHaveLength(1001);
    expect(issues.at(-1)).toMatchObject({ code: 'too_many_issues', message: expect.stringContaining('500 more') });
  });

  test('hold for an inquiry and an acknowledgement too', () => {
    const inquiry = [...ANSWER_BODY.slice(0, 5), 'HL*3*2*22*0', 'NM1*IL*1*A', 'EQ*E0'];
    expect(check(inquiry, { kind: '270', functionalCode: 'HS' }).map(({ message }) => message)).toEqual([
      'BHT02 code 11 is not allowed in loop 270',
      'EQ01 code E0 is not allowed in loop 2110C',
    ]);
    const acknowledgement = ['AK1*HS*7*005010X279A1', 'AK2*270*0001', 'IK5*Z', 'AK9*A*1*1*1'];
    const options = { kind: '999', functionalCode: 'FA', guide: '005010X231A1' };
    expect(check(acknowledgement, options).map(({ message }) => message)).toEqual([
      'IK501 code Z is not allowed in loop 2000',
    ]);
  });
});
