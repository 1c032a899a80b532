import type { Limit, Snapshot } from '@openvob/benefits';
import type { IopBenefit } from '@openvob/coverage';
import { aProgram, aRate, START } from '../case.fixture';
import { estimate } from '../estimate';
import type { Coverage } from '../estimate-case';
import { parseCase } from '../parse-case';
import type { Estimate } from '../worksheet';
import { aCostShareRow, anAccumulator, anIopBenefit, aSnapshot, chosen, segment } from './answer.fixture';
import { type AnsweredCoverage, type BuiltCase, buildEstimateCase, type CaseInputs } from './build-estimate-case';

function built(
  iop: Partial<IopBenefit>,
  snapshot: Partial<Snapshot> = {},
  more: Partial<AnsweredCoverage & CaseInputs> = {},
) {
  const { network = 'in', iopOut, ...inputs } = more;
  const answered = { snapshot: aSnapshot(snapshot), iop: anIopBenefit(iop), network, ...(iopOut ? { iopOut } : {}) };
  return buildEstimateCase({
    startDate: START,
    program: aProgram(),
    rates: [aRate()],
    coverages: [answered],
    ...inputs,
  });
}

function coverageOf({ case: { coverages } }: BuiltCase): Coverage {
  const [coverage] = coverages;
  if (!coverage) throw new Error('no coverage was built');
  return coverage;
}

function assumed({ assumptions }: BuiltCase): string[] {
  return assumptions.map(({ code, path }) => `${code} ${path}`);
}

function worked({ case: built }: BuiltCase): Estimate {
  const parsed = parseCase(built);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return estimate(parsed.case);
}

const NO_DEDUCTIBLE = { deductibleIndividual: chosen({ limitCents: 0, remainingCents: 0 }, 29) };
const COPAY = chosen({ amountCents: 4000, per: 'day' });
const COINSURANCE = chosen({ percent: 20 }, 21);

