import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { addDays } from '@openvob/benefits';
import { aCase, aCoverage, aPeriod, aProgram, left, START } from './case.fixture';
import { estimate } from './estimate';
import type { Accumulator, BenefitPeriod, CostShareRule, EstimateCase, Rate } from './estimate-case';
import type { Line } from './worksheet';

const examples = resolve(__dirname, '../../../shared/samples/cost-sharing/worked-examples.json');

/** Dollars, as published; coinsurance a fraction. */
interface PublishedPlan {
  readonly deductible?: number;
  readonly deductible_met?: boolean;
  readonly deductible_remaining?: number;
  readonly individual_deductible?: number;
  readonly individual_remaining?: number;
  readonly family_deductible?: number;
  readonly family_remaining?: number;
  readonly family_deductible_remaining?: number;
  readonly coinsurance?: number;
  readonly copay?: number;
  readonly copay_per_day?: number;
  readonly copay_after_deductible?: boolean;
  readonly pcp_copay?: number;
  readonly oop_max?: number;
  readonly individual_stop_loss?: number;
}

interface PublishedClaim {
  readonly service?: string;
  readonly allowed: number;
}

interface Published {
  readonly id: string;
  readonly source: string;
  readonly plan: PublishedPlan;
  readonly claims: readonly PublishedClaim[];
  readonly expected: Readonly<Record<string, unknown>>;
}

const published: Published[] = existsSync(examples) ? JSON.parse(readFileSync(examples, 'utf8')) : [];
const describeExamples = published.length > 0 ? describe : describe.skip;
/** What is published of them can be worked out whole: a plan in figures, priced claims, what the patient owes of each. */
const WHOLE = [
  'W01',
  'W06',
  'W07',
  'W08',
  'W14a',
  'W14b',
  'W15b',
  'W17',
  'W18',
  'W22',
  'W27',
  'W28',
  'W29',
  'W30',
  'S08',
  'S10',
  'E01',
  'E02',
  'E04',
];
/** They say how much coinsurance fills the out-of-pocket maximum. */
const THRESHOLDS = ['W03', 'W23'];
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

function toCents(dollars: unknown): number {
  return Math.round(Number(dollars) * 100);
}

function centsOf({ expected }: Pick<Published, 'expected'>, key: string): number[] {
  const dollars = expected[key];
  return Array.isArray(dollars) ? dollars.map(toCents) : [];
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
