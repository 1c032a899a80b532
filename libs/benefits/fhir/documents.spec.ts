import { jsonFormatOf } from '../json/json-formats';
import { AVERY, benefit, COVERAGE, item, readFhir, response, snapshotOf, usd } from './response.fixture';

const bundle = (...entry: unknown[]) => ({ resourceType: 'Bundle', type: 'collection', entry });
const bare = (parts: object = {}) =>
  response({
    contained: undefined,
    patient: { reference: 'Patient/avery' },
    insurance: [{ coverage: { reference: 'Coverage/coverage' }, inforce: true }],
    ...parts,
  });
const coverage = {
  ...COVERAGE,
  subscriber: { reference: 'Patient/avery' },
  beneficiary: { reference: 'Patient/avery' },
};

describe('references of a FHIR response', () => {
  it('are found beside it by type and id', () => {
    const found = snapshotOf(bundle({ resource: bare() }, { resource: AVERY }, { resource: coverage }));
    expect(found.patient).toMatchObject({ firstName: 'AVERY', memberId: 'W100', isSubscriber: true });
    expect(found.plans).toMatchObject([
      { name: 'EXAMPLE PPO', source: { path: '/entry/0/resource/insurance/0/inforce' } },
    ]);
    expect(readFhir(bundle({ resource: bare() }, { resource: AVERY }, { resource: coverage })).issues).toEqual([]);
  });

  it.each([
    ['urn:uuid:7', 'urn:uuid:7'],
    ['https://payer.example/fhir/Patient/7', 'https://payer.example/fhir/Patient/7'],
    ['https://payer.example/fhir/Patient/7', 'https://payer.example/fhir/Patient/7/_history/2'],
    ['https://payer.example/fhir/Patient/7', 'Patient/7'],
    ['https://payer.example/fhir/Patient/7', 'Patient/7/_history/1'],
  ])('are found beside it at %s as %s', (fullUrl, reference) => {
    const { id: _, ...avery } = AVERY;
    const document = bundle({ resource: bare({ patient: { reference } }) }, { fullUrl, resource: avery });
    expect(snapshotOf(document).patient.firstName).toBe('AVERY');
  });

  it('may be written without their member', () => {
    expect(
      snapshotOf(bundle({ resource: bare({ patient: 'Patient/avery' }) }, { resource: AVERY })).patient.firstName,
    ).toBe('AVERY');
  });

  it.each(['Patient/8', 'https://other.example/Patient/avery', '#avery', '#undefined', 'avery', ''])(
    'lead nowhere as %j',
    (reference) => {
      const contained = [{ ...AVERY, id: undefined }];
      const document = bundle({ resource: bare({ contained, patient: { reference } }) }, { resource: AVERY });
      expect(snapshotOf(document).patient).toEqual({});
    },
  );

  it('are found by business identifiers, among resources of their kind', () => {
    const identifier = { system: 'https://payer.example/members', value: 'M-1' };
    const document = bundle(
      { resource: bare({ patient: { identifier }, insurance: [{ coverage: { identifier }, inforce: true }] }) },
      { resource: { ...coverage, identifier: [identifier] } },
      { resource: { ...AVERY, identifier: [identifier] } },
    );
    expect(snapshotOf(document)).toMatchObject({ patient: { firstName: 'AVERY' }, plans: [{ name: 'EXAMPLE PPO' }] });
    const contained = [{ ...AVERY, identifier: [identifier] }];
    expect(snapshotOf(bare({ contained, patient: { identifier } })).patient.firstName).toBe('AVERY');
    const unowned = { value: 'M-1' };
    const unknown = bare({ contained: [{ ...AVERY, identifier: [unowned] }], patient: { identifier: unowned } });
    expect(snapshotOf(unknown).patient).toEqual({});
  });

  it('of a coverage may lead into that coverage', () => {
    const contained = [{ resourceType: 'Organization', id: 'plan', name: 'ISSUER' }];
    const issued = { ...coverage, contained, payor: [{ reference: '#plan' }] };
    expect(snapshotOf(bundle({ resource: bare({ insurer: undefined }) }, { resource: issued })).payer).toEqual({
      name: 'ISSUER',
    });
  });
});

describe('a FHIR document', () => {
  it('may hold several responses: an answer each, in the order of the document', () => {
    const copay = (value: number) =>
      response({ insurance: [{ item: [item('MH', [benefit('copay', { allowedMoney: usd(value) })])] }] });
    const nested = bundle({ resource: copay(2) });
    const { snapshots } = readFhir(
      bundle({ resource: copay(1) }, { resource: nested }, {}, null, { resource: copay(3) }),
    );
    expect(snapshots.map(({ costShares }) => costShares[0]?.amountCents)).toEqual([100, 200, 300]);
    expect(snapshots[1]?.costShares[0]?.source.path).toBe(
      '/entry/1/resource/entry/0/resource/insurance/0/item/0/benefit/0/allowedMoney',
    );
  });

  it.each([
    ['a Bundle without a response', bundle({ resource: AVERY })],
    ['an empty Bundle', { resourceType: 'Bundle' }],
    ['an inquiry', { resourceType: 'CoverageEligibilityRequest', status: 'active' }],
    ['another resource', COVERAGE],
    ['a list of resources', [response()]],
    [
      'a Bundle of Bundles without end',
      Array.from({ length: 9 }).reduce<object>((inner) => bundle({ resource: inner }), response()),
    ],
  ])('%s is none', (_, document) => {
    expect(jsonFormatOf(document)).toBeUndefined();
  });
});

describe('the release of a FHIR document', () => {
  const r5 = {
    event: response({ event: [{ type: { text: 'card-swipe' }, whenDateTime: '2026-03-10' }] }),
    expression: response({ error: [{ code: { text: 'x' }, expression: ['CoverageEligibilityRequest.patient'] }] }),
    profile: response({
      meta: { profile: ['http://hl7.org/fhir/5.0/StructureDefinition/CoverageEligibilityResponse'] },
    }),
    kind: response({ contained: [AVERY, { ...COVERAGE, kind: 'insurance' }] }),
    insurer: response({ contained: [AVERY, { ...COVERAGE, insurer: { display: 'X' } }] }),
    subscriberId: response({ contained: [AVERY, { ...COVERAGE, subscriberId: [{ value: 'W100' }] }] }),
    'class value': response({
      contained: [{ ...COVERAGE, class: [{ type: { text: 'plan' }, value: { value: 'GOLD' } }] }],
    }),
    'coverage beside it': bundle({ resource: bare() }, { resource: { ...coverage, kind: 'insurance' } }),
  };

  it.each(Object.entries(r5))('is R5 by %s', (_, document) => {
    expect(jsonFormatOf(document)).toBe('fhir-r5');
  });

  it('is R4 when nothing tells it', () => {
    expect(jsonFormatOf(response())).toBe('fhir-r4');
    expect(jsonFormatOf(bundle({ resource: bare() }, { resource: coverage }))).toBe('fhir-r4');
  });

  it('does not change what is read', () => {
    expect(snapshotOf(r5.subscriberId).patient.memberId).toBe('W100');
    expect(snapshotOf(r5['class value']).plans).toMatchObject([{ name: 'GOLD' }]);
    const insured = { ...COVERAGE, payor: undefined, insurer: { display: 'ISSUER' } };
    expect(snapshotOf(response({ contained: [AVERY, insured], insurer: undefined })).payer).toEqual({ name: 'ISSUER' });
  });
});