describe('the cost share of a case', () => {
  it.each([
    ['a copay a day', { copay: COPAY }, { order: 'copay', copayCents: 4000, copayPer: 'day' }],
    [
      'a copay a week',
      { copay: chosen({ amountCents: 4000, per: 'week' }) },
      { order: 'copay', copayCents: 4000, copayPer: 'week' },
    ],
    [
      'a copay an admission',
      { copay: chosen({ amountCents: 4000, per: 'admission' }) },
      { order: 'copay', copayCents: 4000, copayPer: 'episode' },
    ],
    ['coinsurance', { coinsurance: COINSURANCE }, { order: 'deductible_then_coinsurance', coinsurancePercent: 20 }],
    [
      'coinsurance of endless decimals',
      { coinsurance: chosen({ percent: 33.333_333 }) },
      { order: 'deductible_then_coinsurance', coinsurancePercent: 33.3333 },
    ],
    ['neither', {}, { unknown: true }],
    ['a carve-out', { decision: 'carved_out', copay: COPAY }, { unknown: true }],
    ['an unknown decision', { decision: 'unknown', copay: COPAY }, { unknown: true }],
    ['an exclusion', { decision: 'not_covered', copay: COPAY }, { notCovered: true }],
  ] as const)('is that of %s', (_, iop, rule) => {
    expect(coverageOf(built({ ...NO_DEDUCTIBLE, ...iop })).costShares).toEqual([{ appliesTo: 'any', ...rule }]);
  });

  it('is two hypotheses, the copay first, where both were stated and not how they go together', () => {
    const both = built({ ...NO_DEDUCTIBLE, copay: COPAY, coinsurance: COINSURANCE });
    expect(coverageOf(both).costShares).toEqual([
      {
        appliesTo: 'any',
        oneOf: [
          { order: 'copay', copayCents: 4000, copayPer: 'day' },
          { order: 'deductible_then_coinsurance', coinsurancePercent: 20 },
        ],
      },
    ]);
    expect(assumed(both)).toContain('copay_or_coinsurance /coverages/0/costShares/0/oneOf');
  });

  it('takes coinsurance for likelier beside a copay of nothing', () => {
    const both = built({ ...NO_DEDUCTIBLE, copay: chosen({ amountCents: 0 }), coinsurance: COINSURANCE });
    const [rule] = coverageOf(both).costShares;
    expect(rule).toMatchObject({
      oneOf: [{ order: 'deductible_then_coinsurance' }, { order: 'copay', copayCents: 0 }],
    });
  });

  it.each([
    ['GREATER OF COPAY OR COINSURANCE', 'deductible_then_coinsurance'],
    ['LESSER OF COPAY OR COINSURANCE', 'copay'],
  ])('heeds the message %s by the price of a day', (message, order) => {
    const costShares = [aCostShareRow(21, { percent: 20, messages: [message] })];
    const iop = { ...NO_DEDUCTIBLE, copay: COPAY, coinsurance: COINSURANCE };
    const [rule] = coverageOf(built(iop, { costShares })).costShares;
    expect(rule).toMatchObject({ oneOf: [{ order }, {}] });
  });

  it('takes no deductible where the payer said that it is waived', () => {
    const costShares = [aCostShareRow(21, { percent: 20, messages: ['DEDUCTIBLE DOES NOT APPLY'] })];
    const waived = built({ coinsurance: COINSURANCE }, { costShares });
    expect(coverageOf(waived).costShares).toEqual([
      { appliesTo: 'any', order: 'copay_then_coinsurance', copayCents: 0, coinsurancePercent: 20 },
    ]);
  });

  describe('beside a deductible', () => {
    const alone = { order: 'copay', copayCents: 4000, copayPer: 'day' };
    const after = { ...alone, order: 'deductible_then_copay' };
    const met = { deductibleIndividual: chosen({ limitCents: 150_000, remainingCents: 0 }) };
    const saying = (message: string) => ({ costShares: [aCostShareRow(20, { kind: 'copay', messages: [message] })] });
    const ruleOf = (iop: Partial<IopBenefit>, snapshot: Partial<Snapshot> = {}) =>
      coverageOf(built({ copay: COPAY, ...iop }, snapshot)).costShares;

    it('is a copay without it, likely, and after it, where the payer did not say which', () => {
      expect(ruleOf(met)).toEqual([{ appliesTo: 'any', oneOf: [alone, after] }]);
      expect(ruleOf({ deductibleFamily: chosen({ remainingCents: 10_000 }) })).toEqual([
        { appliesTo: 'any', oneOf: [alone, after] },
      ]);
      expect(assumed(built({ copay: COPAY, ...met }))).toContain(
        'copay_without_deductible /coverages/0/costShares/0/oneOf/0/order',
      );
    });

    it('is what the payer said in words, either way', () => {
      expect(ruleOf(met, saying('DEDUCTIBLE DOES NOT APPLY'))).toEqual([{ appliesTo: 'any', ...alone }]);
      expect(ruleOf(met, saying('COPAY AFTER DEDUCTIBLE'))).toEqual([{ appliesTo: 'any', ...after }]);
    });

    it('is a copay alone where the deductible is nothing', () => {
      const nothing = { deductibleIndividual: chosen({ limitCents: 0, remainingCents: 0 }) };
      expect(ruleOf(nothing)).toEqual([{ appliesTo: 'any', ...alone }]);
    });

    it('hangs on the answer once a met deductible starts again at New Year', () => {
      const program = aProgram({ phases: [{ weeks: 2, weekdays: ['mon', 'wed'] }] });
      const december = { startDate: '2026-12-28', program };
      const maximum = { outOfPocketIndividual: chosen({ limitCents: 500_000, remainingCents: 90_000 }, 23) };
      const { total, questions } = worked(built({ copay: COPAY, ...met, ...maximum }, {}, december));
      // Two days of 40.00 before New Year; after it two of 40.00, or two of 300.00 that the deductible takes whole.
      expect(total).toEqual({ lowCents: 16_000, likelyCents: 16_000, highCents: 68_000 });
      expect(questions).toMatchObject([{ id: 'cost_share:0:0', swingCents: 52_000 }]);
    });
  });

  it('spans a deductible that comes first and that nobody stated from none to the whole of every day', () => {
    const maximum = { outOfPocketIndividual: chosen({ limitCents: 50_000, remainingCents: 50_000 }, 23) };
    const unstated = built({ coinsurance: COINSURANCE, ...maximum });
    const [first] = coverageOf(unstated).costShares;
    expect(first).toMatchObject({
      oneOf: [
        { order: 'deductible_then_coinsurance', coinsurancePercent: 20 },
        { order: 'copay_then_coinsurance', copayCents: 0, coinsurancePercent: 100 },
      ],
    });
    expect(unstated.unknowns).toContain('deductible');
    expect(assumed(unstated)).toContain('deductible_not_stated /coverages/0/costShares/0/oneOf/1/coinsurancePercent');
    const days = worked(unstated).days.length;
    expect(worked(unstated).total).toEqual({ lowCents: days * 6000, likelyCents: days * 6000, highCents: 50_000 });
    expect(worked(unstated).questions[0]?.ask).toContain('or all of the allowed amount?');
  });

  it('spans a copay after a deductible that nobody stated in the same way', () => {
    const costShares = [aCostShareRow(20, { kind: 'copay', messages: ['COPAY AFTER DEDUCTIBLE'] })];
    const [rule] = coverageOf(built({ copay: COPAY }, { costShares })).costShares;
    expect(rule).toMatchObject({ oneOf: [{ order: 'deductible_then_copay' }, { coinsurancePercent: 100 }] });
  });

  it('leaves no more open where everything is owed with any deductible', () => {
    expect(coverageOf(built({ coinsurance: chosen({ percent: 100 }) })).costShares).toMatchObject([
      { order: 'deductible_then_coinsurance', coinsurancePercent: 100 },
    ]);
  });

  it('keeps a tied figure as a second hypothesis, and other tiers where the tier is unknown', () => {
    const tie = { value: { percent: 10 }, source: [segment(30)], why: '1.10.11: tied with the chosen row' };
    const tier = { value: { percent: 50 }, source: [segment(31)], why: '1.10.6: holds for a tier' };
    const farther = { value: { percent: 0 }, source: [segment(32)], why: '1.10.3: a service farther off' };
    const coinsurance = chosen({ percent: 20 }, 21, [tie, tier, farther]);
    const percents = (conditions: string[]) =>
      coverageOf(built({ ...NO_DEDUCTIBLE, coinsurance, conditions })).costShares.flatMap((rule) =>
        'oneOf' in rule ? rule.oneOf.map(({ coinsurancePercent }) => coinsurancePercent) : [],
      );
    expect(percents([])).toEqual([20, 10]);
    expect(percents(['tier_unknown'])).toEqual([20, 10, 50]);
  });

  it('counts a visit as a day, says so, and asks about a unit that was not stated', () => {
    const visit = built({ copay: chosen({ amountCents: 4000, per: 'visit' }) });
    expect(assumed(visit)).toContain('copay_visit_is_a_day /coverages/0/costShares/0/copayPer');
    expect(visit.unknowns).not.toContain('copay_unit');
    const unsaid = built({ copay: chosen({ amountCents: 4000 }) });
    expect(assumed(unsaid)).toContain('copay_unit_not_stated /coverages/0/costShares/0/copayPer');
    expect(unsaid.unknowns).toContain('copay_unit');
  });

  it('spans a copay a month between one for the program and one a week', () => {
    const [rule] = coverageOf(built({ copay: chosen({ amountCents: 4000, per: 'month' }) })).costShares;
    expect(rule).toMatchObject({ oneOf: [{ copayPer: 'episode' }, { copayPer: 'week' }] });
  });
});

