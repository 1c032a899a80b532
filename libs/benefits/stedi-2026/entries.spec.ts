import { answer, answered, HEALTH_PLAN, issuesOf, MENTAL_HEALTH, snapshotOf } from './answer.fixture';

const statuses = [{ status: 'ACTIVE_COVERAGE', service: HEALTH_PLAN }];
const copay = (entry: object) =>
  answer({ statuses, coPayment: [{ amount: '25', coverageLevel: 'INDIVIDUAL', ...entry }] });
const AT = '/plans/0/benefits/coPayment/0';

describe('the service of an entry', () => {
  it.each<[string, object, object]>([
    ['a service type', { service: MENTAL_HEALTH }, { serviceTypes: ['MH'] }],
    ['a service type newer than the guide', { service: { system: 'STC', value: 'SMH' } }, { serviceTypes: ['SMH'] }],
    ['a service type without system', { service: { value: 'MH' } }, { serviceTypes: ['MH'] }],
    ['a procedure', { service: { system: 'HCPCS', value: 'H0015' } }, { serviceTypes: [], procedure: 'H0015' }],
    ['a procedure without system', { service: { value: '90853' } }, { serviceTypes: [], procedure: '90853' }],
    ['the plan as a whole', {}, { serviceTypes: [] }],
    ['the plan as a whole, too', { service: {} }, { serviceTypes: [] }],
  ])('is %s', (_, entry, expected) => {
    const [share] = snapshotOf(copay(entry)).costShares;
    expect(share).toMatchObject({ kind: 'copay', amountCents: 2500, ...expected });
    expect(issuesOf(copay(entry))).toEqual([]);
  });

  it('is the first procedure of a range, whose end is reported', () => {
    const ranged = copay({ service: { system: 'CPT', range: { start: { value: '90832' }, end: { value: '90853' } } } });
    expect(snapshotOf(ranged).costShares).toMatchObject([{ serviceTypes: [], procedure: '90832' }]);
    expect(issuesOf(ranged)).toEqual([`unread ${AT}/service/range/end`]);
  });

  it.each([
    [{ definition: 'Mental Health' }],
    [{ system: 'STC', range: { start: { value: 'A4' }, end: { value: 'A8' } } }],
    [{ system: 'SNOMED', value: '1' }],
    [{ value: 'intensive outpatient' }],
    ['MH'],
    [[MENTAL_HEALTH]],
  ])('must not pass for the plan when it cannot be told: %j', (service) => {
    const strange = copay({ service });
    expect(snapshotOf(strange).costShares).toEqual([]);
    expect(issuesOf(strange)).toHaveLength(1);
    expect(issuesOf(strange)[0]).toMatch(new RegExp(`^(?:unread|wrong_type) ${AT}`));
  });
});

describe('values that the format does not have', () => {
  it.each<[string, object, string, object]>([
    ['level', { coverageLevel: 'COUSINS' }, 'coverageLevel', { level: 'unknown', limitCents: 100000 }],
    ['network', { network: { indicator: 'SOMETIMES' } }, 'network/indicator', { network: 'unknown' }],
    ['authorization', { priorAuthIndicator: 'PERHAPS' }, 'priorAuthIndicator', { limitCents: 100000 }],
    ['product', { insuranceType: 'MULTIPLE_OPTIONS_HEALTH_PLAN' }, 'insuranceType', { limitCents: 100000 }],
  ])('leave the %s unread and keep the figures', (_, entry, at, expected) => {
    const document = answer({
      deductible: [{ amount: '1000', coverageLevel: 'FAMILY', timePeriod: 'CALENDAR_YEAR', ...entry }],
    });
    expect(snapshotOf(document).accumulators).toMatchObject([expected]);
    expect(issuesOf(document)).toEqual([`unread /plans/0/benefits/deductible/0/${at}`]);
  });

  it('leave figures unread where they would be taken for others', () => {
    const limitations = [
      { coverageLevel: 'INDIVIDUAL', timePeriod: 'SEASON', amount: '500', service: MENTAL_HEALTH },
      { coverageLevel: 'INDIVIDUAL', quantity: { value: '10', qualifier: 'ENCOUNTERS' }, service: MENTAL_HEALTH },
      {
        coverageLevel: 'INDIVIDUAL',
        service: MENTAL_HEALTH,
        serviceLimits: [
          {
            delivery: {
              quantity: { value: '10', qualifier: 'VISITS' },
              period: { value: 1, qualifier: 'SEASON' },
            },
          },
        ],
      },
    ];
    const document = answer({ limitations });
    const at = (place: string) => `unread /plans/0/benefits/limitations/${place}`;
    expect(snapshotOf(document).limits).toEqual([]);
    expect(issuesOf(document)).toEqual([
      at('0/timePeriod'),
      at('0'),
      at('1/quantity/qualifier'),
      at('2/serviceLimits/0/delivery/period/qualifier'),
    ]);
  });

  it('are not passed off as a status', () => {
    const document = answer({ statuses: [{ status: 'SUSPENDED', service: HEALTH_PLAN }] });
    expect(snapshotOf(document)).toMatchObject({ status: 'unknown', coverages: [] });
    expect(issuesOf(document)).toEqual(['code_not_allowed /plans/0/benefits/statuses/0']);
  });
});

