import { dependentLevel, readLevels, readSubscriber, subscriberLevel } from '@openvob/benefits/x12-271.fixture';
import { chooseIop } from './choose-iop';
import type { IopBenefit } from './iop-benefit';
import type { IopRequest } from './iop-request';

const REQUEST: IopRequest = { track: 'sud', network: 'in', setting: 'in_person' };

const choose = (segments: readonly string[], request: Partial<IopRequest> = {}) =>
  chooseIop(readSubscriber(...segments), { ...REQUEST, ...request });
const iopOf = (segments: readonly string[], request: Partial<IopRequest> = {}): IopBenefit =>
  choose(segments, request).iop;
const codesOf = (segments: readonly string[], request: Partial<IopRequest> = {}) =>
  choose(segments, request).issues.map(({ code }) => code);

const PLAN = 'EB*1**30**GOLD*******Y';
const MH = 'EB*1**MH*********Y';
const FIGURES = [
  'EB*B*IND*MH***27*25****N*Y',
  'EB*C*IND*30***23*1000*****Y',
  'EB*C*IND*30***29*400*****Y',
  'EB*G*IND*30***23*5000*****Y',
  'EB*G*IND*30***29*3000*****Y',
];
const WHOLE = [PLAN, MH, ...FIGURES];

describe('the decision', () => {
  it.each<[string, string[], string]>([
    ['covered: the plan and behavioral health are active', WHOLE, 'covered'],
    ['covered: behavioral health is active without amounts', [PLAN, MH], 'covered'],
    ['covered: a copay on behavioral health implies it', [PLAN, 'EB*B*IND*CJ***27*25*****Y'], 'covered'],
    ['covered: behavioral health stands in a list', ['EB*1**30^98^MH'], 'covered'],
    ['unknown: nothing on behavioral health', [PLAN], 'unknown'],
    ['unknown: behavioral health out of network alone', [PLAN, 'EB*1**MH*********N'], 'unknown'],
    ['unknown: inpatient care alone', [PLAN, 'EB*1**A7', 'EB*1**CI', 'EB*1**BB'], 'unknown'],
    ['unknown: office visits alone', [PLAN, 'EB*B*IND*98***27*25'], 'unknown'],
    ['unknown: coverage is pending', ['EB*5**30', MH], 'unknown'],
    ['unknown: no coverage statement', ['EB*B*IND*MH***27*25'], 'unknown'],
    ['unknown: the inquiry was rejected', ['AAA*N**72*C'], 'unknown'],
    ['not covered: inactive', ['EB*6**30', MH], 'not_covered'],
    ['not covered: the plan ended', [PLAN, 'DTP*349*D8*20251231', 'EB*B*IND*MH***27*25'], 'not_covered'],
    ['not covered: mental health excluded', [PLAN, 'EB*I**MH'], 'not_covered'],
    ['not covered: mental health inactive', [PLAN, 'EB*6**MH'], 'not_covered'],
    [
      'not covered: a program is excluded by message',
      [PLAN, MH, 'EB*I**MH', 'MSG*INTENSIVE OUTPATIENT'],
      'not_covered',
    ],
    ['not covered: a program is excluded by procedure', [PLAN, MH, 'EB*E**MH*********Y*HC:H0015'], 'not_covered'],
    [
      'not covered: the facility type is excluded though mental health is active',
      [PLAN, MH, 'EB*I**CJ'],
      'not_covered',
    ],
    ['carved out', [PLAN, MH, 'EB*U**MH', 'NM1*VN*2*EXAMPLE BEHAVIORAL'], 'carved_out'],
    [
      'carved out, though another payer is primary',
      [PLAN, 'EB*U**MH', 'NM1*VN*2*EXAMPLE BEHAVIORAL', 'EB*R**30', 'NM1*PRP*2*OTHER'],
      'carved_out',
    ],
    [
      'not covered, though carved out: inactive',
      ['EB*6**30', 'EB*U**MH', 'NM1*VN*2*EXAMPLE BEHAVIORAL'],
      'not_covered',
    ],
    ['other payer: another is primary', [...WHOLE, 'EB*R**30', 'NM1*PRP*2*OTHER'], 'other_payer'],
    ['covered: another is secondary', [...WHOLE, 'EB*R**30', 'NM1*SEP*2*OTHER'], 'covered'],
    ['covered: the order of another is not said', [...WHOLE, 'EB*R**30', 'NM1*PR*2*OTHER'], 'covered'],
    ['covered: another is primary for dental alone', [...WHOLE, 'EB*R**35', 'NM1*PRP*2*OTHER'], 'covered'],
    [
      'covered: another was primary until last year',
      [...WHOLE, 'EB*R**30', 'DTP*290*RD8*20240101-20251231', 'NM1*PRP*2*OTHER'],
      'covered',
    ],
    ['other payer: a Medicare Advantage plan', [...WHOLE, 'EB*R**30*HN', 'NM1*PR*2*ADVANTAGE'], 'other_payer'],
    [
      'other payer: excluded here but primary elsewhere',
      [PLAN, 'EB*I**MH', 'EB*R**30', 'NM1*PRP*2*OTHER'],
      'other_payer',
    ],
    [
      'other payer: a managed-care plan of Medicaid',
      ['EB*1**30*MC*MEDICAID', 'EB*1**MH', 'EB*MC**30', 'NM1*Y2*2*EXAMPLE MCO'],
      'other_payer',
    ],
    [
      'other payer: a managed-care plan of Medicaid that only a message names',
      ['EB*1**30*MC*MEDICAID', 'EB*1**MH', 'EB*MC**30', 'MSG*EXAMPLE COMMUNITY CARE 800-555-0100'],
      'other_payer',
    ],
    [
      'other payer: a message on the coverage enrolls the member in managed care',
      ['EB*1**30*MC*MEDICAID', 'MSG*MEMBER IS ENROLLED IN EXAMPLE HEALTH PLAN', 'EB*1**MH'],
      'other_payer',
    ],
    [
      'covered: Medicaid itself pays, and says that there is no managed care',
      ['EB*1**30*MC*MEDICAID', 'EB*1**MH', 'EB*MC**30', 'MSG*NOT ENROLLED IN MANAGED CARE'],
      'covered',
    ],
    ['covered: a member of a commercial HMO', [...WHOLE, 'EB*D**30', 'MSG*MEMBER OF EXAMPLE HMO'], 'covered'],
    [
      'covered: a managed-care coordinator of a commercial plan',
      [...WHOLE, 'EB*MC**30', 'NM1*Y2*2*EXAMPLE MCO'],
      'covered',
    ],
    ['covered: a referral desk is named', [...WHOLE, 'EB*L', 'NM1*P3*1*EXAMPLE*QUINN'], 'covered'],
  ])('is %s', (_, segments, decision) => {
    expect(iopOf(segments).decision).toBe(decision);
  });

  it.each<[string, string[], Partial<IopRequest>, string]>([
    ['an exclusion of another network does not bind', [PLAN, MH, 'EB*I**MH*********N'], {}, 'covered'],
    ['an exclusion of this network binds', [PLAN, MH, 'EB*I**MH*********N'], { network: 'out' }, 'not_covered'],
    [
      'an exclusion of the plan out of network binds there',
      [PLAN, 'EB*1**MH', 'EB*I**30*********N'],
      { network: 'out' },
      'not_covered',
    ],
    [
      'an exclusion of the plan does not bind a network it is not said of',
      [PLAN, 'EB*1**MH', 'EB*I**30'],
      {},
      'covered',
    ],
    ['an exclusion of another procedure does not bind', [PLAN, MH, 'EB*I**MH*********Y*HC:90847'], {}, 'covered'],
    ['the procedure of the other track does not bind', [PLAN, MH, 'EB*I**MH*********Y*HC:S9480'], {}, 'covered'],
    [
      'the procedure of either track binds both',
      [PLAN, MH, 'EB*I**MH*********Y*HC:S9480'],
      { track: 'dual' },
      'not_covered',
    ],
    ['an exclusion of other care does not bind', [PLAN, MH, 'EB*I**MH', 'MSG*MARRIAGE COUNSELING'], {}, 'covered'],
    [
      'an exclusion by a message that nobody knows does not bind',
      [PLAN, MH, 'EB*I**MH', 'MSG*GARDEN THERAPY'],
      {},
      'covered',
    ],
    ['an exclusion that says only "not covered" binds', [PLAN, 'EB*I**MH', 'MSG*NOT COVERED'], {}, 'not_covered'],
    ['coverage of the facility beats an exclusion of mental health', [PLAN, 'EB*1**CJ', 'EB*I**MH'], {}, 'covered'],
    ['coverage said of this network beats an exclusion said of none', [PLAN, MH, 'EB*I**MH'], {}, 'covered'],
    ['substance use alone says nothing of a mental health program', [PLAN, 'EB*1**AI^CJ'], { track: 'mh' }, 'unknown'],
    ['a mental health facility stands in for a substance use program', [PLAN, 'EB*1**CH'], {}, 'covered'],
    [
      'an emergency exclusion scoped by its message does not bind',
      [PLAN, MH, 'EB*I**86', 'MSG*NON EMERGENCY USE OF ER/EXCLUSION'],
      {},
      'covered',
    ],
    ['a later date finds the plan ended', [PLAN, 'DTP*349*D8*20260331', MH], { on: '2026-04-01' }, 'covered'],
    [
      'a later date finds everything ended',
      ['DTP*291*RD8*20260101-20260331', PLAN, MH],
      { on: '2026-04-01' },
      'not_covered',
    ],
  ])('heeds that %s', (_, segments, request, decision) => {
    expect(iopOf(segments, request).decision).toBe(decision);
  });

  it('uses no figures of this payer after a carve-out or where another payer must be asked', () => {
    const routed = iopOf([...WHOLE, 'EB*U**MH', 'NM1*VN*2*EXAMPLE BEHAVIORAL']);
    expect(Object.keys(routed).sort()).toEqual(['authorization', 'conditions', 'decision', 'limits', 'unknowns']);
    expect(routed).toMatchObject({ conditions: [], limits: [], unknowns: [] });
  });

  it("of a dependent is bound by the subscriber's plan dates where the dependent has none", () => {
    const levels = [...subscriberLevel('DTP*291*RD8*20250101-20251231'), ...dependentLevel(PLAN, MH)];
    const [snapshot] = readLevels(levels).snapshots;
    if (snapshot === undefined) throw new Error('no answer');
    expect(chooseIop(snapshot, REQUEST).iop.decision).toBe('not_covered');
    expect(chooseIop(snapshot, { ...REQUEST, on: '2025-06-01' }).iop.decision).toBe('covered');
  });

  it('can be made of a snapshot that was put together by hand, without a basis', () => {
    const { basis: _, ...snapshot } = readSubscriber(...WHOLE, 'MSG*REFERRAL REQUIRED');
    const { iop } = chooseIop(snapshot, REQUEST);
    expect(iop).toMatchObject({ decision: 'covered_with_conditions', conditions: ['referral_required'] });
    const other = { ...snapshot, otherPayers: [{ order: 'primary' as const, source: { segment: 1 } }] };
    expect(chooseIop(other, REQUEST).iop.decision).toBe('other_payer');
    expect(chooseIop({ ...snapshot, status: 'inactive' }, REQUEST).iop.decision).toBe('not_covered');
  });
});

