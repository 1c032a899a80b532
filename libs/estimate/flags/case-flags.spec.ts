import type { Limit, Snapshot } from '@openvob/benefits';
import type { IopBenefit } from '@openvob/coverage';
import { aProgram, START } from '../case.fixture';
import { anIopBenefit, aSnapshot, chosen, segment } from '../case-from-benefits/answer.fixture';
import type { AnsweredCoverage } from '../case-from-benefits/build-estimate-case';
import { caseFlags, type FlagInputs } from './case-flags';

function answered(
  iop: Partial<IopBenefit> = {},
  snapshot: Partial<Snapshot> = {},
  more: Partial<AnsweredCoverage> = {},
): AnsweredCoverage {
  return { iop: anIopBenefit(iop), snapshot: aSnapshot(snapshot), network: 'in', ...more };
}

function flagsOf(coverages: AnsweredCoverage[], more: Partial<FlagInputs> = {}) {
  return caseFlags({ startDate: START, program: aProgram(), coverages, ...more });
}

function codesOf(...coverages: AnsweredCoverage[]): string[] {
  return flagsOf(coverages).map(({ code }) => code);
}

function limit(unit: Limit['unit'], more: Partial<Limit> = {}): Limit {
  return { unit, period: 'calendar_year', network: 'in', serviceTypes: ['MH'], source: [segment(40)], ...more };
}

function plan(product: string, name?: string): Partial<Snapshot> {
  return { plans: [{ product, ...(name ? { name } : {}), status: 'active', source: segment(2) }] };
}

describe('flags beside an estimate', () => {
  it('are none where there is nothing to ask', () => {
    const limits = {
      outOfPocketIndividual: chosen({ limitCents: 500_000 }),
      deductibleIndividual: chosen({ limitCents: 150_000 }),
    };
    expect(
      flagsOf([answered(limits), answered()], {
        sessionHours: 3,
        program: aProgram({ phases: [{ weeks: 8, weekdays: ['mon', 'wed', 'fri'] }] }),
      }),
    ).toEqual([]);
  });

  it('tell where a program leaves level 2.1, and what a screening found', () => {
    const flags = flagsOf([], { sessionHours: 2, screening: { unsafeHome: true } });
    expect(flags.map(({ code }) => code)).toEqual([
      'below_level_2_1',
      'session_too_short_for_per_diem',
      'shorter_than_usual',
      'unsafe_home',
    ]);
    for (const { text, source } of flags) expect([text, source.title]).not.toContain('');
    expect(flagsOf([], { screening: {} })).toEqual([]);
  });

  it('say that a third coverage is not in the figures', () => {
    expect(flagsOf([answered(), answered(), answered()])).toMatchObject([
      { code: 'third_coverage_not_counted', coverage: 2 },
    ]);
  });

  it('each name their source, and the payer’s words that raise them', () => {
    const [flag] = flagsOf([answered({ limits: [limit('visits')] })]);
    expect(flag).toMatchObject({
      coverage: 0,
      stated: [segment(40)],
      source: { url: expect.stringContaining('dol.gov') },
    });
  });
});

describe('flags of the parity law', () => {
  it.each([
    ['visits', 'parity_visit_limit'],
    ['days', 'parity_day_limit'],
    ['hours', 'parity_day_limit'],
    ['dollars', 'parity_dollar_limit'],
  ] as const)('are raised by a limit of %s on behavioral health', (unit, code) => {
    expect(codesOf(answered({ limits: [limit(unit), limit(unit)] }))).toEqual([code]);
    expect(
      codesOf(answered({ limits: [limit(unit, { serviceTypes: ['30'], messages: ['MENTAL HEALTH ONLY'] })] })),
    ).toEqual([code]);
  });

  it('are not raised by a limit of the whole plan, or of a single day', () => {
    expect(codesOf(answered({ limits: [limit('dollars', { serviceTypes: ['30'] })] }))).toEqual([]);
    expect(codesOf(answered({ limits: [limit('visits', { serviceTypes: [] })] }))).toEqual([]);
    expect(codesOf(answered({ limits: [limit('visits', { period: 'day' }), limit('other')] }))).toEqual([]);
  });

  it('are raised by a deductible of behavioral health’s own, on either side', () => {
    const separate = { conditions: ['separate_deductible'], deductibleIndividual: chosen({ limitCents: 1 }, 21) };
    expect(flagsOf([answered(separate)])).toMatchObject([
      { code: 'parity_separate_deductible', stated: [segment(21)] },
    ]);
    expect(codesOf(answered({}, {}, { iopOut: anIopBenefit(separate) }))).toEqual(['parity_separate_deductible']);
  });

  it('are not raised by Medicare and Medicaid', () => {
    const limits = { limits: [limit('visits')], conditions: ['separate_deductible'] };
    expect(codesOf(answered(limits, plan('MC')))).toEqual(['medicaid_of_state']);
    expect(codesOf(answered(limits, plan('MB')))).toEqual(['medicare_place']);
  });
});

describe('flags of a plan', () => {
  it('are raised by a maximum that the law does not allow in the year that the program starts', () => {
    const high = {
      outOfPocketIndividual: chosen({ limitCents: 1_060_001 }, 25),
      outOfPocketFamily: chosen({ limitCents: 2_120_000 }),
    };
    const [flag, ...others] = flagsOf([answered(high)]);
    expect(flag).toMatchObject({ code: 'maximum_above_legal_limit', stated: [segment(25)] });
    expect(flag?.text).toContain('$10,600.01 is above $10,600.00');
    expect(others).toEqual([]);
    expect(flagsOf([answered(high)], { startDate: '2027-01-04' })).toEqual([]);
    expect(flagsOf([answered(high)], { startDate: '2035-01-04' })).toEqual([]);
    expect(codesOf(answered(high, {}, { network: 'out' }))).toEqual([]);
  });

  it.each([
    ['PPO HSA 3000', 339_999, ['individual_deductible_below_family_least']],
    ['QHDHP GOLD', 150_000, ['individual_deductible_below_family_least']],
    ['PPO HSA 3000', 340_000, []],
    ['PPO 3000', 150_000, []],
  ])('of the name %s with %i for one of a family are %j', (name, individual, codes) => {
    const deductibles = {
      deductibleIndividual: chosen({ limitCents: individual }),
      deductibleFamily: chosen({ limitCents: 700_000 }),
    };
    expect(codesOf(answered(deductibles, plan('PR', name)))).toEqual(codes);
    expect(codesOf(answered({ deductibleIndividual: chosen({ limitCents: individual }) }, plan('PR', name)))).toEqual(
      [],
    );
  });

  it('are raised by Medicaid, by Original Medicare, and by a spend-down', () => {
    const messages = [{ text: 'SPEND DOWN MUST BE MET', source: segment(9) }];
    expect(codesOf(answered({}, { ...plan('MC'), messages }))).toEqual(['medicaid_of_state', 'spend_down']);
    expect(codesOf(answered({}, plan('HN')))).toEqual([]);
    const ended: Partial<Snapshot> = { plans: [{ product: 'MB', status: 'inactive', source: segment(2) }] };
    expect(codesOf(answered({}, ended))).toEqual([]);
  });
});
