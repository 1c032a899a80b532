import type { CostShare } from './estimate-case';
import { trimToOutOfPocketMaximum } from './out-of-pocket-maximum';
import { type ShareBasis, shareOf } from './share';

const BASIS: ShareBasis = {
  amountCents: 30_000,
  deductibleRoomCents: 0,
  copayLeftCents: 4000,
  deductibleTakenToday: false,
};

function parts(costShare: CostShare, basis: Partial<ShareBasis> = {}): number[] {
  const { deductibleCents, copayCents, coinsuranceCents } = shareOf(costShare, { ...BASIS, ...basis });
  return [deductibleCents, copayCents, coinsuranceCents];
}

describe('rule 5: the share', () => {
  const coinsurance: CostShare = { order: 'deductible_then_coinsurance', coinsurancePercent: 20 };
  const copay: CostShare = { order: 'deductible_then_copay', copayCents: 4000 };

  it('is the copay, at most what is left of the line and of its unit', () => {
    const daily: CostShare = { order: 'copay', copayCents: 4000 };
    expect(parts(daily)).toEqual([0, 4000, 0]);
    expect(parts(daily, { amountCents: 1200 })).toEqual([0, 1200, 0]);
    expect(parts(daily, { copayLeftCents: 150 })).toEqual([0, 150, 0]);
  });

  it('takes the deductible first, then coinsurance on what is left of the line', () => {
    expect(parts(coinsurance, { deductibleRoomCents: 10_000 })).toEqual([10_000, 0, 4000]);
    expect(parts(coinsurance, { deductibleRoomCents: 40_000 })).toEqual([30_000, 0, 0]);
  });

  it.each([
    [28_733, 15, 4310],
    [1, 50, 1],
    [1, 49.9999, 0],
    [333, 33.3333, 111],
    [10_005, 10, 1001],
    [99_999_999_999, 33.3333, 33_333_300_000],
  ])('rounds the coinsurance on %i of %p %% half up to the cent', (amountCents, coinsurancePercent, cents) => {
    expect(parts({ ...coinsurance, coinsurancePercent }, { amountCents })).toEqual([0, 0, cents]);
  });

  it('takes coinsurance up to its cap', () => {
    expect(parts(coinsurance, { coinsuranceCapLeftCents: 5000 })).toEqual([0, 0, 5000]);
    expect(parts(coinsurance, { coinsuranceCapLeftCents: 0 })).toEqual([0, 0, 0]);
    expect(parts(coinsurance, { coinsuranceCapLeftCents: 9000 })).toEqual([0, 0, 6000]);
  });

  it('takes the deductible, then a copay if anything of the line is left', () => {
    expect(parts(copay, { deductibleRoomCents: 10_000 })).toEqual([10_000, 4000, 0]);
    expect(parts(copay, { deductibleRoomCents: 28_000 })).toEqual([28_000, 2000, 0]);
    expect(parts(copay, { deductibleRoomCents: 30_000 })).toEqual([30_000, 0, 0]);
  });

  it('leaves the copay out on a day with deductible where the plan says so', () => {
    const waiving: CostShare = { ...copay, copayOnDayDeductibleIsMet: false };
    expect(parts(waiving, { deductibleRoomCents: 1 })).toEqual([1, 0, 0]);
    expect(parts(waiving, { deductibleTakenToday: true })).toEqual([0, 0, 0]);
    expect(parts(waiving)).toEqual([0, 4000, 0]);
    expect(parts({ ...copay, copayOnDayDeductibleIsMet: true }, { deductibleTakenToday: true })).toEqual([0, 4000, 0]);
  });

  it('takes the copay, then coinsurance on what is left of the line, and no deductible', () => {
    const both: CostShare = { order: 'copay_then_coinsurance', copayCents: 4000, coinsurancePercent: 10 };
    expect(parts(both, { deductibleRoomCents: 50_000 })).toEqual([0, 4000, 2600]);
  });
});

describe('rule 6: the out-of-pocket maximum', () => {
  const share = { deductibleCents: 1000, copayCents: 500, coinsuranceCents: 300 };

  it.each([
    [undefined, 1000, 500, 300],
    [1800, 1000, 500, 300],
    [1600, 1000, 500, 100],
    [1200, 1000, 200, 0],
    [700, 700, 0, 0],
    [0, 0, 0, 0],
  ])(
    'with %p left cuts coinsurance, then copay, then deductible',
    (room, deductibleCents, copayCents, coinsuranceCents) => {
      expect(trimToOutOfPocketMaximum(share, room)).toEqual({ deductibleCents, copayCents, coinsuranceCents });
    },
  );
});
