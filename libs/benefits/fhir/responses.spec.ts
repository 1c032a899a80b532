import { unsourced } from '../x12-271.fixture';
import {
  AVERY,
  benefit,
  COVERAGE,
  coded,
  issuesOf,
  item,
  RILEY,
  readFhir,
  response,
  snapshotOf,
  usd,
} from './response.fixture';

const withCoverage = (coverage: object, parts: object = {}) =>
  response({ contained: [AVERY, RILEY, { ...COVERAGE, ...coverage }], ...parts });

describe('the persons of a FHIR response', () => {
  const avery = { firstName: 'AVERY', lastName: 'EXAMPLE', birthDate: '1990-01-01' };

  it('are the subscriber alone when the coverage says self', () => {
    expect(snapshotOf(response())).toMatchObject({
      subscriber: { ...avery, memberId: 'W100', groupNumber: 'GRP7' },
      patient: { ...avery, memberId: 'W100', groupNumber: 'GRP7', isSubscriber: true },
    });
  });

  it('are subscriber and dependent, nothing copied from one to the other, for any other relationship', () => {
    const document = withCoverage(
      { relationship: coded('subscriber-relationship', 'child'), beneficiary: { reference: '#riley' } },
      { patient: { reference: '#riley' } },
    );
    const { subscriber, patient } = snapshotOf(document);
    expect(subscriber).toEqual({ ...avery, memberId: 'W100' });
    expect(patient).toEqual({ firstName: 'RILEY', lastName: 'EXAMPLE', groupNumber: 'GRP7', isSubscriber: false });
  });

  it.each([
    [{ reference: '#avery' }, true],
    [{ reference: '#riley' }, false],
    [undefined, true],
  ])('are told apart by the subscriber %j where no relationship is said', (subscriber, isSubscriber) => {
    expect(snapshotOf(withCoverage({ relationship: undefined, subscriber })).patient).toMatchObject({ isSubscriber });
  });

  it('are a patient of whom nobody says what they are, without a coverage', () => {
    const found = snapshotOf(response({ contained: [AVERY] }));
    expect(found.subscriber).toEqual({});
    expect(found.patient).toEqual(avery);
    expect(issuesOf(response({ contained: [AVERY] }))).toEqual(['unresolved_reference /insurance/0/coverage']);
  });

  it('that are nowhere in the document are reported and stay unknown', () => {
    const document = response({ contained: [COVERAGE], patient: { reference: 'Patient/7' } });
    expect(snapshotOf(document).patient).toEqual({ memberId: 'W100', groupNumber: 'GRP7', isSubscriber: true });
    expect(issuesOf(document)).toContain('unresolved_reference /patient');
  });

  it('have the member number that is marked as one', () => {
    const mb = { type: { coding: [{ code: 'MB' }] }, value: 'M-7' };
    const mrn = { type: { coding: [{ code: 'MR' }] }, value: 'MRN' };
    const own = { ...RILEY, identifier: [mrn, mb] };
    const child = { relationship: coded('subscriber-relationship', 'child') };
    const document = (coverage: object, person: object) =>
      response({
        contained: [AVERY, person, { ...COVERAGE, ...child, ...coverage }],
        patient: { reference: '#riley' },
      });
    expect(snapshotOf(document({}, own)).patient.memberId).toBe('M-7');
    expect(snapshotOf(document({ identifier: [mrn, { ...mb, value: 'M-8' }] }, own)).patient.memberId).toBe('M-8');
    expect(snapshotOf(document({ identifier: [mrn] }, RILEY)).patient).not.toHaveProperty('memberId');
  });

  it('may be named by their member number alone', () => {
    const identifier = { type: { coding: [{ code: 'MB' }] }, value: 'M-9' };
    expect(snapshotOf(response({ contained: [], patient: { identifier } })).patient).toEqual({ memberId: 'M-9' });
  });

  it.each([
    [[{ use: 'old', family: 'A' }, { family: 'B' }], 'B'],
    [
      [
        { use: 'usual', family: 'A' },
        { use: 'official', family: 'B' },
      ],
      'B',
    ],
    [
      [
        { use: 'nickname', family: 'A' },
        { use: 'usual', family: 'B' },
      ],
      'B',
    ],
    [[{ use: 'old', family: 'A' }], undefined],
    ['EXAMPLE', undefined],
  ])('with names %j are called %s', (name, lastName) => {
    const document = response({ contained: [{ ...AVERY, name }, COVERAGE] });
    expect(snapshotOf(document).patient.lastName).toBe(lastName);
  });

  it('with a date of birth that is none keep none', () => {
    const document = response({ contained: [{ ...AVERY, birthDate: '1990-01' }, COVERAGE] });
    expect(snapshotOf(document).patient).not.toHaveProperty('birthDate');
    expect(issuesOf(document)).toEqual(['date_unreadable /contained/0/birthDate']);
  });

  it('other than the one that the coverage is of are a conflict', () => {
    const document = withCoverage({ beneficiary: { reference: '#riley' } });
    expect(issuesOf(document)).toEqual(['conflict /contained/2/beneficiary']);
    const elsewhere = withCoverage({ beneficiary: { reference: 'Patient/avery' } });
    expect(issuesOf(elsewhere)).toEqual([]);
  });
});

