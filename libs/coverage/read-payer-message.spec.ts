import { stediV3, stediV3Rows } from '@openvob/benefits/json/stedi-v3.fixture';
import { subscriberLevel, text271 } from '@openvob/benefits/x12-271.fixture';
import { readPayerMessage } from './read-payer-message';
import type { ReadRequest, ReadResult } from './read-result';

const REQUEST: ReadRequest = { track: 'sud', network: 'in', setting: 'in_person' };
const read = (text: string, request: Partial<ReadRequest> = {}) => readPayerMessage(text, { ...REQUEST, ...request });

function readable(text: string, request: Partial<ReadRequest> = {}): ReadResult {
  const result = read(text, request);
  if ('error' in result) throw new Error(result.error.code);
  return result;
}

const ANSWER = text271(subscriberLevel('EB*1**30', 'EB*1**MH', 'EB*B*IND*MH***27*25'));
const HEAD = ANSWER.slice(0, ANSWER.indexOf('GS*'));
const TA1 = `${HEAD}TA1*000000005*260309*1000*R*020~IEA*0*000000007~`;
const ACCEPTANCE = [
  `${HEAD}GS*FA*PAYER*CENTER*20260310*0900*7*X*005010X231A1`,
  'ST*999*0001*005010X231A1',
  'AK1*HS*5*005010X279A1',
  'AK2*270*0001*005010X279A1',
  'IK5*A',
  'AK9*A*1*1*1',
  'SE*6*0001',
  'GE*1*7',
  'IEA*1*000000007~',
].join('~');