describe('conditions', () => {
  it.each<[string, string[], string[]]>([
    ['authorization', [...WHOLE, 'EB*1**CJ********Y*Y'], ['authorization_required']],
    ['authorization by message', [...WHOLE, 'EB*D**CJ', 'MSG*PRECERT REQUIRED'], ['authorization_required']],
    ['visits', [...WHOLE, 'EB*F*IND*MH***29***VS*12'], ['visit_limit']],
    ['visits that are used up', [...WHOLE, 'EB*F*IND*MH***23***VS*0'], ['visit_limit']],
    ['days', [...WHOLE, 'EB*F*IND*CJ***23***DY*60'], ['day_limit']],
    ['dollars', [...WHOLE, 'EB*F*IND*MH***23*2500'], ['dollar_limit']],
    ['dollars of the plan', [...WHOLE, 'EB*F*IND*30***32*100000'], ['dollar_limit']],
    ['a deductible of its own', [...WHOLE, 'EB*C*IND*MH***23*250*****Y'], ['separate_deductible']],
    ['visits that only the plan does not limit', [...WHOLE, 'EB*F*IND*MH***29***VS*9', 'EB*H**30'], ['visit_limit']],
    [
      'visits a year that are unlimited over a lifetime',
      [...WHOLE, 'EB*F*IND*MH***23***VS*9', 'EB*H**MH***32'],
      ['visit_limit'],
    ],
    ['a referral', [...WHOLE, 'EB*D**30', 'MSG*PCP REFERRAL REQUIRED'], ['referral_required']],
    [
      'a provider to whom services are restricted',
      [...WHOLE, 'EB*N**MH', 'NM1*13*2*EXAMPLE CLINIC'],
      ['restricted_provider'],
    ],
    [
      'tiers',
      [
        ...WHOLE,
        'MSG*TIER 2',
        'EB*G*IND*30***23*2000*****Y',
        'MSG*TIER 1',
        'EB*G*IND*30***23*9000*****Y',
        'MSG*TIER 2',
      ],
      ['tier_unknown'],
    ],
    [
      'several at once, in the order of the contract',
      [...WHOLE, 'EB*F*IND*MH***29***VS*12', 'EB*F*IND*MH***29***DY*12', 'EB*1**CJ********Y*Y', 'EB*N**30'],
      ['authorization_required', 'visit_limit', 'day_limit', 'restricted_provider'],
    ],
  ])('are made by %s', (_, segments, conditions) => {
    const iop = iopOf(segments);
    expect(iop.conditions).toEqual(conditions);
    expect(iop.decision).toBe('covered_with_conditions');
  });

  it.each<[string, string[]]>([
    ['a limit of other care', ['EB*F*IND*MH***23***DY*30', 'MSG*INPATIENT']],
    ['a limit of another service', ['EB*F*IND*PT***23***VS*30']],
    ['a limit out of network', ['EB*F*IND*MH***23***VS*30**N']],
    ['a limit of another time', ['EB*F*IND*MH***29***VS*3', 'DTP*292*RD8*20250101-20251231']],
    ['a limit of another benefit by its plan text', ['EB*F*IND****29*1860', 'MSG*SPEECH THERAPY TESTING']],
    ['a limit of 0 dollars', ['EB*F*IND*MH***27*0*****Y']],
    ["a deductible that repeats the plan's", ['EB*C*IND*MH***23*1000*****Y', 'EB*C*IND*MH***29*400*****Y']],
    ["the plan's deductible with its services in a list", ['EB*C*IND*30^98^MH***22*1000*****Y', 'MSG*OTHER']],
    ['a deductible for each visit', ['EB*C*IND*MH***27*10*****Y']],
    ['a referral for other care', ['EB*D**98', 'MSG*REFERRAL REQUIRED']],
    ['a restriction of other care', ['EB*N**88', 'NM1*13*2*EXAMPLE PHARMACY']],
    ['an authorization for other care', ['EB*D**MH', 'MSG*PRECERT REQUIRED FOR INPATIENT']],
    ['an authorization out of network', ['EB*1**CJ********Y*N']],
    ['a primary care provider', ['EB*L', 'NM1*P3*1*EXAMPLE*QUINN']],
    ['a limit that is taken back', ['EB*F*IND*MH***23***VS*30**Y', 'EB*H**MH*********Y']],
    ['a limit of the plan that a nearer service has not', ['EB*F*IND*30***32*10000', 'EB*H**CJ***32******Y']],
    ['an authorization for another procedure', ['EB*B*IND*MH***27*90****Y*Y*HC:90837']],
    ['an authorization by message for another procedure', ['EB*D**MH*********Y*HC:90837', 'MSG*AUTH REQUIRED']],
  ])('are not made by %s', (_, segments) => {
    expect(iopOf([...WHOLE, ...segments])).toMatchObject({ decision: 'covered', conditions: [] });
  });
});