describe('the parties of a FHIR response', () => {
  const plan = { resourceType: 'Organization', id: 'plan', name: 'EXAMPLE PLAN INC', identifier: [{ value: '99002' }] };

  it.each([
    [{ reference: '#plan' }, { name: 'EXAMPLE PLAN INC', id: '99002' }],
    [
      { reference: '#plan', display: 'Other' },
      { name: 'EXAMPLE PLAN INC', id: '99002' },
    ],
    [{ display: 'EXAMPLE HEALTH PLAN' }, { name: 'EXAMPLE HEALTH PLAN' }],
    [{ identifier: { value: '99001' } }, { id: '99001' }],
    [{ identifier: '1111', display: 'Payer ID: 1111' }, { id: '1111' }],
    [{ reference: 'Organization/2' }, { name: 'ISSUER', id: '7' }],
    [undefined, { name: 'ISSUER', id: '7' }],
    [{ reference: '#avery' }, { name: 'ISSUER', id: '7' }],
  ])('with insurer %j are answered by %j', (insurer, payer) => {
    const issued = { ...COVERAGE, payor: [{ display: 'ISSUER', identifier: { value: '7' } }] };
    expect(snapshotOf(response({ contained: [AVERY, issued, plan], insurer })).payer).toEqual(payer);
  });

  it('take no tax id or NPI for a payer id', () => {
    const identifier = [
      { system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' },
      { type: { coding: [{ code: 'TAX' }] }, value: '12-3456789' },
      { type: { coding: [{ code: 'NIIP' }] }, value: '99003' },
    ];
    const document = response({ contained: [{ ...plan, identifier }], insurer: { reference: '#plan' } });
    expect(snapshotOf(document).payer.id).toBe('99003');
  });

  it.each([
    ['an organization', { resourceType: 'Organization', name: 'EXAMPLE CENTER' }, { name: 'EXAMPLE CENTER' }],
    [
      'a practitioner',
      { resourceType: 'Practitioner', name: [{ family: 'DOE', given: ['ALEX'] }] },
      { name: 'ALEX DOE' },
    ],
    ['a person named as text', { resourceType: 'Practitioner', name: [{ text: 'Dr. Doe' }] }, { name: 'Dr. Doe' }],
  ])('were asked by %s', (_, requestor, provider) => {
    const npi = { system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' };
    const contained = [AVERY, COVERAGE, { ...requestor, id: 'asker', identifier: [{ value: '5' }, npi] }];
    const document = response({ contained, requestor: { reference: '#asker' } });
    expect(snapshotOf(document).provider).toEqual({ ...provider, npi: '1234567893' });
  });

  it('were asked by a practitioner in a role', () => {
    const role = { resourceType: 'PractitionerRole', id: 'role', organization: { reference: '#center' } };
    const center = { resourceType: 'Organization', id: 'center', name: 'EXAMPLE CENTER' };
    const document = response({ contained: [role, center], requestor: { reference: '#role' } });
    expect(snapshotOf(document).provider).toEqual({ name: 'EXAMPLE CENTER' });
  });

  it('take no other identifier for an NPI', () => {
    const document = response({ requestor: { identifier: { system: 'http://national.example', value: 'OR1234' } } });
    expect(snapshotOf(document).provider).toEqual({});
  });
});

describe('the dates of a FHIR response', () => {
  const dateOf = (parts: Readonly<Record<string, unknown>>) => snapshotOf(response(parts)).basis?.serviceDate;

  it.each([
    [{}, '2026-03-10'],
    [
      { servicedDate: undefined, servicedPeriod: { start: '2026-02-07T21:49:56+05:30', end: '2026-02-09' } },
      '2026-02-07',
    ],
    [{ servicedDate: undefined, servicedPeriod: { end: '2026-02-09' } }, '2026-03-09'],
    [{ servicedDate: undefined }, '2026-03-09'],
    [{ servicedDate: '2026-03' }, '2026-03-09'],
    [{ servicedDate: 20260310 }, '2026-03-09'],
    [{ servicedDate: undefined, created: undefined }, undefined],
  ])('%j: the date of service is %s', (parts, expected) => {
    expect(dateOf(parts)).toBe(expected);
  });

  it('without any are said to have none', () => {
    expect(issuesOf(response({ servicedDate: undefined, created: 'yesterday' }))).toEqual(['no_date ']);
  });

  const period = (coverage: object, benefitPeriod?: object) =>
    response({
      contained: [AVERY, { ...COVERAGE, period: coverage }],
      insurance: [
        {
          coverage: { reference: '#coverage' },
          inforce: true,
          benefitPeriod,
          item: [item('30', [benefit('visit', { allowedUnsignedInt: 9 })])],
        },
      ],
    });

  it('are spans of the plan and of its benefits, which bind the rows', () => {
    const found = snapshotOf(period({ start: '2026-01-01' }, { start: '2026-01-01', end: '2026-06-30' }));
    expect(found.spans).toEqual([
      { what: 'plan', from: '2026-01-01', source: { path: '/contained/1/period' } },
      { what: 'benefit', from: '2026-01-01', to: '2026-06-30', source: { path: '/insurance/0/benefitPeriod' } },
    ]);
    expect(found.limits).toMatchObject([{ allowed: 9, from: '2026-01-01', to: '2026-06-30' }]);
    expect(found.basis?.planDates).toEqual([{ from: '2026-01-01' }]);
  });

  it.each([
    [
      { start: '2026', end: '2026' },
      { from: '2026-01-01', to: '2026-12-31' },
    ],
    [
      { start: '2026-02', end: '2028-02' },
      { from: '2026-02-01', to: '2028-02-29' },
    ],
    [{ end: '2026-12-31T23:59:59Z' }, { to: '2026-12-31' }],
    [{ start: '2026-01-01', end: '9999-12-31' }, { from: '2026-01-01' }],
  ])('%j that leave out days reach from the first to the last', (coverage, span) => {
    expect(unsourced(snapshotOf(period(coverage)).spans)).toEqual([{ what: 'plan', ...span }]);
  });

  it('that exclude the date of service make the coverage inactive', () => {
    expect(snapshotOf(period({ end: '2026-03-09' })).status).toBe('inactive');
    expect(snapshotOf(period({}, { end: '2026-03-09' })).status).toBe('inactive');
    expect(snapshotOf(period({ start: '2026-03-10' })).status).toBe('active');
    expect(snapshotOf(period({ end: '2026-03-10' }), '2026-03-11').status).toBe('inactive');
  });

  it('that are none are left out, each reported once', () => {
    const document = period({ start: '2026-02-30', end: 5 }, { start: 'soon' });
    expect(snapshotOf(document).spans).toEqual([]);
    expect(issuesOf(document)).toEqual([
      'date_unreadable /contained/1/period/start',
      'date_unreadable /contained/1/period/end',
      'date_unreadable /insurance/0/benefitPeriod/start',
    ]);
  });
});

describe('the coverage of a FHIR response', () => {
  it.each([
    [true, 'active'],
    [false, 'inactive'],
    [undefined, 'unknown'],
  ])('in force %s is %s', (inforce, status) => {
    expect(snapshotOf(response({ insurance: [{ inforce }] })).status).toBe(status);
  });

  it('names its plan and group', () => {
    expect(snapshotOf(response()).plans).toEqual([
      { name: 'EXAMPLE PPO', group: 'GRP7', status: 'active', source: { path: '/insurance/0/inforce' } },
    ]);
  });

  it('may be named by an extension where nothing says that it is in force', () => {
    const extension = [
      {
        url: 'http://schemas.canvasmedical.com/fhir/extensions/active-health-benefit-plan-coverage-description',
        valueString: 'EXAMPLE GOLD',
      },
    ];
    const active = { type: { text: 'Active Coverage' } };
    const document = response({ insurance: [{ extension, item: [item('30', [active]), item('35', [active])] }] });
    expect(snapshotOf(document).plans).toMatchObject([{ name: 'EXAMPLE GOLD', status: 'active' }]);
  });

  it('of several plans keeps their rows apart by their names', () => {
    const named = (id: string, name: string) => ({
      ...COVERAGE,
      id,
      class: [{ type: coded('coverage-class', 'plan'), value: name }],
    });
    const insurance = (id: string, allowed: number) => ({
      coverage: { reference: `#${id}` },
      inforce: true,
      item: [item('30', [benefit('deductible', { allowedMoney: usd(allowed) })])],
    });
    const found = snapshotOf(
      response({
        contained: [AVERY, named('a', 'GOLD'), named('b', 'SILVER')],
        insurance: [insurance('a', 1), insurance('b', 2)],
      }),
    );
    expect(unsourced(found.plans)).toEqual([
      { name: 'GOLD', status: 'active' },
      { name: 'SILVER', status: 'active' },
    ]);
    expect(found.accumulators).toMatchObject([
      { plan: 'GOLD', limitCents: 100 },
      { plan: 'SILVER', limitCents: 200 },
    ]);
  });
});

describe('an error in a FHIR response', () => {
  const error = [{ code: coded('adjudication-error', 'a001') }, { code: { text: 'Member unknown' } }];

  it('is a rejection of the request by the payer, whatever its code', () => {
    const document = response({ outcome: 'error', error, insurance: undefined });
    const { outcome, rejections, messages } = snapshotOf(document);
    expect(outcome).toBe('rejected');
    expect(rejections).toMatchObject([
      { level: 'payer', class: 'request', code: 'a001', source: { path: '/error/0' } },
      { level: 'payer', class: 'request', code: 'Member unknown', source: { path: '/error/1' } },
    ]);
    expect(rejections.every(({ advice }) => /^[A-Z].*\.$/.test(advice))).toBe(true);
    expect(messages).toEqual([{ text: 'Member unknown', source: { path: '/error/1/code' } }]);
    expect(issuesOf(document)).toEqual([]);
  });

  it('is the same for a code that X12 has too', () => {
    const document = response({ error: [{ code: { coding: [{ code: '75' }] } }], insurance: [] });
    expect(snapshotOf(document).rejections).toMatchObject([{ code: '75', level: 'payer', class: 'request' }]);
  });

  it('beside benefits leaves the answer one with benefits', () => {
    expect(snapshotOf(response({ error })).outcome).toBe('benefits');
  });

  it('without a code, and an outcome of error without errors, are issues', () => {
    expect(issuesOf(response({ error: [{ code: {} }, {}] }))).toEqual([
      'error_without_code /error/0',
      'error_without_code /error/1',
    ]);
    expect(issuesOf(response({ outcome: 'error' }))).toEqual(['error_without_code /outcome']);
  });
});

describe('a FHIR response', () => {
  it.each(['queued', 'partial'])('with outcome %s is not complete', (outcome) => {
    expect(issuesOf(response({ outcome }))).toEqual(['not_complete /outcome']);
  });

  it.each(['cancelled', 'entered-in-error'])('that is %s says nothing any more', (status) => {
    const found = snapshotOf(response({ status }));
    expect(found).toMatchObject({ status: 'unknown', coverages: [], patient: { firstName: 'AVERY' } });
    expect(readFhir(response({ status })).issues).toMatchObject([
      { severity: 'error', code: 'withdrawn', at: '/status' },
    ]);
  });

  it('that is a draft is read with a warning', () => {
    expect(snapshotOf(response({ status: 'draft' })).status).toBe('active');
    expect(issuesOf(response({ status: 'draft' }))).toEqual(['draft /status']);
  });

  it.each([
    [{ modifierExtension: [{ url: 'https://x.example' }] }, '/modifierExtension'],
    [{ insurance: [{ inforce: true, modifierExtension: [{}] }] }, '/insurance/0/modifierExtension'],
    [{ insurance: [{ item: [item('30', [], { modifierExtension: [{}] })] }] }, '/insurance/0/item/0/modifierExtension'],
    [
      {
        insurance: [
          { item: [item('30', [{ ...benefit('copay', { allowedMoney: usd(1) }), modifierExtension: [{}] }])] },
        ],
      },
      '/insurance/0/item/0/benefit/0/modifierExtension',
    ],
  ])('whose meaning something unknown changes is not read there: %#', (parts, at) => {
    expect(snapshotOf(response(parts))).toMatchObject({ status: 'unknown', costShares: [] });
    expect(issuesOf(response(parts))).toContain(`modifier_extension ${at}`);
  });

  it('tells what the payer says of it', () => {
    expect(snapshotOf(response({ disposition: 'Policy is\nin force.' })).messages).toEqual([
      { text: 'Policy is in force.', source: { path: '/disposition' } },
    ]);
  });

  it('has no trace of its own', () => {
    expect(snapshotOf(response()).trace).toEqual([]);
  });
});
