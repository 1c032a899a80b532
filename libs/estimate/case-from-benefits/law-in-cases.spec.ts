import type { Snapshot } from '@openvob/benefits';
import type { IopBenefit } from '@openvob/coverage';
import * as fc from 'fast-check';
import { aProgram, aRate, START } from '../case.fixture';
import { estimate } from '../estimate';
import type { BenefitPeriod, EstimateCase } from '../estimate-case';
import { parseCase } from '../parse-case';
import { anIopBenefit, aSnapshot, chosen, segment } from './answer.fixture';
import { type AnsweredCoverage, type BuiltCase, buildEstimateCase, type CaseInputs } from './build-estimate-case';

const rates = [aRate(), aRate(45_000, { network: 'out' })];
const COINSURANCE = chosen({ percent: 20 }, 21);

function built(
  iop: Partial<IopBenefit>,
  snapshot: Partial<Snapshot> = {},
  more: Partial<AnsweredCoverage & CaseInputs> = {},
): BuiltCase {
  const { network = 'in', iopOut, ...inputs } = more;
  const answered = { snapshot: aSnapshot(snapshot), iop: anIopBenefit(iop), network, ...(iopOut ? { iopOut } : {}) };
  return buildEstimateCase({ startDate: START, program: aProgram(), rates, coverages: [answered], ...inputs });
}

function periodsOf({ case: { coverages } }: BuiltCase): readonly BenefitPeriod[] {
  return coverages[0]?.periods ?? [];
}

function lawful({ assumptions }: BuiltCase): string[] {
  return assumptions.flatMap(({ code, path, law }) => (law ? [`${code} ${path}`] : []));
}

function product(code: string): Partial<Snapshot> {
  return { plans: [{ product: code, status: 'active', source: segment(2) }] };
}

describe('the law’s limit for one person', () => {
  const family = {
    coinsurance: COINSURANCE,
    outOfPocketFamily: chosen({ limitCents: 1_500_000, remainingCents: 1_400_000 }, 25),
  };
  const capOf = (result: BuiltCase) =>
    periodsOf(result).map(({ selfOnlyCapRemainingCents }) => selfOnlyCapRemainingCents);

  it('is counted in full below a family maximum that counts alone, by name and with its source', () => {
    const result = built(family);
    expect(capOf(result)).toEqual([1_060_000]);
    expect(lawful(result)).toEqual(['self_only_limit_of_law /coverages/0/periods/0/selfOnlyCapRemainingCents']);
    expect(result.assumptions.find(({ law }) => law)?.law?.[0]?.url).toContain('towerswatson');
  });

  it('is that of each benefit year', () => {
    const straddling = { startDate: '2026-12-28', program: aProgram({ phases: [{ weeks: 2, weekdays: ['mon'] }] }) };
    expect(capOf(built(family, {}, straddling))).toEqual([1_060_000, 1_200_000]);
  });

  it.each<[string, Partial<IopBenefit>, Partial<Snapshot>, Partial<AnsweredCoverage & CaseInputs>]>([
    [
      'where an amount for one person counts',
      { ...family, outOfPocketIndividual: chosen({ limitCents: 750_000 }) },
      {},
      {},
    ],
    [
      'where less is left for the family',
      { ...family, outOfPocketFamily: chosen({ limitCents: 1_500_000, remainingCents: 1_060_000 }) },
      {},
      {},
    ],
    [
      'where the plan is past the law’s limit for a family',
      { ...family, outOfPocketFamily: chosen({ limitCents: 2_120_001 }) },
      {},
      {},
    ],
    ['where no family maximum was stated', { coinsurance: COINSURANCE }, {}, {}],
    ['for one person alone', { outOfPocketIndividual: chosen({ limitCents: 1_500_000 }) }, {}, {}],
    ['out of network', family, {}, { network: 'out' }],
    ['where the same benefits may serve out of network', family, {}, { network: 'unknown' }],
    ['of Medicaid', family, product('MC'), {}],
    ['of a year that is not known', family, {}, { startDate: '2031-01-06' }],
  ])('is not counted %s', (_, iop, snapshot, more) => {
    expect(capOf(built(iop, snapshot, more)).every((cap) => cap === undefined)).toBe(true);
  });

  it('holds in network where the other side was stated', () => {
    const iopOut = anIopBenefit({ coinsurance: chosen({ percent: 50 }) });
    const result = built(family, {}, { network: 'unknown', iopOut });
    expect(capOf(result)).toEqual([1_060_000]);
    expect(result.case.coverages[0]?.outOfNetwork?.periods[0]?.selfOnlyCapRemainingCents).toBeUndefined();
  });

  it('never raises what is owed', () => {
    const inputs = fc.record({
      limit: fc.integer({ min: 0, max: 2_200_000 }),
      left: fc.option(fc.integer({ min: 0, max: 2_200_000 }), { nil: undefined }),
      percent: fc.integer({ min: 0, max: 100 }),
      price: fc.integer({ min: 0, max: 90_000 }),
    });
    const property = fc.property(inputs, ({ limit, left, percent, price }) => {
      const outOfPocketFamily = chosen({ limitCents: limit, ...(left === undefined ? {} : { remainingCents: left }) });
      const program = aProgram({ phases: [{ weeks: 12, weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] }] });
      const { case: given } = built(
        { coinsurance: chosen({ percent }), outOfPocketFamily },
        {},
        { program, rates: [aRate(price)] },
      );
      const [withCap, without] = [estimate(given).total, estimate(withoutCap(given)).total];
      expect(withCap.highCents).toBeLessThanOrEqual(without.highCents);
      expect(withCap.lowCents).toBeLessThanOrEqual(without.lowCents);
    });
    fc.assert(property, { numRuns: 300, seed: 20_261_121 });
  });

  function withoutCap(given: EstimateCase): EstimateCase {
    const bare = ({ selfOnlyCapRemainingCents: _, ...period }: BenefitPeriod) => period;
    return {
      ...given,
      coverages: given.coverages.map((coverage) => ({ ...coverage, periods: coverage.periods.map(bare) })),
    };
  }
});