describe('authorization', () => {
  it.each<[string, string[], string]>([
    ['what mental health says', ['EB*1**MH********N*Y'], 'no'],
    ['what the nearest service says', ['EB*1**MH********N*Y', 'EB*1**CJ********Y*Y'], 'yes'],
    ['the stricter of two that are as near', ['EB*1**MH********N*Y', 'EB*D**MH********Y*Y'], 'yes'],
    ['what is said of this network before what is said of none', ['EB*1**MH********Y', 'EB*D**MH********N*Y'], 'no'],
    ['unknown when too complex to say', ['EB*1**MH********U*Y'], 'unknown'],
    ['unknown when nothing is said', ['EB*1**MH*********Y'], 'unknown'],
    [
      "what the program's procedure says before its service",
      ['EB*1**CJ********N*Y', 'EB*B*IND*CJ***7*25****Y*Y*HC:H0015:HF'],
      'yes',
    ],
    ['required when the plan requires it', ['EB*1**30********Y', 'EB*1**MH'], 'yes'],
    [
      'required when a message on any row says so of the plan',
      ['EB*1**MH', 'EB*F**5', 'MSG*Plan Requires PreCert'],
      'yes',
    ],
    ['not settled by a plan that needs none', ['EB*1**30********N', 'EB*1**MH'], 'unknown'],
    ['not settled by another service', ['EB*1**MH', 'EB*1**88********Y'], 'unknown'],
  ])('is %s', (_, segments, expected) => {
    expect(iopOf([PLAN, ...segments]).authorization).toBe(expected);
  });
});

