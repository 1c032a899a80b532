import { gzipSync } from 'node:zlib';
import { dependentLevel, subscriberLevel, text271 } from '@openvob/benefits/x12-271.fixture';
import type { ReadAnswer } from './iop-benefit';
import { readPayerMessage } from './read-payer-message';
import type { ReadRequest, ReadResult } from './read-result';

const REQUEST: ReadRequest = { track: 'sud', network: 'in', setting: 'in_person' };

function readable(text: string, request: Partial<ReadRequest> = {}): ReadResult {
  const result = readPayerMessage(text, { ...REQUEST, ...request });
  if ('error' in result) throw new Error(result.error.code);
  return result;
}

function answerTo(segments: readonly string[], request: Partial<ReadRequest> = {}): ReadAnswer {
  const [answer] = readable(text271(subscriberLevel(...segments)), request).answers;
  if (answer === undefined) throw new Error('the odd answer has no answer');
  return answer;
}

/** What a reader would look at first. */
function gist({ status, iop, carveOut }: ReadAnswer): object {
  const { decision, conditions, copay, coinsurance, deductibleIndividual, deductibleFamily } = iop;
  const values = { copay, coinsurance, deductibleIndividual, deductibleFamily };
  const chosen = Object.entries(values).flatMap(([key, each]) => (each === undefined ? [] : [[key, each.value]]));
  return {
    status,
    decision,
    ...(conditions.length === 0 ? {} : { conditions }),
    ...Object.fromEntries(chosen),
    ...(carveOut === undefined ? {} : { carveOut: carveOut.entity }),
  };
}

const PLAN = 'EB*1**30';
const MH = 'EB*1**MH';
const COPAY = 'EB*B*IND*CJ***27*40*****Y';
const covered = { status: 'active', decision: 'covered' };
const unknown = { status: 'active', decision: 'unknown' };
const visit = (amountCents: number) => ({ copay: { amountCents, per: 'visit' } });
const MANY = '1^2^3^4^5^6^7^8^9^10^11^12^13^14^15^16^17^18^19^20^21^22^23^24^MH^AI^CJ^CH^A8^98';
const entity = (role: string, name: string, more = '') => ['LS*2120', `NM1*${role}*2*${name}${more}`, 'LE*2120'];