describe('Original Medicare', () => {
  const medicare = product('MB');

  it('that states no share asks the Part B deductible, then 20 % of each day, by name and with its source', () => {
    const result = built({ decision: 'unknown' }, medicare);
    expect(result.case.coverages[0]).toMatchObject({
      periods: [{ from: '2026-01-01', deductible: { structure: 'individual', individual: { limitCents: 28_300 } } }],
      costShares: [{ appliesTo: 'any', order: 'deductible_then_coinsurance', coinsurancePercent: 20 }],
    });
    expect(lawful(result)).toEqual([
      'medicare_part_b_deductible /coverages/0/periods/0/deductible/individual/limitCents',
      'medicare_part_b /coverages/0/costShares/0/coinsurancePercent',
    ]);
    const parsed = parseCase(result.case);
    if (!parsed.ok) throw new Error(parsed.error.message);
    expect(estimate(parsed.case).total.likelyCents).toBe(28_300 + 340 + 2 * 6000);
  });

  it('is taken at its word where it states something', () => {
    const stated = {
      coinsurance: chosen({ percent: 0 }),
      deductibleIndividual: chosen({ limitCents: 28_300, remainingCents: 0 }),
    };
    const result = built(stated, medicare);
    expect(result.case.coverages[0]).toMatchObject({
      periods: [{ deductible: { individual: { remainingCents: 0 } } }],
      costShares: [{ coinsurancePercent: 0 }],
    });
    expect(lawful(result)).toEqual([]);
  });

  it('of a year whose deductible is not known leaves the deductible open', () => {
    const result = built({}, medicare, { startDate: '2030-01-07' });
    expect(periodsOf(result)[0]?.deductible).toBeUndefined();
    expect(result.case.coverages[0]?.costShares[0]).toMatchObject({
      oneOf: [{ coinsurancePercent: 20 }, { coinsurancePercent: 100 }],
    });
  });

  it('has no maximum, which is no question', () => {
    const result = built({}, medicare);
    expect(result.assumptions.map(({ code }) => code)).toContain('medicare_has_no_maximum');
    expect(result.unknowns).not.toContain('out_of_pocket');
  });

  it.each<[string, Partial<IopBenefit>, Partial<Snapshot>]>([
    ['not covered', { decision: 'not_covered' }, medicare],
    ['elsewhere', { decision: 'carved_out' }, medicare],
    ['not active', { decision: 'unknown' }, { ...medicare, status: 'unknown' }],
    ['in a Medicare Advantage plan', {}, { plans: [...(medicare.plans ?? []), ...(product('HN').plans ?? [])] }],
    ['Medicaid', {}, product('MC')],
    ['a private plan', {}, product('PR')],
  ])('is not told by its rules where it is %s', (_, iop, snapshot) => {
    expect(lawful(built(iop, snapshot))).toEqual([]);
  });
});

describe('a case', () => {
  it('comes with its flags', () => {
    const { flags } = built({}, product('MC'), { sessionHours: 3, screening: { withdrawalRisk: true } });
    expect(flags.map(({ code }) => code)).toEqual(['shorter_than_usual', 'withdrawal_risk', 'medicaid_of_state']);
  });
});
