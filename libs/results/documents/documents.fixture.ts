import { type EstimateCase, estimate } from '@openvob/estimate';
import { aCase, aCoverage, aPeriod, aProgram, aRate, coinsurance, copay, left } from '@openvob/estimate/case.fixture';
import type { PatientEstimateFacts } from './build/patient-estimate';
import type { Block, DocumentContent } from './content';
import type { Letterhead } from './letterhead';

const mornings = aProgram({
  phases: [{ weeks: 8, weekdays: ['mon', 'wed', 'fri'] }],
  services: [{ code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } }],
});
const inBothNetworks = [aRate(30_000), aRate(24_000, { network: 'out', chargeCents: 50_000 })];

/** Cases that bring out different parts of a patient's estimate. */
export const cases: Readonly<Record<string, EstimateCase>> = {
  'a copay of $40 a day': aCase({ program: mornings }),
  'a deductible that ends, then coinsurance, a maximum that is reached': aCase({
    program: mornings,
    coverages: [
      aCoverage({
        costShares: [coinsurance(20)],
        periods: [
          aPeriod({
            deductible: { structure: 'individual', individual: { limitCents: 150_000, remainingCents: 60_000 } },
            outOfPocket: { structure: 'individual', individual: { limitCents: 500_000, remainingCents: 120_000 } },
          }),
        ],
      }),
    ],
  }),
  'a share that nobody stated': aCase({
    program: mornings,
    coverages: [aCoverage({ costShares: [{ appliesTo: 'any', unknown: true }] })],
  }),
  'a network that nobody stated, and bills above what the plan allows': aCase({
    program: mornings,
    rates: inBothNetworks,
    coverages: [
      aCoverage({
        network: 'unknown',
        costShares: [coinsurance(20)],
        periods: [aPeriod({ deductible: left(60_000), outOfPocket: left(390_000) })],
        outOfNetwork: { costShares: [coinsurance(40)], periods: [aPeriod({ deductible: left(300_000) })] },
      }),
    ],
  }),
  'two shares, two figures, bills not posted, an approval that ends': aCase({
    program: mornings,
    pendingClaims: { deductibleCents: 10_000 },
    coverages: [
      aCoverage({
        costShares: [
          {
            appliesTo: 'any',
            oneOf: [
              { order: 'deductible_then_coinsurance', coinsurancePercent: 20 },
              { order: 'deductible_then_coinsurance', coinsurancePercent: 30 },
            ],
          },
        ],
        periods: [
          aPeriod({
            deductible: {
              structure: 'individual',
              individual: { limitCents: 100_000, usedCents: 20_000, remainingCents: 50_000 },
            },
            outOfPocket: left(300_000),
          }),
        ],
        authorization: { required: 'yes', approvedDays: 12 },
      }),
    ],
  }),
  'a second plan, a new year in the middle': aCase({
    startDate: '2026-12-07',
    program: mornings,
    coverages: [
      aCoverage({
        costShares: [coinsurance(30)],
        periods: [
          aPeriod({ deductible: left(30_000) }),
          aPeriod({ from: '2027-01-01', to: '2027-12-31', deductible: left(150_000) }),
        ],
      }),
      aCoverage({ costShares: [copay(1000)], periods: [aPeriod(), aPeriod({ from: '2027-01-01', to: '2027-12-31' })] }),
    ],
  }),
};

export const letterhead: Required<Pick<Letterhead, 'address' | 'tin'>> & Letterhead = {
  legalName: 'Testwood Recovery, LLC',
  address: { street: '12 Elm Street', city: 'Albany', state: 'NY', postalCode: '12207' },
  phone: '555-0123',
  hours: '9 to 5',
  tin: '12-3456789',
};

export function patientFacts(
  estimateCase: EstimateCase,
  more: Partial<PatientEstimateFacts> = {},
): PatientEstimateFacts {
  return {
    facilityName: 'Testwood Recovery',
    letterhead,
    madeOn: '2026-01-02',
    patientName: 'Marlow Quillfeather',
    programName: 'Testwood Mornings',
    planName: 'Northwind Health Plan',
    answeredOn: '2026-01-02',
    goodUntil: '2026-01-31',
    track: 'sud',
    consent: { signedOn: '2026-01-02', scope: 'treatment_payment_operations' },
    estimate: estimate(estimateCase),
    estimateCase,
    ...more,
  };
}

/** Everything that a block says, but for the wording of laws. */
export function saidIn(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
    case 'text':
      return [block.text];
    case 'callout':
      return [block.title, ...block.texts];
    case 'figures':
      return block.items.flatMap(({ label, value, note }) => [label, value, ...(note ? [note] : [])]);
    case 'facts':
      return block.items.flatMap(({ label, value }) => [label, value]);
    case 'list':
      return [...block.items];
    case 'table':
      return [block.caption, ...block.columns.map(({ title }) => title), ...block.rows.flat(), ...(block.total ?? [])];
    case 'chart':
      return [block.chart.alternative];
    case 'legal':
      return [block.title];
  }
}

export function textOf({ title, letterhead: head, facts, blocks, foot }: DocumentContent): string {
  const parts = [head.name, ...head.lines, title, ...facts.flatMap(({ label, value }) => [label, value])];
  return [
    ...parts,
    ...blocks.flatMap((block) => (block.kind === 'legal' ? [block.title, ...block.texts] : saidIn(block))),
    foot.text,
  ].join('\n');
}