describe('an odd answer about a subscriber', () => {
  it.each<[string, string[], Partial<ReadRequest>, object]>([
    [
      "thirty service types on one deductible, equal to the plan's",
      [PLAN, `EB*C*IND*${MANY}***23*500*****Y`, 'EB*C*IND*30***23*500*****Y'],
      {},
      { ...covered, deductibleIndividual: { limitCents: 50000 } },
    ],
    [
      'thirty service types on one deductible of their own',
      [PLAN, `EB*C*IND*${MANY}***23*250*****Y`, 'EB*C*IND*30***23*500*****Y'],
      {},
      {
        ...covered,
        decision: 'covered_with_conditions',
        conditions: ['separate_deductible'],
        deductibleIndividual: { limitCents: 25000 },
      },
    ],
    [
      'three places of service on one row, the virtual one among them',
      [
        PLAN,
        'EB*B*IND*MH***27*40*****Y',
        'III*ZZ*11',
        'III*ZZ*22',
        'III*ZZ*02',
        'EB*B*IND*MH***27*60*****Y',
        'III*ZZ*21',
      ],
      {},
      { ...covered, ...visit(4000) },
    ],
    [
      'another copay for a virtual visit, asked for a virtual program',
      [PLAN, 'EB*B*IND*MH***27*40*****Y', 'III*ZZ*11', 'EB*B*IND*MH***27*10*****Y', 'III*ZZ*02'],
      { setting: 'virtual' },
      { ...covered, ...visit(1000) },
    ],
    [
      'another copay for a virtual visit, asked for one in person',
      [PLAN, 'EB*B*IND*MH***27*40*****Y', 'III*ZZ*11', 'EB*B*IND*MH***27*10*****Y', 'III*ZZ*02'],
      {},
      { ...covered, ...visit(4000) },
    ],
    [
      'LS in LS, and a name in the second',
      [PLAN, 'EB*U**MH', 'LS*2120', 'LS*2120', 'NM1*VN*2*EXAMPLE BH*****MI*M77', 'LE*2120', 'LE*2120', COPAY],
      {},
      { status: 'active', decision: 'carved_out', carveOut: 'EXAMPLE BH' },
    ],
    ['LE without LS', [PLAN, MH, 'LE*2120', COPAY], {}, { ...covered, ...visit(4000) }],
    [
      'a primary care provider in the middle of the benefits',
      [PLAN, 'EB*L', 'LS*2120', 'NM1*P3*1*EXAMPLE*QUINN', 'LE*2120', COPAY, 'MSG*PCP REFERRAL REQUIRED'],
      {},
      { ...covered, decision: 'covered_with_conditions', conditions: ['referral_required'], ...visit(4000) },
    ],
    ['dates of the plan the wrong way round', ['DTP*291*RD8*20261231-20260101', PLAN, MH], {}, covered],
    [
      "the program's procedure with a modifier, another track's beside it",
      [PLAN, 'EB*B*IND*MH***27*40*****Y', 'EB*B*IND****7*25*****Y*HC:H0015:HF', 'EB*B*IND****7*35*****Y*HC:S9480:GT'],
      {},
      { ...covered, copay: { amountCents: 2500, per: 'day' } },
    ],
    [
      'the same, asked for mental health',
      [PLAN, 'EB*B*IND*MH***27*40*****Y', 'EB*B*IND****7*25*****Y*HC:H0015:HF', 'EB*B*IND****7*35*****Y*HC:s9480:GT'],
      { track: 'mh' },
      { ...covered, copay: { amountCents: 3500, per: 'day' } },
    ],
    [
      'a coinsurance written 80, on the facility',
      [PLAN, 'EB*A*IND*CJ*****80****Y', 'EB*A*IND*MH*****.2****Y'],
      {},
      { ...covered, coinsurance: { percent: 80 } },
    ],
    ['a coinsurance written 0.2', [PLAN, 'EB*A*IND*CJ*****0.2****Y'], {}, { ...covered, coinsurance: { percent: 20 } }],
    ['a coinsurance written 20%', [PLAN, 'EB*A*IND*CJ*****20%****Y'], {}, covered],
    ['a coinsurance written 1', [PLAN, 'EB*A*IND*CJ*****1****Y'], {}, { ...covered, coinsurance: { percent: 100 } }],
    ['a coinsurance below 0', [PLAN, MH, 'EB*A*IND*CJ*****-0.2****Y'], {}, covered],
    [
      'a copay below 0, another with a thousands separator, another with a dollar sign',
      [PLAN, 'EB*B*IND*MH***27*-25*****Y', 'EB*B*IND*CJ***27*1,000.00*****Y', 'EB*B*IND*A8***27*$40*****Y'],
      {},
      covered,
    ],
    ['a percentage where a copay belongs', [PLAN, 'EB*B*IND*CJ***27**.2****Y'], {}, covered],
    ['an amount where a coinsurance belongs', [PLAN, 'EB*A*IND*CJ***27*40*****Y'], {}, covered],
    [
      'a copay and, said in words, the deductible after it',
      [PLAN, COPAY, 'MSG*COPAY THEN DEDUCTIBLE APPLIES'],
      {},
      { ...covered, ...visit(4000) },
    ],
    [
      'tiers in words alone',
      [PLAN, 'EB*B*IND*CJ***27*20*****Y', 'MSG*TIER 1', 'EB*B*IND*CJ***27*60*****Y', 'MSG*TIER 2'],
      {},
      { ...covered, decision: 'covered_with_conditions', conditions: ['tier_unknown'], ...visit(6000) },
    ],
    [
      'authorization required, in Spanish',
      [PLAN, COPAY, 'MSG*SE REQUIERE AUTORIZACION PREVIA'],
      {},
      { ...covered, decision: 'covered_with_conditions', conditions: ['authorization_required'], ...visit(4000) },
    ],
    [
      'not covered, in Spanish',
      [PLAN, 'EB*I**MH*********Y', 'MSG*NO CUBIERTO'],
      {},
      { status: 'active', decision: 'not_covered' },
    ],
    ['active, and inactive for mental health', [PLAN, 'EB*6**MH'], {}, { status: 'active', decision: 'not_covered' }],
    ['active and inactive for the plan', [PLAN, 'EB*6**30', COPAY], {}, { ...covered, ...visit(4000) }],
    [
      'pending for the plan, active for mental health',
      ['EB*5**30', MH],
      {},
      { status: 'pending', decision: 'unknown' },
    ],
    ['dental, vision and pharmacy alone', ['EB*1**35', 'EB*1**AL^88'], {}, { status: 'unknown', decision: 'unknown' }],
    ['no service type anywhere', ['EB*1', 'EB*B*IND****27*30*****Y'], {}, { ...unknown, ...visit(3000) }],
    [
      'coverage that begins next year',
      [PLAN, 'DTP*346*D8*20270101', MH, 'DTP*346*D8*20270101'],
      {},
      { status: 'inactive', decision: 'not_covered' },
    ],
    ['partial hospitalization alone', [PLAN, 'EB*1**BB', 'EB*B*IND*BB***7*100*****Y'], {}, unknown],
    [
      'an exclusion that its message narrows',
      [PLAN, COPAY, 'EB*I**MH', 'MSG*MARRIAGE COUNSELING'],
      {},
      { ...covered, ...visit(4000) },
    ],
    [
      "an exclusion of the program's procedure",
      [PLAN, MH, 'EB*E***********Y*HC:H0015'],
      {},
      { status: 'active', decision: 'not_covered' },
    ],
    [
      'a carve-out in words, ended by a full stop',
      [PLAN, 'EB*D**MH', 'MSG*BH BENEFITS ARE MANAGED BY EXAMPLE CARE. CALL 800-555-0100'],
      {},
      { status: 'active', decision: 'carved_out', carveOut: 'EXAMPLE CARE' },
    ],
    [
      '"contact following entity" with a phone and nobody',
      [PLAN, 'EB*U**MH', 'LS*2120', 'PER*IC**TE*8005550100', 'LE*2120'],
      {},
      unknown,
    ],
    [
      '"contact following entity" that names the payer',
      [PLAN, MH, 'EB*U**MH', ...entity('PR', 'EXAMPLE HEALTH PLAN', '*****PI*99001')],
      {},
      covered,
    ],
    ['a vendor for pharmacy', [PLAN, MH, 'EB*U**88', ...entity('VN', 'EXAMPLE RX')], {}, covered],
    [
      'a payer that was primary until last year',
      [PLAN, MH, 'EB*R**30', 'DTP*290*RD8*20200101-20251231', ...entity('PRP', 'OLD PAYER')],
      {},
      covered,
    ],
    [
      "an individual deductible of 0 beside a family's",
      [
        PLAN,
        MH,
        'EB*C*IND*30***23*0*****Y',
        'EB*C*IND*30***29*0*****Y',
        'EB*C*FAM*30***23*6000*****Y',
        'EB*C*FAM*30***29*1500*****Y',
      ],
      {},
      { ...covered, deductibleFamily: { limitCents: 600000, remainingCents: 150000 } },
    ],
    [
      '"no limit" written 999999.99',
      [PLAN, MH, 'EB*C*IND*30***23*999999.99*****Y', 'EB*C*IND*30***29*999999.99*****Y'],
      {},
      covered,
    ],
    [
      'more left than there was',
      [PLAN, MH, 'EB*C*IND*30***23*500*****Y', 'EB*C*IND*30***29*501*****Y'],
      {},
      { ...covered, deductibleIndividual: { limitCents: 50000 } },
    ],
    [
      'two amounts left of one deductible',
      [PLAN, MH, 'EB*C*IND*30***23*500*****Y', 'EB*C*IND*30***29*100*****Y', 'EB*C*IND*30***29*200*****Y'],
      {},
      { ...covered, deductibleIndividual: { limitCents: 50000, remainingCents: 20000 } },
    ],
    [
      'days of the deductible',
      [PLAN, 'EB*C*IND*CJ***23***DY*5**Y'],
      {},
      { ...covered, decision: 'covered_with_conditions', conditions: ['day_limit'] },
    ],
    [
      'a limit by week, by year and as a ceiling on one row',
      [PLAN, 'EB*F*IND*MH***23******Y', 'HSD*VS*3*WK*1', 'HSD*DY*30***21*1', 'HSD***VS**31*50'],
      {},
      { ...covered, decision: 'covered_with_conditions', conditions: ['visit_limit', 'day_limit'] },
    ],
  ])('%s', (_, segments, request, expected) => {
    expect(gist(answerTo(segments, request))).toEqual(expected);
  });
});

