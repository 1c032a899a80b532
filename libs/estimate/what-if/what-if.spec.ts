import { addDays } from '@openvob/benefits';
import { aCase, aCoverage, aPeriod, aProgram, aRate, coinsurance, copay, left, START } from '../case.fixture';
import { estimate } from '../estimate';
import type { CostShareRule, EstimateCase } from '../estimate-case';
import { type Change, type WhatIf, whatIf } from './what-if';

const rates = [aRate(), aRate(45_000, { network: 'out', chargeCents: 60_000 }), aRate(35_000, { network: 'self_pay' })];
const oneOf = [
  { order: 'copay', copayCents: 4000, copayPer: 'day' },
  { order: 'copay', copayCents: 6000, copayPer: 'day' },
] as const;

function changed(base: EstimateCase, change: Change): EstimateCase {
  return made(whatIf(base, change)).case;
}

function made(result: WhatIf): Extract<WhatIf, { ok: true }> {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result;
}

function likely(given: EstimateCase): number | undefined {
  return estimate(given).total.likelyCents;
}

function codes(result: WhatIf): string[] {
  return made(result).assumptions.map(({ code, path }) => `${code} ${path}`);
}

describe('what if', () => {
  it('nothing is changed, the case is the same', () => {
    const base = aCase({ rates });
    expect(whatIf(base, {})).toEqual({ ok: true, case: base, assumptions: [] });
  });

  it.each([
    ['another network', { network: 'out' }, 3 * 4000 + 3 * 15_000],
    ['other phases', { phases: [{ weeks: 2, weekdays: ['mon'] }] }, 2 * 4000],
    ['another program', { program: aProgram({ phases: [{ weeks: 1, weekdays: ['tue'] }] }) }, 4000],
    ['other rates', { rates: [aRate(1000)] }, 3 * 1000],
    ['another start', { startDate: '2026-01-07' }, 2 * 4000],
  ] as const)('there were %s', (_, change, cents) => {
    expect(likely(changed(aCase({ rates }), change))).toBe(cents);
  });

  it('the network were left, the self-only limit of the law does not go along', () => {
    const coverages = [aCoverage({ periods: [aPeriod({ selfOnlyCapRemainingCents: 5000 })] })];
    const base = aCase({ rates, coverages });
    expect(likely(base)).toBe(5000);
    expect(likely(changed(base, { network: 'out' }))).toBe(3 * 4000 + 3 * 15_000);
  });

  it('several things were different at once, with phases in place of those of the other program', () => {
    const program = aProgram({ phases: [{ weeks: 9, weekdays: ['tue'] }] });
    const phases = [{ weeks: 1, weekdays: ['fri', 'sat'] }] as const;
    expect(likely(changed(aCase({ rates }), { program, phases, network: 'out' }))).toBe(2 * (4000 + 15_000));
  });

  it('rates replace those of the same code and network and leave the others', () => {
    const given = changed(aCase({ rates }), { rates: [aRate(1, { network: 'out' }), aRate(2, { code: 'X' })] });
    expect(given.rates.map(({ code, network, allowedCents }) => [code, network, allowedCents])).toEqual([
      ['H0015', 'out', 1],
      ['X', 'in', 2],
      ['H0015', 'in', 30_000],
      ['H0015', 'self_pay', 35_000],
    ]);
  });

  it('does not touch the case that it was given', () => {
    const base = aCase({ rates, pendingClaims: { deductibleCents: 5 } });
    const before = JSON.stringify(base);
    changed(base, { startDate: '2026-06-01', network: 'out', answers: { pending_claims: 'not_posted' } });
    expect(JSON.stringify(base)).toBe(before);
  });
});