describe('unknowns', () => {
  it.each<[string, string[], string[]]>([
    ['nothing when all is said', WHOLE, []],
    [
      'behavioral coverage and all figures',
      [PLAN],
      ['behavioral_coverage', 'cost_share', 'deductible', 'out_of_pocket', 'authorization'],
    ],
    ['the figures', [PLAN, MH], ['cost_share', 'deductible', 'out_of_pocket', 'authorization']],
    ['the unit of a copay', [PLAN, 'EB*B*IND*MH****25****N*Y', ...FIGURES.slice(1)], ['copay_unit']],
    ['no unit of a copay of nothing', [PLAN, 'EB*B*IND*MH****0****N*Y', ...FIGURES.slice(1)], []],
    [
      'what remains',
      [PLAN, FIGURES[0] ?? '', FIGURES[1] ?? '', FIGURES[3] ?? ''],
      ['deductible_remaining', 'out_of_pocket_remaining'],
    ],
    [
      'nothing of a deductible of 0',
      [PLAN, FIGURES[0] ?? '', 'EB*C*IND*30***23*0*****Y', FIGURES[3] ?? '', FIGURES[4] ?? ''],
      [],
    ],
    ['the network of the cost share', [PLAN, 'EB*B*IND*MH***27*25****N', ...FIGURES.slice(1)], ['network']],
    ['the tier', [...WHOLE, 'EB*B*IND*MH***27*10****N*Y', 'MSG*HIGHEST BENEFIT'], ['tier']],
    ['what is left of a limit', [...WHOLE, 'EB*F*IND*MH***23***VS*30'], ['limits']],
    ['nothing of a limit a week', [...WHOLE, 'EB*F*IND*MH', 'HSD*VS*3*WK*1'], []],
    [
      'when the year begins',
      [
        PLAN,
        FIGURES[0] ?? '',
        'EB*C*IND*30***22*1000*****Y',
        'EB*C*IND*30***29*400*****Y',
        'EB*G*IND*30***22*5000*****Y',
        'EB*G*IND*30***29*400*****Y',
      ],
      ['plan_year'],
    ],
  ])('name %s', (_, segments, unknowns) => {
    expect(iopOf(segments).unknowns).toEqual(unknowns);
  });

  it("know when a service year begins from the plan's dates", () => {
    const segments = [
      'DTP*346*D8*20250701',
      PLAN,
      FIGURES[0] ?? '',
      'EB*C*IND*30***22*1000*****Y',
      'EB*C*IND*30***29*400*****Y',
    ];
    expect(iopOf(segments).unknowns).toEqual(['out_of_pocket']);
  });
});

