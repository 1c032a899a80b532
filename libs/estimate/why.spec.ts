import { aCase, aCoverage, aPeriod, aProgram, aRate, coinsurance, copay, left } from './case.fixture';
import { episodeOf } from './episode';
import { estimate } from './estimate';
import type { Coverage, EstimateCase } from './estimate-case';
import { keepLedger } from './ledger';
import { whySentences } from './why';

/** The sentences of the lines of a day, the first day by default. */
function why(given: Partial<EstimateCase>, day = 0): string[] {
  return estimate(aCase(given)).days[day]?.lines.flatMap((line) => line.why) ?? [];
}

function whyOf(coverage: Partial<Coverage>, day = 0): string[] {
  return why({ coverages: [aCoverage(coverage)] }, day);
}

describe('why a line costs what it costs', () => {
  it('is told of a deductible with what is left of it', () => {
    const individual = { limitCents: 150_000, remainingCents: 120_000 };
    const periods = [aPeriod({ deductible: { structure: 'individual', individual } })];
    expect(whyOf({ periods, costShares: [coinsurance(20)] })).toEqual([
      "Your plan's deductible: $300.00 of today's $300.00; $900.00 of $1,500.00 is left.",
      'Your plan would pay $0.00.',
    ]);
  });

  it('is told of a deductible that is met in the middle, then of coinsurance', () => {
    const periods = [aPeriod({ deductible: left(40_000) })];
    expect(whyOf({ periods, costShares: [coinsurance(20)] }, 1)).toEqual([
      "Your plan's deductible: $100.00 of today's $300.00; $0.00 of $400.00 is left.",
      'Coinsurance: 20 % of $200.00, $40.00.',
      'Your plan would pay $160.00.',
    ]);
    expect(whyOf({ periods, costShares: [coinsurance(20)] }, 2)[0]).toBe("Your plan's deductible is met.");
  });

  it('speaks of the service where a day has several', () => {
    const services = [
      ...aProgram().services,
      { code: '90837', kind: 'individual_therapy', on: { weekly: 'mon' } },
    ] as const;
    const coverages = [aCoverage({ periods: [aPeriod({ deductible: left(90_000) })], costShares: [coinsurance(20)] })];
    const rates = [aRate(), aRate(15_000, { code: '90837' })];
    expect(why({ program: aProgram({ services }), rates, coverages })[2]).toBe(
      "Your plan's deductible: $150.00 of this service's $150.00; $450.00 of $900.00 is left.",
    );
  });

  it('is told of a copay, its rest, and that it is taken already', () => {
    const weekly = {
      costShares: [{ appliesTo: 'any', order: 'copay', copayCents: 50_000, copayPer: 'week' }],
    } as const;
    expect(whyOf({})[0]).toBe('Copay: $40.00 a day.');
    expect(whyOf(weekly)[0]).toBe('Copay: $300.00 of $500.00 a week, as no more of the price is left.');
    expect(whyOf(weekly, 1)[0]).toBe('Copay: $200.00, the rest of $500.00 a week.');
    expect(whyOf(weekly, 2)[0]).toBe('Copay: nothing more, the $500.00 a week is taken already.');
  });

  it('is told of a copay that comes after the deductible', () => {
    const costShare = { appliesTo: 'any', order: 'deductible_then_copay', copayCents: 4000 } as const;
    const periods = [aPeriod({ deductible: left(40_000) })];
    expect(whyOf({ periods, costShares: [costShare] })).toHaveLength(2);
    expect(whyOf({ periods, costShares: [costShare] }, 1)[1]).toBe('Copay: $40.00 a day.');
    const waiving = { ...costShare, copayOnDayDeductibleIsMet: false };
    expect(whyOf({ periods, costShares: [waiving] }, 1)[1]).toBe('No copay on a day with deductible.');
  });

  it('is told of a cap on coinsurance', () => {
    const capped = { ...coinsurance(20), coinsuranceCapCents: 5000, coinsuranceCapPer: 'day' } as const;
    expect(whyOf({ costShares: [capped] })[0]).toBe('Coinsurance: 20 % of $300.00, at most $50.00 a day: $50.00.');
  });

  it('is told of the out-of-pocket maximum that cuts it', () => {
    const periods = [aPeriod({ outOfPocket: left(5000) })];
    expect(whyOf({ periods }, 1)[1]).toBe("Your plan's out-of-pocket maximum is met today: $10.00 instead of $40.00.");
    expect(whyOf({ periods }, 2)[1]).toBe("Your plan's out-of-pocket maximum is met: nothing of $40.00 is asked.");
  });

  it('is told of what a plan does not cover, and why', () => {
    expect(whyOf({ costShares: [{ appliesTo: 'any', notCovered: true }] })).toEqual([
      'Your plan does not cover this service: the price of $300.00 is yours.',
    ]);
    expect(whyOf({ costShares: [] })).toEqual([
      'Your plan said nothing about this service, so it counts as not covered: the price of $300.00 is yours.',
    ]);
    expect(whyOf({ limits: [{ kind: 'days', appliesTo: 'any', remaining: 1 }] }, 1)).toEqual([
      'Your plan covers no more than 1 day: the price of $300.00 is yours.',
    ]);
  });

  it('is told of a dollar limit', () => {
    const limits = [{ kind: 'plan_dollars', appliesTo: 'any', remaining: 10_000 }] as const;
    expect(whyOf({ limits })[1]).toBe(
      'Your plan would pay $100.00, all that its dollar limit leaves: the other $160.00 is yours.',
    );
  });

  it('is told of an authorization that is extended, or not there', () => {
    expect(whyOf({ authorization: { required: 'yes', approvedDays: 0 } })[0]).toBe(
      'This day is past the approved days: it counts on an extension.',
    );
    expect(whyOf({ authorization: { required: 'yes', noAuthorizationPenaltyPercent: 25 } })[2]).toBe(
      'Without an authorization your plan takes 25 % off that: $65.00 is yours.',
    );
  });

  it('is told of a share that nobody stated', () => {
    expect(whyOf({ costShares: [{ appliesTo: 'any', unknown: true }] })).toEqual([
      'Nobody stated your share under your plan: all of it is shown here, up to the out-of-pocket maximum.',
      'Your plan would pay $0.00.',
    ]);
  });

  it('is told of the rest of the charge out of network', () => {
    const rates = [aRate(30_000, { network: 'out', chargeCents: 50_000 })];
    expect(why({ rates, coverages: [aCoverage({ network: 'out' })] }).at(-1)).toBe(
      'Out of network the program may bill the rest of its charge: $200.00.',
    );
  });

  it('is told of self-pay, without coverage and after its end', () => {
    const rates = [aRate(35_000, { network: 'self_pay' }), aRate()];
    expect(why({ rates, coverages: [] })).toEqual(['There is no coverage: the self-pay price is $350.00.']);
    const ended = [aCoverage({ active: [{ from: '2026-01-01', to: '2026-01-05' }] })];
    expect(why({ rates, coverages: ended }, 1)).toEqual([
      'No coverage is active on this day: the self-pay price is $350.00.',
    ]);
  });

  it('is told of a service inside another', () => {
    const services = [
      ...aProgram().services,
      { code: '90837', kind: 'individual_therapy', on: { weekly: 'mon' } },
    ] as const;
    const rates = [aRate(), aRate(15_000, { code: '90837', includedIn: 'H0015' })];
    expect(why({ program: aProgram({ services }), rates }).at(-1)).toBe(
      'This is part of H0015 on the same day and is not billed on its own.',
    );
  });

  it.each([
    ['standard', 'Your second plan would pay $40.00 of your share.'],
    [
      'maintenance_of_benefits',
      'Your second plan would pay $32.00 of your share, reckoned on what the first one leaves.',
    ],
    ['non_duplication', 'Your second plan would pay $0.00 of your share, only what it would pay beyond the first one.'],
  ] as const)('is told of a second plan by %s', (coordination, sentence) => {
    const second = aCoverage({ costShares: [coinsurance(20)], coordination });
    expect(why({ coverages: [aCoverage(), second] }).at(-1)).toBe(sentence);
  });

  it('is told of a second plan that does not cover the service', () => {
    const second = aCoverage({ costShares: [{ appliesTo: 'any', notCovered: true }] });
    expect(why({ coverages: [aCoverage(), second] }).at(-1)).toBe(
      'Your second plan does not cover this service: it pays nothing of your share.',
    );
  });

  it('never promises', () => {
    for (const sentence of [...whyOf({}), ...why({ coverages: [aCoverage(), aCoverage()] })]) {
      expect(sentence).not.toMatch(/\b(will|guarantee|covered in full)\b/i);
    }
  });
});

