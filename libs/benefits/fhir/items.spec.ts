import { unsourced } from '../x12-271.fixture';
import { benefit, coded, issuesOf, item, response, responseWith, snapshotOf, usd } from './response.fixture';

const AT = '/insurance/0/item/0';
const copay = benefit('copay', { allowedMoney: usd(25) });
const sharesOf = (...items: unknown[]) => unsourced(snapshotOf(responseWith(...items)).costShares);

describe('an item of a FHIR response', () => {
  it.each([
    [{ category: coded('ex-benefitcategory', '30') }, ['30']],
    [{ category: coded('ex-benefitcategory', 'F3') }, ['F3']],
    [{ category: { coding: [{ code: 'MH' }] } }, ['MH']],
    [{ category: { coding: [{ system: 'https://x12.org/codes/service-type-codes', code: 'CJ' }] } }, ['CJ']],
    [{ category: { coding: [{ system: 'https://codesystem.x12.org/005010/1365', code: 'A6' }] } }, ['A6']],
    [{ category: { text: 'Substance Abuse Facility - Outpatient' } }, ['CJ']],
    [{ category: { coding: [{ system: 'https://vendor.example', code: 'X', display: 'mental health' }] } }, ['MH']],
    [{ category: undefined, name: 'Physician Visit - Well' }, ['BZ']],
    [{ category: undefined }, []],
  ])('with %j is about %j', (parts, serviceTypes) => {
    expect(sharesOf(item('30', [copay], parts))).toMatchObject([{ serviceTypes }]);
  });

  it.each([
    ['of a category in an unknown list', { category: { coding: [{ system: 'https://vendor.example', code: '30' }] } }],
    ['of a category that is not in its list', { category: coded('ex-benefitcategory', 'Z99') }],
    ['of a name that is no service type and no category', { category: undefined, name: 'MED01' }],
  ])('%s is left unread: it must not pass for the plan', (_, parts) => {
    const document = responseWith(item('30', [copay], parts));
    expect(snapshotOf(document).costShares).toEqual([]);
    expect(issuesOf(document)).toEqual([`unread ${AT}`]);
  });

  it('about a product has its procedure, or its service type', () => {
    const hcpcs = { coding: [{ system: 'urn:oid:2.16.840.1.113883.6.285', code: 'H0015' }] };
    const x12 = { coding: [{ system: 'https://codesystem.x12.org/005010/1365', code: 'MH' }] };
    expect(sharesOf(item('MH', [copay], { productOrService: hcpcs }))).toMatchObject([
      { serviceTypes: ['MH'], procedure: 'H0015' },
    ]);
    const [bare] = sharesOf(item('MH', [copay], { category: undefined, productOrService: hcpcs }));
    expect(bare).toMatchObject({ serviceTypes: [], procedure: 'H0015' });
    const [coded] = sharesOf(item('MH', [copay], { category: undefined, productOrService: x12 }));
    expect(coded).toMatchObject({ serviceTypes: ['MH'] });
    expect(coded).not.toHaveProperty('procedure');
  });

  it.each([
    [coded('benefit-network', 'in'), 'in'],
    [coded('benefit-network', 'out'), 'out'],
    [{ coding: [{ code: 'out' }] }, 'out'],
    [{ text: 'In Network' }, 'in'],
    [{ text: 'Out of Network' }, 'out'],
    [{ text: 'In and Out of Network' }, 'either'],
    [undefined, 'unknown'],
  ])('with network %j is of network %s', (network, expected) => {
    expect(sharesOf(item('MH', [copay], { network }))).toMatchObject([{ network: expected }]);
  });

  it('leaves network, unit and term unread that are in no known list', () => {
    const unknown = { coding: [{ system: 'https://vendor.example', code: 'tier-1' }] };
    const document = responseWith(item('MH', [copay], { network: unknown, unit: unknown, term: unknown }));
    expect(sharesOf(item('MH', [copay], { network: unknown }))).toMatchObject([{ network: 'unknown' }]);
    expect(issuesOf(document)).toEqual([`unread ${AT}/network`, `unread ${AT}/unit`, `unread ${AT}/term`]);
  });

  it('tells its name and description once, and with every row of its own', () => {
    const found = snapshotOf(
      responseWith(
        item('MH', [copay, benefit('copay-percent', { allowedUnsignedInt: 10 })], {
          name: 'Intensive outpatient',
          description: 'A copay for each day\nof the program',
        }),
        item('MH', [copay], { name: 'Mental Health', description: 'Office visits' }),
        item('30', [copay], { name: 'Plan', description: 'The plan as a whole' }),
      ),
    );
    expect(found.messages).toEqual([
      { text: 'Intensive outpatient', source: { path: `${AT}/name` } },
      { text: 'A copay for each day of the program', source: { path: `${AT}/description` } },
      { text: 'Office visits', source: { path: '/insurance/0/item/1/description' } },
      { text: 'The plan as a whole', source: { path: '/insurance/0/item/2/description' } },
    ]);
    const both = ['Intensive outpatient', 'A copay for each day of the program'];
    expect(found.costShares.map(({ messages }) => messages)).toEqual([
      both,
      both,
      ['Office visits'],
      ['The plan as a whole'],
    ]);
  });

  it.each(['modifier', 'provider', 'authorizationUrl'])('reports a %s, which is not read', (key) => {
    expect(issuesOf(responseWith(item('MH', [copay], { [key]: 'x' })))).toEqual([`unread ${AT}/${key}`]);
  });
});