describe('an odd answer about others than were asked for', () => {
  const other = (name: string, ...segments: string[]) => [
    'HL*4*2*22*0',
    `NM1*IL*1*EXAMPLE*${name}****MI*W200`,
    ...segments,
  ];

  it('two subscribers are two answers, each with what stands under them', () => {
    const { answers } = readable(text271([...subscriberLevel(PLAN), ...other('BLAKE', 'EB*6**30')]));
    expect(answers.map(({ patient, status }) => [patient.firstName, status])).toEqual([
      ['AVERY', 'active'],
      ['BLAKE', 'inactive'],
    ]);
  });

  it('a dependent of whom nothing is said is no answer beside the subscriber who was answered', () => {
    const { answers } = readable(text271([...subscriberLevel(PLAN), ...dependentLevel()]));
    expect(answers.map(({ patient }) => patient.firstName)).toEqual(['AVERY']);
  });

  it('levels whose parents do not exist hang where they stand, with an issue each', () => {
    const levels = [...subscriberLevel(), ...dependentLevel(PLAN)];
    const { answers, issues } = readable(
      text271(levels).replace('HL*3*2*22*0', 'HL*3*9*22*1').replace('HL*4*3*23*0', 'HL*4*99*23*0'),
    );
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({ patient: { firstName: 'RILEY' }, subscriber: { firstName: 'AVERY' } });
    expect(issues.map(({ code, at }) => [code, at])).toEqual([
      ['guide', 'segment 9'],
      ['guide', 'segment 12'],
    ]);
  });

  it('a rejection of the payer stands above both who were asked about, also above the one who was answered', () => {
    const levels = [...subscriberLevel('AAA*N**75*C'), ...other('BLAKE', PLAN)];
    const text = text271(levels).replace('HL*2*1*21*1', 'AAA*Y**42*Y~HL*2*1*21*1');
    const { answers } = readable(text);
    expect(answers.map(({ outcome, rejections }) => [outcome, rejections.map((each) => each.code)])).toEqual([
      ['rejected', ['42', '75']],
      ['benefits', ['42']],
    ]);
  });

  it('of 4010 is read as far as the codes go, and held against no guide', () => {
    const text = text271(subscriberLevel(PLAN, COPAY)).replaceAll('005010X279A1', '004010X092A1');
    const { answers, issues } = readable(text);
    expect(answers.map(gist)).toEqual([{ ...covered, ...visit(4000) }]);
    expect(issues).toEqual([]);
  });
});

