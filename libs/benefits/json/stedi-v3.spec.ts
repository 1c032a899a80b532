import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readX12 } from '@openvob/x12';
import type { CivilDate } from '../civil-date';
import type { Issue, Snapshot } from '../snapshot';
import { snapshotsOf271 } from '../x12/snapshots-of-271';
import { readLevels, subscriberLevel } from '../x12-271.fixture';
import { jsonFormatOf, snapshotsOfJson } from './json-formats';
import { stediV3, stediV3Rows } from './stedi-v3.fixture';

function read(document: object, on?: CivilDate): { snapshots: Snapshot[]; issues: Issue[] } {
  expect(jsonFormatOf(document)).toBe('stedi-v3');
  return snapshotsOfJson(document, 'stedi-v3', on === undefined ? {} : { on });
}

function snapshotOf(document: object, on?: CivilDate): Snapshot {
  const [snapshot] = read(document, on).snapshots;
  if (snapshot === undefined) throw new Error('the invented answer has no snapshot');
  return snapshot;
}

/** Whatever differs between formats left out: where a thing stood. */
function withoutSources(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSources);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'source' && key !== 'forOthers');
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutSources(each)]));
}

describe("an answer in Stedi's v3 shape", () => {
  it('says the same as the 271 that it was made from', () => {
    const segments = subscriberLevel(
      'REF*6P*GRP7',
      'DMG*D8*19900101*F',
      'DTP*346*D8*20260101',
      'DTP*347*D8*20261231',
      'EB*1**30*PR*EXAMPLE PPO',
      'EB*C*IND*30***23*1500*****Y',
      'EB*C*IND*30***29*400*****Y',
      'EB*A*IND*MH*****.2***Y*Y',
      'EB*B*IND*CH***27*25*****N',
      'III*ZZ*11',
      'EB*F**CJ***23***VS*30**W',
      'MSG*30 VISITS PER YEAR',
      'EB*F**MH*********Y',
      'HSD*VS*20***23*1',
      'EB*R**30',
      'DTP*292*RD8*20260101-20260630',
      'LS*2120',
      'NM1*SEP*2*EXAMPLE OTHER PLAN*****MI*S900',
      'LE*2120',
    );
    const rows = [
      { code: '1', serviceTypeCodes: ['30'], insuranceTypeCode: 'PR', planCoverage: 'EXAMPLE PPO' },
      {
        code: 'C',
        coverageLevelCode: 'IND',
        serviceTypeCodes: ['30'],
        timeQualifierCode: '23',
        benefitAmount: '1500',
        inPlanNetworkIndicatorCode: 'Y',
      },
      {
        code: 'C',
        coverageLevelCode: 'IND',
        serviceTypeCodes: ['30'],
        timeQualifierCode: '29',
        benefitAmount: '400',
        inPlanNetworkIndicatorCode: 'Y',
      },
      {
        code: 'A',
        coverageLevelCode: 'IND',
        serviceTypeCodes: ['MH'],
        benefitPercent: '.2',
        authOrCertIndicator: 'Y',
        inPlanNetworkIndicatorCode: 'Y',
      },
      {
        code: 'B',
        coverageLevelCode: 'IND',
        serviceTypeCodes: ['CH'],
        timeQualifierCode: '27',
        benefitAmount: '25',
        inPlanNetworkIndicatorCode: 'N',
        eligibilityAdditionalInformationList: [{ codeListQualifierCode: 'ZZ', industryCode: '11' }],
      },
      {
        code: 'F',
        serviceTypeCodes: ['CJ'],
        timeQualifierCode: '23',
        quantityQualifierCode: 'VS',
        benefitQuantity: '30',
        inPlanNetworkIndicatorCode: 'W',
        additionalInformation: [{ description: '30 VISITS PER YEAR' }],
      },
      {
        code: 'F',
        serviceTypeCodes: ['MH'],
        inPlanNetworkIndicatorCode: 'Y',
        benefitsServiceDelivery: [
          { quantityQualifierCode: 'VS', quantity: '20', timePeriodQualifierCode: '23', numOfPeriods: '1' },
        ],
      },
      {
        code: 'R',
        serviceTypeCodes: ['30'],
        benefitsDateInformation: { benefit: '20260101-20260630' },
        benefitsRelatedEntities: [
          {
            entityIdentifier: 'Secondary Payer',
            entityType: 'Non-Person Entity',
            entityName: 'EXAMPLE OTHER PLAN',
            entityIdentification: 'MI',
            entityIdentificationValue: 'S900',
          },
        ],
      },
    ];
    const document = stediV3({
      subscriber: {
        memberId: 'W100',
        firstName: 'AVERY',
        lastName: 'EXAMPLE',
        groupNumber: 'GRP7',
        dateOfBirth: '19900101',
      },
      planDateInformation: { planBegin: '20260101', planEnd: '20261231' },
      benefitsInformation: rows,
    });
    const [fromX12] = readLevels(segments).snapshots;
    expect(withoutSources(snapshotOf(document))).toEqual(withoutSources(fromX12));
  });

  it('may tell kinds, levels, periods and networks by their names alone', () => {
    const snapshot = snapshotOf(
      stediV3Rows(
        { name: 'Active Coverage', serviceTypeCodes: ['30'] },
        {
          name: 'Deductible',
          coverageLevel: 'Family',
          timeQualifier: 'Calendar Year',
          inPlanNetworkIndicator: 'No',
          benefitAmount: '3000',
        },
        {
          name: 'Co-Payment',
          coverageLevel: 'Individual',
          timeQualifier: 'Visit',
          inPlanNetworkIndicator: 'Not Applicable',
          serviceTypeCodes: ['MH'],
          benefitAmount: '25',
        },
      ),
    );
    expect(snapshot.status).toBe('active');
    expect(snapshot.accumulators).toMatchObject([
      {
        kind: 'deductible',
        level: 'family',
        period: 'calendar_year',
        network: 'out',
        serviceTypes: [],
        limitCents: 300000,
      },
    ]);
    expect(snapshot.costShares).toMatchObject([{ kind: 'copay', per: 'visit', network: 'either', amountCents: 2500 }]);
  });

  it('names the place of every figure as a JSON Pointer', () => {
    const row = { code: 'C', benefitAmount: '5', serviceTypeCodes: ['30'], timeQualifierCode: '23' };
    const snapshot = snapshotOf(
      stediV3Rows({ code: '1' }, row, { ...row, timeQualifierCode: '29', benefitAmount: '2' }),
    );
    expect(snapshot.coverages[0]?.source).toEqual({ path: '/benefitsInformation/0' });
    expect(snapshot.accumulators[0]?.source).toEqual([
      { path: '/benefitsInformation/1' },
      { path: '/benefitsInformation/2' },
    ]);
  });

  it('takes the date of service from the plan dates, else the date of the check', () => {
    const rows = { benefitsInformation: [{ code: '1', serviceTypeCodes: ['30'] }] };
    const ended = (dates: object) =>
      snapshotOf(stediV3({ ...rows, planDateInformation: { planEnd: '20260301', ...dates } })).status;
    expect(ended({})).toBe('inactive');
    expect(ended({ service: '20260301' })).toBe('active');
    expect(ended({ service: '20260301-20260331' })).toBe('active');
    expect(snapshotOf(stediV3({ ...rows, planDateInformation: { planEnd: '20260301' } }), '2026-02-28').status).toBe(
      'active',
    );
  });

  it('tests no dates, and says so, when it names none', () => {
    const document = stediV3({
      meta: {},
      planDateInformation: { planEnd: '20200101' },
      benefitsInformation: [{ code: '1', serviceTypeCodes: ['30'] }],
    });
    const { snapshots, issues } = read(document);
    expect(snapshots[0]?.status).toBe('active');
    expect(issues).toEqual([expect.objectContaining({ severity: 'info', code: 'no_date', at: '' })]);
  });

  it('is about the dependent when it names one; nothing is copied from one person to the other', () => {
    const document = stediV3({
      subscriber: { memberId: 'W100', lastName: 'EXAMPLE', groupNumber: 'GRP7' },
      dependents: [{ firstName: 'RILEY', dateOfBirth: '20150203', relationToSubscriberCode: '19' }],
      benefitsInformation: [{ code: '1', serviceTypeCodes: ['30'] }],
    });
    const { snapshots } = read(document);
    expect(snapshots).toHaveLength(1);
    expect(snapshots[0]).toMatchObject({
      subscriber: { lastName: 'EXAMPLE', memberId: 'W100', groupNumber: 'GRP7' },
      patient: { firstName: 'RILEY', birthDate: '2015-02-03', isSubscriber: false },
      plans: [{ group: 'GRP7' }],
    });
  });

  it('knows payer and member by whichever number it has', () => {
    const snapshot = snapshotOf(
      stediV3({
        payer: { name: 'EXAMPLE HEALTH PLAN', federalTaxpayersIdNumber: '000000001' },
        subscriber: { lastName: 'EXAMPLE', ssn: '000000000' },
        planInformation: { memberId: 'W200', groupNumber: 'GRP8' },
      }),
    );
    expect(snapshot).toMatchObject({
      payer: { id: '000000001' },
      subscriber: { memberId: 'W200', groupNumber: 'GRP8' },
    });
  });

  it('may have nothing but the older plan status', () => {
    const snapshot = snapshotOf(
      stediV3({
        planStatus: [{ statusCode: '6', status: 'Inactive', planDetails: 'EXAMPLE PPO', serviceTypeCodes: ['30'] }],
      }),
    );
    expect(snapshot).toMatchObject({ outcome: 'benefits', status: 'inactive', plans: [{ name: 'EXAMPLE PPO' }] });
  });

  it('passes over a row of an unknown kind with an issue', () => {
    const { snapshots, issues } = read(
      stediV3Rows({ code: '1', serviceTypeCodes: ['30'] }, { code: 'ZZZ' }, { name: 'Surprise' }),
    );
    expect(snapshots[0]?.coverages).toHaveLength(1);
    expect(issues.map(({ code, at }) => [code, at])).toEqual([
      ['code_not_allowed', '/benefitsInformation/1'],
      ['code_not_allowed', '/benefitsInformation/2'],
    ]);
  });

  it.each([
    ['benefitPercent', '20', 'percent_range'],
    ['benefitPercent', '120', 'percent_range'],
    ['benefitAmount', '5', 'figure_not_allowed'],
  ])('has figures judged like those of a 271: %s %s', (key, value, code) => {
    const { issues } = read(stediV3Rows({ code: '1' }, { code: 'A', serviceTypeCodes: ['MH'], [key]: value }));
    expect(issues).toEqual([expect.objectContaining({ code, at: '/benefitsInformation/1' })]);
  });

  it('reads whatever shape its members have', () => {
    const strange = {
      code: 1,
      serviceTypeCodes: '30',
      benefitAmount: null,
      benefitsRelatedEntities: {},
      additionalInformation: ['x', null, {}],
      benefitsDateInformation: [],
    };
    const { snapshots } = read(
      stediV3({ subscriber: 'nobody', payer: [], provider: null, benefitsInformation: [strange, null, 7, 'row'] }),
    );
    expect(snapshots[0]).toMatchObject({ status: 'active', subscriber: {}, payer: {}, provider: {} });
  });
});