describe('cost shares', () => {
  it('name value, source, rule and what else was said', () => {
    const { copay } = iopOf([
      PLAN,
      'EB*B*IND*CJ***27*25*****Y',
      'EB*B*IND*MH***27*40*****Y',
      'EB*B*IND*98***27*25*****Y',
    ]);
    expect(copay).toEqual({
      value: { amountCents: 2500, per: 'visit' },
      rule: '1.10.3',
      source: [{ segment: 13, raw: 'EB*B*IND*CJ***27*25*****Y' }],
      alternatives: [
        {
          value: { amountCents: 4000, per: 'visit' },
          source: [{ segment: 14, raw: 'EB*B*IND*MH***27*40*****Y' }],
          why: expect.stringMatching(/^1\.10\.3: /),
        },
        {
          value: { amountCents: 2500, per: 'visit' },
          source: [{ segment: 15, raw: 'EB*B*IND*98***27*25*****Y' }],
          why: expect.stringMatching(/^1\.10\.3: /),
        },
      ],
    });
  });

  it.each<[string, string[], Partial<IopRequest>, number | undefined, string | undefined]>([
    [
      "the program's procedure first",
      ['EB*A*IND*CJ*****.1****Y', 'EB*A*IND*MH*****.2****Y*HC:H0015'],
      {},
      20,
      '1.10.3',
    ],
    [
      'a message that names the program next',
      ['EB*A*IND*CJ*****.1****Y', 'EB*A*IND*MH*****.2****Y', 'MSG*IOP'],
      {},
      20,
      '1.10.3',
    ],
    ['the facility of the track', ['EB*A*IND*AI*****.1****Y', 'EB*A*IND*CJ*****.2****Y'], {}, 20, '1.10.3'],
    [
      'the facility of the other track',
      ['EB*A*IND*A8*****.1****Y', 'EB*A*IND*CH*****.2****Y'],
      { track: 'mh' },
      20,
      '1.10.3',
    ],
    ['the specialty before the provider', ['EB*A*IND*CF*****.1****Y', 'EB*A*IND*AI*****.2****Y'], {}, 20, '1.10.3'],
    [
      'the provider before mental health as a whole',
      ['EB*A*IND*MH*****.1****Y', 'EB*A*IND*CF*****.2****Y'],
      {},
      20,
      '1.10.3',
    ],
    ['mental health before psychotherapy', ['EB*A*IND*A6*****.1****Y', 'EB*A*IND*MH*****.2****Y'], {}, 20, '1.10.3'],
    ['behavioral health before the plan', ['EB*A*IND*30*****.1****Y', 'EB*A*IND*A4*****.2****Y'], {}, 20, '1.10.3'],
    ['the plan when behavioral health has none', ['EB*1**MH', 'EB*A*IND*30*****.2****Y'], {}, 20, '1.10.3'],
    ['a row without service type as the plan', ['EB*1**MH', 'EB*A*IND******.2****Y'], {}, 20, '1.10.3'],
    [
      'never partial hospitalization or inpatient care',
      ['EB*A*IND*BB*****.2****Y', 'EB*A*IND*CI*****.2****Y'],
      {},
      undefined,
      undefined,
    ],
    ['never an office visit', ['EB*1**MH', 'EB*A*IND*98*****.2****Y'], {}, undefined, undefined],
    ['never an office visit by message', ['EB*A*IND*MH*****.2****Y', 'MSG*OFFICE VISIT'], {}, undefined, undefined],
    ['never inpatient care by message', ['EB*A*IND*MH*****.2****Y', 'MSG*INPATIENT'], {}, undefined, undefined],
    ['never another procedure', ['EB*A*IND*MH*****.2****Y*HC:90837'], {}, undefined, undefined],
    ['in network before either', ['EB*A*IND*MH*****.1****W', 'EB*A*IND*MH*****.2****Y'], {}, 20, '1.10.4'],
    ['either before unsaid', ['EB*A*IND*MH*****.1', 'EB*A*IND*MH*****.2****W'], {}, 20, '1.10.4'],
    ['never the other network', ['EB*A*IND*MH*****.2****N'], {}, undefined, undefined],
    [
      'out of network when asked',
      ['EB*A*IND*MH*****.1****Y', 'EB*A*IND*MH*****.2****N'],
      { network: 'out' },
      20,
      '1.10.3',
    ],
    [
      'a facility before no place',
      ['EB*A*IND*MH*****.1****Y', 'EB*A*IND*MH*****.2****Y', 'III*ZZ*22'],
      {},
      20,
      '1.10.5',
    ],
    [
      'no place before an office',
      ['EB*A*IND*MH*****.1****Y', 'III*ZZ*11', 'EB*A*IND*MH*****.2****Y'],
      {},
      20,
      '1.10.5',
    ],
    ['an office when there is no other', ['EB*A*IND*MH*****.2****Y', 'III*ZZ*11'], {}, 20, '1.10.3'],
    ['never a hospital bed', ['EB*A*IND*MH*****.2****Y', 'III*ZZ*21'], {}, undefined, undefined],
    ['never telehealth in person', ['EB*A*IND*MH*****.2****Y', 'III*ZZ*10'], {}, undefined, undefined],
    [
      'never telehealth by message in person',
      ['EB*A*IND*MH*****.2****Y', 'MSG*TELEMEDICINE'],
      {},
      undefined,
      undefined,
    ],
    [
      'telehealth when virtual',
      ['EB*A*IND*MH*****.1****Y', 'EB*A*IND*MH*****.2****Y', 'III*ZZ*02'],
      { setting: 'virtual' },
      20,
      '1.10.5',
    ],
    [
      'telehealth by message when virtual',
      ['EB*A*IND*MH*****.1****Y', 'EB*A*IND*MH*****.2****Y', 'MSG*VIRTUAL VISIT'],
      { setting: 'virtual' },
      20,
      '1.10.5',
    ],
    [
      'no place when virtual and no telehealth is said',
      ['EB*A*IND*MH*****.2****Y', 'EB*A*IND*MH*****.1****Y', 'III*ZZ*22'],
      { setting: 'virtual' },
      20,
      '1.10.3',
    ],
    [
      'everybody before a tier',
      ['EB*A*IND*MH*****.1****Y', 'MSG*HIGHEST BENEFIT', 'EB*A*IND*MH*****.2****Y'],
      {},
      20,
      '1.10.6',
    ],
    [
      'the dearer of two that are tied',
      ['EB*A*IND*MH*****.2****Y', 'EB*A*IND*MH*****.1****Y', 'MSG*SOMETHING'],
      {},
      20,
      '1.10.11',
    ],
    ["never last year's", ['EB*A*IND*MH*****.2****Y', 'DTP*292*RD8*20250101-20251231'], {}, undefined, undefined],
    ["never an ended plan's", ['EB*6**30**SILVER', 'EB*A*IND*MH**SILVER***.2****Y'], {}, undefined, undefined],
    ["never the children's", ['EB*A*CHD*MH*****.2****Y'], {}, undefined, undefined],
    ['any other coverage level', ['EB*A*EMP*MH*****.2****Y'], {}, 20, '1.10.3'],
  ])('take %s', (_, segments, request, percent, rule) => {
    const { coinsurance } = iopOf([PLAN, ...segments], request);
    expect(coinsurance?.value.percent).toBe(percent);
    expect(coinsurance?.rule).toBe(rule);
  });

  it('hold first before those that hold only after so many visits, which stand beside them', () => {
    const first = ['EB*B*IND*CJ***27*20*****Y', 'HSD***VS**31*50'];
    const after = ['EB*A*IND*CJ*****.2****Y', 'HSD***VS**30*50'];
    const { copay, coinsurance } = iopOf([PLAN, MH, ...first, ...after]);
    expect(copay).toMatchObject({
      value: { amountCents: 2000, per: 'visit' },
      alternatives: [{ value: { percent: 20 } }],
    });
    expect(copay?.alternatives[0]?.why).toMatch(/^1\.10\.7/);
    expect(coinsurance).toBeUndefined();
    expect(iopOf([PLAN, MH, ...after]).coinsurance?.value).toEqual({ percent: 20 });
    const dearer = ['EB*B*IND*CJ***30*90*****Y'];
    expect(iopOf([PLAN, MH, ...dearer, ...first]).copay).toMatchObject({
      value: { amountCents: 2000 },
      rule: '1.10.7',
      alternatives: [{ value: { amountCents: 9000 } }],
    });
  });

  it('are not taken for other care by what a message says about its authorization', () => {
    const copay = ['EB*B*IND*CJ***27*40*****Y', 'MSG*PRIOR AUTH REQUIRED FOR INPATIENT AND PHP'];
    expect(iopOf([PLAN, MH, ...copay])).toMatchObject({
      copay: { value: { amountCents: 4000 } },
      authorization: 'unknown',
    });
  });

  it('of both kinds come from the same service', () => {
    const iop = iopOf([PLAN, 'EB*A*IND*CJ*****.2****Y', 'EB*B*IND*MH***27*40*****Y', 'EB*B*IND*30***27*60*****Y']);
    expect(iop.coinsurance?.value).toEqual({ percent: 20 });
    expect(iop.copay).toBeUndefined();
    const both = iopOf([PLAN, 'EB*A*IND*CJ*****.2****Y', 'EB*B*IND*CJ***27*40*****W']);
    expect([both.coinsurance?.value, both.copay?.value]).toEqual([
      { percent: 20 },
      { amountCents: 4000, per: 'visit' },
    ]);
  });

  it('show no alternative that says the same or is of another network', () => {
    const { coinsurance } = iopOf([
      PLAN,
      'EB*A*IND*CJ*****.2****Y',
      'EB*A*IND*MH*****.2****Y',
      'EB*A*IND*CJ*****.4****N',
    ]);
    expect(coinsurance?.alternatives).toEqual([]);
  });
});

