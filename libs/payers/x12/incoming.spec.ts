import type { HttpResponse } from '@openvob/platform';
import { writeInterchange } from '@openvob/x12';
import { inquiryText } from '../../../apps/payer-simulator/inquiry.fixture';
import type { Inquiry } from '../contract';
import { readReply } from './incoming';

const clock = { now: () => new Date('2026-03-01T12:00:00Z') };
const evidence = { request: 'THE-270', format: 'x12-270' };

const inquiry: Inquiry = {
  id: 'inq_1',
  trace: 'OURS1',
  payer: { name: 'Northwind', id: 'NW001' },
  provider: { name: 'Harbor House', npi: '1999999984' },
  subscriber: { firstName: 'Imogen', lastName: 'Marlowe', birthDate: '1988-04-12', memberId: 'M777' },
  serviceTypes: ['30'],
  serviceDate: '2026-03-02',
};

function read(response: Partial<HttpResponse>, asked: Inquiry = inquiry) {
  return readReply({ status: 200, headers: {}, body: '', ...response }, { inquiry: asked, clock, evidence });
}

interface AnswerFixture {
  reference?: string;
  trace?: string | undefined;
  names?: string;
  birthDate?: string;
  memberId?: string;
  content?: readonly string[];
}

/** Segments of one 271, between ST and SE. */
function answer(fixture: AnswerFixture = {}): string[] {
  const { reference = 'OURS1', names = 'MARLOWE*IMOGEN', birthDate = '19880412', memberId = 'M777' } = fixture;
  const { content = ['EB*1**30', 'EB*C*IND*30***23*500*****Y'] } = fixture;
  const trace = 'trace' in fixture ? fixture.trace : 'OURS1';
  return [
    `BHT*0022*11*${reference}*20260301*0800`,
    'HL*1**20*1',
    'NM1*PR*2*NORTHWIND*****PI*NW001',
    'HL*2*1*21*1',
    'NM1*1P*2*HARBOR HOUSE*****XX*1999999984',
    'HL*3*2*22*0',
    ...(trace === undefined ? [] : [`TRN*2*${trace}*9OPENVOB00`]),
    `NM1*IL*1*${names}****MI*${memberId}`,
    `DMG*D8*${birthDate}`,
    ...content,
  ];
}

function file(...answers: readonly (readonly string[])[]): string {
  const party = { qualifier: 'ZZ', id: 'SOMEBODY' };
  const written = writeInterchange({
    sender: party,
    receiver: party,
    control: 7,
    writtenOn: '2026-03-01',
    writtenAt: '08:00',
    usage: 'T',
    functionalCode: 'HB',
    version: '005010X279A1',
    transactions: answers.map((segments) => ({
      kind: '271',
      segments: segments.map((raw) => {
        const [id = '', ...elements] = raw.split('*');
        return [id, ...elements] as const;
      }),
    })),
  });
  if (!written.ok) throw new Error(JSON.stringify(written.faults));
  return written.text;
}

