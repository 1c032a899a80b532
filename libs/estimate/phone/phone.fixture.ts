import type { Snapshot } from '@openvob/benefits';
import { aProgram, aRate, aService, START } from '../case.fixture';
import { aCostShareRow, anAccumulator, aSnapshot, segment } from '../case-from-benefits/answer.fixture';
import { type BuiltCase, buildEstimateCase, figureDates } from '../case-from-benefits/build-estimate-case';
import { heardCase } from './heard-case';
import { type CoverageToHear, type HeardCoverage, hearCoverage } from './heard-coverage';
import type { PhoneAnswer, Said } from './phone-answer';

/** The day on which the payer answered electronically. */
export const ANSWERED = '2026-01-03';

export function said(on = '2026-01-04', change: Partial<Said> = {}): Said {
  const call = `cal_${on}`;
  return { call, at: `${on}T15:00:00.000Z`, on, representative: 'Odile Finch', referenceNumber: 'R-1', ...change };
}

/** What a representative said of the first coverage in network, a day after the electronic answer. */
export function answer(
  code: PhoneAnswer['code'],
  value?: PhoneAnswer['value'],
  change: Partial<PhoneAnswer> = {},
): PhoneAnswer {
  return { code, coverage: 0, side: 'own', ...(value === undefined ? {} : { value }), said: said(), ...change };
}

/** Active, behavioral health in network with 20 % after a deductible of which $600 is left, a maximum of which $2,000 is left. */
export function anAnswer(change: Partial<Snapshot> = {}): Snapshot {
  return aSnapshot({
    coverages: [{ serviceTypes: ['MH'], network: 'in', status: 'active', source: segment(2) }],
    costShares: [aCostShareRow(10, { percent: 20 })],
    accumulators: [
      anAccumulator(11, { limitCents: 150_000, remainingCents: 60_000 }),
      anAccumulator(12, { kind: 'out_of_pocket', limitCents: 500_000, remainingCents: 200_000 }),
    ],
    authorizations: [{ serviceTypes: ['MH'], network: 'in', required: 'no', source: segment(13) }],
    ...change,
  });
}

export const PROGRAM = aProgram({
  phases: [{ weeks: 2, weekdays: ['mon', 'wed', 'fri'] }],
  services: [{ code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } }, aService('90837', { weekly: 'tue' })],
});

/** One coverage heard, and the case that it makes. */
export function heardOf(
  answers: readonly PhoneAnswer[],
  change: Partial<CoverageToHear> & { program?: typeof PROGRAM } = {},
): HeardCoverage & { built: BuiltCase } {
  const { program = PROGRAM, ...to } = change;
  const heard = hearCoverage({
    snapshot: anAnswer(),
    position: 0,
    index: 0,
    network: 'in',
    request: { track: program.track, setting: 'in_person', on: START },
    answeredOn: ANSWERED,
    ...figureDates({ startDate: START, program }, to.answeredOn ?? ANSWERED),
    answers,
    ...to,
  });
  const rates = [
    aRate(),
    aRate(14_000, { code: '90837' }),
    aRate(25_000, { network: 'out' }),
    aRate(11_000, { network: 'out', code: '90837' }),
  ];
  const built = buildEstimateCase({
    startDate: START,
    program,
    rates,
    coverages: [heard.answered],
    answeredOn: to.answeredOn ?? ANSWERED,
  });
  return { ...heard, built: heardCase(built, [heard]) };
}
