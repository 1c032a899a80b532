import { unsourced } from '../x12-271.fixture';
import { benefit, coded, issuesOf, item, response, responseWith, snapshotOf, usd } from './response.fixture';

const AT = '/insurance/0/item/0';
const onPlan = { network: 'in', serviceTypes: ['30'] };

const limitsOf = (...benefits: unknown[]) => unsourced(snapshotOf(responseWith(item('30', benefits))).limits);
const sharesOf = (...benefits: unknown[]) => snapshotOf(responseWith(item('30', benefits))).costShares;
const issuesAt = (...benefits: unknown[]) => issuesOf(responseWith(item('30', benefits)));

describe('a benefit of a FHIR response', () => {
  it('of type deductible is an accumulator with what is allowed and what is used', () => {
    const found = benefit('deductible', { allowedMoney: usd(1500), usedMoney: usd(400.25) });
    expect(
      snapshotOf(responseWith(item('30', [found], { unit: coded('benefit-unit', 'family') }))).accumulators,
    ).toEqual([
      {
        kind: 'deductible',
        level: 'family',
        period: 'unspecified',
        ...onPlan,
        limitCents: 150000,
        usedCents: 40025,
        source: [{ path: `${AT}/benefit/0/allowedMoney` }, { path: `${AT}/benefit/0/usedMoney` }],
      },
    ]);
  });

  it('of which only the used part is said keeps no limit', () => {
    const { accumulators } = snapshotOf(responseWith(item('30', [benefit('deductible', { usedMoney: usd(0) })])));
    expect(unsourced(accumulators)).toEqual([
      { kind: 'deductible', level: 'unknown', period: 'unspecified', ...onPlan, usedCents: 0 },
    ]);
  });

  it('of the type that Coverage has for it is an out-of-pocket maximum', () => {
    const type = coded('coverage-copay-type', 'maxoutofpocket');
    const { accumulators } = snapshotOf(responseWith(item('30', [{ type, allowedMoney: usd(6000) }])));
    expect(accumulators).toMatchObject([{ kind: 'out_of_pocket', limitCents: 600000 }]);
  });

  it('of type benefit is a limit in dollars, or in units of an unsaid kind', () => {
    expect(limitsOf(benefit('benefit', { allowedMoney: usd(5000), usedMoney: usd(12.5) }))).toEqual([
      { unit: 'dollars', period: 'unspecified', ...onPlan, allowed: 500000, used: 1250 },
    ]);
    expect(limitsOf(benefit('benefit', { allowedUnsignedInt: 20, usedUnsignedInt: 3 }))).toEqual([
      { unit: 'other', period: 'unspecified', ...onPlan, allowed: 20, used: 3 },
    ]);
  });

  it('of type visit is a limit in visits', () => {
    expect(limitsOf(benefit('visit', { allowedUnsignedInt: 30, usedUnsignedInt: 0 }))).toEqual([
      { unit: 'visits', period: 'unspecified', ...onPlan, allowed: 30, used: 0 },
    ]);
  });

  it.each([
    ['annual', 'year'],
    ['lifetime', 'lifetime'],
    ['day', 'day'],
  ])('counts over the term %s of its item', (term, period) => {
    const found = item('30', [benefit('deductible', { allowedMoney: usd(1) })], { term: coded('benefit-term', term) });
    expect(snapshotOf(responseWith(found)).accumulators).toMatchObject([{ period }]);
  });

  it('of type copay is a copay whose unit nobody said, the term of the item notwithstanding', () => {
    const found = item('98', [benefit('copay', { allowedMoney: usd(25) })], { term: coded('benefit-term', 'annual') });
    expect(snapshotOf(responseWith(found)).costShares).toEqual([
      {
        kind: 'copay',
        network: 'in',
        serviceTypes: ['98'],
        amountCents: 2500,
        source: { path: `${AT}/benefit/0/allowedMoney` },
      },
    ]);
  });

  it('of type copay with a term of a day is a copay a day', () => {
    const found = item('CJ', [benefit('copay', { allowedMoney: usd(25) })], { term: coded('benefit-term', 'day') });
    expect(snapshotOf(responseWith(found)).costShares).toMatchObject([{ kind: 'copay', per: 'day' }]);
  });

  it.each([
    [{ allowedUnsignedInt: 20 }, 20],
    [{ allowedUnsignedInt: 1 }, 1],
    [{ allowedUnsignedInt: 0 }, 0],
    [{ allowedUnsignedInt: 100 }, 100],
    [{ allowedString: '12.5%' }, 12.5],
    [{ allowedString: '20 %' }, 20],
    [{ allowedString: '20' }, 20],
    [{ allowedString: '0.0%' }, 0],
  ])('of type copay-percent with %j is coinsurance of %d percent', (figures, percent) => {
    expect(sharesOf(benefit('copay-percent', figures))).toMatchObject([{ kind: 'coinsurance', percent }]);
    expect(issuesAt(benefit('copay-percent', figures))).toEqual([]);
  });

  it('of type copay-percent above a hundred, or below one without a sign of percent, gives no figure', () => {
    expect(sharesOf(benefit('copay-percent', { allowedUnsignedInt: 150 }))).toMatchObject([{ kind: 'coinsurance' }]);
    expect(sharesOf(benefit('copay-percent', { allowedUnsignedInt: 150 }))[0]).not.toHaveProperty('percent');
    expect(issuesAt(benefit('copay-percent', { allowedUnsignedInt: 150 }))).toEqual([
      `percent_range ${AT}/benefit/0/allowedUnsignedInt`,
    ]);
    expect(sharesOf(benefit('copay-percent', { allowedString: '0.2' }))).toEqual([]);
    expect(issuesAt(benefit('copay-percent', { allowedString: '0.2' }))).toEqual([
      `unread ${AT}/benefit/0/allowedString`,
    ]);
  });
});