describe('a reply that is read', () => {
  it('gives benefits with issues, and the X12 as evidence of them', () => {
    const body = file(answer());
    expect(read({ body })).toMatchObject({
      kind: 'benefits',
      snapshot: { status: 'active', trace: ['OURS1'] },
      evidence: { request: 'THE-270', response: body, httpStatus: 200, format: 'x12-271' },
    });
  });

  it('gives a rejection when an AAA stands alone, and benefits when there are any', () => {
    expect(read({ body: file(answer({ content: ['AAA*N**75*C'] })) })).toMatchObject({
      kind: 'rejected',
      snapshot: { rejections: [{ code: '75', followUp: 'C' }] },
    });
    const both = answer({ content: ['EB*1**30', 'AAA*N**70*C'] });
    expect(read({ body: file(both) })).toMatchObject({ kind: 'benefits', snapshot: { rejections: [{ code: '70' }] } });
  });

  it('takes a rejection of the payer, which names nobody, by the reference that it gives back', () => {
    const segments = (reference: string) => [`BHT*0022*11*${reference}*20260301*0800`, 'HL*1**20*0', 'AAA*N**42*R'];
    expect(read({ body: file(segments('OURS1')) })).toMatchObject({
      kind: 'rejected',
      snapshot: { rejections: [{ code: '42' }] },
    });
    expect(read({ body: file(segments('THEIRS1')) })).toMatchObject({ why: 'foreign', detail: 'foreign_trace' });
  });

  it('takes an answer without a trace by the reference, and not without either', () => {
    expect(read({ body: file(answer({ trace: undefined })) }).kind).toBe('benefits');
    const neither = answer({ trace: undefined, reference: 'THEIRS1' });
    expect(read({ body: file(neither) })).toMatchObject({ why: 'foreign', detail: 'foreign_trace' });
  });

  it.each([
    ['trace', { trace: 'THEIRS1' }],
    ['name', { names: 'ELSEWHERE*QUINTESSA' }],
    ['birth_date', { birthDate: '19310107' }],
    ['member_id', { memberId: 'OTHER9', birthDate: '' }],
  ])('calls an answer of another %s foreign, and keeps it as evidence', (mismatch, fixture) => {
    const body = file(answer(fixture));
    expect(read({ body })).toEqual({
      kind: 'unavailable',
      why: 'foreign',
      detail: `foreign_${mismatch}`,
      evidence: { request: 'THE-270', response: body, httpStatus: 200, format: 'x12-271' },
    });
  });

  it('takes a member id that the payer corrected where name and birth date are right', () => {
    expect(read({ body: file(answer({ memberId: 'CORRECTED1' })) })).toMatchObject({
      kind: 'benefits',
      snapshot: { patient: { memberId: 'CORRECTED1' } },
    });
  });

  it('picks its own answer among those of others, wherever it stands, and says so', () => {
    const other = answer({ trace: 'THEIRS1', names: 'ELSEWHERE*QUINTESSA', content: ['EB*6**30'] });
    for (const answers of [
      [other, answer()],
      [answer(), other],
    ]) {
      const read1 = read({ body: file(...answers) });
      expect(read1).toMatchObject({ kind: 'benefits', snapshot: { status: 'active' } });
      expect(codesOf(read1)).toEqual(['other_answers']);
    }
    expect(read({ body: file(other, other) })).toMatchObject({ why: 'foreign' });
  });

  it('tells the same answer twice from two answers', () => {
    expect(codesOf(read({ body: file(answer(), answer()) }))).toEqual(['duplicate_answer']);
    const differing = read({ body: file(answer(), answer({ content: ['EB*6**30'] })) });
    expect(differing).toMatchObject({ kind: 'benefits', snapshot: { status: 'active' } });
    expect(codesOf(differing)).toEqual(['several_answers']);
  });

  it('takes benefits before a rejection of the same person', () => {
    const both = read({ body: file(answer({ content: ['AAA*N**75*C'] }), answer()) });
    expect(both.kind).toBe('benefits');
    expect(codesOf(both)).toEqual(['several_answers']);
  });

  it('works benefits out for the date that was asked about', () => {
    const ends = answer({ content: ['DTP*347*D8*20260228', 'EB*1**30'] });
    expect(read({ body: file(ends) })).toMatchObject({ snapshot: { status: 'inactive' } });
    expect(read({ body: file(ends) }, { ...inquiry, serviceDate: '2026-02-20' })).toMatchObject({
      snapshot: { status: 'active' },
    });
  });
});

