import { answer, answered, HEALTH_PLAN, MENTAL_HEALTH, snapshotOf } from './answer.fixture';

describe("an answer in Stedi's shape of 2026-06-01", () => {
  it('says who was asked about whom', () => {
    expect(snapshotOf(answer({ statuses: [{ status: 'ACTIVE_COVERAGE', service: HEALTH_PLAN }] }))).toMatchObject({
      outcome: 'benefits',
      status: 'active',
      trace: ['T1', 'T2'],
      payer: { name: 'EXAMPLE HEALTH PLAN', id: '99001' },
      provider: { name: 'EXAMPLE RECOVERY CENTER', npi: '1234567893' },
      subscriber: {
        firstName: 'AVERY',
        lastName: 'EXAMPLE',
        memberId: 'W100',
        birthDate: '1990-01-01',
        groupNumber: 'GRP7',
      },
      patient: { firstName: 'AVERY', isSubscriber: true },
      spans: [{ from: '2026-01-01', to: '2026-12-31', what: 'plan', source: { path: '/subscriber/dates/plan' } }],
      plans: [
        { name: 'EXAMPLE PPO', group: 'GRP7', status: 'active', source: { path: '/plans/0/benefits/statuses/0' } },
      ],
    });
  });

  it('groups the benefits of a plan by kind', () => {
    const service = MENTAL_HEALTH;
    const network = { indicator: 'IN_NETWORK' };
    const snapshot = snapshotOf(
      answer({
        statuses: [
          {
            status: 'ACTIVE_COVERAGE',
            service: HEALTH_PLAN,
            insuranceType: 'PREFERRED_PROVIDER_ORGANIZATION_PPO',
          },
        ],
        coPayment: [{ amount: '25', service, network, timePeriod: 'VISIT', placesOfService: [{ code: '11' }] }],
        coInsurance: [{ percent: '0.2', service, network, priorAuthIndicator: 'REQUIRED' }],
        deductible: [
          { amount: '1500', coverageLevel: 'INDIVIDUAL', timePeriod: 'CALENDAR_YEAR', network },
          { amount: '400', coverageLevel: 'INDIVIDUAL', timePeriod: 'REMAINING', network },
        ],
        outOfPocket: [
          {
            amount: '9000',
            coverageLevel: 'FAMILY',
            timePeriod: 'CALENDAR_YEAR',
            network: { indicator: 'OUT_OF_NETWORK' },
          },
        ],
        limitations: [
          {
            service,
            network,
            timePeriod: 'CALENDAR_YEAR',
            quantity: { qualifier: 'VISITS', value: '30' },
            messages: ['30 VISITS\nPER YEAR'],
          },
          {
            service,
            network,
            serviceLimits: [
              {
                delivery: {
                  quantity: { qualifier: 'DAYS', value: '60' },
                  period: { qualifier: 'LIFETIME', value: '1' },
                },
              },
            ],
          },
        ],
        nonCovered: [{ service: { system: 'CPT', value: '90837' }, network }],
        exclusions: [{ service: { system: 'STC', value: '35' } }],
        otherOrAdditionalPayer: [
          {
            relatedEntities: [
              { type: 'SECONDARY_PAYER', name: { organization: 'EXAMPLE OTHER PLAN' }, memberId: 'S900' },
            ],
          },
        ],
        contactFollowingEntityForInformation: [
          {
            service,
            relatedEntities: [
              {
                type: 'VENDOR',
                name: { organization: 'EXAMPLE BEHAVIORAL' },
                contacts: [{ phoneNumbers: ['5555550100'], urls: ['bh.example.test'] }],
              },
            ],
          },
        ],
      }),
    );
    const path = (place: string) => ({ path: `/plans/0/benefits/${place}` });
    expect(snapshot).toMatchObject({
      plans: [{ product: 'PR' }],
      costShares: [
        {
          kind: 'copay',
          amountCents: 2500,
          per: 'visit',
          network: 'in',
          serviceTypes: ['MH'],
          placeOfService: ['11'],
          source: path('coPayment/0'),
        },
        { kind: 'coinsurance', percent: 20, network: 'in', serviceTypes: ['MH'], source: path('coInsurance/0') },
      ],
      accumulators: [
        {
          kind: 'deductible',
          level: 'individual',
          period: 'calendar_year',
          limitCents: 150000,
          remainingCents: 40000,
          source: [path('deductible/0'), path('deductible/1')],
        },
        { kind: 'out_of_pocket', level: 'family', network: 'out', limitCents: 900000 },
      ],
      limits: [
        { unit: 'visits', period: 'calendar_year', allowed: 30, messages: ['30 VISITS PER YEAR'] },
        { unit: 'days', period: 'lifetime', allowed: 60 },
      ],
      authorizations: [{ required: 'yes', serviceTypes: ['MH'], network: 'in' }],
      exclusions: [
        { serviceTypes: [], procedure: '90837', network: 'in' },
        { serviceTypes: ['35'], network: 'unknown' },
      ],
      otherPayers: [{ order: 'secondary', name: 'EXAMPLE OTHER PLAN', memberId: 'S900' }],
      carveOut: { entity: 'EXAMPLE BEHAVIORAL', phone: '5555550100' },
    });
    expect(snapshot.entities).toMatchObject([{ role: 'VN', name: 'EXAMPLE BEHAVIORAL', url: 'bh.example.test' }]);
  });

  it('keeps the plans apart when it has several', () => {
    const statuses = [{ status: 'ACTIVE_COVERAGE', service: HEALTH_PLAN }];
    const plan = (name: string, amount: string) => ({ name, benefits: { statuses, coPayment: [{ amount }] } });
    const snapshot = snapshotOf(answered({ plans: [plan('EXAMPLE PPO', '25'), plan('EXAMPLE EAP', '0')] }));
    expect(snapshot.plans.map(({ name }) => name)).toEqual(['EXAMPLE PPO', 'EXAMPLE EAP']);
    expect(snapshot.costShares.map(({ plan: of, amountCents }) => [of, amountCents])).toEqual([
      ['EXAMPLE PPO', 2500],
      ['EXAMPLE EAP', 0],
    ]);
  });

  it('reads entries that the clearinghouse set apart as invalid', () => {
    const snapshot = snapshotOf(
      answer({
        statuses: [],
        invalidEntries: {
          coPayment: [
            {
              amount: '25',
              coverageLevel: 'INDIVIDUAL',
              invalidReasons: [{ code: 'UNEXPECTED_PERCENT', description: 'As said' }],
            },
          ],
        },
      }),
    );
    expect(snapshot.costShares).toMatchObject([
      { amountCents: 2500, source: { path: '/plans/0/benefits/invalidEntries/coPayment/0' } },
    ]);
  });

  it('is about the dependent when it names one, whose dates bind', () => {
    const dependent = {
      name: { person: { firstName: 'RILEY' } },
      relationToSubscriber: 'CHILD',
      dates: { plan: { start: '2026-04-01' }, service: { start: '2026-03-20' } },
    };
    const snapshot = snapshotOf(answer({ statuses: [{ status: 'ACTIVE_COVERAGE' }] }, { dependent }));
    expect(snapshot).toMatchObject({ patient: { firstName: 'RILEY', isSubscriber: false }, status: 'inactive' });
    expect(snapshot.basis?.serviceDate).toBe('2026-03-20');
  });

  it.each([
    ['PAYER', '42', 'payer'],
    ['ENVELOPE', '42', 'payer'],
    ['PROVIDER', '43', 'provider'],
    ['SUBSCRIBER', '75', 'subscriber'],
    ['SUBSCRIBER_BENEFITS', '60', 'benefit'],
  ])('places an error at %s with code %s at the level %s', (location, code, level) => {
    const errors = [{ code, location, description: 'As said', followupAction: 'PLEASE_CORRECT_AND_RESUBMIT' }];
    expect(snapshotOf(answered({ errors }))).toMatchObject({
      outcome: 'rejected',
      rejections: [{ level, code, followUp: 'C', source: { path: '/errors/0' } }],
    });
  });
});
