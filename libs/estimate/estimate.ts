import type { Cents, CivilDate } from '@openvob/benefits';
import type { Account } from './account';
import { assumptionsOf } from './assumptions';
import type { Episode } from './episode';
import type { EstimateCase } from './estimate-case';
import { type Ledger, type LedgerDay, sumPatientCents } from './ledger';
import type { LedgerLine } from './ledger-line';
import { atRiskCents } from './likely-view';
import { periodIndexOn } from './open-period';
import { questionsOf } from './questions';
import { warningsOf } from './warnings';
import { type LineContext, whySentences } from './why';
import { planName } from './wording';
import { totalOf, workOut } from './worked-out';
import type { Day, Estimate, Line, PeriodTotal, WeekTotal } from './worksheet';

/**
 * What a patient will owe for a whole program, day by day, with the range that the unknowns span. The same case gives the same
 * estimate; nothing is read but the case.
 *
 * Throws a CaseFault `rate_missing`, which `parseCase` finds first. Source: estimate contract.
 */
export function estimate(estimateCase: EstimateCase): Estimate {
  const worked = workOut(estimateCase);
  const { episode, outcomes, view } = worked;
  const { ledger, unknowns } = view;
  return {
    total: totalOf(worked),
    firstDayCents: ledger.days[0]?.patientCents ?? 0,
    perWeek: weekTotals(ledger),
    perPeriod: periodTotals(ledger),
    days: ledger.days.map((day) => dayOf(episode, day)),
    atRiskCents: atRiskCents(view),
    assumptions: assumptionsOf(view),
    questions: questionsOf(unknowns, outcomes, estimateCase.coverages.length),
    warnings: warningsOf(view),
  };
}

function weekTotals({ days }: Ledger): WeekTotal[] {
  const cents = new Map<CivilDate, Cents>();
  for (const { day, patientCents } of days) cents.set(day.weekOf, (cents.get(day.weekOf) ?? 0) + patientCents);
  return [...cents].map(([weekOf, patientCents]) => ({ weekOf, patientCents }));
}

/** Periods of the first coverage that hold a service date, whether or not it is active on it. */
function periodTotals({ days, accounts }: Ledger): PeriodTotal[] {
  const [first] = accounts;
  return (first?.side.benefits.periods ?? []).flatMap(({ from, to }, index) => {
    const inPeriod = days.filter(({ day }) => first && periodIndexOn(first.side.benefits.periods, day.date) === index);
    if (!first || inPeriod.length === 0) return [];
    return [{ from, to, patientCents: sumPatientCents(inPeriod), ...postedIn(first, index) }];
  });
}

function postedIn({ openPeriods }: Account, index: number): Pick<PeriodTotal, 'deductibleCents' | 'outOfPocketCents'> {
  const open = openPeriods[index];
  return { deductibleCents: open?.postedDeductibleCents ?? 0, outOfPocketCents: open?.postedOutOfPocketCents ?? 0 };
}

function dayOf(episode: Episode, { day, lines, patientCents, active }: LedgerDay): Day {
  const { coverages } = episode.estimateCase;
  const [primary, second] = active;
  const context: LineContext = {
    plan: planName(primary?.coverage ?? 0, coverages.length),
    secondPlan: planName(second?.coverage ?? 1, coverages.length),
    isOnlyLine: lines.length === 1,
    hasCoverage: coverages.length > 0,
    authorization: primary?.authorization,
  };
  return { date: day.date, setting: day.setting, patientCents, lines: lines.map((line) => lineOf(line, context)) };
}

function lineOf(line: LedgerLine, context: LineContext): Line {
  const { primary, service } = line;
  return {
    code: service.code,
    kind: service.kind,
    allowedCents: primary.allowedCents,
    deductibleCents: primary.share.deductibleCents,
    copayCents: primary.share.copayCents,
    coinsuranceCents: primary.share.coinsuranceCents,
    nonCoveredCents: primary.nonCoveredCents,
    penaltyCents: primary.penaltyCents,
    balanceBillCents: primary.balanceBillCents,
    planPaidCents: primary.planPaidCents,
    secondaryPaidCents: line.secondaryPaidCents,
    patientCents: line.patientCents,
    why: whySentences(line, context),
  };
}