describe('a reply without an answer', () => {
  const acknowledged = (body: string) => ({
    body: `ISA*00*          *00*          *ZZ*A              *ZZ*B              *260301*0800*^*00501*000000001*0*T*:~${body}IEA*1*000000001~`,
  });
  const group = (body: string) =>
    acknowledged(`GS*FA*A*B*20260301*0800*1*X*005010X231A1~ST*999*0001*005010X231A1~AK1*HS*1~${body}SE*4*0001~GE*1*1~`);

  it.each([
    [
      'a rejecting 999',
      group('AK2*270*0001~IK3*NM1*8*2100*8~IK4*9*67*7~IK5*R*5~AK9*R*1*1*0~'),
      'configuration',
      '999_rejected_8_NM1',
      'x12-999',
    ],
    [
      'an accepting 999',
      group('AK2*270*0001~IK5*A~AK9*A*1*1*1~'),
      'unreadable',
      'acknowledged_without_answer',
      'x12-999',
    ],
    [
      'a TA1 about the sender',
      acknowledged('TA1*000000001*260301*0800*R*006~'),
      'configuration',
      'ta1_rejected_006',
      'x12-ta1',
    ],
    [
      'a TA1 about a cut file',
      acknowledged('TA1*000000001*260301*0800*R*023~'),
      'unreadable',
      'ta1_rejected_023',
      'x12-ta1',
    ],
    [
      'a TA1 about a number used before',
      acknowledged('TA1*000000001*260301*0800*R*025~'),
      'unreadable',
      'ta1_rejected_025',
      'x12-ta1',
    ],
    ['our own inquiry', { body: inquiryText() }, 'unreadable', 'no_271', 'x12'],
    ['nothing', { body: '' }, 'unreadable', 'empty', 'unknown'],
    ['a web page', { body: '<html>' }, 'unreadable', 'html', 'html'],
    [
      'a 271 about nobody',
      { body: file(['BHT*0022*11*OURS1*20260301*0800', 'HL*1**20*1', 'NM1*PR*2*NORTHWIND*****PI*NW001']) },
      'unreadable',
      'nobody_answered',
      'x12-271',
    ],
  ])('is told: %s', (_name, response, why, detail, format) => {
    expect(read(response)).toEqual({
      kind: 'unavailable',
      why,
      detail,
      evidence: { request: 'THE-270', response: response.body, httpStatus: 200, format },
    });
  });

  it('is told wherever a 271 is cut off before its SE; what may be missing behind that is the envelope alone', () => {
    const body = file(answer());
    const trailer = body.indexOf('~SE*') + 2;
    for (let length = body.indexOf('ST*271'); length < body.length; length++) {
      expect(read({ body: body.slice(0, length) }).kind).toBe(length <= trailer ? 'unavailable' : 'benefits');
    }
  });

  it.each([
    [301, {}, 'configuration', undefined],
    [400, {}, 'configuration', undefined],
    [401, {}, 'configuration', undefined],
    [403, {}, 'configuration', undefined],
    [404, {}, 'configuration', undefined],
    [408, {}, 'timeout', undefined],
    [413, {}, 'configuration', undefined],
    [429, { 'retry-after': '120' }, 'throttled', 120_000],
    [429, {}, 'throttled', undefined],
    [500, {}, 'timeout', undefined],
    [500, { 'retry-after': '30' }, 'timeout', 30_000],
    [501, {}, 'down', undefined],
    [502, {}, 'timeout', undefined],
    [503, { 'retry-after': 'Sun, 01 Mar 2026 12:05:00 GMT' }, 'down', 300_000],
    [503, { 'retry-after': 'Sun, 01 Mar 2026 11:00:00 GMT' }, 'down', 0],
    [503, { 'retry-after': '999999999' }, 'down', 86_400_000],
    [503, { 'retry-after': 'soon' }, 'down', undefined],
    [504, {}, 'timeout', undefined],
    [505, {}, 'down', undefined],
    [524, {}, 'timeout', undefined],
  ])('is told by status %d with %j: %s', (status, headers, why, retryAfterMs) => {
    const { evidence: kept, ...told } = read({ status, headers, body: 'no' }) as ReturnType<typeof read> & {
      evidence: object;
    };
    expect(told).toEqual({
      kind: 'unavailable',
      why,
      detail: `http_${status}`,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
    expect(kept).toMatchObject({ httpStatus: status, response: 'no' });
  });

  const fault = (value: string) =>
    `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Code><s:Value>${value}</s:Value></s:Code></s:Fault></s:Body></s:Envelope>`;
  const coreError = (code: string) =>
    `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><c:COREEnvelopeRealTimeResponse xmlns:c="x"><PayloadType>CoreEnvelopeError</PayloadType><ErrorCode>${code}</ErrorCode></c:COREEnvelopeRealTimeResponse></s:Body></s:Envelope>`;

  it.each([
    [500, fault('wsse:FailedAuthentication'), 'configuration', 'credentials_refused'],
    [500, fault('s:Sender'), 'configuration', 'soap_sender'],
    [500, fault('s:Receiver'), 'down', 'soap_receiver'],
    [400, fault('s:VersionMismatch'), 'configuration', 'soap_version'],
    [503, fault('s:Sender'), 'down', 'http_503'],
    [200, fault('s:Receiver'), 'down', 'soap_receiver'],
    [200, coreError('UnAuthorized'), 'configuration', 'credentials_refused'],
    [200, coreError('PayloadIDRequired'), 'configuration', 'core_PayloadIDRequired'],
    [200, coreError('VersionMismatch'), 'configuration', 'core_VersionMismatch'],
    [200, coreError('ChecksumMismatched'), 'unreadable', 'core_ChecksumMismatched'],
    [200, coreError('Receiver'), 'down', 'core_Receiver'],
    [200, coreError('MARLOWE IMOGEN not served'), 'down', 'core_error'],
    [500, coreError('UnAuthorized'), 'configuration', 'credentials_refused'],
  ])('is told by status %d and what the envelope says: %#', (status, body, why, detail) => {
    expect(read({ status, body })).toMatchObject({ kind: 'unavailable', why, detail, evidence: { response: body } });
  });
});

function codesOf(given: ReturnType<typeof read>): string[] {
  const ours = ['duplicate_answer', 'several_answers', 'other_answers'];
  return 'issues' in given ? given.issues.map(({ code }) => code).filter((code) => ours.includes(code)) : [];
}
