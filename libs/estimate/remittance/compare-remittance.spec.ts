import * as fc from 'fast-check';
import { arbitraryCase } from '../../../test/fuzz/estimate.cases';
import { aCase, aCoverage, aPeriod, aProgram, aRate, coinsurance, copay, left } from '../case.fixture';
import { estimate } from '../estimate';
import type { CostShareRule, Coverage, EstimateCase } from '../estimate-case';
import type { Estimate } from '../worksheet';
import { compareRemittance, type RemittanceComparison } from './compare-remittance';
import type { Remittance, RemittanceLine, RemittanceLines } from './remittance';

const PAYER = { payerId: 'payer-1' } as const;

/** What a payer would settle if it did just as an estimate says. */
function settledAs({ days }: Estimate): RemittanceLine[] {
  return days.flatMap(({ date, lines }) =>
    lines.map((line) => ({
      serviceDate: date,
      code: line.code,
      allowedCents: line.allowedCents,
      deductibleCents: line.deductibleCents,
      copayCents: line.copayCents,
      coinsuranceCents: line.coinsuranceCents,
      nonCoveredCents: line.nonCoveredCents + line.penaltyCents,
      paidCents: line.planPaidCents,
      patientCents: line.patientCents,
      otherPaidCents: line.secondaryPaidCents,
    })),
  );
}

function lines(remitted: readonly RemittanceLine[], about: Partial<RemittanceLines> = {}): RemittanceLines {
  return { kind: 'lines', ...PAYER, lines: remitted, ...about };
}

/** The case as estimated, held against the case as it turned out. */
function turnedOut(
  estimated: Partial<Coverage>,
  settled: Partial<Coverage>,
  more: Partial<EstimateCase> = {},
): RemittanceComparison {
  const before = aCase({ program: threeWeeks, coverages: [aCoverage(estimated)] });
  const after = { ...before, coverages: [aCoverage({ ...estimated, ...settled })], ...more };
  return compareRemittance(estimate(before), lines(settledAs(estimate(after))));
}

const threeWeeks = aProgram({ phases: [{ weeks: 3, weekdays: ['mon', 'wed', 'fri'] }] });
const periods = (deductible: number, outOfPocket = 900_000) => [
  aPeriod({ deductible: left(deductible), outOfPocket: left(outOfPocket) }),
];
const causesOf = ({ causes }: RemittanceComparison) =>
  Object.fromEntries(causes.map(({ cause, cents }) => [cause, cents]));