describe('members that the format does not have', () => {
  it('are named, wherever they stand', () => {
    const document = answered({
      hints: ['x'],
      warnings: [{ code: 'W1', description: 'As said' }],
      plans: [
        {
          tier: 1,
          benefits: {
            statuses,
            copays: [],
            coPayment: [
              {
                amount: '25',
                coverageLevel: 'INDIVIDUAL',
                copay: 5,
                diagnosis: { codeSystem: 'ICD-10-CM', codes: [{ value: 'F10.20' }] },
                dates: { someday: { start: '2026-01-01' } },
                network: { indicator: 'IN_NETWORK', tier: 2 },
                service: { ...MENTAL_HEALTH, unit: 'x' },
                serviceLimits: [{ ageMinimum: 18 }, { deliveries: {} }],
                placesOfService: [{ name: 'Office' }, { code: '11' }],
              },
            ],
          },
        },
      ],
    });
    expect(issuesOf(document).sort()).toEqual(
      [
        '/hints',
        '/warnings/0',
        '/plans/0/tier',
        '/plans/0/benefits/copays',
        `${AT}/copay`,
        `${AT}/diagnosis`,
        `${AT}/dates/someday`,
        `${AT}/network/tier`,
        `${AT}/service/unit`,
        `${AT}/serviceLimits/0/ageMinimum`,
        `${AT}/serviceLimits/1/deliveries`,
        `${AT}/placesOfService/0`,
      ]
        .map((place) => `unread ${place}`)
        .sort(),
    );
    expect(snapshotOf(document).costShares).toMatchObject([
      { amountCents: 2500, placeOfService: ['11'], network: 'in' },
    ]);
  });

  it('that have no value are not named', () => {
    expect(issuesOf(answer({ statuses, copays: null }, { warnings: [], hints: null }))).toEqual([]);
  });
});

describe('what stands in the file in some order', () => {
  it('is told in that order', () => {
    const entry = (text: string) => ({ coverageLevel: 'INDIVIDUAL', service: MENTAL_HEALTH, messages: [text] });
    const document = answer({
      benefitDescription: [entry('FIRST')],
      statuses: [{ ...entry('SECOND'), status: 'ACTIVE_COVERAGE' }],
      invalidEntries: { limitations: [entry('THIRD\r\nLINE')] },
      nonCovered: [entry('FOURTH')],
    });
    expect(snapshotOf(document).messages).toEqual([
      { text: 'FIRST', source: { path: '/plans/0/benefits/benefitDescription/0/messages/0' } },
      { text: 'SECOND', source: { path: '/plans/0/benefits/statuses/0/messages/0' } },
      { text: 'THIRD LINE', source: { path: '/plans/0/benefits/invalidEntries/limitations/0/messages/0' } },
      { text: 'FOURTH', source: { path: '/plans/0/benefits/nonCovered/0/messages/0' } },
    ]);
  });
});

describe('the parties of an answer', () => {
  it.each([
    [{ identification: 'A', naicId: 'B' }, 'A'],
    [{ naicId: 'B', etin: 'C' }, 'B'],
    [{ tin: 'D', ein: 'E' }, 'D'],
    [{}, 'EXMPL'],
  ])('have a payer identified by what it calls itself: %j', (identifiers, id) => {
    const payer = { type: 'PAYER', name: { organization: 'EXAMPLE HEALTH PLAN' }, ...identifiers };
    expect(snapshotOf(answer({ statuses }, { payer })).payer).toEqual({ name: 'EXAMPLE HEALTH PLAN', id });
  });

  it('have the date of service of an entry where no person has one', () => {
    const subscriber = { memberId: 'W100', name: { person: { firstName: 'AVERY', lastName: 'EXAMPLE' } } };
    const dated = [{ ...statuses[0], dates: { service: { start: '2026-05-04', end: '2026-05-06' } } }];
    expect(snapshotOf(answer({ statuses: dated }, { subscriber })).basis?.serviceDate).toBe('2026-05-04');
    expect(issuesOf(answer({ statuses }, { subscriber }))).toEqual(['no_date ']);
  });
});
