import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { addDays } from '@openvob/benefits';
import { aCase, aCoverage, aPeriod, aProgram, left, START } from './case.fixture';
import { estimate } from './estimate';
import type { Accumulator, BenefitPeriod, CostShareRule, EstimateCase, Rate } from './estimate-case';
import {
  centsOf,
  EACH_ITS_OWN,
  FAMILIES,
  FROM_ANSWER,
  LEFT_OUT,
  type Published,
  type PublishedClaim,
  type PublishedPlan,
  THRESHOLDS,
  toCents,
  WHOLE,
} from './published-examples.fixture';
import type { Line } from './worksheet';

const examples = resolve(__dirname, '../../../shared/samples/cost-sharing/worked-examples.json');
const published: Published[] = existsSync(examples) ? JSON.parse(readFileSync(examples, 'utf8')) : [];
const describeExamples = published.length > 0 ? describe : describe.skip;
const LARGE_CLAIM: PublishedClaim = { allowed: 1_000_000 };

describeExamples('published examples of cost sharing', () => {
  it.each(WHOLE)('%s: every claim as published', (id) => {
    const example = find(id);
    const lines = linesFor(example.plan, example.claims);
    expect(lines.map(({ patientCents }) => patientCents)).toEqual(centsOf(example, 'patient'));
    for (const [key, part] of PARTS) {
      if (key in example.expected) expect(lines.map((line) => line[part])).toEqual(centsOf(example, key));
    }
  });

  it.each(THRESHOLDS)('%s: so much coinsurance fills the out-of-pocket maximum', (id) => {
    const { plan, expected } = find(id);
    const [line] = linesFor(plan, [LARGE_CLAIM]);
    expect(line?.coinsuranceCents).toBe(toCents(expected.coinsurance_needed_to_reach_oop_max));
    expect(line?.patientCents).toBe(toCents(expected.oop_total));
  });

  it.each(FAMILIES)('%s: a member who has met the own deductible shares, the others wait for the family’s', (id) => {
    const { plan } = find(id);
    const [own = 0, family = 0] = [plan.individual_deductible, plan.family_deductible];
    const shares = { coinsurance: 0.2, ...plan };
    const whoMetIt = { ...shares, individual_remaining: 0, family_remaining: family - own };
    const another = { ...shares, individual_remaining: own, family_remaining: family - own };
    const once = { ...shares, individual_remaining: own, family_remaining: 0 };
    const deductibles = [whoMetIt, another, once].map((one) => linesFor(one, [LARGE_CLAIM])[0]?.deductibleCents);
    expect(deductibles).toEqual([0, toCents(own), 0]);
    expect(linesFor(whoMetIt, [{ allowed: 1000 }])[0]?.coinsuranceCents).toBe(toCents(1000 * shares.coinsurance));
  });

  it('W39: coinsurance begins at the published amounts, for one and for all', () => {
    const { plan, expected } = find('W39');
    expect([plan.individual_deductible, plan.family_deductible]).toEqual([
      expected.individual_coinsurance_after,
      expected.all_members_coinsurance_after_family,
    ]);
    const [line] = linesFor({ ...plan, oop_max: Number(plan.individual_oop_max) }, [LARGE_CLAIM]);
    expect([line?.deductibleCents, line?.patientCents]).toEqual([50_000, 200_000]);
  });

  it('S07: preventive care asks nothing of the patient', () => {
    const { claims, expected } = find('S07');
    const [line] = linesFor({ copay: 0 }, claims);
    expect([line?.patientCents, line?.planPaidCents]).toEqual([
      centsOf({ expected }, 'patient')[0],
      centsOf({ expected }, 'plan')[0],
    ]);
  });

  it('are all cases, or say why not', () => {
    const known = [...WHOLE, ...THRESHOLDS, ...FAMILIES, ...FROM_ANSWER, ...EACH_ITS_OWN, ...Object.keys(LEFT_OUT)];
    expect(published.map(({ id }) => id).sort()).toEqual([...known].sort());
  });

  it('W20: a bad year costs the out-of-pocket maximum, whatever the share', () => {
    const { plan, claims, expected } = find('W20');
    const { total } = estimate(caseFor(plan, claims, { appliesTo: 'any', unknown: true }));
    expect(total.highCents).toBe(toCents(expected.patient_total));
  });

  it('W32: its source is wrong, twenty sessions never meet the deductible', () => {
    const { plan, claims } = find('W32');
    const owed = linesFor(plan, claims).reduce((sum, { patientCents }) => sum + patientCents, 0);
    expect(owed).toBe(250_000);
  });

  it('S10: its source forgets what was used, less is left than it says', () => {
    const { plan, claims } = find('S10');
    const [, next] = linesFor(plan, [...claims, LARGE_CLAIM]);
    // 500 of the family's less this claim of 200, not the whole deductible of 1,500 less 200.
    expect(next?.deductibleCents).toBe(30_000);
  });

  it('W33: under an aggregate deductible one member meets none alone', () => {
    const { plan, claims } = find('W33');
    const [you, others] = claims;
    const met = { ...plan, family_deductible: (plan.family_deductible ?? 0) - (others?.allowed ?? 0) };
    const [line] = linesFor(met, you ? [you] : []);
    expect([line?.patientCents, line?.planPaidCents]).toEqual([toCents(you?.allowed), 0]);
  });

  it('W44: a large claim takes the whole deductible', () => {
    const { plan, claims, expected } = find('W44');
    expect(linesFor({ ...plan, coinsurance: 0 }, claims)[0]?.deductibleCents).toBe(
      centsOf({ expected }, 'deductible_applied')[0],
    );
  });

  it.each([
    ['W02', 300, 200, 'out', 100],
    ['W12', 100, 75, 'out', 25],
    ['W42', 200, 150, 'in', 0],
  ] as const)(
    '%s: of a charge of %i with %i allowed, %s of network, %i may be billed',
    (_, charge, allowed, network, balance) => {
      const rates: Rate[] = [{ code: 'C1', network, allowedCents: allowed * 100, chargeCents: charge * 100 }];
      const given = { ...caseFor({ coinsurance: 0 }, [{ allowed }]), rates };
      const [coverage] = given.coverages;
      if (!coverage) throw new Error('no coverage');
      const [line] = estimate({ ...given, coverages: [{ ...coverage, network }] }).days[0]?.lines ?? [];
      expect(line?.balanceBillCents).toBe(balance * 100);
    },
  );

  it('B01: the deductible and coinsurance of a birth, as a summary of benefits rounds them', () => {
    const { expected } = find('B01');
    const [line] = linesFor({ deductible: 2900, coinsurance: 0.2 }, [{ allowed: 12_800 }]);
    expect(line?.deductibleCents).toBe(toCents(expected.deductibles));
    expect(Math.round((line?.coinsuranceCents ?? 0) / 10_000)).toBe(Number(expected.coinsurance) / 100);
  });
});

