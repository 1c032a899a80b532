import { addDays } from '@openvob/benefits';
import { betterStart, type EstimateCase, estimate, parseCaseText, sweepStarts } from '@openvob/estimate';
import type { ProgramService } from '@openvob/programs';
import type { Measurement } from '../setup/measure';

const WARM_UP_MS = 700;
const ROUND_MS = 500;
const ROUNDS = 5;
const BATCH = 20;
const STARTS = 60;
const SWEEP_MS = 20;

/** Worksheets a second of processor time, so on one core, sentences included: 32 program days, three services. */
export function run(): Measurement[] {
  const plain = aCase();
  const open = anOpenCase();
  const text = JSON.stringify(plain);
  return [
    rowOf('worksheet of 32 days and 3 services', 10_000, () => estimate(plain)),
    rowOf('the same with 64 hypotheses', 300, () => estimate(open)),
    rowOf('the same from a line of JSON to a line of JSON', undefined, () => estimateLine(text)),
    sweepRow(plain),
  ];
}

/** Sixty start dates, half of them in the next benefit year, and the best of them. */
function sweepRow(plain: EstimateCase): Measurement {
  const from = addDays('2026-12-31', -STARTS / 2);
  const value = 1000 / perSecond(() => betterStart(sweepStarts(plain, from, addDays(from, STARTS - 1)), from), 1);
  return {
    what: `a sweep of ${STARTS} start dates of the first`,
    value,
    unit: 'ms',
    goal: `at most ${SWEEP_MS}`,
    pass: value <= SWEEP_MS,
  };
}

function estimateLine(text: string): string {
  const parsed = parseCaseText(text);
  if (!parsed.ok) throw new Error(`the benchmark's case is bad: ${parsed.error.message}`);
  return JSON.stringify(estimate(parsed.case));
}

function rowOf(what: string, goal: number | undefined, work: () => unknown): Measurement {
  const value = perSecond(work);
  return { what, value, unit: '/s', ...(goal === undefined ? {} : { goal: `at least ${goal}`, pass: value >= goal }) };
}

/** Of the fastest of some rounds. */
function perSecond(work: () => unknown, batch = BATCH): number {
  runFor(WARM_UP_MS, work, batch);
  return Math.max(...Array.from({ length: ROUNDS }, () => runFor(ROUND_MS, work, batch)));
}

function runFor(milliseconds: number, work: () => unknown, batch: number): number {
  const started = processorMs();
  let count = 0;
  while (processorMs() - started < milliseconds) {
    for (let each = 0; each < batch; each += 1) work();
    count += batch;
  }
  return (1000 * count) / (processorMs() - started);
}

/** Of this process: what else runs on the machine does not count. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function aCase(): EstimateCase {
  const services: ProgramService[] = [
    { code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } },
    { code: '90837', kind: 'individual_therapy', on: { weekly: 'mon' } },
    { code: '99214', kind: 'medication_management', on: { everyDays: 28 } },
  ];
  const prices = { H0015: 30_000, 90837: 15_000, 99214: 12_000 };
  return {
    startDate: '2026-01-05',
    program: {
      track: 'sud',
      phases: [
        { weeks: 4, weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
        { weeks: 4, weekdays: ['mon', 'wed', 'fri'] },
      ],
      services,
    },
    rates: (['in', 'out'] as const).flatMap((network) =>
      Object.entries(prices).map(([code, allowedCents]) => ({
        code,
        network,
        allowedCents,
        chargeCents: 2 * allowedCents,
      })),
    ),
    coverages: [
      {
        network: 'in',
        active: [{ from: '2026-01-01' }],
        periods: [
          {
            from: '2026-01-01',
            to: '2026-12-31',
            deductible: {
              structure: 'embedded',
              individual: { limitCents: 150_000, remainingCents: 150_000 },
              family: { remainingCents: 300_000 },
            },
            outOfPocket: { structure: 'individual', individual: { remainingCents: 800_000 } },
          },
        ],
        costShares: [
          { appliesTo: ['99214'], order: 'copay', copayCents: 4000, copayPer: 'service' },
          { appliesTo: 'any', order: 'deductible_then_coinsurance', coinsurancePercent: 20 },
        ],
      },
    ],
  };
}

/** Six unknowns of two answers: network, three shares, pending claims, authorization. */
function anOpenCase(): EstimateCase {
  const plain = aCase();
  const oneOf = [
    { order: 'copay', copayCents: 4000, copayPer: 'day' },
    { order: 'deductible_then_coinsurance', coinsurancePercent: 20 },
  ] as const;
  return {
    ...plain,
    pendingClaims: { deductibleCents: 50_000, outOfPocketCents: 50_000 },
    coverages: plain.coverages.map((coverage) => ({
      ...coverage,
      network: 'unknown',
      costShares: [
        { appliesTo: ['99214'], oneOf },
        { appliesTo: ['90837'], oneOf },
        { appliesTo: 'any', oneOf },
      ],
      authorization: { required: 'yes', approvedDays: 18 },
    })),
  };
}
