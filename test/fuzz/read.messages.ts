const HEAD = [
  'BHT*0022*11*T1*20261121*1000',
  'HL*1**20*1',
  'NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*12345',
  'HL*2*1*21*1',
  'NM1*1P*2*EXAMPLE RECOVERY CENTER*****XX*1234567893',
  'HL*3*2*22*1',
  'TRN*2*T1*9OPENVOB01',
  'NM1*IL*1*EXAMPLE*PAT****MI*W1',
  'REF*6P*G100',
  'DMG*D8*19900101*F',
  'DTP*346*D8*20260101',
];

/** Our own answers that hold every kind of row, every joining and every kind of odd value. Invented people. */
export function benefitMessages(): string[] {
  return [RICH, ODD, ROUTED, MESSAGES, DEPENDENTS, FLOOD, REJECTED].map(answer);
}

const RICH = [
  ...HEAD,
  'EB*1**30**GOLD PPO',
  'EB*1**MH^CJ^CH*********Y',
  'EB*C*IND*30**GOLD PPO*23*1500*****Y',
  'EB*C*IND*30**GOLD PPO*24*750.5*****Y',
  'EB*C*IND*30**GOLD PPO*29*749.5*****Y',
  'EB*C*FAM*30**GOLD PPO*23*3000*****Y',
  'EB*C*FAM*30**GOLD PPO*29*2000*****Y',
  'EB*G*IND*30***23*5000*****Y',
  'EB*G*IND*30***29*4000*****Y',
  'EB*C*IND*30***23*4000*****N',
  'EB*A*IND*CJ*****.2***Y*Y',
  'EB*A*IND*CJ*****.4***Y*N',
  'EB*B*IND*98***27*25*****Y',
  'III*ZZ*11',
  'EB*B*IND*CJ***27*40*****Y*HC:H0015',
  'EB*F*IND*CJ***23***VS*30**Y',
  'HSD*VS*30***22',
  'HSD***VS**31*50',
  'EB*F*IND*CJ***29***VS*12**Y',
  'DTP*292*RD8*20260101-20261231',
  'MSG*PRIOR AUTHORIZATION REQUIRED',
];
const ODD = [
  ...HEAD,
  'EB*1**30',
  'EB*6**30',
  'EB*C*IND*30***23*999999.99*****Y',
  'EB*C*IND*30***23*0*****Y',
  'EB*C*FAM*30***23*6000*****Y',
  'EB*G*IND*30***23*0*****Y',
  'EB*A*IND*CJ*****20***Y',
  'EB*A*IND*CJ*****120',
  'EB*B*IND*MH***27*-25',
  'EB*1**30***23*100*.2',
  'EB*C*IND*30***23*12345678901234567890*****Y',
  'EB*F*IND*CJ***23***DB*9.99999999999999999999',
  'DTP*346*D8*20260230',
  'DTP*291*RD8*20261231-20260101',
  'DTP*472*D8*99991231',
];
const ROUTED = [
  ...HEAD,
  'EB*1**30*HM*GOLD HMO',
  'EB*U**MH',
  'LS*2120',
  'NM1*VN*2*EXAMPLE BEHAVIORAL*****PI*99999',
  'PER*IC**TE*8005550100*UR*EXAMPLE.INVALID',
  'LE*2120',
  'EB*R**30*MA*MEDICARE',
  'LS*2120',
  'NM1*PRP*2*EXAMPLE MEDICARE',
  'NM1*IL*1*EXAMPLE*PAT****MI*M1',
  'LE*2120',
  'EB*N**MH',
  'EB*MC**30',
  'EB*E**CJ*********N',
  'MSG*NOT COVERED',
  'EB*W**30',
];
const MESSAGES = [
  ...HEAD,
  'EB*1**30',
  'EB*A*IND*MH*****.2',
  'MSG*BEHAVIORAL HEALTH IS ADMINISTERED BY EXAMPLE BEHAVIORAL, INC. AT 800-555-0100',
  'MSG*CONTACT EXAMPLE CARE FOR MENTAL HEALTH',
  'MSG*INTENSIVE OUTPATIENT PROGRAM LIMITED TO 30 VISITS',
  'MSG*TIER 1, GREATER OF COPAY OR COINSURANCE, COPAY NOT INCLUDED IN OOP',
  'MSG*REFERRAL REQUIRED. NO PRECERT REQUIRED. PROVIDER IS OUT OF NETWORK',
];
const DEPENDENTS = [
  ...HEAD,
  'EB*1**30',
  'HL*4*3*23*0',
  'TRN*2*T2*9OPENVOB01',
  'NM1*03*1*EXAMPLE*KIM',
  'DMG*D8*20100229*M',
  'INS*N*19',
  'DTP*291*D8*20260101',
  'EB*1**30',
  'EB*B*SPO*MH***27*25',
  'HL*5*3*23*0',
  'NM1*03*1*EXAMPLE*LOU',
  'AAA*N**58*C',
];
/** Many rows of which no two are the same. */
const FLOOD = [
  ...HEAD,
  'EB*1**30',
  ...Array.from({ length: 250 }, (_, at) => [
    `EB*C*IND*30**PLAN ${at}*23*${at}.5*****Y`,
    `EB*C*IND*30**PLAN ${at}*29*${at}.25*****Y`,
    `EB*F*IND*CJ***23***VS*${at}**Y`,
    `MSG*ADMINISTERED BY EXAMPLE ${at} BEHAVIORAL`,
  ]).flat(),
];
const REJECTED = [
  ...HEAD.slice(0, 8),
  'AAA*N**72*C',
  'AAA*Y**42*Y',
  'HL*4*3*23*0',
  'NM1*03*1*EXAMPLE*KIM',
  'AAA*N**77*N',
];

function answer(body: readonly string[]): string {
  const isa =
    'ISA*00*          *00*          *ZZ*PAYER          *ZZ*CENTER         *261121*1000*^*00501*000000007*0*T*:';
  const transaction = ['ST*271*0001*005010X279A1', ...body, `SE*${body.length + 2}*0001`];
  const group = ['GS*HB*PAYER*CENTER*20261121*1000*7*X*005010X279A1', ...transaction, 'GE*1*7', 'IEA*1*000000007'];
  return `${[isa, ...group].join('~')}~`;
}
