import { addDays } from '@openvob/benefits';
import * as fc from 'fast-check';
import { arbitraryCase } from '../../../test/fuzz/estimate.cases';
import { aCase, aCoverage, aPeriod, aProgram, aRate, coinsurance, copay } from '../case.fixture';
import { estimate } from '../estimate';
import type { EstimateCase } from '../estimate-case';
import { betterStart } from './better-start';
import { type Start, sweepStarts } from './sweep-starts';
import { whatIf } from './what-if';

const deductible = { structure: 'individual', individual: { limitCents: 150_000, remainingCents: 150_000 } } as const;

/** Eight weeks from 14 December: half the deductible again in January. */
function straddling(given: Partial<EstimateCase> = {}): EstimateCase {
  return aCase({
    startDate: '2026-12-14',
    program: aProgram({ phases: [{ weeks: 8, weekdays: ['mon', 'wed', 'fri'] }] }),
    coverages: [aCoverage({ periods: [aPeriod({ deductible })], costShares: [coinsurance(20)] })],
    ...given,
  });
}

function likelyOn(starts: readonly Start[], date: string): number | undefined {
  const start = starts.find(({ startDate }) => startDate === date);
  return start?.kind === 'worked_out' ? start.total.likelyCents : undefined;
}

describe('a sweep of start dates', () => {
  it('has the total of every date, the care it is, and what it rests on', () => {
    const starts = sweepStarts(straddling(), '2026-12-14', '2027-01-04');
    expect(starts).toHaveLength(22);
    expect(starts[0]).toMatchObject({ startDate: '2026-12-14', programDays: 24, services: { H0015: 24 } });
    expect(likelyOn(starts, '2026-12-14')).toBe(2 * 150_000 + 14 * 6000);
    expect(likelyOn(starts, '2027-01-04')).toBe(150_000 + 19 * 6000);
    expect(starts[21]).toMatchObject({ assumptions: [{ code: 'same_limits_in_later_years' }] });
  });

  it('is what whatIf and estimate make of each date, for any case', () => {
    const property = fc.property(arbitraryCase(), fc.integer({ min: -20, max: 400 }), (given, days) => {
      const startDate = addDays(given.startDate, days);
      const [start] = sweepStarts(given, startDate, startDate);
      const changed = whatIf(given, { startDate });
      if (!changed.ok) return expect(start).toEqual({ kind: 'refused', startDate, error: changed.error });
      expect(start).toMatchObject({ total: estimate(changed.case).total, assumptions: changed.assumptions });
    });
    fc.assert(property, { numRuns: 300, seed: 20_261_121 });
  });

  it('refuses a date by itself', () => {
    const [refused, worked] = sweepStarts(
      straddling({ startDate: '2026-01-01', coverages: [aCoverage({ active: [{ from: '2025-01-01' }] })] }),
      '2025-12-31',
      '2026-01-01',
    );
    expect(refused).toMatchObject({ kind: 'refused', startDate: '2025-12-31', error: { code: 'no_benefit_period' } });
    expect(worked?.kind).toBe('worked_out');
  });

  it.each([
    ['2026-01-02', '2026-01-01'],
    ['2026-01-01', '2027-01-02'],
  ])('is not of no dates, or of more than a year: %s to %s', (from, to) => {
    expect(() => sweepStarts(straddling(), from, to)).toThrow(/expected 1 to 366/);
  });
});