const PARTS = [
  ['plan', 'planPaidCents'],
  ['deductible_applied', 'deductibleCents'],
  ['coinsurance_applied', 'coinsuranceCents'],
] as const;

function find(id: string): Published {
  const example = published.find((one) => one.id === id);
  if (!example) throw new Error(`no example ${id}`);
  return example;
}

function linesFor(plan: PublishedPlan, claims: readonly PublishedClaim[]): Line[] {
  return estimate(caseFor(plan, claims)).days.flatMap(({ lines }) => [...lines]);
}

/** One claim a day. */
function caseFor(plan: PublishedPlan, claims: readonly PublishedClaim[], rule = ruleOf(plan, claims)): EstimateCase {
  const services = claims.map((_, index) => ({
    code: `C${index + 1}`,
    kind: 'assessment' as const,
    on: { dates: [addDays(START, index)] },
  }));
  const rates = claims.map(({ allowed }, index) => ({
    code: `C${index + 1}`,
    network: 'in' as const,
    allowedCents: toCents(allowed),
  }));
  return aCase({
    program: aProgram({ phases: [], services }),
    rates,
    coverages: [aCoverage({ periods: [periodOf(plan, claims)], costShares: [rule] })],
  });
}

function ruleOf(plan: PublishedPlan, [claim]: readonly PublishedClaim[]): CostShareRule {
  const { copay = plan.copay_per_day, coinsurance } = plan;
  const visit = claim?.service === 'primary care visit' ? plan.pcp_copay : undefined;
  if (visit !== undefined) return { appliesTo: 'any', order: 'copay', copayCents: toCents(visit) };
  if (plan.copay_after_deductible)
    return { appliesTo: 'any', order: 'deductible_then_copay', copayCents: toCents(copay) };
  if (copay) return { appliesTo: 'any', order: 'copay', copayCents: toCents(copay) };
  const coinsurancePercent = (coinsurance ?? 0) * 100;
  return { appliesTo: 'any', order: 'deductible_then_coinsurance', coinsurancePercent };
}

function periodOf(plan: PublishedPlan, claims: readonly PublishedClaim[]): BenefitPeriod {
  const outOfPocket = plan.oop_max ?? plan.individual_stop_loss;
  const deductible = deductibleOf(plan, claims);
  return aPeriod({
    ...(deductible ? { deductible } : {}),
    ...(outOfPocket === undefined ? {} : { outOfPocket: left(toCents(outOfPocket)) }),
  });
}

function deductibleOf(plan: PublishedPlan, claims: readonly PublishedClaim[]): Accumulator | undefined {
  const family = plan.family_remaining ?? plan.family_deductible_remaining ?? plan.family_deductible;
  const individual =
    plan.deductible_remaining ?? plan.individual_remaining ?? plan.individual_deductible ?? plan.deductible;
  if (plan.deductible_met) return left(0);
  if (family !== undefined) {
    const ofFamily = { family: { remainingCents: toCents(family) } };
    if (individual === undefined) return { structure: 'aggregate', ...ofFamily };
    return { structure: 'embedded', individual: { remainingCents: toCents(individual) }, ...ofFamily };
  }
  if (individual !== undefined) return left(toCents(individual));
  // "Not met" without a figure: at least the claims at hand.
  return plan.deductible_met === false
    ? left(toCents(claims.reduce((sum, { allowed }) => sum + allowed, 0)))
    : undefined;
}
