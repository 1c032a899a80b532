import { disagreementsIn, remainingOf } from './amounts';
import { aPeriod } from './case.fixture';
import { roomIn, startPeriod } from './open-period';

describe('what is left of an accumulator', () => {
  it.each([
    [{ remainingCents: 5 }, 5],
    [{ limitCents: 100, usedCents: 30 }, 70],
    [{ limitCents: 100, usedCents: 130 }, 0],
    [{ limitCents: 100 }, 100],
    [{ usedCents: 30 }, undefined],
    [{ limitCents: 100, remainingCents: 40 }, 40],
    [{ usedCents: 10, remainingCents: 40 }, 40],
    [{}, undefined],
    [undefined, undefined],
  ])('of %j is %p either way', (amounts, cents) => {
    expect(remainingOf(amounts, 'larger')).toBe(cents);
    expect(remainingOf(amounts, 'smaller')).toBe(cents);
  });

  it('is the larger or the smaller of two figures that disagree', () => {
    const amounts = { limitCents: 150_000, usedCents: 110_000, remainingCents: 50_000 };
    expect(remainingOf(amounts, 'larger')).toBe(50_000);
    expect(remainingOf(amounts, 'smaller')).toBe(40_000);
  });
});

describe('disagreements of a period', () => {
  it('name both figures of every accumulator, whether it counts or not', () => {
    const amounts = { limitCents: 100, usedCents: 30, remainingCents: 60 };
    const agreed = { limitCents: 100, usedCents: 130, remainingCents: 0 };
    const period = aPeriod({
      deductible: { structure: 'aggregate', individual: amounts, family: agreed },
      outOfPocket: { structure: 'individual', individual: agreed, family: amounts },
    });
    expect(disagreementsIn(period)).toEqual([
      { what: 'deductible', whose: 'individual', statedCents: 60, computedCents: 70 },
      { what: 'out_of_pocket', whose: 'family', statedCents: 60, computedCents: 70 },
    ]);
  });
});

describe('rule 4: room', () => {
  const reading = { take: 'larger', carriedOverCents: 0 } as const;
  const [individual, family] = [{ remainingCents: 0 }, { remainingCents: 900 }];
  const room = (structure: 'individual' | 'embedded' | 'aggregate', more = {}) =>
    roomIn(startPeriod(aPeriod({ deductible: { structure, individual, family }, ...more }), reading)).deductibleCents;

  it('of an individual structure is the individual, of an embedded one the smaller, of an aggregate one the family amount', () => {
    expect(room('individual')).toBe(0);
    expect(room('embedded')).toBe(0);
    expect(room('aggregate')).toBe(900);
  });

  it('is bounded by what is stated alone', () => {
    expect(room('embedded', { deductible: { structure: 'embedded', family } })).toBe(900);
    expect(room('aggregate', { deductible: { structure: 'aggregate', individual } })).toBeUndefined();
    expect(room('individual', { deductible: undefined })).toBeUndefined();
  });

  it('of the out-of-pocket maximum is at most the self-only cap', () => {
    const capped = aPeriod({ outOfPocket: { structure: 'aggregate', family }, selfOnlyCapRemainingCents: 400 });
    expect(roomIn(startPeriod(capped, reading)).outOfPocketCents).toBe(400);
  });

  it('is lowered by pending claims and carryover, not below 0', () => {
    const period = aPeriod({
      deductible: { structure: 'embedded', individual: { remainingCents: 500 }, family },
      outOfPocket: { structure: 'individual', individual: { remainingCents: 50 } },
    });
    const pendingClaims = { deductibleCents: 300, outOfPocketCents: 60 };
    expect(roomIn(startPeriod(period, { ...reading, pendingClaims, carriedOverCents: 150 }))).toEqual({
      deductibleCents: 50,
      outOfPocketCents: 0,
    });
  });

  it('is not there on a date in no period', () => {
    expect(roomIn(undefined)).toEqual({ deductibleCents: undefined, outOfPocketCents: undefined });
  });
});