describe('a start that moves', () => {
  it('takes listed dates along, so that the same care is counted, and says so', () => {
    const intake = { code: '90791', kind: 'assessment', on: { dates: [START] } } as const;
    const base = aCase({
      program: aProgram({ services: [intake, ...aProgram().services] }),
      rates: [...rates, aRate(9000, { code: '90791' })],
    });
    const result = whatIf(base, { startDate: '2026-03-02' });
    expect(estimate(made(result).case).days[0]?.lines.map(({ code }) => code)).toEqual(['90791', 'H0015']);
    expect(codes(result)).toEqual(['listed_dates_move_with_start /program/services/0/on/dates']);
  });

  it('leaves the dates of the calendar where they are: closures and absences', () => {
    const base = aCase({ program: aProgram({ closedOn: ['2026-03-02'], missedOn: ['2026-03-04'] }) });
    const given = changed(base, { startDate: '2026-03-02' });
    expect(estimate(given).days.map(({ date }) => date)).toEqual(['2026-03-06']);
  });

  const yearly = aPeriod({
    deductible: {
      structure: 'embedded',
      individual: { limitCents: 50_000, remainingCents: 0 },
      family: { limitCents: 90_000, usedCents: 80_000 },
    },
    outOfPocket: { structure: 'individual', individual: { usedCents: 60_000, remainingCents: 140_000 } },
  });

  it('past the benefit periods carries them on: the same limits, nothing used', () => {
    const base = aCase({ coverages: [aCoverage({ periods: [yearly], costShares: [coinsurance(20)] })] });
    const result = whatIf(base, { startDate: '2027-01-04' });
    expect(made(result).case.coverages[0]?.periods[1]).toEqual({
      from: '2027-01-01',
      to: '2027-12-31',
      deductible: { structure: 'embedded', individual: { limitCents: 50_000 }, family: { limitCents: 90_000 } },
      outOfPocket: { structure: 'individual', individual: { limitCents: 200_000 } },
    });
    expect(codes(result)).toEqual(['same_limits_in_later_years /coverages/0/periods/1']);
    expect(estimate(made(result).case).warnings).toEqual([]);
    expect(likely(made(result).case)).toBe(30_000 + 20_000 + 2000 + 6000);
  });

  it('by two years carries on twice, on both sides', () => {
    const coverage = aCoverage({ network: 'unknown', outOfNetwork: { periods: [aPeriod()], costShares: [copay(1)] } });
    const [given] = changed(aCase({ rates, coverages: [coverage] }), { startDate: '2028-02-07' }).coverages;
    const years = ['2026-12-31', '2027-12-31', '2028-12-31'];
    expect(given?.periods.map(({ to }) => to)).toEqual(years);
    expect(given?.outOfNetwork?.periods.map(({ to }) => to)).toEqual(years);
  });

  it('names what a later year is not known to have', () => {
    const periods = [
      aPeriod({ deductible: left(70_000), outOfPocket: left(90_000), selfOnlyCapRemainingCents: 500_000 }),
    ];
    const limits = [{ kind: 'days', appliesTo: 'any', remaining: 9 }] as const;
    const base = aCase({ coverages: [aCoverage({ periods, limits })] });
    const result = whatIf(base, { startDate: '2027-02-01' });
    expect(made(result).case.coverages[0]?.periods[1]).toMatchObject({
      deductible: { structure: 'individual', individual: { limitCents: 70_000 } },
      outOfPocket: { structure: 'individual' },
      selfOnlyCapRemainingCents: 1_200_000,
    });
    expect(codes(result)).toEqual([
      'same_limits_in_later_years /coverages/0/periods/1',
      'deductible_at_least_what_is_left /coverages/0/periods/1/deductible/individual/limitCents',
      'maximum_not_stated_later /coverages/0/periods/1/outOfPocket',
      'limits_not_stated_later /coverages/0/limits',
    ]);
    expect(codes(whatIf(base, { startDate: '2029-02-01' })).join()).toContain('self_only_cap_not_stated_later');
  });

  it.each([
    ['2026-12-31', '2027-12-31'],
    ['2027-06-30', '2028-06-30'],
    ['2027-02-28', '2028-02-29'],
    ['2028-02-28', '2029-02-28'],
  ])('carries a period that ended on %s on to %s', (to, next) => {
    const program = aProgram({ phases: [{ weeks: 2, weekdays: ['mon'] }] });
    const coverages = [aCoverage({ periods: [{ from: '2026-01-01', to }] })];
    const later = changed(aCase({ startDate: to, program, coverages }), { startDate: addDays(to, 30) }).coverages[0]
      ?.periods[1];
    expect(later).toEqual({ from: addDays(to, 1), to: next });
  });

  it('leaves the periods alone when the calendar does not change', () => {
    const base = aCase({ startDate: '2026-12-28', rates });
    expect(changed(base, { network: 'out' }).coverages[0]?.periods).toHaveLength(1);
  });
});

