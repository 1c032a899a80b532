import { aCase, aCoverage, aPeriod, aRate, coinsurance, copay, left } from './case.fixture';
import { estimate } from './estimate';
import type { Coverage, EstimateCase } from './estimate-case';

const rates = [aRate(), aRate(30_000, { network: 'out' })];
/** States everything, so that nothing is assumed. */
const whole = { periods: [aPeriod({ deductible: left(0), outOfPocket: left(900_000) })] };

function assumptionsOf(given: Partial<EstimateCase>): string[] {
  return estimate(aCase({ rates, ...given })).assumptions.map(({ code }) => code);
}

function assumedOf(coverage: Partial<Coverage>, more: Partial<EstimateCase> = {}): string[] {
  return assumptionsOf({ coverages: [aCoverage({ ...whole, ...coverage })], ...more });
}

function warningsOf(given: Partial<EstimateCase>): { code: string; text: string }[] {
  return [...estimate(aCase({ rates, ...given })).warnings];
}

const dailyShare = { appliesTo: 'any', order: 'copay', copayCents: 4000 } as const;
const oneOf = [
  { order: 'copay', copayCents: 1, copayPer: 'day' },
  { order: 'copay', copayCents: 2, copayPer: 'day' },
] as const;

describe('assumptions', () => {
  it('are none where everything is stated', () => {
    expect(assumedOf({})).toEqual([]);
  });

  it('name the network that is taken, and the benefits that stand in', () => {
    expect(assumedOf({ network: 'unknown' })).toEqual(['in_network_assumed', 'same_benefits_out_of_network_assumed']);
    const outOfNetwork = { ...whole, costShares: [copay()] };
    expect(assumedOf({ network: 'unknown', outOfNetwork })).toEqual(['in_network_assumed']);
  });

  it('name the first of several shares, not of one', () => {
    expect(assumedOf({ costShares: [{ appliesTo: 'any', oneOf }] })).toEqual(['first_cost_share_assumed']);
    expect(assumedOf({ costShares: [{ appliesTo: 'any', oneOf: [oneOf[0]] }] })).toEqual([]);
  });

  it('name the larger of two figures and the claims that are left out', () => {
    const individual = { limitCents: 100, usedCents: 10, remainingCents: 20 };
    const periods = [aPeriod({ deductible: { structure: 'individual', individual }, outOfPocket: left(900_000) })];
    expect(assumedOf({ periods }, { pendingClaims: {} })).toEqual([
      'larger_remaining_assumed',
      'pending_claims_ignored',
    ]);
  });

  it('name an extension, and whose loss the days are without one', () => {
    const approved = { required: 'yes', approvedDays: 2 } as const;
    expect(assumedOf({ authorization: approved })).toEqual(['extension_assumed', 'provider_liable_default']);
    expect(assumedOf({ authorization: { ...approved, afterApproved: 'provider_liable' } })).toEqual([
      'extension_assumed',
    ]);
    expect(assumedOf({ authorization: { ...approved, noAuthorizationPenaltyPercent: 5 } })).toEqual([
      'extension_assumed',
    ]);
    expect(assumedOf({ authorization: { ...approved, approvedDays: 3 } })).toEqual([]);
  });

  it('name the penalty that is left out', () => {
    const authorization = { required: 'unknown', noAuthorizationPenaltyPercent: 25 } as const;
    expect(assumedOf({ authorization })).toEqual(['no_authorization_penalty_assumed']);
    expect(assumedOf({ authorization: { ...authorization, required: 'yes' } })).toEqual([]);
    expect(assumedOf({ authorization: { ...authorization, approvedDays: 9 } })).toEqual([]);
  });

  it('name a deductible and a maximum that nobody stated', () => {
    const nothing = { periods: [aPeriod()] };
    expect(assumedOf({ ...nothing, costShares: [coinsurance(20)] })).toEqual([
      'no_deductible_assumed',
      'no_out_of_pocket_maximum_assumed',
    ]);
    expect(assumedOf({ ...nothing })).toEqual(['no_out_of_pocket_maximum_assumed']);
    expect(assumedOf({ periods: [aPeriod({ selfOnlyCapRemainingCents: 5 })] })).toEqual([]);
    expect(assumedOf({ ...nothing, costShares: [] })).toEqual([]);
  });

  it('name the defaults that a share rests on', () => {
    expect(assumedOf({ costShares: [dailyShare] })).toEqual(['copay_per_day_default']);
    const thenCopay = { ...dailyShare, order: 'deductible_then_copay', copayPer: 'day' } as const;
    expect(assumedOf({ costShares: [thenCopay] })).toEqual(['copay_on_day_deductible_is_met_default']);
    expect(assumedOf({ costShares: [{ ...thenCopay, copayOnDayDeductibleIsMet: true }] })).toEqual([]);
    expect(assumedOf({ costShares: [{ ...coinsurance(20), coinsuranceCapCents: 5 }] })).toEqual([
      'coinsurance_cap_per_day_default',
    ]);
    expect(assumedOf({ costShares: [{ appliesTo: ['none'], order: 'copay', copayCents: 1 }, copay()] })).toEqual([]);
  });

  it('name standard coordination where a second coverage was asked', () => {
    const second = aCoverage(whole);
    expect(assumptionsOf({ coverages: [aCoverage(whole), second] })).toEqual(['standard_coordination_default']);
    expect(assumptionsOf({ coverages: [aCoverage(whole), { ...second, coordination: 'standard' }] })).toEqual([]);
    expect(assumptionsOf({ coverages: [aCoverage(whole), { ...second, active: [] }] })).toEqual([]);
  });

  it('stand in the order of the contract, each once', () => {
    const costShares = [{ ...dailyShare, appliesTo: ['99999'] }, coinsurance(10)];
    const codes = assumptionsOf({
      pendingClaims: {},
      coverages: [
        aCoverage({
          network: 'unknown',
          authorization: { required: 'yes', approvedDays: 0 },
          costShares: [dailyShare],
        }),
        aCoverage({ network: 'unknown', costShares }),
      ],
    });
    expect(codes).toEqual([
      'in_network_assumed',
      'same_benefits_out_of_network_assumed',
      'pending_claims_ignored',
      'extension_assumed',
      'provider_liable_default',
      'no_deductible_assumed',
      'no_out_of_pocket_maximum_assumed',
      'copay_per_day_default',
      'standard_coordination_default',
    ]);
  });
});

