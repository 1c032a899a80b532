/** What a test asks; everything has an answer so that a test names only what it is about. */
export interface InquiryFixture {
  readonly payerId?: string;
  readonly memberId?: string;
  readonly trace?: string;
  readonly serviceTypes?: readonly string[];
  readonly serviceDate?: string;
  readonly lastName?: string;
  readonly firstName?: string;
  readonly birthDate?: string;
  readonly dependent?: { readonly lastName: string; readonly firstName: string; readonly birthDate: string };
}

/** A 270 written by hand, not by the writer that the product uses. The people are invented. */
export function inquiryText(fixture: InquiryFixture = {}): string {
  const { payerId = 'NW001', memberId = 'NWH0010001', trace = 'TRACE0001', serviceTypes = ['30'] } = fixture;
  const { lastName = 'MARLOWE', firstName = 'IMOGEN', birthDate = '19880412', dependent } = fixture;
  const { serviceDate = '20260302' } = fixture;
  const asked = [`DTP*291*D8*${serviceDate}`, `EQ*${serviceTypes.join('^')}`];
  const traced = `TRN*1*${trace}*9OPENVOB00`;
  const body = [
    `BHT*0022*13*REF${trace}*20260301*1200`,
    'HL*1**20*1',
    `NM1*PR*2*SOME PAYER*****PI*${payerId}`,
    'HL*2*1*21*1',
    'NM1*1P*2*HARBOR HOUSE RECOVERY*****XX*1999999984',
    `HL*3*2*22*${dependent ? 1 : 0}`,
    ...(dependent ? [] : [traced]),
    `NM1*IL*1*${lastName}*${firstName}****MI*${memberId}`,
    `DMG*D8*${birthDate}`,
    ...(dependent ? [] : asked),
    ...(dependent
      ? [
          'HL*4*3*23*0',
          traced,
          `NM1*03*1*${dependent.lastName}*${dependent.firstName}`,
          `DMG*D8*${dependent.birthDate}`,
          'INS*N*19',
          ...asked,
        ]
      : []),
  ];
  const segments = [
    'ISA*00*          *00*          *ZZ*CLINIC         *ZZ*CLEARING       *260301*1200*^*00501*000000042*0*T*:',
    'GS*HS*CLINIC*CLEARING*20260301*1200*42*X*005010X279A1',
    'ST*270*0042*005010X279A1',
    ...body,
    `SE*${body.length + 2}*0042`,
    'GE*1*42',
    'IEA*1*000000042',
  ];
  return `${segments.join('~')}~`;
}