describe('a change that cannot be made', () => {
  const base = aCase({ rates });

  it.each<[string, Change, string, string]>([
    ['an answer to what is not asked', { answers: { 'network:0': 'in' } }, 'no_such_question', '/answers/network:0'],
    ['an answer to no question', { answers: { 'network:00': 'in' } }, 'no_such_question', '/answers/network:00'],
    ['a start that is no date', { startDate: '2026-02-30' }, 'no_such_date', '/startDate'],
    ['a start before the benefits', { startDate: '2025-12-29' }, 'no_benefit_period', '/startDate'],
    ['a start past the last date', { startDate: '9999-12-30' }, 'out_of_range', '/startDate'],
    ['a start too many years on', { startDate: '2036-01-07' }, 'no_benefit_period', '/startDate'],
    ['a network without its rate', { network: 'out', rates: [] }, 'rate_missing', '/rates'],
    ['too many weeks', { phases: [{ weeks: 105, weekdays: ['mon'] }] }, 'too_large', '/program/phases'],
  ])('is told by its place and what is expected: %s', (what, change, code, path) => {
    const given = what.includes('rate') ? aCase() : base;
    const covered = { ...given, coverages: [aCoverage({ active: [{ from: '2020-01-01' }] })] };
    const result = whatIf(covered, change);
    expect(result).toMatchObject({ ok: false, error: { code, path } });
    if (!result.ok) expect(result.error.message).toMatch(/expected|needed|allowed/);
  });

  it('is a network without a coverage', () => {
    const selfPay = aCase({ rates, coverages: [] });
    expect(whatIf(selfPay, { network: 'in' })).toMatchObject({
      ok: false,
      error: { code: 'no_coverage', path: '/network' },
    });
  });
});