describe('warnings', () => {
  it('name both figures that disagree', () => {
    const individual = { limitCents: 150_000, usedCents: 110_000, remainingCents: 50_000 };
    const coverages = [aCoverage({ periods: [aPeriod({ deductible: { structure: 'individual', individual } })] })];
    const [warning, ...others] = warningsOf({ coverages });
    expect(warning?.code).toBe('accumulator_conflict');
    expect(warning?.text).toMatch(/\$500\.00.*\$400\.00/);
    expect(others).toEqual([]);
  });

  it('name the unknowns that were left out', () => {
    const costShares = Array.from({ length: 7 }, () => ({ appliesTo: 'any', oneOf }) as const);
    expect(warningsOf({ coverages: [aCoverage({ costShares })] })).toMatchObject([
      { code: 'unknowns_pruned', text: expect.stringContaining('cost_share:0:6') },
    ]);
  });

  it('name the dates that no period holds, also of a second coverage', () => {
    const ending = aCoverage({ periods: [aPeriod({ to: '2026-01-06' })] });
    expect(warningsOf({ coverages: [ending] })).toMatchObject([
      { code: 'no_period', text: expect.stringContaining('2026-01-07 and 1 more') },
    ]);
    expect(warningsOf({ coverages: [aCoverage(), ending] }).map(({ code }) => code)).toEqual(['no_period']);
    expect(
      warningsOf({
        coverages: [{ ...ending, active: [{ from: '2026-01-01', to: '2026-01-05' }] }],
        rates: [...rates, aRate(1, { network: 'self_pay' })],
      }),
    ).toEqual([]);
  });

  it('name the services that no rule is about, unless they are free', () => {
    const none = [aCoverage({ costShares: [] })];
    expect(warningsOf({ coverages: none })).toMatchObject([
      { code: 'no_cost_share', text: expect.stringContaining('H0015') },
    ]);
    expect(warningsOf({ coverages: none, rates: [aRate(0)] })).toEqual([]);
    expect(warningsOf({ coverages: [aCoverage(), aCoverage({ costShares: [] })] }).map(({ code }) => code)).toEqual([
      'no_cost_share',
    ]);
  });

  it('name a likely total that cannot be given', () => {
    const unknown = [{ appliesTo: 'any', unknown: true }] as const;
    expect(warningsOf({ coverages: [aCoverage({ costShares: unknown })] }).map(({ code }) => code)).toEqual([
      'cost_share_unknown',
    ]);
    const unused = [copay(), ...unknown];
    const settled = estimate(aCase({ coverages: [aCoverage({ costShares: unused })] }));
    expect(settled.warnings).toEqual([]);
    expect(settled.total).toEqual({ lowCents: 12_000, likelyCents: 12_000, highCents: 12_000 });
    expect(settled.questions).toMatchObject([{ id: 'cost_share:0:1', swingCents: 0 }]);
  });
});
