import type { EstimateCase } from '@openvob/estimate';
import { estimateWhatIf } from './what-if';

const base: EstimateCase = {
  startDate: '2026-01-05',
  program: {
    track: 'sud',
    phases: [{ weeks: 1, weekdays: ['mon', 'wed', 'fri'] }],
    services: [{ code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } }],
  },
  rates: [{ code: 'H0015', network: 'in', allowedCents: 30_000 }],
  coverages: [
    {
      network: 'in',
      active: [{ from: '2026-01-01' }],
      periods: [{ from: '2026-01-01', to: '2026-12-31' }],
      costShares: [{ appliesTo: 'any', order: 'copay', copayCents: 4000 }],
      authorization: { required: 'yes', approvedDays: 1 },
    },
  ],
};
const daily = { ...base.program, phases: [{ weeks: 1, weekdays: ['mon', 'tue'] as const }] };
const programs = [{ id: 'daily', plan: daily, onFirstDay: [] }];

describe('what if over a verification', () => {
  it('is the estimate with something changed', () => {
    expect(estimateWhatIf(base, programs, {}).total.likelyCents).toBe(12_000);
    expect(estimateWhatIf(base, programs, { programId: 'daily' }).total.likelyCents).toBe(8000);
    expect(estimateWhatIf(base, programs, { startDate: '2026-01-07' }).total.likelyCents).toBe(8000);
  });

  it('asks no more what was answered, also that no extension comes', () => {
    const { total, questions } = estimateWhatIf(base, programs, { answers: { 'authorization:0': 'not_extended' } });
    expect(questions).toEqual([]);
    expect(total).toEqual({ lowCents: 4000, likelyCents: 4000, highCents: 4000 });
  });

  it.each([
    [[], ''],
    [{ start: '2026-01-05' }, '/start'],
    [{ programId: 'none' }, '/programId'],
    [{ network: 'both' }, '/network'],
    [{ network: 'out' }, '/rates'],
    [{ answers: { 'network:0': 'in' } }, '/answers/network:0'],
  ])('refuses %j at its place', (body, pointer) => {
    expect(() => estimateWhatIf(base, programs, body)).toThrow(
      expect.objectContaining({ options: { fields: [expect.objectContaining({ pointer })] } }),
    );
  });
});