describe('an answered question', () => {
  const conflict = {
    structure: 'individual',
    individual: { limitCents: 50_000, usedCents: 20_000, remainingCents: 10_000 },
  } as const;
  const open = aCase({
    rates,
    pendingClaims: { deductibleCents: 4000, outOfPocketCents: 8000 },
    coverages: [
      aCoverage({
        network: 'unknown',
        periods: [aPeriod({ deductible: conflict, outOfPocket: left(90_000), selfOnlyCapRemainingCents: 5000 })],
        costShares: [
          { appliesTo: ['90837'], oneOf },
          { appliesTo: 'any', setting: 'virtual', unknown: true },
          { appliesTo: 'any', oneOf },
        ],
        authorization: { required: 'yes', approvedDays: 2 },
        outOfNetwork: {
          periods: [aPeriod()],
          costShares: [{ appliesTo: 'any', unknown: true }],
          authorization: { required: 'unknown', noAuthorizationPenaltyPercent: 10 },
        },
      }),
    ],
  });

  const ruleAt = (given: EstimateCase, rule: number): CostShareRule | undefined => given.coverages[0]?.costShares[rule];

  it.each([
    ['network:0', 'in'],
    ['cost_share:0:0', 1],
    ['cost_share:0:1', { order: 'deductible_then_coinsurance', coinsurancePercent: 10 }],
    ['cost_share:0:2', 'not_covered'],
    ['cost_share:0:o0', 0],
    ['accumulator_conflict', 'smaller'],
    ['pending_claims', 'posted'],
    ['authorization:0', 'not_extended'],
    ['authorization:0', 40],
    ['authorization:0:o', 'not_required'],
  ] as const)('%s by %j is asked no more, and every other one still is', (id, answer) => {
    const before = estimate(open).questions.map((question) => question.id);
    const after = estimate(changed(open, { answers: { [id]: answer } })).questions.map((question) => question.id);
    expect(before).toContain(id);
    const isOutOfNetwork = (other: string) => id === 'network:0' && other.includes(':o');
    expect(after.sort()).toEqual(before.filter((other) => other !== id && !isOutOfNetwork(other)).sort());
  });

  it('leaves nothing open when all are answered', () => {
    const answers = {
      'network:0': 'in',
      'cost_share:0:0': 0,
      'cost_share:0:1': 0,
      'cost_share:0:2': 1,
      accumulator_conflict: 'larger',
      pending_claims: 'posted',
      'authorization:0': 'extended',
    } as const;
    const { total, questions, warnings } = estimate(changed(open, { answers }));
    expect([questions, warnings]).toEqual([[], []]);
    expect(total).toEqual({ lowCents: 5000, likelyCents: 5000, highCents: 5000 });
  });

  it('about a share takes the words about its scope along', () => {
    expect(ruleAt(changed(open, { answers: { 'cost_share:0:1': 1 } }), 1)).toEqual({
      appliesTo: 'any',
      setting: 'virtual',
      order: 'copay',
      copayCents: 0,
    });
    expect(ruleAt(changed(open, { answers: { 'cost_share:0:2': 'not_covered' } }), 2)).toEqual({
      appliesTo: 'any',
      notCovered: true,
    });
    expect(ruleAt(changed(open, { answers: { 'cost_share:0:1': 0 } }), 1)).toMatchObject({ coinsurancePercent: 100 });
  });

  it.each([
    ['larger', { limitCents: 50_000, remainingCents: 30_000 }],
    ['smaller', { limitCents: 50_000, remainingCents: 10_000 }],
    ['stated', { limitCents: 50_000, remainingCents: 10_000 }],
    ['limit_less_used', { limitCents: 50_000, usedCents: 20_000 }],
  ] as const)('about what disagrees keeps the %s figure', (answer, amounts) => {
    const given = changed(open, { answers: { accumulator_conflict: answer } });
    expect(given.coverages[0]?.periods[0]?.deductible?.individual).toEqual(amounts);
  });

  it('about claims that are not posted lowers what is left, as in the low hypothesis', () => {
    const [period] = changed(open, { answers: { pending_claims: 'not_posted' } }).coverages[0]?.periods ?? [];
    expect(period?.deductible?.individual).toEqual({ limitCents: 50_000, usedCents: 24_000, remainingCents: 6000 });
    expect(period?.outOfPocket?.individual).toEqual({ remainingCents: 82_000 });
    expect(period?.selfOnlyCapRemainingCents).toBe(0);
  });

  it.each([
    ['extended', 3 * 4000, []],
    ['not_extended', 2 * 4000, ['provider_liable_default']],
    [3, 3 * 4000, []],
    [1, 4000, ['provider_liable_default']],
    ['not_required', 3 * 4000, []],
  ] as const)('about an authorization: %j', (answer, cents, assumed) => {
    const coverages = [
      aCoverage({
        authorization: { required: 'yes', approvedDays: 2 },
        periods: [aPeriod({ outOfPocket: left(90_000) })],
      }),
    ];
    const { total, assumptions, questions } = estimate(
      changed(aCase({ coverages }), { answers: { 'authorization:0': answer } }),
    );
    expect(total).toEqual({ lowCents: cents, likelyCents: cents, highCents: cents });
    expect(assumptions.map(({ code }) => code)).toEqual(assumed);
    expect(questions).toEqual([]);
  });

  it('about days past the approval that the patient owes owes their price', () => {
    const authorization = { required: 'yes', approvedDays: 2, afterApproved: 'patient_liable' } as const;
    const given = changed(aCase({ coverages: [aCoverage({ authorization })] }), {
      answers: { 'authorization:0': 'not_extended' },
    });
    expect(likely(given)).toBe(2 * 4000 + 30_000);
  });

  it.each([
    ['extended', 3 * 4000],
    ['required', 3 * 4000 + 3 * 2600],
    ['not_required', 3 * 4000],
  ] as const)('about whether one is required at all: %s', (answer, cents) => {
    const authorization = { required: 'unknown', noAuthorizationPenaltyPercent: 10 } as const;
    expect(
      likely(changed(aCase({ coverages: [aCoverage({ authorization })] }), { answers: { 'authorization:0': answer } })),
    ).toBe(cents);
  });

  it.each([
    ['network:0', 'larger', 'unknown_value'],
    ['network:0', 1, 'wrong_type'],
    ['cost_share:0:0', 2, 'out_of_range'],
    ['cost_share:0:0', 'in', 'unknown_value'],
    ['accumulator_conflict', 3, 'wrong_type'],
    ['pending_claims', 'in', 'unknown_value'],
    ['authorization:0', 'required', 'unknown_value'],
    ['authorization:0:o', 'not_extended', 'unknown_value'],
    ['authorization:0', -1, 'out_of_range'],
  ] as const)('%s is not answered by %j', (id, answer, code) => {
    expect(whatIf(open, { answers: { [id]: answer } })).toMatchObject({
      ok: false,
      error: { code, path: `/answers/${id}` },
    });
  });
});
