import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Snapshot } from '@openvob/benefits';
import { addDays } from '@openvob/benefits';
import { readPayerMessage } from '@openvob/coverage';
import { aCase, aCoverage, aPeriod, aProgram, left, START } from './case.fixture';
import { estimate } from './estimate';
import type { BenefitPeriod, CostShareRule, Network } from './estimate-case';
import { centsOf, FROM_ANSWER, type Published, toCents } from './published-examples.fixture';

const samples = resolve(__dirname, '../../../shared/samples');
const examples = join(samples, 'cost-sharing/worked-examples.json');
/** As its publisher masked it. */
const answer = join(samples, 'json/stedi-v3/production-deidentified.response.json');
const published: Published[] = existsSync(examples) ? JSON.parse(readFileSync(examples, 'utf8')) : [];
const ofAnswer = published.filter(({ id }) => FROM_ANSWER.includes(id));

/** Which service type's rows an example is about. */
const SERVICE_TYPES: Readonly<Record<string, string>> = { S01: '98', S02: '96', S05: '98', S06: '48' };

(ofAnswer.length > 0 ? describe : describe.skip)('published examples worked out from a payer’s answer', () => {
  it.each(ofAnswer)('$id: every claim as published', (example) => {
    const { lines, perPeriod } = workedOut(example);
    expect(lines.map(({ patientCents }) => patientCents)).toEqual(centsOf(example, 'patient'));
    for (const [key, part] of [
      ['plan', 'planPaidCents'],
      ['copay_applied', 'copayCents'],
      ['deductible_applied', 'deductibleCents'],
    ] as const) {
      if (key in example.expected) expect(lines.map((line) => line[part])).toEqual(centsOf(example, key));
    }
    const { remaining_deductible: deductible, remaining_oop: outOfPocket } = example.expected;
    const [period] = perPeriod;
    const rooms = roomsIn(snapshotOfAnswer(), networkOf(example));
    if (deductible !== undefined) expect(rooms.deductible - (period?.deductibleCents ?? 0)).toBe(toCents(deductible));
    if (outOfPocket !== undefined)
      expect(rooms.outOfPocket - (period?.outOfPocketCents ?? 0)).toBe(toCents(outOfPocket));
  });
});

function workedOut(example: Published) {
  const snapshot = snapshotOfAnswer();
  const network = networkOf(example);
  const rooms = roomsIn(snapshot, network);
  const period: BenefitPeriod = aPeriod({ deductible: left(rooms.deductible), outOfPocket: left(rooms.outOfPocket) });
  const services = example.claims.map((_, index) => ({
    code: `C${index}`,
    kind: 'assessment' as const,
    on: { dates: [addDays(START, index)] },
  }));
  const worked = estimate(
    aCase({
      program: aProgram({ phases: [], services }),
      rates: example.claims.map(({ allowed }, index) => ({
        code: `C${index}`,
        network,
        allowedCents: toCents(allowed),
      })),
      coverages: [
        aCoverage({
          network,
          periods: [period],
          costShares: [ruleIn(snapshot, network, SERVICE_TYPES[example.id] ?? '')],
        }),
      ],
    }),
  );
  return { lines: worked.days.flatMap(({ lines }) => lines), perPeriod: worked.perPeriod };
}

function networkOf({ plan }: Published): Network {
  return plan.network ?? 'in';
}

function snapshotOfAnswer(): Snapshot {
  const read = readPayerMessage(readFileSync(answer, 'utf8'), { track: 'sud', network: 'in', setting: 'in_person' });
  if ('error' in read) throw new Error(read.error.message);
  const [first] = read.answers;
  if (!first) throw new Error('no answer');
  return first;
}

/** What is left for one person, of the plan as a whole. */
function roomsIn({ accumulators }: Snapshot, network: Network): { deductible: number; outOfPocket: number } {
  const left = (kind: 'deductible' | 'out_of_pocket') =>
    accumulators.find(
      (row) =>
        row.kind === kind &&
        row.level === 'individual' &&
        row.network === network &&
        row.serviceTypes.includes('30') &&
        row.remainingCents !== undefined,
    )?.remainingCents ?? 0;
  return { deductible: left('deductible'), outOfPocket: left('out_of_pocket') };
}

/** A copay above 0, else coinsurance after the deductible. */
function ruleIn({ costShares }: Snapshot, network: Network, serviceType: string): CostShareRule {
  const rows = costShares.filter((row) => row.network === network && row.serviceTypes.includes(serviceType));
  const copay = rows.find(({ kind, amountCents }) => kind === 'copay' && (amountCents ?? 0) > 0);
  if (copay?.amountCents !== undefined) return { appliesTo: 'any', order: 'copay', copayCents: copay.amountCents };
  const percent = rows.find(({ kind }) => kind === 'coinsurance')?.percent ?? 0;
  return { appliesTo: 'any', order: 'deductible_then_coinsurance', coinsurancePercent: percent };
}
