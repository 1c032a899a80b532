import type { Cents } from '@openvob/benefits';
import type { Cadence, ProgramPlan, ProgramService } from '@openvob/programs';
import type { BenefitPeriod, CostShareRule, Coverage, EstimateCase, Rate } from './estimate-case';

/** Monday. */
export const START = '2026-01-05';

export const PROGRAM_DAY: ProgramService = { code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } };

/** A week of Monday, Wednesday and Friday with one program day each; other weeks on request. */
export function aProgram(plan: Partial<ProgramPlan> = {}): ProgramPlan {
  return { track: 'sud', phases: [{ weeks: 1, weekdays: ['mon', 'wed', 'fri'] }], services: [PROGRAM_DAY], ...plan };
}

export function aService(code: string, on: Cadence): ProgramService {
  return { code, kind: 'individual_therapy', on };
}

export function aRate(allowedCents: Cents = 30_000, rate: Partial<Rate> = {}): Rate {
  return { code: 'H0015', network: 'in', allowedCents, ...rate };
}

export function aPeriod(period: Partial<BenefitPeriod> = {}): BenefitPeriod {
  return { from: '2026-01-01', to: '2026-12-31', ...period };
}

/** An individual amount that is left of a deductible or an out-of-pocket maximum. */
export function left(remainingCents: Cents): NonNullable<BenefitPeriod['deductible']> {
  return { structure: 'individual', individual: { remainingCents } };
}

/** In network and active the whole year, by default for a copay of $40.00 a day. */
export function aCoverage(coverage: Partial<Coverage> = {}): Coverage {
  return { network: 'in', active: [{ from: '2026-01-01' }], periods: [aPeriod()], costShares: [copay()], ...coverage };
}

export function copay(copayCents: Cents = 4000): CostShareRule {
  return { appliesTo: 'any', order: 'copay', copayCents, copayPer: 'day' };
}

export function coinsurance(coinsurancePercent: number): CostShareRule {
  return { appliesTo: 'any', order: 'deductible_then_coinsurance', coinsurancePercent };
}

export function aCase(given: Partial<EstimateCase> = {}): EstimateCase {
  return { startDate: START, program: aProgram(), rates: [aRate()], coverages: [aCoverage()], ...given };
}