describe('the accumulators of a case', () => {
  const both = {
    deductibleIndividual: chosen({ limitCents: 150_000, remainingCents: 60_000 }),
    deductibleFamily: chosen({ limitCents: 300_000, remainingCents: 200_000 }, 22),
  };

  it('are embedded when both are stated, individual when one is', () => {
    expect(coverageOf(built(both)).periods[0]?.deductible).toEqual({
      structure: 'embedded',
      individual: { limitCents: 150_000, remainingCents: 60_000 },
      family: { limitCents: 300_000, remainingCents: 200_000 },
    });
    const { deductibleIndividual } = both;
    expect(coverageOf(built({ deductibleIndividual })).periods[0]?.deductible?.structure).toBe('individual');
  });

  it('take an individual zero beside a family amount for not applicable', () => {
    const zero = built({ ...both, deductibleIndividual: chosen({ limitCents: 0, remainingCents: 0 }) });
    expect(coverageOf(zero).periods[0]?.deductible).toEqual({
      structure: 'aggregate',
      family: { limitCents: 300_000, remainingCents: 200_000 },
    });
    expect(assumed(zero)).toContain('individual_zero_means_aggregate /coverages/0/periods/0/deductible/structure');
  });

  it('count the family amount alone where a message says so', () => {
    const accumulators = [
      anAccumulator(22, { level: 'family', messages: ['DEDUCTIBLE IS MET WHEN FAMILY AMOUNT IS SATISFIED'] }),
    ];
    expect(coverageOf(built(both, { accumulators })).periods[0]?.deductible?.structure).toBe('aggregate');
  });

  it('take nothing to be used where what is left was not stated', () => {
    const unsaid = built({ outOfPocketIndividual: chosen({ limitCents: 500_000 }) });
    expect(coverageOf(unsaid).periods[0]?.outOfPocket).toEqual({
      structure: 'individual',
      individual: { limitCents: 500_000 },
    });
    expect(assumed(unsaid)).toContain('nothing_used_assumed /coverages/0/periods/0/outOfPocket/individual/limitCents');
    expect(unsaid.unknowns).toContain('out_of_pocket_remaining');
  });

  it('name an out-of-pocket maximum that nobody stated, on the side out of network too', () => {
    const silent = built({ copay: COPAY });
    expect(silent.unknowns).toContain('out_of_pocket');
    expect(assumed(silent)).toContain('out_of_pocket_not_stated /coverages/0/periods/0/outOfPocket');
    const outOfPocketIndividual = chosen({ limitCents: 500_000, remainingCents: 500_000 });
    const iopOut = anIopBenefit({ coinsurance: COINSURANCE });
    const half = built({ copay: COPAY, outOfPocketIndividual }, {}, { iopOut, network: 'unknown' });
    expect(assumed(half)).not.toContain('out_of_pocket_not_stated /coverages/0/periods/0/outOfPocket');
    expect(assumed(half)).toContain('out_of_pocket_not_stated /coverages/0/outOfNetwork/periods/0/outOfPocket');
    expect(half.unknowns).toEqual(expect.arrayContaining(['deductible', 'out_of_pocket']));
  });

  it('hand on limit, used and remaining where they disagree', () => {
    const figures = { limitCents: 150_000, usedCents: 110_000, remainingCents: 50_000 };
    const accumulators = [anAccumulator(20, figures)];
    const conflict = built(
      { deductibleIndividual: chosen({ limitCents: 150_000, remainingCents: 50_000 }) },
      { accumulators },
    );
    expect(coverageOf(conflict).periods[0]?.deductible?.individual).toEqual(figures);
  });

  it('of a payer that does not hold the benefit are not used', () => {
    expect(coverageOf(built({ decision: 'carved_out', ...both })).periods[0]?.deductible).toBeUndefined();
  });
});

