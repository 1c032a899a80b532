import { aCase, aCoverage, aPeriod, aRate, left } from './case.fixture';
import { estimate } from './estimate';
import type { EstimateCase } from './estimate-case';

const rates = [aRate(), aRate(30_000, { network: 'out', chargeCents: 40_000 })];

function questionsOf(given: Partial<EstimateCase>) {
  return estimate(aCase({ rates, ...given })).questions;
}

describe('questions', () => {
  const oneOf = [
    { order: 'copay', copayCents: 4000, copayPer: 'day' },
    { order: 'copay', copayCents: 6000, copayPer: 'day' },
  ] as const;

  it('stand by how much their best answer narrows the range', () => {
    const coverages = [aCoverage({ network: 'unknown', costShares: [{ appliesTo: 'any', oneOf }] })];
    expect(questionsOf({ coverages }).map(({ id, swingCents }) => [id, swingCents])).toEqual([
      ['network:0', 30_000],
      ['cost_share:0:0', 6000],
    ]);
  });

  it('of equal swing stand in the order of the unknowns, also those without effect', () => {
    const costShares = [
      { appliesTo: ['none'], oneOf },
      { appliesTo: 'any', oneOf },
      { appliesTo: ['never'], oneOf },
    ] as const;
    expect(questionsOf({ coverages: [aCoverage({ costShares })] }).map(({ id }) => id)).toEqual([
      'cost_share:0:1',
      'cost_share:0:0',
      'cost_share:0:2',
    ]);
  });

  it('ask in words that a payer can answer', () => {
    const individual = { limitCents: 50_000, usedCents: 10_000, remainingCents: 30_000 };
    const coverage = aCoverage({
      network: 'unknown',
      periods: [aPeriod({ deductible: { structure: 'individual', individual }, outOfPocket: left(90_000) })],
      costShares: [
        { appliesTo: ['iop_day'], setting: 'in_person', oneOf },
        { appliesTo: ['99214'], unknown: true },
      ],
      authorization: { required: 'yes', approvedDays: 18 },
      outOfNetwork: {
        periods: [aPeriod()],
        costShares: [
          {
            appliesTo: 'any',
            oneOf: [
              { order: 'deductible_then_coinsurance', coinsurancePercent: 40 },
              { order: 'copay_then_coinsurance', copayCents: 1000, coinsurancePercent: 5 },
              { order: 'deductible_then_copay', copayCents: 500 },
            ],
          },
        ],
        authorization: { required: 'unknown', noAuthorizationPenaltyPercent: 25 },
      },
    });
    const asked = questionsOf({ coverages: [coverage], pendingClaims: { deductibleCents: 12_300 } });
    expect(Object.fromEntries(asked.map(({ id, ask }) => [id, ask]))).toEqual({
      'network:0': 'The plan: is this program, by its NPI and tax id, in network for intensive outpatient care?',
      'cost_share:0:0':
        'The plan: which share applies to program day, in person: a $40.00 copay a day, or a $60.00 copay a day?',
      'cost_share:0:1': "The plan: what is the patient's share of 99214: copay, coinsurance, deductible?",
      'cost_share:0:o0':
        'The plan, out of network: which share applies to any service: the deductible, then 40 % coinsurance, or a $10.00 copay a day, then 5 % coinsurance, or the deductible, then a $5.00 copay a day?',
      accumulator_conflict:
        'What is left as of today? individual deductible: $300.00 stated as remaining, $400.00 by limit less used.',
      pending_claims:
        'Are the claims of the care before this program ($123.00 of deductible, $0.00 of out-of-pocket) posted yet, and what is left after them?',
      'authorization:0':
        'The plan: will the authorization be extended past 18 program days, and who owes the later days if not?',
      'authorization:0:o':
        'The plan, out of network: is an authorization required (without one 25 % is taken off what the plan pays)?',
    });
  });

  it('say which of two plans is asked', () => {
    const coverages = [aCoverage(), aCoverage({ costShares: [{ appliesTo: 'any', oneOf }] })];
    expect(questionsOf({ coverages })[0]?.ask).toMatch(/^The second plan: which share applies to any service/);
  });
});