describe('an authorization', () => {
  it.each([
    [true, 'yes'],
    [false, 'no'],
  ])('%s is said of the service and network of its item', (authorizationRequired, required) => {
    const found = snapshotOf(responseWith(item('CJ', [copay], { authorizationRequired })));
    expect(found.authorizations).toEqual([
      { serviceTypes: ['CJ'], network: 'in', required, source: { path: `${AT}/authorizationRequired` } },
    ]);
  });

  it('that is not said is not there', () => {
    expect(snapshotOf(responseWith(item('CJ', [copay]))).authorizations).toEqual([]);
  });

  it('comes with the comments of the payer', () => {
    const authorizationSupporting = [{ text: 'Send the treatment plan' }, coded('list', 'x')];
    const found = snapshotOf(responseWith(item('CJ', [], { authorizationRequired: true, authorizationSupporting })));
    expect(found.messages).toEqual([
      { text: 'Send the treatment plan', source: { path: `${AT}/authorizationSupporting/0` } },
    ]);
  });
});

describe('an excluded item', () => {
  it('excludes its service in its network, bound by what its words name', () => {
    const found = snapshotOf(responseWith(item('MH', [], { excluded: true, description: 'Residential treatment' })));
    expect(found.exclusions).toEqual([
      { serviceTypes: ['MH'], network: 'in', text: 'Residential treatment', source: { path: `${AT}/excluded` } },
    ]);
  });

  it('is not narrowed by words that name no care', () => {
    const found = snapshotOf(
      responseWith(item('MH', [], { excluded: true, name: 'MH-01', description: 'See booklet' })),
    );
    expect(found.exclusions).toEqual([{ serviceTypes: ['MH'], network: 'in', source: { path: `${AT}/excluded` } }]);
    expect(found.messages.map(({ text }) => text)).toEqual(['MH-01', 'See booklet']);
  });

  it('with benefits contradicts itself', () => {
    const document = responseWith(item('MH', [copay], { excluded: true }));
    expect(snapshotOf(document).costShares).toEqual([]);
    expect(issuesOf(document)).toEqual([`conflict ${AT}/excluded`]);
  });
});

describe('a service that is not excluded', () => {
  const statuses = (document: object) => unsourced(snapshotOf(document).coverages);
  const insuranceOf = (inforce: unknown, ...items: unknown[]) => response({ insurance: [{ inforce, item: items }] });
  const onPlan = { serviceTypes: [], network: 'unknown' };

  it('is included in coverage in force when the item says so, or says nothing else', () => {
    const included = { serviceTypes: ['MH'], network: 'in', status: 'active' };
    expect(statuses(insuranceOf(true, item('MH', [])))).toEqual([{ ...onPlan, status: 'active' }, included]);
    expect(statuses(insuranceOf(true, item('MH', [copay], { excluded: false })))).toEqual([
      { ...onPlan, status: 'active' },
      included,
    ]);
  });

  it('is not said to be active by coverage that is not in force, or not said to be', () => {
    expect(statuses(insuranceOf(false, item('MH', [])))).toEqual([{ ...onPlan, status: 'inactive' }]);
    expect(statuses(insuranceOf(undefined, item('MH', [])))).toEqual([]);
    expect(snapshotOf(insuranceOf(undefined, item('MH', []))).status).toBe('unknown');
  });

  it('is not said to be active where figures say enough, or no service is named', () => {
    expect(statuses(insuranceOf(true, item('MH', [copay]), { benefit: [] }))).toEqual([
      { ...onPlan, status: 'active' },
    ]);
  });
});
