import type { Snapshot } from '@openvob/benefits';
import { type PhoneAnswer, unansweredSnapshot } from '@openvob/estimate';
import type { ProgramPlan } from '@openvob/programs';
import type { CoverageOutcome } from './further-coverages';
import type { Ground } from './ground';
import type { FacilityRate, Transition } from './ports';
import { nothingRecorded, type Recorded } from './recorded';

export const today = '2026-03-02';
export const plan: ProgramPlan = {
  track: 'sud',
  phases: [{ weeks: 2, weekdays: ['mon', 'wed', 'fri'] }],
  services: [{ code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } }],
};
export const rates: FacilityRate[] = [
  { code: 'H0015', network: 'in', allowedCents: 30_000 },
  { code: 'H0015', network: 'out', allowedCents: 25_000 },
  { code: 'H0015', network: 'self_pay', allowedCents: 28_000 },
];
export const payers = [
  { id: 'pay_a', name: 'Payer A', phone: '555-0100' },
  { id: 'pay_b', name: 'Payer B' },
];

export function aSnapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    ...unansweredSnapshot('Payer A'),
    status: 'active',
    coverages: [{ serviceTypes: ['MH'], network: 'in', status: 'active', source: { segment: 2 } }],
    costShares: [
      { kind: 'copay', amountCents: 4000, per: 'day', network: 'in', serviceTypes: ['MH'], source: { segment: 3 } },
    ],
    accumulators: [
      {
        kind: 'out_of_pocket',
        level: 'individual',
        period: 'calendar_year',
        network: 'in',
        serviceTypes: ['30'],
        limitCents: 500_000,
        remainingCents: 300_000,
        source: [{ segment: 4 }],
      },
    ],
    authorizations: [{ serviceTypes: ['MH'], network: 'in', required: 'no', source: { segment: 5 } }],
    ...change,
  };
}

export const answered = (snapshot: Snapshot, position = 0): CoverageOutcome => ({
  kind: 'answered',
  answer: { position, payerId: payers[position]?.id ?? '', payerName: payers[position]?.name ?? '', snapshot },
});
export const waiting: Transition = {
  event: 'payer_unavailable',
  to: 'waiting_for_payer',
  reason: 'payer_down',
  needs: [],
  lookAgainAfterMs: 1000,
  unavailable: 'tried',
};

export function aGround(change: Partial<Ground> = {}): Ground {
  return {
    admission: { network: 'in', startDate: today },
    plan,
    startDate: today,
    answeredOn: today,
    payers: payers.slice(0, 1),
    outcomes: [answered(aSnapshot())],
    rates,
    ...change,
  };
}

export const say = (
  code: PhoneAnswer['code'],
  value: PhoneAnswer['value'] & {},
  change: Partial<PhoneAnswer> = {},
): PhoneAnswer => ({
  code,
  coverage: 0,
  side: 'own',
  value,
  said: {
    call: 'cal_1',
    at: `${today}T15:00:00.000Z`,
    on: today,
    representative: 'Odile Finch',
    referenceNumber: 'R-1',
  },
  ...change,
});
export const recorded = (...answers: PhoneAnswer[]): Recorded => ({
  ...nothingRecorded,
  version: answers.length,
  answers,
});
export const settling = (change: Partial<PhoneAnswer> = {}): PhoneAnswer[] => [
  say('iop_covered', 'yes', change),
  say('copay', 4000, change),
  say('copay_per', 'day', change),
  say('deductible_applies', 'no', change),
  say('out_of_pocket_individual', 'none', change),
  say('plan_year', 'calendar_year', change),
];
