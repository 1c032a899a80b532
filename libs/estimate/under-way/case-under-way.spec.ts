import { addDays, type CivilDate } from '@openvob/benefits';
import fc from 'fast-check';
import { aCase, aCoverage, aPeriod, aProgram, coinsurance, copay } from '../case.fixture';
import type { BuiltCase } from '../case-from-benefits/build-estimate-case';
import { estimate } from '../estimate';
import type { BenefitPeriod, Coverage, EstimateCase } from '../estimate-case';
import { parseCase } from '../parse-case';
import { caseUnderWay } from './case-under-way';
import { earlierAnswer } from './earlier-answer';

/** Monday; three days a week for eight weeks, across the new year. */
const START = '2026-11-30';
const program = aProgram({ phases: [{ weeks: 8, weekdays: ['mon', 'wed', 'fri'] }] });
const left = (deductible: number, maximum: number): Pick<BenefitPeriod, 'deductible' | 'outOfPocket'> => ({
  deductible: { structure: 'individual', individual: { limitCents: 150_000, remainingCents: deductible } },
  outOfPocket: { structure: 'individual', individual: { limitCents: 500_000, remainingCents: maximum } },
});
const year = (number: number, deductible: number, maximum: number): BenefitPeriod => ({
  from: `${number}-01-01`,
  to: `${number}-12-31`,
  ...left(deductible, maximum),
});
const caseWith = (coverage: Partial<Coverage>): EstimateCase =>
  aCase({ startDate: START, program, coverages: [aCoverage({ costShares: [coinsurance(20)], ...coverage })] });
const built = (of: EstimateCase): BuiltCase => ({
  case: of,
  assumptions: [],
  sources: [{ path: '/coverages/0/periods/0/deductible', source: [{ segment: 9 }], coverage: 0 }],
  unknowns: [],
  flags: [],
});
const before = caseWith({ periods: [year(2026, 90_000, 300_000), year(2027, 150_000, 500_000)] });
const first = estimate(before);
const askedAgain = (now: Partial<Coverage>, today: CivilDate, was = before): BuiltCase => {
  const sources = [{ path: '/coverages/0/periods/0/deductible', source: [{ segment: 5 }], coverage: 0 }];
  return caseUnderWay(
    built(caseWith(now)),
    earlierAnswer(was, estimate(was), { sources, assumptions: [] }, today),
    today,
  );
};
const totalOf = (of: BuiltCase): number | undefined => estimate(of.case).total.likelyCents;
/** What the program's own days took of the deductible before a day. */
const ownBefore = (today: CivilDate): { deductible: number; maximum: number } => {
  const lines = first.days.filter(({ date }) => date < today).flatMap((day) => day.lines);
  const deductible = lines.reduce((sum, line) => sum + line.deductibleCents, 0);
  return { deductible, maximum: lines.reduce((sum, line) => sum + line.coinsuranceCents, deductible) };
};

