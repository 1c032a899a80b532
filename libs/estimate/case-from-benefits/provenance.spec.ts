import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isCivilDate, type Snapshot, type Source } from '@openvob/benefits';
import { type Chosen, type IopBenefit, readPayerMessage } from '@openvob/coverage';
import { planFrom, programTemplates } from '@openvob/programs';
import * as fc from 'fast-check';
import { aProgram, aRate } from '../case.fixture';
import { estimate } from '../estimate';
import type { Rate } from '../estimate-case';
import { parseCase } from '../parse-case';
import { aCostShareRow, anAccumulator, anIopBenefit, aSnapshot, segment } from './answer.fixture';
import { type BuiltCase, buildEstimateCase } from './build-estimate-case';

const samples = resolve(__dirname, '../../../../shared/samples/x12');
const CODES = ['H0015', '90837', '90847', '99214', '90791', '90792', 'J2315', '96372'];

/** Figures of a case's coverages that neither a source nor an assumption stands behind, by JSON Pointer. */
function unfounded({ case: { coverages }, sources, assumptions }: BuiltCase): string[] {
  const founded = new Set([...sources, ...assumptions].map(({ path }) => path));
  return figuresOf(coverages, '/coverages').filter((path) => !founded.has(path));
}

/** Numbers, dates, and whether an authorization is required. */
function figuresOf(node: unknown, path: string): string[] {
  if (typeof node === 'number' || isCivilDate(node) || path.endsWith('/required')) return [path];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => figuresOf(value, `${path}/${key}`));
}

function everyRate(): Rate[] {
  const networks = ['in', 'out', 'self_pay'] as const;
  return CODES.flatMap((code) => networks.map((network) => aRate(20_000, { code, network })));
}

function expectFounded(built: BuiltCase): void {
  const parsed = parseCase(built.case);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  expect(unfounded(built)).toEqual([]);
  const { lowCents, highCents } = estimate(parsed.case).total;
  expect(lowCents).toBeLessThanOrEqual(highCents);
}

describe('every figure of a case that was put together', () => {
  it('stands on the payer’s words or on a named assumption, whatever the answer holds', () => {
    const property = fc.property(arbitraryInputs(), ({ startDate, iop, iopOut, snapshot, network }) => {
      const program = aProgram({ phases: [{ weeks: 3, weekdays: ['mon', 'thu'] }] });
      expectFounded(
        buildEstimateCase({ startDate, program, rates: everyRate(), coverages: [{ snapshot, iop, iopOut, network }] }),
      );
    });
    fc.assert(property, { numRuns: 400, seed: 20_261_121 });
  });

  (existsSync(samples) ? it : it.skip)('stands on them for published answers and programs too', () => {
    for (const path of filesUnder(samples)) {
      const message = readFileSync(join(samples, path), 'utf8');
      const request = { track: 'sud', setting: 'in_person' } as const;
      const inNetwork = readPayerMessage(message, { ...request, network: 'in' });
      const outOfNetwork = readPayerMessage(message, { ...request, network: 'out' });
      if ('error' in inNetwork || 'error' in outOfNetwork) continue;
      inNetwork.answers.forEach((snapshot, index) => {
        const iopOut = outOfNetwork.answers[index]?.iop ?? anIopBenefit();
        expectFoundedPrograms(snapshot, snapshot.iop, iopOut);
      });
    }
  });
});

function expectFoundedPrograms(snapshot: Snapshot, iop: IopBenefit, iopOut: IopBenefit): void {
  for (const template of programTemplates) {
    const startDate = '2026-11-23';
    const program = planFrom(template, startDate);
    const coverages = [{ snapshot, iop, iopOut, network: 'unknown' as const }];
    expectFounded(buildEstimateCase({ startDate, program, rates: everyRate(), coverages }));
  }
}

function arbitraryInputs() {
  return fc.record({
    startDate: fc.constantFrom('2026-01-05', '2026-12-21', '2027-02-01'),
    iop: arbitraryIop(),
    iopOut: arbitraryIop(),
    snapshot: arbitrarySnapshot(),
    network: fc.constantFrom('in' as const, 'out' as const, 'unknown' as const),
  });
}

function arbitraryIop(): fc.Arbitrary<IopBenefit> {
  const cents = fc.integer({ min: -1, max: 500_000 });
  const accumulator = arbitraryChosen({ limitCents: cents, remainingCents: cents });
  const copay = arbitraryChosen({
    amountCents: fc.nat(9000),
    per: fc.constantFrom('visit', 'day', 'week', 'month', 'episode', 'year'),
  });
  return fc
    .record(
      {
        decision: fc.constantFrom(
          'covered',
          'covered_with_conditions',
          'not_covered',
          'carved_out',
          'other_payer',
          'unknown',
        ),
        authorization: fc.constantFrom('yes', 'no', 'unknown'),
        conditions: fc.subarray(['tier_unknown']),
        copay,
        coinsurance: arbitraryChosen({ percent: fc.integer({ min: 0, max: 100 }) }),
        deductibleIndividual: accumulator,
        deductibleFamily: accumulator,
        outOfPocketIndividual: accumulator,
        outOfPocketFamily: accumulator,
      },
      { requiredKeys: ['decision', 'authorization', 'conditions'] },
    )
    .map((iop) => anIopBenefit(iop as Partial<IopBenefit>));
}

function arbitraryChosen(
  keys: { [K in keyof Chosen['value']]: fc.Arbitrary<Chosen['value'][K]> },
): fc.Arbitrary<Chosen> {
  const value = fc.record(keys, { requiredKeys: [] }) as fc.Arbitrary<Chosen['value']>;
  const alternatives = fc.array(
    fc.record({
      value,
      source: fc.constant<Source[]>([segment(50)]),
      why: fc.constantFrom<string>('1.10.11: tied', '1.10.6: a tier', '1.10.3: farther'),
    }),
    { maxLength: 2 },
  );
  return fc.record({
    value,
    rule: fc.constant<string>('1.10.3'),
    source: fc.integer({ min: 20, max: 23 }).map((number) => [segment(number)]),
    alternatives,
  });
}

function arbitrarySnapshot(): fc.Arbitrary<Snapshot> {
  const day = fc.constantFrom('2025-07-01', '2026-01-01', '2026-06-30', '2026-12-31');
  const span = fc
    .record({ from: day, to: day, what: fc.constantFrom('plan', 'eligibility') }, { requiredKeys: ['what'] })
    .map((stated) => ({ ...stated, source: segment(2) }));
  const accumulator = fc
    .record(
      {
        number: fc.integer({ min: 20, max: 23 }),
        period: fc.constantFrom('calendar_year', 'service_year', 'unspecified'),
        from: day,
        to: day,
      },
      { requiredKeys: ['number', 'period'] },
    )
    .map(({ number, ...row }) =>
      anAccumulator(number, { ...row, limitCents: 1000, usedCents: 100, remainingCents: 950 } as Parameters<
        typeof anAccumulator
      >[1]),
    );
  const costShare = fc
    .constantFrom('DEDUCTIBLE WAIVED', 'GREATER OF COPAY OR COINSURANCE')
    .map((message) => aCostShareRow(21, { messages: [message] }));
  return fc
    .record({
      status: fc.constantFrom('active', 'inactive', 'pending', 'unknown'),
      spans: fc.array(span, { maxLength: 3 }),
      accumulators: fc.array(accumulator, { maxLength: 4 }),
      costShares: fc.array(costShare, { maxLength: 1 }),
    })
    .map((snapshot) => aSnapshot(snapshot as Partial<Snapshot>));
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.271'));
}