describe('what is no answer at all', () => {
  const answer = text271(subscriberLevel(PLAN));

  it.each<[string, string, string]>([
    ['nothing', '', 'empty'],
    ['blanks', ' \r\n\t', 'empty'],
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'markup'],
    ['a SOAP envelope', '<?xml version="1.0"?><Envelope/>', 'markup'],
    ['a sentence', 'Service unavailable', 'not_a_payer_message'],
    ['gzip', gzipSync(answer).toString('latin1'), 'not_a_payer_message'],
    ['UTF-16 that was taken for bytes', Buffer.from(answer, 'utf16le').toString('latin1'), 'not_a_payer_message'],
    ['a zip archive', 'PK\u0003\u0004\u0014', 'not_a_payer_message'],
    ['a PDF', '%PDF-1.7', 'not_a_payer_message'],
    ['null', 'null', 'not_a_payer_message'],
    ['an empty list', '[]', 'json_unknown'],
    ['cut-off JSON', '{"subscriber":{"memb', 'json_invalid'],
    ['an authorization response (278)', answer.replaceAll('271', '278'), 'x12_unknown'],
    ['an inquiry', answer.replace('ST*271', 'ST*270'), 'inquiry'],
    ['the first line of an ISA', answer.slice(0, 60), 'not_a_payer_message'],
  ])('%s is refused with its reason, the place and what can be done', (_, text, code) => {
    const result = readPayerMessage(text, REQUEST);
    expect(result).toMatchObject({
      error: { code, position: expect.any(Number), message: expect.stringMatching(/\. [A-Z].*\.$/) },
    });
  });

  it.each([
    ['gzip', gzipSync(answer).toString('utf8'), /unpack/],
    ['UTF-16', `\uFFFD\uFFFD${Buffer.from(answer, 'utf16le').toString('latin1')}`, /UTF-16/],
    ['UTF-16, the other byte first', Buffer.from(answer, 'utf16le').swap16().toString('latin1'), /UTF-16/],
  ])('%s is told by its remedy', (_, text, remedy) => {
    expect(readPayerMessage(text, REQUEST)).toMatchObject({ error: { message: expect.stringMatching(remedy) } });
  });

  it.each<[string, string]>([
    ['behind a mail header', `Content-Type: application/edi-x12\r\n\r\n${answer}`],
    ['behind a byte order mark', `\uFEFF${answer}`],
    ['from its ST on', answer.slice(answer.indexOf('ST*271'))],
    ['with an ISA that is too short', answer.replace('PAYER          ', 'PAYER')],
    ['wrapped at 80 characters', answer.replace(/(.{80})/g, '$1\r\n')],
    ['cut off in the middle of its trailer', answer.slice(0, -30)],
  ])('an answer %s is read all the same', (_, text) => {
    expect(readable(text).answers).toMatchObject([{ status: 'active' }]);
  });
});