describe('a copay maximum', () => {
  const percent = benefit('copay-percent', { allowedUnsignedInt: 20 });
  const maximum = benefit('copay-maximum', { allowedMoney: usd(100) });
  const copay = benefit('copay', { allowedMoney: usd(30) });

  it('caps the coinsurance of its item, whichever stands first', () => {
    const capped = {
      kind: 'coinsurance',
      ...onPlan,
      percent: 20,
      maxCents: 10000,
      source: { path: AT },
    };
    expect(sharesOf(maximum, percent)).toEqual([capped]);
    expect(sharesOf(percent, maximum)).toEqual([capped]);
  });

  it('caps the copay where there is no coinsurance', () => {
    expect(sharesOf(copay, maximum)).toMatchObject([{ kind: 'copay', amountCents: 3000, maxCents: 10000 }]);
    expect(sharesOf(copay, percent, maximum)).toMatchObject([
      { kind: 'copay', amountCents: 3000 },
      { kind: 'coinsurance', percent: 20, maxCents: 10000 },
    ]);
  });

  it('alone is never an amount', () => {
    expect(sharesOf(maximum)).toEqual([
      { kind: 'copay', ...onPlan, maxCents: 10000, source: { path: `${AT}/benefit/0/allowedMoney` } },
    ]);
  });

  it('in another currency gives no figure', () => {
    const euros = benefit('copay-maximum', { allowedMoney: { value: 100, currency: 'EUR' } });
    expect(sharesOf(percent, euros)[0]).not.toHaveProperty('maxCents');
    expect(issuesAt(percent, euros)).toEqual([`currency ${AT}`]);
    expect(sharesOf(copay, euros)).toMatchObject([{ amountCents: 3000 }, { kind: 'copay' }]);
  });

  it('that is no amount is left unread', () => {
    expect(issuesAt(benefit('copay-maximum', { allowedUnsignedInt: 100 }))).toEqual([
      `unread ${AT}/benefit/0/allowedUnsignedInt`,
    ]);
  });
});

describe('figures of a FHIR response', () => {
  it.each([
    ['$1,500.50', 150050],
    ['$ 25', 2500],
  ])('may be dollars in words: %s', (allowedString, limitCents) => {
    const { accumulators } = snapshotOf(responseWith(item('30', [benefit('deductible', { allowedString })])));
    expect(accumulators).toMatchObject([{ limitCents }]);
  });

  it('that are other words are messages of the payer, and no figures', () => {
    const found = snapshotOf(
      responseWith(item('MH', [benefit('deductible', { allowedString: 'Waived  in\nnetwork' })])),
    );
    expect(found.accumulators).toEqual([]);
    expect(found.messages).toEqual([{ text: 'Waived  in network', source: { path: `${AT}/benefit/0/allowedString` } }]);
  });

  it('without a limit are said to have none', () => {
    expect(limitsOf(benefit('visit', { allowedString: 'Unlimited' }))).toEqual([]);
    expect(issuesAt(benefit('visit', { allowedString: 'Unlimited' }))).toEqual([
      `unlimited ${AT}/benefit/0/allowedString`,
    ]);
  });

  it.each([
    ['an amount in euros', benefit('deductible', { allowedMoney: { value: 5, currency: 'EUR' } }), 'currency'],
    ['a negative amount', benefit('deductible', { allowedMoney: usd(-5) }), 'amount_range'],
    ['an amount that is none', benefit('deductible', { allowedMoney: { value: 'five' } }), 'amount_range'],
    ['an amount past counting', benefit('deductible', { allowedMoney: usd(1e300) }), 'amount_range'],
    ['an amount that stands for no limit', benefit('deductible', { allowedMoney: usd(9999999) }), 'unlimited'],
    ['an amount on coinsurance', benefit('copay-percent', { allowedMoney: usd(5) }), 'figure_not_allowed'],
  ])('leave out %s with an issue', (_, found, code) => {
    expect(issuesAt(found)).toEqual([`${code} ${AT}/benefit/0/allowedMoney`]);
    expect(JSON.stringify(snapshotOf(responseWith(item('30', [found]))))).not.toMatch(/Cents|percent/);
  });

  it.each([
    ['a bare number where money belongs', benefit('deductible', { allowedUnsignedInt: 500 }), 'allowedUnsignedInt'],
    ['a bare number as a copay', benefit('copay', { allowedUnsignedInt: 25 }), 'allowedUnsignedInt'],
    ['a decimal of unsaid kind', benefit('copay', { allowedString: '25.00' }), 'allowedString'],
    ['a percentage as a copay', benefit('copay', { allowedString: '20%' }), 'allowedString'],
    ['money for visits', benefit('visit', { allowedMoney: usd(90) }), 'allowedMoney'],
    ['money as bare number', benefit('deductible', { allowedMoney: 90 }), 'allowedMoney'],
    ['a count that is none', benefit('visit', { allowedUnsignedInt: -1 }), 'allowedUnsignedInt'],
    ['a fraction of a visit', benefit('visit', { allowedUnsignedInt: 1.5 }), 'allowedUnsignedInt'],
    ['what is used of a copay', benefit('copay', { usedMoney: usd(25) }), 'usedMoney'],
    ['words that are a list', benefit('visit', { allowedString: ['30'] }), 'allowedString'],
  ])('leave unread %s, naming it', (_, found, key) => {
    expect(issuesAt(found)).toEqual([`unread ${AT}/benefit/0/${key}`]);
    expect(sharesOf(found)).toEqual([]);
    expect(limitsOf(found)).toEqual([]);
  });

  it('of a benefit without any are reported', () => {
    expect(issuesAt(benefit('deductible', {}))).toEqual([`unread ${AT}/benefit/0`]);
  });
});

