import type { Source } from '@openvob/benefits';
import type { Chosen, IopBenefit } from '@openvob/coverage';
import type { Estimate, EstimateCase } from '@openvob/estimate';
import fc from 'fast-check';
import { changesBetween, type DatedConclusion } from './changes';

const chosen = (value: Chosen['value'], segment = 1): Chosen => ({
  ...{ value, rule: 'deductible', alternatives: [] },
  source: [{ segment }],
});
const iop = (change: Partial<IopBenefit> = {}): IopBenefit => ({
  decision: 'covered',
  conditions: [],
  authorization: 'no',
  coinsurance: chosen({ percent: 20 }),
  deductibleIndividual: chosen({ limitCents: 150_000, remainingCents: 90_000 }, 5),
  outOfPocketIndividual: chosen({ limitCents: 500_000, remainingCents: 300_000 }),
  limits: [],
  unknowns: [],
  ...change,
});
const estimated = (lowCents: number, likelyCents: number | undefined, highCents: number, firstDayCents = 0): Estimate =>
  ({
    total: { lowCents, ...(likelyCents === undefined ? {} : { likelyCents }), highCents },
    firstDayCents,
  }) as unknown as Estimate;
const caseOf = (to?: string): EstimateCase => ({
  startDate: '2026-12-14',
  program: { track: 'mh', phases: [], services: [] },
  rates: [],
  coverages: [
    {
      network: 'in',
      active: [{ from: '2026-01-01', ...(to ? { to } : {}) }],
      periods: [
        { from: '2026-01-01', to: '2026-12-31' },
        { from: '2027-01-01', to: '2027-12-31' },
      ],
      costShares: [],
    },
  ],
});
const dated = (
  decision: IopBenefit = iop(),
  estimate: Estimate | undefined = estimated(148_000, 148_000, 148_000, 9_000),
  on = '2026-12-10',
  estimateCase: EstimateCase | undefined = caseOf(),
): DatedConclusion => ({
  on,
  conclusion: { decision, ...(estimate ? { estimate } : {}), ...(estimateCase ? { estimateCase } : {}) },
});
const source = (segment: number): Source => ({ segment });