describe('the benefit periods of a case', () => {
  const december = { startDate: '2026-12-28', program: aProgram({ phases: [{ weeks: 2, weekdays: ['mon', 'wed'] }] }) };
  const limits = {
    deductibleIndividual: chosen({ limitCents: 150_000, remainingCents: 0 }),
    outOfPocketIndividual: chosen({ limitCents: 500_000, remainingCents: 90_000 }, 23),
  };

  it('are calendar years where the payer said so', () => {
    const said = built(limits, { accumulators: [anAccumulator(20, {})] });
    expect(coverageOf(said).periods).toMatchObject([{ from: '2026-01-01', to: '2026-12-31' }]);
    expect(assumed(said).join()).not.toContain('calendar_year_assumed');
  });

  it('are calendar years by assumption where the payer said nothing', () => {
    const unsaid = built(limits);
    expect(assumed(unsaid)).toContain('calendar_year_assumed /coverages/0/periods/0/from');
    expect(unsaid.unknowns).toContain('plan_year');
  });

  it('are plan years by the dates of the plan', () => {
    const accumulators = [anAccumulator(20, { period: 'service_year' })];
    const spans: Snapshot['spans'] = [{ from: '2019-07-01', what: 'plan', source: segment(2) }];
    const plan = built(limits, { accumulators, spans });
    expect(coverageOf(plan).periods).toMatchObject([{ from: '2025-07-01', to: '2026-06-30' }]);
    expect(assumed(plan)).toContain('plan_year_from_plan_dates /coverages/0/periods/0/to');
  });

  it('are those of the accumulator where it has dates of its own', () => {
    const accumulators = [anAccumulator(20, { from: '2025-03-01', to: '2026-02-28' })];
    expect(coverageOf(built(limits, { accumulators })).periods).toMatchObject([
      { from: '2025-03-01', to: '2026-02-28' },
    ]);
  });

  it('start again from the limits in the next year, with nothing used', () => {
    const straddling = built(limits, {}, december);
    expect(coverageOf(straddling).periods).toMatchObject([
      { to: '2026-12-31', deductible: { individual: { remainingCents: 0 } } },
      {
        from: '2027-01-01',
        to: '2027-12-31',
        deductible: { structure: 'individual', individual: { limitCents: 150_000 } },
        outOfPocket: { structure: 'individual', individual: { limitCents: 500_000 } },
      },
    ]);
    expect(assumed(straddling)).toContain(
      'same_limit_next_period /coverages/0/periods/1/deductible/individual/limitCents',
    );
  });

  it('of the next year have at least the deductible that is left, and no maximum, where the limits were not stated', () => {
    const left = built(
      {
        deductibleIndividual: chosen({ remainingCents: 70_000 }),
        outOfPocketIndividual: chosen({ remainingCents: 90_000 }, 23),
      },
      {},
      december,
    );
    const next = coverageOf(left).periods[1];
    expect(next?.deductible).toEqual({ structure: 'individual', individual: { limitCents: 70_000 } });
    expect(next?.outOfPocket).toBeUndefined();
    expect(assumed(left)).toContain(
      'next_deductible_at_least_remaining /coverages/0/periods/1/deductible/individual/limitCents',
    );
    expect(assumed(left)).toContain('next_out_of_pocket_not_stated /coverages/0/periods/1/outOfPocket/individual');
    expect(left.unknowns).toEqual(expect.arrayContaining(['deductible', 'out_of_pocket']));
  });

  it('begin with the year of the answer when the program starts in the next one', () => {
    const basis = { serviceDate: '2026-11-21', planDates: [], rows: [], forOthers: [] };
    const january = built(limits, { basis }, { startDate: '2027-01-04' });
    expect(coverageOf(january).periods).toMatchObject([
      { from: '2026-01-01', deductible: { individual: { remainingCents: 0 } } },
      { from: '2027-01-01', deductible: { individual: { limitCents: 150_000 } } },
    ]);
  });

  it('name it when deductible and maximum are of different years', () => {
    const accumulators = [
      anAccumulator(20, {}),
      anAccumulator(23, { kind: 'out_of_pocket', from: '2025-07-01', to: '2026-06-30' }),
    ];
    const mixed = built(limits, { accumulators });
    expect(assumed(mixed)).toContain('one_period_for_deductible_and_maximum /coverages/0/periods/0/to');
  });
});