describe("a payer's message", () => {
  it('in X12 is answered with decision and without the basis of it', () => {
    const result = readable(ANSWER);
    expect(result).toMatchObject({ format: 'x12-271', acknowledgements: [], issues: [] });
    expect(result.answers).toHaveLength(1);
    expect(result.answers[0]).toMatchObject({
      status: 'active',
      iop: { decision: 'covered', copay: { value: { amountCents: 2500 } } },
    });
    expect(result.answers[0]).not.toHaveProperty('basis');
  });

  it('is worked out for what was asked', () => {
    const levels = subscriberLevel('EB*1**30', 'DTP*349*D8*20260331', 'EB*1**CH', 'EB*B*IND*CH***27*25*****N');
    const copayOf = (request: Partial<ReadRequest>) =>
      readable(text271(levels), request).answers[0]?.iop.copay?.value.amountCents;
    expect(copayOf({})).toBeUndefined();
    expect(copayOf({ network: 'out' })).toBe(2500);
    expect(readable(text271(levels), { on: '2026-04-01' }).answers[0]?.status).toBe('active');
    expect(readable(text271(levels.slice(0, 5)), { on: '2026-04-01' }).answers[0]?.status).toBe('inactive');
    expect(readable(text271(subscriberLevel('EB*1**30', 'EB*1**CJ')), { track: 'mh' }).answers[0]?.iop.decision).toBe(
      'unknown',
    );
  });

  it('may acknowledge: 999 and TA1', () => {
    expect(readable(ACCEPTANCE)).toMatchObject({
      format: 'x12-999',
      answers: [],
      acknowledgements: [{ kind: '999', accepted: true }],
    });
    expect(readable(TA1)).toMatchObject({
      format: 'x12-ta1',
      acknowledgements: [{ kind: 'TA1', accepted: false, control: '000000005' }],
    });
  });

  it('may acknowledge with what no TA1 may hold, which is named', () => {
    const odd = TA1.replace('TA1*000000005*260309*1000*R*020', 'TA1*5*261399*1000*Q*999');
    const { acknowledgements, issues } = readable(odd);
    expect(acknowledgements).toMatchObject([{ kind: 'TA1', accepted: false, control: '5' }]);
    expect(issues.map(({ code, at, message }) => [code, at, message.slice(0, 5)])).toEqual([
      ['guide', 'segment 2', 'TA101'],
      ['guide', 'segment 2', 'TA102'],
      ['code_not_allowed', 'segment 2', 'TA104'],
      ['code_not_allowed', 'segment 2', 'TA105'],
    ]);
  });

  it('may be mixed: the first names the format', () => {
    const mixed = readable(ACCEPTANCE + ANSWER);
    expect([mixed.format, mixed.answers.length, mixed.acknowledgements.length]).toEqual(['x12-999', 1, 1]);
    expect(readable(ANSWER + TA1).format).toBe('x12-271');
  });

  it('keeps every fault as an issue, in the order of the file', () => {
    const faulty = text271(subscriberLevel('DMG*D8*19801301*F', 'EB*A*IND*MH*****20', 'EB*1**Q9')).replace(
      'IEA*1*',
      'IEA*2*',
    );
    const issues = readable(faulty).issues;
    expect(issues.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['date_unreadable', 'percent_range', 'code_not_allowed', 'envelope']),
    );
    const numbers = issues.map(({ at }) => Number(at.replace('segment ', '')));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  it('passes over transactions of other kinds with an issue', () => {
    const withInquiry = ACCEPTANCE + ANSWER.replace('ST*271', 'ST*270').replace('HB*', 'HS*');
    expect(readable(withInquiry).issues).toContainEqual(
      expect.objectContaining({ severity: 'info', code: 'other_transaction' }),
    );
  });

  it('cut off in the middle is read as far as it goes', () => {
    const cut = ANSWER.slice(0, ANSWER.indexOf('EB*B'));
    expect(readable(cut).answers[0]?.iop.decision).toBe('covered');
    expect(readable(cut).issues.map(({ code }) => code)).toContain('envelope');
  });

  it('that begins with ST is read with the usual delimiters and an error issue', () => {
    const bare = ANSWER.slice(ANSWER.indexOf('ST*'));
    const result = readable(bare);
    expect(result.answers[0]?.iop.decision).toBe('covered');
    expect(result.issues[0]).toMatchObject({ severity: 'error', code: 'envelope' });
  });
});

describe("a payer's message in JSON", () => {
  const rows = [
    { code: '1', serviceTypeCodes: ['30'] },
    { code: '1', serviceTypeCodes: ['MH'] },
    {
      code: 'B',
      serviceTypeCodes: ['MH'],
      timeQualifierCode: '27',
      benefitAmount: '25',
      inPlanNetworkIndicatorCode: 'Y',
    },
  ];
  const grouped = { payerId: 'EXMPL', plans: [{ benefits: { statuses: [{ status: 'ACTIVE_COVERAGE' }] } }] };
  const fhir = { resourceType: 'CoverageEligibilityResponse', created: '2026-03-10', insurance: [{ inforce: true }] };

  it('is answered with decision like one in X12', () => {
    const result = readable(JSON.stringify(stediV3Rows(...rows)));
    expect(result).toMatchObject({ format: 'stedi-v3', acknowledgements: [], issues: [] });
    expect(result.answers).toMatchObject([
      {
        status: 'active',
        iop: {
          decision: 'covered',
          copay: { value: { amountCents: 2500 }, source: [{ path: '/benefitsInformation/2' }] },
        },
      },
    ]);
    expect(result.answers[0]).not.toHaveProperty('basis');
  });

  it.each([
    ['stedi-v3', stediV3Rows(...rows)],
    ['stedi-v3', stediV3({ errors: [{ code: '42' }] })],
    ['stedi-2026-06-01', grouped],
    ['stedi-2026-06-01', { payerId: 'EXMPL', errors: [{ code: '42' }] }],
    ['fhir-r4', fhir],
    ['fhir-r4', { resourceType: 'Bundle', entry: [{ resource: fhir }] }],
  ])('is recognised by what it holds: %s', (format, document) => {
    expect(readable(JSON.stringify(document)).format).toBe(format);
    expect(readable(`\uFEFF\n ${JSON.stringify(document, null, 2)}\n`).format).toBe(format);
  });

  it('may stand in the wrapper of an API description, its sources as they are in the file', () => {
    const wrapped = { description: 'Example', value: stediV3Rows(...rows) };
    expect(readable(JSON.stringify(wrapped)).answers[0]?.iop.copay?.source).toEqual([
      { path: '/value/benefitsInformation/2' },
    ]);
  });

  it.each([
    ['{}', 'json_unknown', 0],
    [' [1, 2]', 'json_unknown', 1],
    ['{"resourceType":"Patient"}', 'json_unknown', 0],
    ['{"resourceType":"CoverageEligibilityRequest","status":"active"}', 'inquiry', 0],
    ['{"x12":"ISA and other stories"}', 'json_unknown', 0],
    ['{"errors":[{"message":"Unauthorized"}]}', 'json_unknown', 0],
    ['{"subscriber":{"memberId":"W100"},"encounter":{"serviceTypeCodes":["MH"]}}', 'json_unknown', 0],
    ['{"benefitsInformation": [', 'json_invalid', 25],
    ['\uFEFF{"benefitsInformation": x}', 'json_invalid', 25],
  ])('%j is none: %s', (text, code, position) => {
    expect(read(text)).toEqual({ error: { code, position, message: expect.stringMatching(/^[A-Z].*\.$/) } });
  });

  it('may pass on that the payer could not read the inquiry', () => {
    const refusal = ACCEPTANCE.replace('IK5*A', 'IK5*R');
    const passedOn = { id: 'ec_example', x12: refusal, payer: { type: 'PAYER' } };
    for (const document of [passedOn, { ...passedOn, payerId: 'EXMPL', plans: [] }]) {
      expect(readable(JSON.stringify(document))).toMatchObject({
        format: 'stedi-2026-06-01',
        acknowledgements: [{ kind: '999', accepted: false }],
      });
    }
    expect(readable(JSON.stringify(passedOn)).answers).toEqual([]);
    expect(readable(JSON.stringify({ ...grouped, x12: ANSWER })).acknowledgements).toEqual([]);
  });

  it('is read as the format that is demanded', () => {
    expect(readable(JSON.stringify(stediV3()), { format: 'stedi-v3' }).answers).toHaveLength(1);
    expect(read(JSON.stringify(fhir), { format: 'x12-271' })).toMatchObject({ error: { code: 'not_a_payer_message' } });
    expect(read(ANSWER, { format: 'stedi-v3' })).toMatchObject({ error: { code: 'json_invalid', position: 0 } });
    expect(read(JSON.stringify(stediV3Rows(...rows)), { format: 'fhir-r4' })).toMatchObject({
      error: { code: 'format_mismatch' },
    });
  });
});

describe("what is no payer's message", () => {
  it.each([
    ['', 'empty', 0],
    ['  \r\n\t ', 'empty', 0],
    ['\uFEFF', 'empty', 0],
    [ANSWER.replace('ST*271', 'ST*270'), 'inquiry', 0],
    [ANSWER.replace('ST*271', 'ST*837'), 'x12_unknown', 0],
    ['<!DOCTYPE html><html><body>Sign in</body></html>', 'markup', 0],
    ['\n<html>', 'markup', 1],
    ['<?xml version="1.0"?><soap:Envelope xmlns:soap="x"/>', 'markup', 0],
    [
      '<CoverageEligibilityResponse xmlns="http://hl7.org/fhir"><id value="1"/></CoverageEligibilityResponse>',
      'fhir_in_xml',
      0,
    ],
    ['<?xml version="1.0" encoding="UTF-8"?>\n<Bundle xmlns="http://hl7.org/fhir"/>', 'fhir_in_xml', 0],
    ['Bad Gateway', 'not_a_payer_message', 0],
    ['ISA and other stories', 'not_a_payer_message', 0],
  ])('%j is refused as %s', (text, code, position) => {
    expect(read(text)).toEqual({ error: { code, position, message: expect.stringMatching(/^[A-Z].*\.$/) } });
  });

  it('is said of a demanded format that the text is not in', () => {
    expect(read(ANSWER, { format: 'x12-999' })).toMatchObject({ error: { code: 'format_mismatch' } });
    expect(read('{}', { format: 'x12-271' })).toMatchObject({ error: { code: 'not_a_payer_message' } });
    expect(readable(ACCEPTANCE + ANSWER, { format: 'x12-271' }).format).toBe('x12-271');
  });
});
