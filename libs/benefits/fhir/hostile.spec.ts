import { jsonFormatOf, snapshotsOfJson } from '../json/json-formats';
import {
  AVERY,
  benefit,
  coded,
  issuesOf,
  item,
  readFhir,
  response,
  responseWith,
  snapshotOf,
  usd,
} from './response.fixture';

const MANY = 10_000;
const many = <T>(make: (index: number) => T): T[] => Array.from({ length: MANY }, (_, index) => make(index));

describe('hostile FHIR documents', () => {
  it.each([
    ['lists', `${'['.repeat(MANY)}${']'.repeat(MANY)}`],
    ['objects', `${'{"item":'.repeat(MANY)}1${'}'.repeat(MANY)}`],
    ['insurances', `[${'{"item":['.repeat(MANY)}${']}'.repeat(MANY)}]`],
  ])('nested without end are read as far as they make sense: %s', (_, insurance) => {
    const document: unknown = JSON.parse(`{"resourceType":"CoverageEligibilityResponse","insurance":${insurance}}`);
    expect(jsonFormatOf(document)).toBe('fhir-r4');
    expect(readFhir(document).snapshots).toHaveLength(1);
  });

  it('with elements of the wrong type name the first hundred and say that there are more', () => {
    const issues = issuesOf(response({ insurance: many((index) => index) }));
    expect(issues).toHaveLength(101);
    expect(issues[0]).toBe('wrong_type /insurance/0');
    expect(readFhir(response({ insurance: many(() => null) })).issues.at(-1)?.message).toMatch(/more of this kind/);
  });

  it.each([
    [{ insurance: {} }, '/insurance'],
    [{ insurance: 'x' }, '/insurance'],
    [{ error: { code: {} } }, '/error'],
    [{ insurance: [{ item: { benefit: [] } }] }, '/insurance/0/item'],
    [{ insurance: [{ inforce: 'true' }] }, '/insurance/0/inforce'],
    [{ insurance: [{ item: [{ benefit: 5 }] }] }, '/insurance/0/item/0/benefit'],
    [{ insurance: [{ item: [{ benefit: [[]] }] }] }, '/insurance/0/item/0/benefit/0'],
    [{ insurance: [{ item: [{ excluded: 1 }] }] }, '/insurance/0/item/0/excluded'],
    [{ insurance: [{ item: [{ authorizationRequired: 'yes' }] }] }, '/insurance/0/item/0/authorizationRequired'],
  ])('with %j name the place of the wrong type', (parts, at) => {
    expect(issuesOf(response(parts))).toContain(`wrong_type ${at}`);
  });

  it('with names that every object has find nothing in tables', () => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf'];
    for (const name of names) {
      const concept = { coding: [{ code: name, display: name }], text: name };
      const items = [
        { category: concept, network: concept, unit: concept, term: concept, benefit: [{ type: concept }] },
      ];
      const text = JSON.stringify(responseWith(...items, item('30', [{ type: concept, allowedMoney: usd(1) }])));
      const document: unknown = JSON.parse(
        text.replace('"id":"response"', '"__proto__":{"inforce":true},"constructor":1'),
      );
      const found = snapshotOf(document);
      expect([name, found.accumulators, found.costShares, found.limits]).toEqual([name, [], [], []]);
      expect(
        snapshotsOfJson(response({ status: name, error: [{ code: concept }] }), 'fhir-r4').snapshots,
      ).toMatchObject([{ rejections: [{ code: name, class: 'request' }] }]);
    }
    expect(Object.prototype).not.toHaveProperty('inforce');
  });

  it('of great size are read in time that grows with them alone', () => {
    const type = coded('benefit-type', 'copay-maximum');
    const capped = responseWith(
      item(
        '30',
        many(() => ({ type, allowedMoney: usd(5) })),
      ),
    );
    expect(snapshotOf(capped).costShares).toHaveLength(1);
    const deductibles = responseWith(
      ...many((index) => item('30', [benefit('deductible', { allowedMoney: usd(index) })])),
    );
    expect(snapshotOf(deductibles).accumulators).toHaveLength(MANY);
    const people = many((index) => ({ ...AVERY, id: `p${index}` }));
    const insurance = many(() => ({ coverage: { reference: '#p0' }, inforce: true }));
    expect(snapshotOf(response({ contained: people, insurance })).status).toBe('active');
    const entry = many((index) => ({ resource: response({ id: `r${index}`, contained: [] }) }));
    expect(readFhir({ resourceType: 'Bundle', entry }).snapshots).toHaveLength(MANY);
  });
});