describe('a remittance', () => {
  it('that is as estimated has no differences', () => {
    const given = estimate(
      aCase({
        program: threeWeeks,
        coverages: [aCoverage({ periods: periods(50_000), costShares: [coinsurance(20)] })],
      }),
    );
    const comparison = compareRemittance(given, lines(settledAs(given)));
    expect(comparison).toMatchObject({
      from: '2026-01-05',
      through: '2026-01-23',
      settledCents: given.total.likelyCents,
      estimatedCents: given.total.likelyCents,
      differenceCents: 0,
      causes: [],
      isWhole: true,
      isWithinRange: true,
    });
    expect(comparison.lines).toHaveLength(9);
  });

  it('with another allowed amount differs by the rate', () => {
    const rates = [aRate(33_000)];
    const share = { periods: periods(50_000), costShares: [coinsurance(20)] };
    // 30 more of the first day, which is all deductible; so 30 less is left for the second; then seven days at 20 % of 30 more.
    const comparison = turnedOut(share, {}, { rates });
    expect(comparison.differenceCents).toBe(3000 - 1800 + 7 * 600);
    expect(causesOf(comparison)).toEqual({ rate: 3000 + 8 * 600, accumulator: -2400 });
    expect(comparison.lines[0]?.differences[0]?.text).toBe('The allowed amount was $330.00, not $300.00.');
  });

  it('with another share differs by the rule', () => {
    expect(causesOf(turnedOut({ costShares: [coinsurance(20)] }, { costShares: [coinsurance(30)] }))).toEqual({
      share_rule: 9 * 3000,
    });
    expect(causesOf(turnedOut({ costShares: [copay(4000)] }, { costShares: [copay(2500)] }))).toEqual({
      share_rule: -9 * 1500,
    });
    expect(causesOf(turnedOut({ costShares: [copay(4000)] }, { costShares: [coinsurance(20)] }))).toEqual({
      share_rule: 9 * 2000,
    });
    const once: CostShareRule = { appliesTo: 'any', order: 'copay', copayCents: 4000, copayPer: 'episode' };
    expect(causesOf(turnedOut({ costShares: [copay(4000)] }, { costShares: [once] }))).toEqual({
      share_rule: -8 * 4000,
    });
    expect(causesOf(turnedOut({ costShares: [once] }, { costShares: [copay(4000)] }))).toEqual({
      share_rule: 8 * 4000,
    });
  });

  it('of a plan that takes a deductible where none was expected differs by the rule', () => {
    const comparison = turnedOut(
      { periods: periods(0), costShares: [copay()] },
      { periods: periods(60_000), costShares: [coinsurance(20)] },
    );
    expect(causesOf(comparison)).toEqual({ share_rule: 2 * 26_000 + 7 * 2000 });
  });

  it.each([
    ['less', 90_000, 30_000, -60_000 + 2 * 6000],
    ['more', 30_000, 90_000, 60_000 - 2 * 6000],
  ])('of which %s was left of the deductible differs by the accumulator', (_, before, after, cents) => {
    const comparison = turnedOut(
      { periods: periods(before), costShares: [coinsurance(20)] },
      { periods: periods(after) },
    );
    expect(causesOf(comparison)).toEqual({ accumulator: cents });
    expect(comparison.lines.flatMap(({ differences }) => differences)[0]?.text).toMatch(/of deductible was taken, not/);
  });

  it.each([
    ['earlier', 30_000, 15_000, -15_000],
    ['later', 15_000, 30_000, 15_000],
    ['although none was told', undefined, 15_000, -9 * 6000 + 15_000],
  ])('with an out-of-pocket maximum met %s differs by the accumulator', (_, before, after, cents) => {
    const estimated = before === undefined ? [aPeriod()] : periods(0, before);
    expect(
      causesOf(turnedOut({ periods: estimated, costShares: [coinsurance(20)] }, { periods: periods(0, after) })),
    ).toEqual({ accumulator: cents });
  });

  it('without a day that was planned, or with one more, differs by attendance', () => {
    const missed = turnedOut({}, {}, { program: { ...threeWeeks, missedOn: ['2026-01-07', '2026-01-14'] } });
    expect(causesOf(missed)).toEqual({ attendance: -8000 });
    const more = turnedOut(
      {},
      {},
      { program: { ...threeWeeks, phases: [{ weeks: 3, weekdays: ['mon', 'tue', 'wed', 'fri'] }] } },
    );
    expect(causesOf(more)).toEqual({ attendance: 3 * 4000 });
  });

  it('with another service on a day that was attended differs by services', () => {
    const given = estimate(aCase());
    const remitted = settledAs(given);
    const billed = (code: string, patientCents: number) => ({
      serviceDate: '2026-01-05',
      code,
      allowedCents: 9000,
      paidCents: 9000 - patientCents,
      copayCents: patientCents,
      patientCents,
    });
    expect(causesOf(compareRemittance(given, lines([...remitted, billed('90837', 1500)])))).toEqual({ services: 1500 });
    const replaced = [billed('S9480', 2500), ...remitted.slice(1)];
    expect(causesOf(compareRemittance(given, lines(replaced)))).toEqual({ services: 2500 - 4000 });
  });

  it('that denies a day differs by what is not covered, whoever bears it', () => {
    const given = estimate(aCase());
    const [first, ...others] = settledAs(given);
    if (!first) throw new Error('no line');
    const denied = { serviceDate: first.serviceDate, code: first.code, allowedCents: 0, paidCents: 0 };
    const asLoss = compareRemittance(given, lines([{ ...denied, patientCents: 0 }, ...others]));
    expect(causesOf(asLoss)).toEqual({ not_covered: -4000 });
    expect(asLoss.lines[0]?.differences[0]?.text).toBe(
      'It was not covered or denied: nothing is asked of the patient.',
    );
    const asked = compareRemittance(
      given,
      lines([{ ...denied, allowedCents: 30_000, nonCoveredCents: 30_000, patientCents: 30_000 }, ...others]),
    );
    expect(causesOf(asked)).toEqual({ not_covered: 26_000 });
    const uncovered = estimate(
      aCase({ coverages: [aCoverage({ costShares: [{ appliesTo: 'any', notCovered: true }] })] }),
    );
    expect(compareRemittance(uncovered, lines(settledAs(given))).lines[0]?.differences[0]?.text).toBe(
      'It was covered after all.',
    );
  });

  it('that tells no parts is explained by the rate alone', () => {
    const given = estimate(aCase());
    const remitted = settledAs(given).map(({ serviceDate, code }) => ({
      serviceDate,
      code,
      allowedCents: 30_000,
      paidCents: 25_000,
      patientCents: 5000,
    }));
    expect(causesOf(compareRemittance(given, lines(remitted)))).toEqual({ unknown: 3 * 1000 });
  });

  it('with a bill beyond the allowed amount differs by the balance bill', () => {
    const rates = [aRate(25_000, { network: 'out', chargeCents: 40_000 })];
    const given = estimate(aCase({ rates, coverages: [aCoverage({ network: 'out' })] }));
    const remitted = settledAs(given).map((line) => ({ ...line, patientCents: line.patientCents - 15_000 }));
    expect(causesOf(compareRemittance(given, lines(remitted)))).toEqual({ balance_bill: -3 * 15_000 });
  });

  it('counts what another coverage pays only when it tells it', () => {
    const given = estimate(
      aCase({ coverages: [aCoverage(), aCoverage({ coordination: 'standard', costShares: [copay(0)] })] }),
    );
    expect(given.total.likelyCents).toBe(0);
    const alone = settledAs(given).map(({ otherPaidCents, ...line }) => ({ ...line, patientCents: 4000 }));
    expect(compareRemittance(given, lines(alone))).toMatchObject({ estimatedCents: 12_000, differenceCents: 0 });
    const both = settledAs(given).map((line) => ({ ...line, otherPaidCents: 3000, patientCents: 1000 }));
    expect(causesOf(compareRemittance(given, lines(both)))).toEqual({ other_coverage: 3 * 1000 });
  });

  it('settles what it settles: later days are left for later, unless it says that they are settled', () => {
    const given = estimate(aCase({ program: threeWeeks }));
    const firstWeek = settledAs(given).slice(0, 3);
    const partial = compareRemittance(given, lines(firstWeek));
    expect(partial).toMatchObject({ through: '2026-01-09', differenceCents: 0, isWhole: false });
    expect(partial.isWithinRange).toBeUndefined();
    const whole = compareRemittance(given, lines(firstWeek, { through: '2026-01-31' }));
    expect(causesOf(whole)).toEqual({ attendance: -6 * 4000 });
    expect(whole).toMatchObject({ isWhole: true, isWithinRange: false });
  });

  it('is summed by date and code: modifiers, several lines, reversals and corrections', () => {
    const given = estimate(aCase());
    const [first, ...others] = settledAs(given);
    if (!first) throw new Error('no line');
    const reversal = Object.fromEntries(
      Object.entries(first).map(([key, value]) => [key, typeof value === 'number' ? -value : value]),
    );
    const remitted = [{ ...first, code: 'HC:H0015:HF' }, { ...first, ...reversal, code: 'H0015' }, first, ...others];
    expect(compareRemittance(given, lines(remitted))).toMatchObject({ differenceCents: 0, causes: [] });
  });

  it('of an estimate without likely figures is held against its range alone', () => {
    const given = estimate(aCase({ coverages: [aCoverage({ costShares: [{ appliesTo: 'any', unknown: true }] })] }));
    const settled = settledAs(estimate(aCase()));
    const comparison = compareRemittance(given, lines(settled));
    expect(comparison).toMatchObject({ settledCents: 12_000, causes: [], isWithinRange: true });
    expect(comparison.estimatedCents).toBeUndefined();
    expect(comparison.lines[0]).toEqual({
      serviceDate: '2026-01-05',
      code: 'H0015',
      settledCents: 4000,
      differences: [],
    });
  });
});

