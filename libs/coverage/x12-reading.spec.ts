import { subscriberLevel, text271 } from '@openvob/benefits/x12-271.fixture';
import fc from 'fast-check';
import { readPayerMessage } from './read-payer-message';
import { beginsLikeX12, X12Reading } from './x12-reading';

const REQUEST = { track: 'sud', network: 'in', setting: 'in_person' } as const;
const ANSWER = text271(subscriberLevel('EB*1**30', 'EB*B*IND*MH***27*25*****Y', 'EB*C*IND*30***23*1500*****Y'));
const FAULTY = text271(subscriberLevel('EB*1**30', 'EB*A*IND*MH***27**1.5****Y', 'AAA*Y**999*C')).replace(
  'SE*',
  'SE*9',
);
const TA1 =
  'ISA*00*          *00*          *ZZ*A              *ZZ*B              *260101*1200*^*00501*000000001*0*T*:~';
const ACKNOWLEDGED = `${TA1}TA1*000000007*260101*1200*R*022~IEA*0*000000001~`;

function readIn(pieces: readonly string[]) {
  const reading = new X12Reading(REQUEST);
  const answers = pieces.flatMap((piece) => reading.push(piece));
  answers.push(...reading.end());
  const rest = reading.rest();
  return 'error' in rest ? rest : { ...rest, answers };
}

describe('reading X12 piece by piece', () => {
  it.each([
    ['one answer', ANSWER],
    ['several interchanges with faults', ANSWER + FAULTY + ANSWER],
    ['an acknowledgement in front of answers', ACKNOWLEDGED + FAULTY],
    ['an inquiry', ANSWER.replaceAll('271', '270')],
    ['other transactions', ANSWER.replaceAll('ST*271', 'ST*277')],
    ['nothing', ''],
    ['no X12', 'Dear member, your plan is active.'],
  ])('gives of %s what the whole text gives, however it is cut', (_, text) => {
    const whole = readPayerMessage(text, REQUEST);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 12 }), (cuts) => {
        const sorted = [0, ...cuts, text.length].sort((a, b) => a - b);
        expect(readIn(sorted.slice(1).map((end, at) => text.slice(sorted[at], end)))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('gives each answer as soon as its transaction is complete', () => {
    const reading = new X12Reading(REQUEST);
    const half = ANSWER.indexOf('SE*');
    expect([reading.push(ANSWER.slice(0, half)), reading.format]).toEqual([[], undefined]);
    expect(reading.push(ANSWER.slice(half) + ANSWER.repeat(9)).length).toBeGreaterThan(0);
    expect(reading.format).toBe('x12-271');
  });
});

it.each([
  ['ISA*00*', true],
  ['\uFEFF\r\nGS|HB|', true],
  ['ST*271*1~', true],
  ['STATUS: ok', false],
  ['{"ISA": 1}', false],
  ['', false],
])('%j begins like X12: %s', (text, expected) => {
  expect(beginsLikeX12(text)).toBe(expected);
});