describe('the rest of a coverage', () => {
  it('is active by its dates of eligibility, else of the plan, else from the start', () => {
    const spans: Snapshot['spans'] = [
      { from: '2026-01-01', what: 'plan', source: segment(1) },
      { from: '2026-03-01', to: '2026-03-31', what: 'eligibility', source: segment(2) },
    ];
    expect(coverageOf(built({}, { spans })).active).toEqual([{ from: '2026-03-01', to: '2026-03-31' }]);
    expect(coverageOf(built({}, { spans: spans.slice(0, 1) })).active).toEqual([{ from: '2026-01-01' }]);
    expect(coverageOf(built({}, { spans: [] })).active).toEqual([{ from: START }]);
  });

  it('is taken to be renewed when it ends with the benefit year', () => {
    const spans: Snapshot['spans'] = [{ from: '2026-01-01', to: '2026-12-31', what: 'plan', source: segment(1) }];
    const renewed = built({}, { spans });
    expect(coverageOf(renewed).active).toEqual([{ from: '2026-01-01' }]);
    expect(assumed(renewed)).toContain('renewal_assumed /coverages/0/active/0');
  });

  it('is never active when the payer says inactive', () => {
    expect(coverageOf(built({ decision: 'not_covered' }, { status: 'inactive' })).active).toEqual([]);
  });

  it('counts days, visits and dollars, and leaves hours to be asked', () => {
    const limit = (unit: Limit['unit'], more: Partial<Limit>): Limit => ({
      unit,
      period: 'calendar_year',
      network: 'in',
      serviceTypes: [],
      source: [segment(40)],
      ...more,
    });
    const limits = [
      limit('visits', { allowed: 30, used: 4 }),
      limit('dollars', { remaining: 500_000 }),
      limit('hours', { allowed: 60 }),
      limit('visits', { allowed: 1, period: 'day' }),
    ];
    const limited = built({ limits });
    expect(coverageOf(limited).limits).toMatchObject([
      { kind: 'days', remaining: 26 },
      { kind: 'plan_dollars', remaining: 500_000 },
    ]);
    expect(limited.unknowns).toContain('limits');
  });

  it('asks about an authorization that was not stated', () => {
    const unsaid = built({ authorization: 'unknown' });
    expect(coverageOf(unsaid).authorization).toEqual({ required: 'unknown' });
    expect(unsaid.unknowns).toContain('authorization');
  });

  it('has a side out of network whenever it was answered; in network it opens no question', () => {
    const iopOut = anIopBenefit({ ...NO_DEDUCTIBLE, coinsurance: chosen({ percent: 50 }, 33) });
    const inNetwork = built({ coinsurance: COINSURANCE }, {}, { iopOut });
    expect(coverageOf(inNetwork).outOfNetwork?.costShares).toMatchObject([{ coinsurancePercent: 50 }]);
    expect(inNetwork.unknowns).toEqual(built({ coinsurance: COINSURANCE }).unknowns);
    const both = built({ coinsurance: COINSURANCE }, {}, { iopOut, network: 'unknown' });
    expect(coverageOf(both).outOfNetwork?.costShares).toMatchObject([{ coinsurancePercent: 50 }]);
    const silent = built({ coinsurance: COINSURANCE }, {}, { iopOut: anIopBenefit(), network: 'unknown' });
    expect(coverageOf(silent).outOfNetwork).toBeUndefined();
  });

  it('says where its share stands in for services that the payer said nothing of', () => {
    const services = [
      ...aProgram().services,
      { code: '90837', kind: 'individual_therapy', on: { weekly: 'mon' } },
    ] as const;
    const assumptions = assumed(built({ copay: COPAY }, {}, { program: aProgram({ services }) }));
    expect(assumptions).toContain('same_cost_share_for_all_services /coverages/0/costShares/0/appliesTo');
  });

  it('says that holidays are billed unless the program has a calendar of closures for its days', () => {
    const closuresOf = (closedOn?: string[]) =>
      assumed(built({ copay: COPAY }, {}, { program: aProgram(closedOn ? { closedOn } : {}) })).join();
    const [first = START] = worked(built({ copay: COPAY })).days.map(({ date }) => date);
    expect(closuresOf()).toContain('no_closures_assumed /program/closedOn');
    expect(closuresOf(['2025-12-25'])).toContain('no_closures_assumed');
    expect(closuresOf([first])).not.toContain('no_closures_assumed');
    expect(closuresOf(['2025-12-25', '2026-12-25'])).not.toContain('no_closures_assumed');
  });

  it('makes a case that can be estimated, with the pending claims', () => {
    const whole = built(
      { coinsurance: COINSURANCE, deductibleIndividual: chosen({ remainingCents: 50_000 }) },
      {},
      { pendingClaims: { deductibleCents: 10_000 } },
    );
    const parsed = parseCase(whole.case);
    if (!parsed.ok) throw new Error(parsed.error.message);
    expect(estimate(parsed.case).total).toEqual({ lowCents: 50_000, likelyCents: 58_000, highCents: 58_000 });
  });
});