describe('totals of a biller', () => {
  const given = estimate(aCase({ program: threeWeeks, coverages: [aCoverage({ costShares: [coinsurance(20)] })] }));
  const totals = (patientCents: number, more: object = {}): Remittance => ({
    kind: 'totals',
    ...PAYER,
    payerName: 'Example Health',
    from: '2026-01-01',
    through: '2026-01-31',
    patientCents,
    ...more,
  });

  it('are explained by the days attended and the allowed amount, in proportion', () => {
    const comparison = compareRemittance(given, totals(40_000, { programDays: 8, allowedCents: 8 * 33_000 }));
    expect(comparison).toMatchObject({
      payerName: 'Example Health',
      estimatedCents: 54_000,
      differenceCents: -14_000,
      lines: [],
      isWhole: true,
    });
    expect(causesOf(comparison)).toEqual({ attendance: -6000, rate: 4800, unknown: -12_800 });
  });

  it('are not explained where nothing else is told', () => {
    expect(causesOf(compareRemittance(given, totals(50_000)))).toEqual({ unknown: -4000 });
    expect(compareRemittance(given, totals(54_000))).toMatchObject({ differenceCents: 0, causes: [] });
    expect(causesOf(compareRemittance(given, { ...totals(700), from: '2027-01-01', through: '2027-01-31' }))).toEqual({
      unknown: 700,
    });
  });

  it('say nothing of an estimate without likely figures but whether they lie in its range', () => {
    const open = estimate(aCase({ coverages: [aCoverage({ costShares: [{ appliesTo: 'any', unknown: true }] })] }));
    expect(compareRemittance(open, totals(1))).toMatchObject({ causes: [], isWithinRange: true });
    expect(compareRemittance(open, totals(1)).differenceCents).toBeUndefined();
  });
});