describe('a program that is asked about again while it is under way', () => {
  const today = '2026-12-07';
  const own = ownBefore(today);
  const at = (deductible: number, maximum: number) => ({
    periods: [year(2026, deductible, maximum), year(2027, 150_000, 500_000)],
  });

  it('has its own days counted once, whether their claims are posted or not', () => {
    expect(own.deductible).toBe(90_000);
    expect(totalOf(askedAgain(at(90_000, 300_000), today))).toBe(first.total.likelyCents);
    expect(totalOf(askedAgain(at(0, 300_000 - own.maximum), today))).toBe(first.total.likelyCents);
    expect(totalOf(askedAgain(at(0, 300_000 - own.maximum + 1000), today))).toBe(first.total.likelyCents);
  });

  it('owes less when other care used the deductible as well', () => {
    const less = askedAgain(at(0, 300_000 - own.maximum - 100_000), today);
    expect(less.case.coverages[0]?.periods[0]?.outOfPocket?.individual?.remainingCents).toBe(200_000);
    const fewer = askedAgain({ periods: [year(2026, 0, 0), year(2027, 150_000, 500_000)] }, today);
    expect(totalOf(fewer)).toBeLessThan(first.total.likelyCents ?? 0);
  });

  it('owes more when a claim was taken back', () => {
    expect(askedAgain(at(120_000, 330_000), today).case.coverages[0]?.periods[0]?.deductible?.individual).toMatchObject(
      {
        remainingCents: 120_000,
      },
    );
  });

  it('keeps the year that is over, and begins the new one with what is left of it now', () => {
    const now = askedAgain({ periods: [year(2027, 200_000, 600_000)], active: [{ from: '2027-01-01' }] }, '2027-01-01');
    expect(now.case.coverages[0]?.periods).toMatchObject([
      { from: '2026-01-01', deductible: { individual: { remainingCents: 90_000 } } },
      { from: '2027-01-01', deductible: { individual: { remainingCents: 200_000 } } },
    ]);
    expect(now.case.coverages[0]?.active).toEqual([{ from: '2026-01-01', to: '2026-12-31' }, { from: '2027-01-01' }]);
    const days = (of: EstimateCase, from: CivilDate, to: CivilDate) =>
      estimate(of)
        .days.filter(({ date }) => from <= date && date <= to)
        .reduce((sum, day) => sum + day.patientCents, 0);
    expect(days(now.case, START, '2026-12-31')).toBe(days(before, START, '2026-12-31'));
    expect(days(now.case, '2027-01-01', '2027-12-31')).toBe(days(before, '2027-01-01', '2027-12-31') + 40_000);
  });

  it('says where each figure is from, in its new place', () => {
    const now = askedAgain({ periods: [year(2027, 200_000, 600_000)] }, '2027-01-04');
    expect(now.sources).toEqual([
      { path: '/coverages/0/periods/0/deductible', source: [{ segment: 5 }], coverage: 0 },
      { path: '/coverages/0/periods/1/deductible', source: [{ segment: 9 }], coverage: 0 },
    ]);
    expect(now.assumptions.map(({ code, path }) => [code, path])).toEqual([
      ['former_year_kept', '/coverages/0/periods/0'],
      ['used_by_program_put_back', '/coverages/0/periods/1'],
    ]);
  });

  it('counts the days of a limit from the start', () => {
    const limited = (remaining: number): Partial<Coverage> => ({
      costShares: [copay()],
      periods: [aPeriod()],
      limits: [{ kind: 'days', appliesTo: 'any', remaining }],
    });
    const was = caseWith(limited(18));
    const remaining = (now: number) => askedAgain(limited(now), today, was).case.coverages[0]?.limits?.[0]?.remaining;
    expect([remaining(15), remaining(18), remaining(10), remaining(30)]).toEqual([18, 18, 13, 30]);
  });

  it('leaves claims that were on their way at the start to the payer’s figures of today', () => {
    const pendingClaims = { deductibleCents: 10_000 };
    const earlier = (on: CivilDate) =>
      earlierAnswer({ ...before, pendingClaims }, first, { sources: [], assumptions: [] }, on);
    const pendingWith = (now: Partial<Coverage>, on: CivilDate) => {
      const of = { ...caseWith(now), pendingClaims };
      return caseUnderWay({ ...built(of), case: of }, earlier(on), on).case.pendingClaims;
    };
    expect(pendingWith(at(20_000, 300_000), today)).toBeUndefined();
    // nothing was posted yet, or they belong to the year that is over
    expect(pendingWith(at(90_000, 300_000), today)).toEqual(pendingClaims);
    expect(pendingWith({ periods: [year(2027, 0, 0)] }, '2027-01-04')).toEqual(pendingClaims);
  });

  it('can always be worked out, and never comes to more than the greater of all that was left', () => {
    const cents = fc.integer({ min: 0, max: 150_000 });
    fc.assert(
      fc.property(cents, cents, fc.integer({ min: 1, max: 55 }), (deductible, maximum, days) => {
        const now = askedAgain(at(deductible, maximum), addDays(START, days));
        expect(parseCase(now.case).ok).toBe(true);
        const [period] = now.case.coverages[0]?.periods ?? [];
        const leftNow = period?.deductible?.individual?.remainingCents ?? -1;
        if (addDays(START, days) < '2027-01-01')
          expect([leftNow >= deductible, leftNow <= Math.max(90_000, deductible)]).toEqual([true, true]);
      }),
    );
  });
});