describe('what changed from one round to the next', () => {
  it.each<[string, DatedConclusion, string[]]>([
    ['nothing', dated(iop({ deductibleIndividual: chosen({ limitCents: 150_000, remainingCents: 90_000 }, 77) })), []],
    [
      'a deductible that was used up',
      dated(iop({ deductibleIndividual: chosen({ limitCents: 150_000, remainingCents: 0 }) })),
      ['deductible_left -90000: The deductible left went from $900.00 to $0.00.'],
    ],
    [
      'a new benefit year',
      dated(
        iop({ deductibleIndividual: chosen({ limitCents: 150_000, remainingCents: 150_000 }) }),
        undefined,
        '2027-01-01',
      ),
      [
        'deductible_left 60000: The deductible left went from $900.00 to $1,500.00. A new benefit year began on 2027-01-01.',
      ],
    ],
    [
      'an estimate with a range',
      dated(iop(), estimated(115_000, 160_000, 240_000, 9_000)),
      [
        'estimate_total 12000: The estimate of the whole program went from $1,480.00 to $1,600.00 ($1,150.00 to $2,400.00).',
      ],
    ],
    [
      'an estimate without a likely figure, by the highest',
      dated(iop(), estimated(0, undefined, 532_500, 9_000)),
      ['estimate_total 384500: The estimate of the whole program went from $1,480.00 to between $0.00 and $5,325.00.'],
    ],
    [
      'coinsurance, a copay and the need for an authorization',
      dated(iop({ coinsurance: chosen({ percent: 30 }), copay: chosen({ amountCents: 4000 }), authorization: 'yes' })),
      [
        'authorization_required: Whether an authorization is required went from no to yes.',
        'copay: The copay is $40.00; nothing was said of it before.',
        'coinsurance: The coinsurance went from 20 % to 30 %.',
      ],
    ],
    [
      'an end that was not there',
      dated(iop(), undefined, '2026-12-10', caseOf('2026-12-31')),
      ['coverage_end: The end of the coverage is 2026-12-31; nothing was said of it before.'],
    ],
  ])('%s', (_what, after, expected) => {
    const changes = changesBetween(dated(), after);
    const shown = changes.map(({ code, differenceCents, text }) =>
      [code, ...(differenceCents === undefined ? [] : [differenceCents])].join(' ').concat(`: ${text}`),
    );
    expect(shown).toEqual(expected);
  });

  it('that coverage ended comes first, and what is gone with it is said once', () => {
    const decision = { ...iop({ decision: 'not_covered' }), coinsurance: chosen({ percent: 30 }) };
    const after: DatedConclusion = { on: '2027-01-01', conclusion: { decision } };
    expect(changesBetween(dated(), after).map(({ code, text }) => `${code}: ${text}`)).toEqual([
      'coverage: Coverage went from active to inactive.',
      'estimate_total: The estimate of the whole program was $1,480.00; nothing is said of it now.',
      'estimate_first_day: The estimate of the first day was $90.00; nothing is said of it now.',
    ]);
  });

  it('of limits the tightest counts', () => {
    const limit = (remaining: number) =>
      ({
        unit: 'days',
        period: 'calendar_year',
        remaining,
        network: 'in',
        serviceTypes: [],
        source: [source(remaining)],
      }) as const;
    const before = dated(
      iop({
        limits: [
          { ...limit(40), serviceTypes: [], source: [source(40)] },
          { ...limit(31), serviceTypes: [], source: [source(31)] },
        ],
      }),
    );
    const after = dated(iop({ limits: [{ ...limit(26), serviceTypes: [], source: [source(26)] }] }));
    expect(changesBetween(before, after)).toMatchObject([
      { code: 'days_left', before: 31, after: 26, sources: { before: [source(31)], after: [source(26)] } },
    ]);
  });

  it('names the payer’s words of both', () => {
    const after = dated(iop({ deductibleIndividual: chosen({ limitCents: 150_000, remainingCents: 0 }, 8) }));
    expect(changesBetween(dated(), after)[0]?.sources).toEqual({ before: [source(5)], after: [source(8)] });
  });

  describe('whatever was answered', () => {
    const cents = fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: undefined });
    const amount = fc
      .record({ limitCents: cents, remainingCents: cents })
      .map((value) => chosen(JSON.parse(JSON.stringify(value)) as Chosen['value']));
    const conclusion = fc
      .record({
        deductibleIndividual: amount,
        outOfPocketIndividual: amount,
        copay: cents.map((amountCents) => chosen(amountCents === undefined ? {} : { amountCents })),
        authorization: fc.constantFrom('yes', 'no', 'unknown'),
        total: fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000), fc.nat(1_000_000)),
      })
      .map(({ total, ...benefit }) => {
        const [low = 0, likely = 0, high = 0] = [...total].sort((a, b) => a - b);
        return dated(iop(benefit as Partial<IopBenefit>), estimated(low, likely, high));
      });

    it('nothing changed against itself', () => {
      fc.assert(fc.property(conclusion, (one) => expect(changesBetween(one, one)).toEqual([])));
    });

    it('the way back is the way there, turned round', () => {
      fc.assert(
        fc.property(conclusion, conclusion, (one, other) => {
          const there = changesBetween(one, other);
          const back = changesBetween(other, one);
          expect(back.map(({ code, before, after }) => [code, after, before])).toEqual(
            there.map(({ code, before, after }) => [code, before, after]),
          );
          const sum = (changes: typeof there) => changes.map(({ differenceCents = 0 }) => differenceCents);
          expect(sum(back)).toEqual(sum(there).map((cents) => (cents === 0 ? 0 : -cents)));
        }),
      );
    });

    it('every change has a sentence with its figures, and none is empty', () => {
      fc.assert(
        fc.property(conclusion, conclusion, (one, other) => {
          for (const { text, before, after } of changesBetween(one, other)) {
            expect(text).toMatch(/^[A-Z].*\.$/);
            expect(text).not.toMatch(/undefined|NaN|null/);
            expect([before, after]).not.toEqual([undefined, undefined]);
          }
        }),
      );
    });
  });
});