describe('why a line past the approval costs what it costs without an extension', () => {
  it.each([
    ['provider_liable', 'This day is past the approved days and no extension came: nothing is asked of you.'],
    ['patient_liable', 'This day is past the approved days and no extension came: the price of $300.00 is yours.'],
  ] as const)('is told where it is %s', (afterApproved, sentence) => {
    const authorization = { required: 'yes', approvedDays: 0, afterApproved } as const;
    const episode = episodeOf(aCase({ coverages: [aCoverage({ authorization })] }));
    const [line] = keepLedger(episode, new Map([['authorization:0', 1]])).days[0]?.lines ?? [];
    if (!line) throw new Error('no line');
    const context = { plan: 'Your plan', secondPlan: '', isOnlyLine: true, hasCoverage: true, authorization };
    expect(whySentences(line, context)).toEqual([sentence]);
  });
});

describe('what is left of a copay after another service', () => {
  it('is told as the rest', () => {
    const services = [
      { code: '99214', kind: 'medication_management', on: { weekly: 'mon' } },
      ...aProgram().services,
    ] as const;
    const rates = [aRate(), aRate(1500, { code: '99214' })];
    expect(why({ program: aProgram({ services }), rates, coverages: [aCoverage({ costShares: [copay()] })] })).toEqual([
      'Copay: $15.00 of $40.00 a day, as no more of the price is left.',
      'Your plan would pay $0.00.',
      'Copay: $25.00, the rest of $40.00 a day.',
      'Your plan would pay $275.00.',
    ]);
  });
});