describe('JSON of other kinds', () => {
  it.each([
    [
      'a claim status',
      { meta: {}, payer: { organizationName: 'EXAMPLE' }, subscriber: { memberId: 'W100' }, claims: [{}] },
    ],
    ['an inquiry', { tradingPartnerServiceId: 'EXMPL', subscriber: { memberId: 'W100' }, encounter: {} }],
    [
      'a coverage of another clearinghouse',
      { payer: { name: 'EXAMPLE' }, subscriber: {}, plans: [{ benefits: [{ name: 'Mental Health' }] }] },
    ],
    ['a refusal without reject reason', { errors: [{ code: 'UNAUTHORIZED', description: 'Sign in' }] }],
    ['a list', [{ benefitsInformation: [] }]],
    ['nothing', null],
  ])('is not taken for an answer: %s', (_, document) => {
    expect(jsonFormatOf(document)).toBeUndefined();
  });
});

describe("a rejection in Stedi's v3 shape", () => {
  const inactive = {
    code: '72',
    field: 'AAA',
    description: 'Invalid/Missing Subscriber/Insured ID',
    followupAction: 'Please Correct and Resubmit',
  };

  it('stands at the level of the object that holds it, and counts once however often it is repeated', () => {
    const document = stediV3({
      subscriber: { memberId: 'W100', aaaErrors: [inactive] },
      errors: [{ ...inactive, location: 'Loop 2100C' }],
    });
    expect(snapshotOf(document)).toMatchObject({
      outcome: 'rejected',
      status: 'unknown',
      rejections: [
        {
          level: 'subscriber',
          code: '72',
          followUp: 'C',
          class: 'member_data',
          source: { path: '/subscriber/aaaErrors/0' },
        },
      ],
    });
    expect(snapshotOf(document).rejections).toHaveLength(1);
  });

  it.each([
    ['Loop 2100A', '42', 'payer'],
    ['Loop 2100B', '43', 'provider'],
    ['Loop 2100C', '75', 'subscriber'],
    ['Loop 2100D', '67', 'dependent'],
    ['Loop 2110C', '60', 'benefit'],
    [undefined, '42', 'payer'],
    [undefined, '43', 'provider'],
    [undefined, '75', 'subscriber'],
    [undefined, '67', 'dependent'],
  ])('at %s with code %s is of the %s', (location, code, level) => {
    const document = stediV3({ dependents: [{ firstName: 'RILEY' }], errors: [{ code, location }] });
    expect(read(document).snapshots.flatMap(({ rejections }) => rejections.map((each) => each.level))).toEqual([level]);
  });

  it('may write its code where the field stands', () => {
    expect(snapshotOf({ errors: [{ field: '42', description: 'Unable to Respond at Current Time' }] })).toMatchObject({
      outcome: 'rejected',
      rejections: [{ level: 'payer', code: '42', class: 'transient' }],
    });
  });

  it('keeps a follow-up that forbids to ask again', () => {
    const action = 'Do Not Resubmit; We Will Hold Your Request and Respond Again Shortly';
    expect(snapshotOf(stediV3({ errors: [{ code: '42', followupAction: action }] })).rejections).toMatchObject([
      { followUp: 'Y', class: 'do_not_resend' },
    ]);
  });

  it('of the subscriber answers for the subscriber beside a dependent, of the payer for the dependent too', () => {
    const document = (...errors: object[]) => stediV3({ dependents: [{ firstName: 'RILEY' }], errors });
    const answered = (...errors: object[]) =>
      read(document(...errors)).snapshots.map(({ patient, rejections }) => [
        patient.firstName,
        ...rejections.map(({ code }) => code),
      ]);
    expect(answered({ code: '75' })).toEqual([['AVERY', '75']]);
    expect(answered({ code: '42' })).toEqual([['RILEY', '42']]);
    expect(answered({ code: '75' }, { code: '67' })).toEqual([
      ['AVERY', '75'],
      ['RILEY', '67'],
    ]);
  });
});

const samples = resolve(__dirname, '../../../..', 'shared/samples');
const describeSamples = existsSync(samples) ? describe : describe.skip;

describeSamples('published answers in both formats', () => {
  const document = (path: string): object => JSON.parse(readFileSync(join(samples, 'json/stedi-v3', path), 'utf8'));
  const x12 = (path: string) => readX12(readFileSync(join(samples, 'x12/stedi-json', path), 'utf8'));

  it.each<[string, string, CivilDate]>([
    ['EligibilityCheck.response.200.example1.json', 'x12-embedded-01.271', '2024-06-01'],
    ['EligibilityRawX12Check.response.200.example1.json', 'x12-embedded-01.271', '2024-06-01'],
    ['EligibilityCheck.response.400.example2.json', 'x12-embedded-02.271', '2024-06-01'],
  ])('%s says what %s says', (json, segments, on) => {
    expect(withoutSources(read(document(json), on).snapshots)).toEqual(
      withoutSources(snapshotsOf271(x12(segments), { on }).snapshots),
    );
  });
});