describe('the type of a benefit', () => {
  it.each([
    'room',
    'vision-exam',
    'vision-glasses',
    'vision-contacts',
    'medical-primarycare',
    'pharmacy-dispense',
    'x',
  ])('that leaves open what the figure is (%s) is left unread', (type) => {
    expect(issuesAt(benefit(type, { allowedMoney: usd(100) }))).toEqual([`unread ${AT}/benefit/0`]);
    expect(limitsOf(benefit(type, { allowedMoney: usd(100) }))).toEqual([]);
  });

  it.each([
    [{ coding: [{ code: 'deductible' }] }],
    [{ coding: [{ system: 'http://hl7.org/fhir/benefit-type|4.0.1', code: 'deductible' }] }],
    [{ text: 'Deductible' }],
    [{ coding: [{ system: 'https://vendor.example', code: 'D', display: 'Deductible' }] }],
    [{ coding: [{ system: 'https://codesystem.x12.org/005010/1390', code: 'C' }] }],
  ])('may be written %j', (type) => {
    expect(snapshotOf(responseWith(item('30', [{ type, allowedMoney: usd(5) }]))).accumulators).toMatchObject([
      { kind: 'deductible', limitCents: 500 },
    ]);
  });

  it.each([
    ['of another list', { coding: [{ system: 'https://vendor.example/types', code: 'deductible' }] }],
    ['of an address past any length', { coding: [{ system: `${'x12'.repeat(200)}/1390`, code: 'C' }] }],
    ['that is not there', undefined],
    ['that is text', 'deductible'],
    ['named like what every object has', { coding: [{ code: 'constructor' }], text: '__proto__' }],
  ])('%s is left unread', (_, type) => {
    expect(issuesAt({ type, allowedMoney: usd(5) })).toEqual([`unread ${AT}/benefit/0`]);
  });

  it('may be that of an EB segment by its name, marked incomplete or not', () => {
    const named = (text: string, parts = {}) => ({ type: { text }, ...parts });
    const found = snapshotOf(
      response({
        insurance: [
          {
            item: [
              item('30', [
                named('Active Coverage'),
                named('Out of Pocket (Stop Loss)', { allowedMoney: { value: 6900 } }),
              ]),
              item('MH', [
                named('Co-Payment', { allowedMoney: { value: 40 } }),
                named('Co-Insurance', { allowedString: '30%' }),
              ]),
              item('98', [named('Non-Covered (Incomplete information)')]),
            ],
          },
        ],
      }),
    );
    expect(found.coverages).toMatchObject([{ serviceTypes: ['30'], status: 'active' }]);
    expect(found.accumulators).toMatchObject([{ kind: 'out_of_pocket', limitCents: 690000 }]);
    expect(found.costShares).toMatchObject([
      { kind: 'copay', amountCents: 4000 },
      { kind: 'coinsurance', percent: 30 },
    ]);
    expect(found.exclusions).toMatchObject([{ serviceTypes: ['98'] }]);
  });

  it('may say that its number is a percentage', () => {
    const type = { text: 'CoinsurancePercent' };
    expect(sharesOf({ type, allowedUnsignedInt: 20 })).toMatchObject([{ kind: 'coinsurance', percent: 20 }]);
  });

  it('by the name of an EB segment leaves the share as such a segment has it', () => {
    const type = { text: 'Co-Insurance' };
    expect(sharesOf({ type, allowedString: '0.2' })).toMatchObject([{ kind: 'coinsurance', percent: 20 }]);
  });
});
