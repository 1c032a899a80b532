/** Hand-made X12 for specs, put together without the writer, so that reader and writer are not judged by each other. */
export interface FixtureOptions {
  element?: string;
  repetition?: string;
  component?: string;
  segment?: string;
  /** ISA12. */
  version?: string;
  /** GS08 and ST03. */
  guide?: string;
  kind?: string;
  functionalCode?: string;
}

/** The segments of an interchange with one transaction around a body written with `*`, `^` and `:`. */
export function interchangeSegments(body: readonly string[], options: FixtureOptions = {}): string[] {
  const { kind = '271', functionalCode = 'HB', guide = '005010X279A1', version = '00501' } = options;
  const isa = `ISA*00*          *00*          *ZZ*PAYER          *ZZ*CENTER         *261121*1000*^*${version}*000000007*0*T*:`;
  return [
    isa,
    `GS*${functionalCode}*PAYER*CENTER*20261121*1000*7*X*${guide}`,
    `ST*${kind}*0001*${guide}`,
    ...body,
    `SE*${body.length + 2}*0001`,
    'GE*1*7',
    'IEA*1*000000007',
  ];
}

/** A whole interchange as text, with any delimiters. */
export function interchangeText(body: readonly string[], options: FixtureOptions = {}): string {
  return joinSegments(interchangeSegments(body, options), options);
}

/** Segments written with `*`, `^`, `:` as text with any delimiters. */
export function joinSegments(segments: readonly string[], options: FixtureOptions = {}): string {
  const { element = '*', repetition = '^', component = ':', segment = '~' } = options;
  const by: Record<string, string> = { '*': element, '^': repetition, ':': component };
  return segments.map((each) => each.replace(/[*^:]/g, (found) => by[found] ?? found) + segment).join('');
}

/** A subscriber with an active plan, a deductible, a visit limit and a behavioral health administrator. */
export const ANSWER_BODY: readonly string[] = [
  'BHT*0022*11*T100*20261121*1000',
  'HL*1**20*1',
  'NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*12345',
  'HL*2*1*21*1',
  'NM1*1P*2*EXAMPLE RECOVERY CENTER*****XX*1234567893',
  'HL*3*2*22*0',
  'TRN*2*T100*9OPENVOB01',
  'NM1*IL*1*EXAMPLE*PAT****MI*W100200300',
  'REF*6P*GROUP1',
  'DMG*D8*19900101*F',
  'DTP*346*D8*20260101',
  'EB*1*IND*30^98^MH**GOLD PPO',
  'EB*C*IND*30***23*1500*****Y',
  'EB*F*IND*MH********Y*Y*HC:H0015',
  'HSD*VS*30***22',
  'DTP*292*RD8*20260101-20261231',
  'MSG*CALL FOR AUTHORIZATION',
  'III*ZZ*22',
  'LS*2120',
  'NM1*Y2*2*EXAMPLE BEHAVIORAL*****PI*99999',
  'PER*IC**TE*8005550100',
  'LE*2120',
];