describe('a better start', () => {
  const over = (given: EstimateCase, chosen = '2026-12-14') =>
    betterStart(sweepStarts(given, '2026-12-07', '2027-01-31'), chosen);

  it('says what is saved, and that care comes first', () => {
    expect(over(straddling())).toEqual({
      startDate: '2027-01-04',
      insteadOf: '2026-12-14',
      likelyCents: 264_000,
      savingCents: 120_000,
      text: 'Start on 4 January 2027 instead of 14 December 2026: $1,200.00 less. Whether waiting is safe is for a clinician to say.',
    });
  });

  it('may be an earlier one, of which there is nothing to ask', () => {
    const active = [{ from: '2026-01-01', to: '2026-12-31' }];
    const coverages = [aCoverage({ active, costShares: [copay()] })];
    const given = straddling({
      startDate: '2026-12-28',
      program: aProgram({ phases: [{ weeks: 3, weekdays: ['mon', 'wed', 'fri'] }] }),
      rates: [aRate(), aRate(90_000, { network: 'self_pay' })],
      coverages,
    });
    expect(over(given, '2026-12-28')?.text).toBe(
      'Start on 7 December 2026 instead of 28 December 2026: $6,020.00 less.',
    );
  });

  it('is none when it saves less than a tenth, or nothing is owed', () => {
    const light = { structure: 'individual', individual: { limitCents: 5000, remainingCents: 5000 } } as const;
    const coverage = aCoverage({ periods: [aPeriod({ deductible: light })], costShares: [coinsurance(20)] });
    expect(over(straddling({ coverages: [coverage] }))).toBeUndefined();
    expect(over(straddling({ coverages: [aCoverage({ costShares: [copay(0)] })] }))).toBeUndefined();
    expect(over(straddling(), '2020-01-01')).toBeUndefined();
  });

  it('is none that only has less care: a start at the end of a week, or before a closed one', () => {
    const flat = straddling({ coverages: [aCoverage({ costShares: [copay()] })] });
    expect(over(flat)).toBeUndefined();
    const closedOn = ['2027-01-04', '2027-01-06', '2027-01-08', '2027-01-11', '2027-01-13', '2027-01-15'];
    const closed = straddling({
      program: aProgram({ phases: [{ weeks: 2, weekdays: ['mon', 'wed', 'fri'] }], closedOn }),
      coverages: [aCoverage({ costShares: [copay()] })],
    });
    expect(over(closed)).toBeUndefined();
  });

  it('is none that has more of one service and less of another', () => {
    const therapy = { code: '90837', kind: 'individual_therapy', on: { weekly: 'mon' } } as const;
    const program = aProgram({
      phases: [{ weeks: 8, weekdays: ['mon', 'wed', 'fri'] }],
      services: [...aProgram().services, therapy],
      closedOn: ['2026-12-25'],
    });
    const given = straddling({ program, rates: [aRate(), aRate(10_000, { code: '90837' })] });
    const starts = sweepStarts(given, '2026-12-14', '2027-01-05');
    const [planned, tuesday] = ['2026-12-14', '2027-01-05'].map((date) =>
      starts.find(({ startDate }) => startDate === date),
    );
    expect([planned, tuesday]).toMatchObject([
      { programDays: 23, services: { H0015: 23, 90837: 8 } },
      { programDays: 23, services: { H0015: 23, 90837: 7 } },
    ]);
    expect(betterStart(starts, '2026-12-14')?.startDate).toBe('2027-01-04');
  });

  it('is none where the limits of a later year are not known', () => {
    const limits = [{ kind: 'days', appliesTo: 'any', remaining: 3 }] as const;
    const coverage = aCoverage({ limits, periods: [aPeriod({ deductible })], costShares: [coinsurance(20)] });
    expect(over(straddling({ coverages: [coverage] }))).toBeUndefined();
  });

  it('asks for the full deductible where only what is left was stated', () => {
    const remaining = { structure: 'individual', individual: { remainingCents: 150_000 } } as const;
    const coverage = aCoverage({ periods: [aPeriod({ deductible: remaining })], costShares: [coinsurance(20)] });
    expect(over(straddling({ coverages: [coverage] }))?.text).toContain(
      'Ask for the full deductible of the later year',
    );
  });

  it('is none where no likely figure can be given', () => {
    expect(
      over(straddling({ coverages: [aCoverage({ costShares: [{ appliesTo: 'any', unknown: true }] })] })),
    ).toBeUndefined();
  });
});
