import { readX12 } from '@openvob/x12';
import { readInquiry } from './inquiry';
import { type InquiryFixture, inquiryText } from './inquiry.fixture';
import { putInquiryInto } from './put-inquiry';

function asked(fixture: InquiryFixture = {}) {
  const [transaction] = readX12(inquiryText({ memberId: 'MINE01', trace: 'MYTRACE', ...fixture })).transactions;
  if (transaction === undefined) throw new Error('no inquiry');
  return readInquiry(transaction);
}

const dependent = { lastName: 'MARLOWE', firstName: 'TOBIAS', birthDate: '20100705' };

/** Somebody's answer: other delimiters, line breaks, a wrong SE01, a repeated MSG. */
function given(loops: readonly string[], separator = '*'): string {
  const segments = [
    'ISA*00*          *00*          *ZZ*PAYER          *ZZ*SOMEBODY       *250109*0800*}*00501*000000001*0*P*^',
    'GS*HB*PAYER*SOMEBODY*20250109*0800*1*X*005010X279A1',
    'ST*271*0001*005010X279A1',
    'BHT*0022*11*THEIRS*20250110*0800',
    'HL*1**20*1',
    'NM1*PR*2*SOME PAYER*****PI*12345',
    'HL*2*1*21*1',
    'NM1*1P*2*SOME CLINIC*****XX*1999999984',
    ...loops,
    'SE*99*0001',
    'GE*1*1',
    'IEA*1*000000001',
  ];
  return segments.map((segment) => `${segment.replaceAll('*', separator)}~\n`).join('');
}

const subscriberLoop = [
  'HL*3*2*22*0',
  'TRN*2*THEIRTRACE*9SOMEBODY0',
  'TRN*1*PAYERSOWN*9PAYER00000',
  'NM1*IL*1*SMITH*JOHN*Q***MI*111222333',
  'DMG*D8*19700101*M',
  'DTP*346*D8*20250101',
  'DTP*291*RD8*20250101-99991231',
  'EB*1**30',
  'DTP*348*RD8*20250101-20251231',
  'LS*2120',
  'NM1*P3*1*JONES*MARCUS',
  'LE*2120',
];
const dependentLoop = [
  'HL*3*2*22*1',
  'NM1*IL*1*SMITH*JOHN****MI*111222333',
  'HL*4*3*23*0',
  'NM1*03*1*SMITH*MARY',
  'DTP*472*D8*20250112',
  'EB*1**30',
];

function raw(text: string): string[] {
  return readX12(text).segments.map((segment) => segment.raw);
}

describe('an inquiry put into somebody else’s 271', () => {
  it('gives it trace, reference and person, and leaves all else as it was', () => {
    const before = given(subscriberLoop);
    const after = raw(putInquiryInto(before, asked({ serviceDate: '20250110' })));
    const changed = after.filter((segment) => !raw(before).includes(segment));
    expect(changed).toEqual([
      'BHT*0022*11*REFMYTRACE*20250110*0800',
      'TRN*2*MYTRACE*9SOMEBODY0',
      'NM1*IL*1*MARLOWE*IMOGEN****MI*MINE01',
      'DMG*D8*19880412*M',
    ]);
    expect(after).toHaveLength(raw(before).length);
  });

  it('moves all dates alike, so that the date of the file becomes the date asked about', () => {
    const after = raw(putInquiryInto(given(subscriberLoop), asked({ serviceDate: '20260215' })));
    expect(after).toEqual(
      expect.arrayContaining([
        'BHT*0022*11*REFMYTRACE*20260215*0800',
        'GS*HB*PAYER*SOMEBODY*20260214*0800*1*X*005010X279A1',
        'DTP*346*D8*20260206',
        'DTP*291*RD8*20260206-99991231',
        'DTP*348*RD8*20260206-20270205',
        'DMG*D8*19880412*M',
      ]),
    );
    expect(after[0]).toContain('*260214*0800*');
  });

  it('takes the service date of the file, not the day on which it was written', () => {
    const after = raw(putInquiryInto(given(dependentLoop), asked({ serviceDate: '20250113' })));
    expect(after).toContain('DTP*472*D8*20250113');
    expect(after.find((segment) => segment.startsWith('BHT'))).toContain('*20250111*');
  });

  it('puts a dependent into the dependent’s loop and the member id into the subscriber’s', () => {
    const after = raw(putInquiryInto(given(dependentLoop), asked({ dependent })));
    expect(after).toEqual(
      expect.arrayContaining([
        'NM1*IL*1*MARLOWE*IMOGEN****MI*MINE01',
        'TRN*2*MYTRACE*9OPENVOB00',
        'NM1*03*1*MARLOWE*TOBIAS',
        'DMG*D8*20100705',
      ]),
    );
    expect(after.indexOf('TRN*2*MYTRACE*9OPENVOB00')).toBe(after.indexOf('HL*4*3*23*0') + 1);
    expect(after.indexOf('DMG*D8*20100705')).toBe(after.indexOf('NM1*03*1*MARLOWE*TOBIAS') + 1);
  });

  it('counts what it put in on top of what SE01 said', () => {
    expect(raw(putInquiryInto(given(dependentLoop), asked({ dependent })))).toContain('SE*101*0001');
    expect(raw(putInquiryInto(given(subscriberLoop), asked()))).toContain('SE*99*0001');
  });

  it('puts a subscriber whom the file knows as a dependent into the dependent’s loop', () => {
    const after = raw(putInquiryInto(given(dependentLoop), asked()));
    expect(after).toContain('NM1*IL*1*SMITH*JOHN****MI*MINE01');
    expect(after).toContain('NM1*03*1*MARLOWE*IMOGEN');
  });

  it('puts a dependent whom the file knows as the subscriber into the subscriber’s loop', () => {
    const after = raw(putInquiryInto(given(subscriberLoop), asked({ dependent })));
    expect(after).toContain('NM1*IL*1*MARLOWE*TOBIAS****MI*MINE01');
    expect(after).toContain('DMG*D8*20100705*M');
  });

  it('keeps the delimiters of the file, and out of the values what they delimit', () => {
    const text = putInquiryInto(given(subscriberLoop, '|'), asked({ lastName: 'MAR|LOWE', firstName: 'IM}OGEN' }));
    expect(text).toContain('NM1|IL|1|MAR LOWE|IM OGEN||||MI|MINE01~\n');
  });

  it('writes a file anew whose lines are broken at a fixed width', () => {
    const wrapped = given(subscriberLoop).replaceAll('\n', '').replace(/.{80}/g, '$&\n');
    const after = raw(putInquiryInto(wrapped, asked()));
    expect(after).toContain('NM1*IL*1*MARLOWE*IMOGEN****MI*MINE01');
    expect(after).toHaveLength(raw(wrapped).length);
  });

  it('gives a 271 that rejects the provider the reference, and moves its dates', () => {
    const loops = ['AAA*N**51*C'];
    const after = raw(putInquiryInto(given(loops), asked({ serviceDate: '20250111' })));
    expect(after).toContain('BHT*0022*11*REFMYTRACE*20250111*0800');
  });
});