describe('deductible and out-of-pocket maximum', () => {
  const figure = (
    key: 'deductibleIndividual' | 'deductibleFamily' | 'outOfPocketIndividual' | 'outOfPocketFamily',
    segments: string[],
    request: Partial<IopRequest> = {},
  ) => iopOf([PLAN, MH, ...segments], request)[key];

  it("are the plan's, individual and family", () => {
    const iop = iopOf([
      PLAN,
      MH,
      'EB*C*IND*30***23*500*****Y',
      'EB*C*FAM*30***23*1000*****Y',
      'EB*G*IND****23*3000*****Y',
      'EB*G*FAM*30***23*6000*****Y',
    ]);
    expect(
      [iop.deductibleIndividual, iop.deductibleFamily, iop.outOfPocketIndividual, iop.outOfPocketFamily].map(
        (each) => each?.value,
      ),
    ).toEqual([{ limitCents: 50000 }, { limitCents: 100000 }, { limitCents: 300000 }, { limitCents: 600000 }]);
  });

  it("are behavioral health's own if it has them, at all levels", () => {
    const segments = ['EB*C*IND*30***23*500*****Y', 'EB*C*FAM*30***23*1000*****Y', 'EB*C*IND*MH***23*250*****Y'];
    const own = figure('deductibleIndividual', segments);
    expect(own).toMatchObject({
      value: { limitCents: 25000 },
      rule: '1.10.3',
      alternatives: [{ value: { limitCents: 50000 } }],
    });
    expect(figure('deductibleFamily', segments)).toBeUndefined();
  });

  it.each<[string, string[], object | undefined, string | undefined]>([
    [
      'remaining',
      ['EB*C*IND*30***23*500*****Y', 'EB*C*IND*30***29*200*****Y'],
      { limitCents: 50000, remainingCents: 20000 },
      '1.10.8',
    ],
    [
      'remaining that stands before the base',
      ['EB*C*IND*30***29*200*****Y', 'EB*C*IND*30***23*500*****Y'],
      { limitCents: 50000, remainingCents: 20000 },
      '1.10.8',
    ],
    [
      'base less used',
      ['EB*C*IND*30***23*500*****Y', 'EB*C*IND*30***24*120*****Y'],
      { limitCents: 50000, remainingCents: 38000 },
      '1.10.8',
    ],
    [
      'nothing below 0',
      ['EB*C*IND*30***23*500*****Y', 'EB*C*IND*30***24*520*****Y'],
      { limitCents: 50000, remainingCents: 0 },
      '1.10.8',
    ],
    ['the base alone', ['EB*C*IND*30***23*500*****Y'], { limitCents: 50000 }, '1.10.8'],
    ['remaining alone', ['EB*C*IND*30***29*200*****Y'], { remainingCents: 20000 }, '1.10.8'],
    [
      'a row that tells more',
      ['EB*C*IND*30***23*900*****Y', 'MSG*A', 'EB*C*IND*30***29*200*****Y', 'MSG*B'],
      { remainingCents: 20000 },
      '1.10.8',
    ],
    ['nothing from what is used alone', ['EB*C*IND*30***24*200*****Y'], undefined, undefined],
    ['nothing from the other network', ['EB*C*IND*30***23*500*****N'], undefined, undefined],
    [
      'this network before either',
      ['EB*C*IND*30***23*900*****W', 'EB*C*IND*30***23*500*****Y'],
      { limitCents: 50000 },
      '1.10.4',
    ],
    [
      "everybody's before a tier's",
      ['EB*C*IND*30***23*0*****Y', 'MSG*HIGHEST BENEFIT', 'EB*C*IND*30***23*500*****Y'],
      { limitCents: 50000 },
      '1.10.6',
    ],
    ['a row without level when none is individual', ['EB*C**30***23*500*****Y'], { limitCents: 50000 }, '1.10.8'],
    [
      'an individual row before one without level',
      ['EB*C**30***23*900*****Y', 'EB*C*IND*30***23*500*****Y'],
      { limitCents: 50000 },
      '1.10.1',
    ],
    [
      'nothing of a visit, an episode or a lifetime',
      ['EB*C*IND*30***27*5*****Y', 'EB*C*IND*30***26*50*****Y', 'EB*C*IND*30***32*900*****Y'],
      undefined,
      undefined,
    ],
    [
      "this year's",
      [
        'EB*C*IND*30***29*1*****Y',
        'DTP*292*RD8*20250101-20251231',
        'EB*C*IND*30***29*2*****Y',
        'DTP*292*RD8*20260101-20261231',
      ],
      { remainingCents: 200 },
      '1.10.8',
    ],
  ])('take %s', (_, segments, value, rule) => {
    const chosen = figure('deductibleIndividual', segments);
    expect(chosen?.value).toEqual(value);
    expect(chosen?.rule).toBe(rule);
  });

  it('name all rows that they come from', () => {
    const { source } =
      figure('deductibleIndividual', ['EB*C*IND*30***29*200*****Y', 'EB*C*IND*30***23*500*****Y']) ?? {};
    expect(source?.map(({ segment }) => segment)).toEqual([15, 14]);
  });

  it('take the larger when remaining and base less used disagree, with an issue that names both', () => {
    const segments = ['EB*C*IND*30***23*500*****Y', 'EB*C*IND*30***24*100*****Y', 'EB*C*IND*30***29*300*****Y'];
    expect(figure('deductibleIndividual', segments)?.value).toEqual({ limitCents: 50000, remainingCents: 40000 });
    const { issues } = choose([PLAN, MH, ...segments]);
    expect(issues).toEqual([
      expect.objectContaining({ code: 'conflict', at: 'segment 14', message: expect.stringMatching(/30000.*40000/) }),
    ]);
  });

  it('take the larger of two remaining amounts of one base, and show the other beside it', () => {
    const base = 'EB*C*IND*30***23*500*****Y';
    const [less, more] = ['EB*C*IND*30***29*100*****Y', 'EB*C*IND*30***29*300*****Y'];
    for (const segments of [
      [base, less, more],
      [more, base, less],
      [less, more, base],
    ]) {
      const chosen = figure('deductibleIndividual', segments);
      expect(chosen).toMatchObject({
        value: { limitCents: 50000, remainingCents: 30000 },
        rule: '1.10.11',
        alternatives: [{ value: { limitCents: 50000, remainingCents: 10000 } }],
      });
      const rows = (source: { raw?: string }[] | undefined) => source?.map(({ raw }) => raw);
      expect(rows(chosen?.source)).toEqual([base, more]);
      expect(rows(chosen?.alternatives[0]?.source)).toEqual([base, less]);
    }
  });

  it('do not believe a remaining above the base', () => {
    const segments = ['EB*C*IND*30***23*500*****Y', 'EB*C*IND*30***29*900*****Y'];
    expect(figure('deductibleIndividual', segments)?.value).toEqual({ limitCents: 50000 });
    expect(codesOf([PLAN, MH, ...segments])).toEqual(['conflict']);
  });

  it('take an individual 0 beside a family amount for "not applicable"', () => {
    const segments = ['EB*C*IND*30***23*0*****Y', 'EB*C*FAM*30***23*3000*****Y'];
    expect(figure('deductibleIndividual', segments)).toBeUndefined();
    expect(figure('deductibleFamily', segments)?.value).toEqual({ limitCents: 300000 });
    expect(codesOf([PLAN, MH, ...segments])).toEqual(['suspect_zero']);
  });

  it('take an individual 0 remaining of an amount for met', () => {
    const segments = ['EB*C*IND*30***23*500*****Y', 'EB*C*IND*30***29*0*****Y', 'EB*C*FAM*30***23*3000*****Y'];
    expect(figure('deductibleIndividual', segments)?.value).toEqual({ limitCents: 50000, remainingCents: 0 });
  });

  it('take two zeros for no deductible', () => {
    const segments = ['EB*C*IND*30***23*0*****Y', 'EB*C*FAM*30***23*0*****Y'];
    expect(figure('deductibleIndividual', segments)?.value).toEqual({ limitCents: 0 });
    expect(figure('deductibleFamily', segments)?.value).toEqual({ limitCents: 0 });
  });

  it('do not use an out-of-pocket maximum of 0 beside a cost share, with an issue', () => {
    const zero = ['EB*A*IND*MH*****.2****Y', 'EB*G*IND*30***23*0*****Y'];
    expect(figure('outOfPocketIndividual', zero)).toBeUndefined();
    expect(codesOf([PLAN, MH, ...zero])).toEqual(['suspect_zero']);
    const nothingOwed = ['EB*A*IND*MH*****0****Y', 'EB*G*IND*30***23*0*****Y'];
    expect(figure('outOfPocketIndividual', nothingOwed)?.value).toEqual({ limitCents: 0 });
  });

  it('show an out-of-pocket maximum of 0 as an alternative of the one that is used', () => {
    const segments = [
      'EB*A*IND*MH*****.2****Y',
      'EB*G*IND*30***23*0*****Y',
      'MSG*A',
      'EB*G*IND*30***23*4000*****Y',
      'MSG*B',
    ];
    expect(figure('outOfPocketIndividual', segments)).toMatchObject({
      value: { limitCents: 400000 },
      rule: '1.10.8',
      alternatives: [{ value: { limitCents: 0 }, why: expect.stringMatching(/^1\.10\.8: /) }],
    });
  });

  it("of a vendor's program are no deductible of behavioral health's own", () => {
    const segments = ['EB*C*FAM*30***23*3200*****Y', 'EB*C*FAM*MH***23*0*****Y', 'MSG*ABLETO FULLY FUNDED'];
    expect(figure('deductibleFamily', segments)).toMatchObject({
      value: { limitCents: 320000 },
      alternatives: [{ value: { limitCents: 0 }, why: expect.stringMatching(/^1\.10\.6: /) }],
    });
  });
});

describe('issues', () => {
  it('tell that the payer takes the provider for one of the other side', () => {
    const outOf = [...WHOLE, 'MSG*PROVIDER IS OUT NETWORK FOR MEMBER'];
    expect(codesOf(outOf)).toEqual(['conflict']);
    expect(codesOf(outOf, { network: 'out' })).toEqual([]);
    expect(codesOf([...WHOLE, 'MSG*PROVIDER IS IN NETWORK'], { network: 'out' })).toEqual(['conflict']);
  });

  it('tell of an exclusion that was not applied', () => {
    expect(codesOf([...WHOLE, 'EB*I**MH', 'MSG*GARDEN THERAPY'])).toEqual(['exclusion_scope']);
  });
});