describe('whatever was settled', () => {
  it('the causes add up to the difference, line by line and in all', () => {
    const property = fc.property(arbitraryCase(), arbitraryCase(), fc.boolean(), (before, other, isTold) => {
      const given = estimate(before);
      const remitted = settledAs(estimate({ ...other, startDate: before.startDate }));
      if (remitted.length === 0 || given.total.likelyCents === undefined) return;
      const untold = remitted.map(({ serviceDate, code, allowedCents, paidCents, patientCents }) => ({
        serviceDate,
        code,
        allowedCents,
        paidCents,
        patientCents,
      }));
      const comparison = compareRemittance(given, lines(isTold ? remitted : untold));
      const sum = (parts: readonly { cents: number }[]) => parts.reduce((total, { cents }) => total + cents, 0);
      for (const { differences, estimatedCents = 0, settledCents = 0 } of comparison.lines)
        expect(sum(differences)).toBe(settledCents - estimatedCents);
      expect(sum(comparison.causes)).toBe(comparison.differenceCents);
    });
    fc.assert(property, { numRuns: 400, seed: 20_261_121 });
  });

  it('as estimated has no causes, whatever the case', () => {
    const property = fc.property(arbitraryCase(), (given) => {
      const worked = estimate(given);
      const remitted = settledAs(worked);
      if (remitted.length === 0 || worked.total.likelyCents === undefined) return;
      expect(compareRemittance(worked, lines(remitted))).toMatchObject({
        differenceCents: 0,
        causes: [],
        isWhole: true,
        isWithinRange: true,
      });
    });
    fc.assert(property, { numRuns: 400, seed: 20_261_121 });
  });
});
