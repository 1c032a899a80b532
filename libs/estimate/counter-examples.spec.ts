import { aCase, aCoverage, aPeriod, aProgram, aRate, aService, coinsurance, copay, left } from './case.fixture';
import { estimate } from './estimate';
import type { BenefitPeriod, CostShareRule, Coverage, EstimateCase } from './estimate-case';

/**
 * Where an invariant of the benefits reference, section 5, is false under the estimate contract: the smallest case that shows it. The
 * invariants are held within the bounds that these leave.
 */
function owed(given: Partial<EstimateCase>): number | undefined {
  return estimate(aCase(given)).total.likelyCents;
}

const oneDay = aProgram({ phases: [{ weeks: 1, weekdays: ['mon'] }] });
const TWO_DAYS = aProgram({ phases: [{ weeks: 1, weekdays: ['mon', 'wed'] }] });
const rates = [aRate(), aRate(10_000, { code: '90837' })];

describe('false under the contract', () => {
  it('9 and 13 beside a second coverage: what costs nothing uses up its deductible, and it pays more of the rest', () => {
    const free: CostShareRule = { appliesTo: ['90837'], order: 'copay', copayCents: 0 };
    const all: CostShareRule = { appliesTo: 'any', notCovered: true };
    const second = aCoverage({
      periods: [aPeriod({ deductible: left(10_000) })],
      costShares: [coinsurance(0)],
      coordination: 'standard',
    });
    const coverages = [aCoverage({ costShares: [free, all] }), second];
    const withTherapy = aProgram({
      ...oneDay,
      services: [aService('90837', { every: 'program_day' }), ...oneDay.services],
    });
    expect(owed({ coverages, rates, program: oneDay })).toBe(10_000);
    expect(owed({ coverages, rates, program: withTherapy })).toBe(0);
    const cheaper = [aRate(), aRate(4000, { code: '90837' })];
    expect(owed({ coverages, rates: cheaper, program: withTherapy })).toBe(6000);
  });

  it('10 without a copay on the day the deductible is met: one cent of deductible saves the copay', () => {
    const share: CostShareRule = {
      appliesTo: 'any',
      order: 'deductible_then_copay',
      copayCents: 4000,
      copayPer: 'day',
      copayOnDayDeductibleIsMet: false,
    };
    const withDeductible = (cents: number) => [
      aCoverage({ periods: [aPeriod({ deductible: left(cents) })], costShares: [share] }),
    ];
    expect(owed({ program: oneDay, coverages: withDeductible(0) })).toBe(4000);
    expect(owed({ program: oneDay, coverages: withDeductible(1) })).toBe(1);
  });

  it('10 and 12 beside a dollar limit that is used up: the line costs its price anyway, and its share fills the maximum', () => {
    const program = aProgram({
      ...oneDay,
      services: [aService('90837', { every: 'program_day' }), ...oneDay.services],
    });
    const limits = [{ kind: 'plan_dollars', appliesTo: ['90837'], remaining: 0 }] as const;
    const withShare = (deductible: number, percent: number): Coverage[] => {
      const share: CostShareRule = {
        appliesTo: ['90837'],
        order: 'deductible_then_coinsurance',
        coinsurancePercent: percent,
      };
      const period: BenefitPeriod = aPeriod({ deductible: left(deductible), outOfPocket: left(4000) });
      return [aCoverage({ limits, periods: [period], costShares: [share, copay()] })];
    };
    expect(owed({ rates, program, coverages: withShare(0, 0) })).toBe(14_000);
    expect(owed({ rates, program, coverages: withShare(4000, 0) })).toBe(10_000);
    expect(owed({ rates, program, coverages: withShare(0, 40) })).toBe(10_000);
  });

  it('13 out of network: a higher allowance lowers the balance bill', () => {
    const coverages = [aCoverage({ network: 'out', costShares: [coinsurance(20)] })];
    const allowed = (cents: number) => [aRate(cents, { network: 'out', chargeCents: 60_000 })];
    expect(owed({ program: oneDay, coverages, rates: allowed(25_000) })).toBe(5000 + 35_000);
    expect(owed({ program: oneDay, coverages, rates: allowed(40_000) })).toBe(8000 + 20_000);
  });

  it('20 over an episode: by maintenance of benefits a second maximum fills more slowly than by non-duplication', () => {
    const program = {
      ...TWO_DAYS,
      phases: [{ weeks: 1, weekdays: ['mon', 'wed'] as const, virtualOn: ['mon'] as const }],
    };
    const primary = aCoverage({
      costShares: [
        { appliesTo: 'any', setting: 'virtual', order: 'copay', copayCents: 0 },
        { appliesTo: 'any', notCovered: true },
      ],
    });
    const by = (coordination: NonNullable<Coverage['coordination']>) => {
      const second = aCoverage({ coordination, periods: [aPeriod({ outOfPocket: left(4000) })] });
      return owed({ program, coverages: [primary, second] });
    };
    expect(by('maintenance_of_benefits')).toBe(4000);
    expect(by('non_duplication')).toBe(0);
  });

  it('22 with unknowns left out: an answer makes room for one of them', () => {
    const oneOf = (copayCents: number): CostShareRule => ({
      appliesTo: [`C${copayCents}`],
      oneOf: [copayCents, 2 * copayCents].map((cents) => ({ order: 'copay', copayCents: cents, copayPer: 'day' })),
    });
    const copays = [1, 2, 3, 4, 5, 6, 9000];
    const program = aProgram({
      phases: [],
      services: copays.map((cents) => aService(`C${cents}`, { dates: ['2026-01-05'] })),
    });
    const widthOf = (costShares: CostShareRule[]) => {
      const priced = copays.map((cents) => aRate(30_000, { code: `C${cents}` }));
      const { total, warnings } = estimate(aCase({ program, rates: priced, coverages: [aCoverage({ costShares })] }));
      return {
        width: total.highCents - total.lowCents,
        isPruned: warnings.some(({ code }) => code === 'unknowns_pruned'),
      };
    };
    const known: CostShareRule = { appliesTo: ['C1'], order: 'copay', copayCents: 1, copayPer: 'day' };
    expect(widthOf(copays.map(oneOf))).toEqual({ width: 21, isPruned: true });
    expect(widthOf([known, ...copays.slice(1).map(oneOf)])).toEqual({ width: 20 + 9000, isPruned: false });
  });
});
