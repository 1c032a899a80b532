import type { CivilDate } from '@openvob/benefits';
import type { Phase, ProgramPlan } from '@openvob/programs';
import { CaseFault } from '../case-fault';
import type { Coverage, EstimateCase, Rate } from '../estimate-case';
import { parseCase } from '../parse-case';
import { type Answers, answerQuestion } from './answer';
import { type CarriedOn, carryOn } from './carry-on';
import type { ChangeAssumption } from './change-assumption';
import { changeCoverage, changePeriods } from './change-benefits';
import { type ChangeError, ChangeFault, refuseChange } from './change-fault';
import { movedDatesAssumed, moveStart } from './move-start';

/** What is different from a case; a key left out leaves it as it is. */
export interface Change {
  readonly startDate?: CivilDate;
  /** Of the first coverage. */
  readonly network?: Coverage['network'];
  /** In place of the whole plan; its listed dates are for the start at hand. */
  readonly program?: ProgramPlan;
  /** In place of the plan's phases. */
  readonly phases?: readonly Phase[];
  /** Each in place of the rate for the same code and network, or beside the others. */
  readonly rates?: readonly Rate[];
  /** By the ids of the questions that the estimate of the case asks. */
  readonly answers?: Answers;
}

/** A changed case with what it rests on besides the case, or why the change cannot be made. */
export type WhatIf =
  | { readonly ok: true; readonly case: EstimateCase; readonly assumptions: readonly ChangeAssumption[] }
  | { readonly ok: false; readonly error: ChangeError };

/**
 * A case with something changed: another start, network, program, phases or rates, or answered questions, each of which is asked no
 * more. Answers are taken first. When the calendar changes, benefit periods carry on past those stated, as named assumptions.
 *
 * Errors: those of a case, and `no_such_question`, `no_coverage`, `no_benefit_period`.
 * Source: estimate contract; the HTTP contract's `POST …/{id}/estimate`.
 *
 * @example
 * whatIf(given, { startDate: '2027-01-04', answers: { 'network:0': 'in' } }) // { ok: true, case: …, assumptions: […] }
 */
export function whatIf(base: EstimateCase, change: Change): WhatIf {
  try {
    const changed = changedCase(base, change);
    const parsed = parseCase(changed);
    if (!parsed.ok) return parsed;
    const { case: given, assumptions } = isCalendarChanged(change) ? carryOn(changed, base.startDate) : asItIs(changed);
    const moved = change.program ? [] : movedDatesAssumed(base, given);
    return { ok: true, case: given, assumptions: [...moved, ...assumptions] };
  } catch (thrown) {
    if (thrown instanceof ChangeFault || thrown instanceof CaseFault) return { ok: false, error: thrown.fault };
    throw thrown;
  }
}

function changedCase(
  base: EstimateCase,
  { startDate, network, program, phases, rates, answers }: Change,
): EstimateCase {
  const answered = Object.entries(answers ?? {}).reduce(
    (given, [id, answer]) => answerQuestion(given, id, answer),
    base,
  );
  const networked = network === undefined ? answered : inNetwork(answered, network);
  const moved = startDate === undefined ? networked : moveStart(networked, startDate);
  const planned = program ?? moved.program;
  return {
    ...moved,
    program: phases === undefined ? planned : { ...planned, phases },
    rates: rates === undefined ? moved.rates : withRates(moved.rates, rates),
  };
}

function inNetwork(given: EstimateCase, network: Coverage['network']): EstimateCase {
  if (given.coverages.length === 0)
    return refuseChange('no_coverage', '/network', 'a case with a coverage is expected');
  return changeCoverage(given, 0, (coverage) => {
    const isLeavingNetwork = coverage.network === 'in' && network !== 'in' && !coverage.outOfNetwork;
    return { ...(isLeavingNetwork ? withoutSelfOnlyCap(coverage) : coverage), network };
  });
}

/** The law's limit for one person holds in network alone. */
function withoutSelfOnlyCap(coverage: Coverage): Coverage {
  return changePeriods(coverage, (periods) => periods.map(({ selfOnlyCapRemainingCents: _, ...period }) => period));
}

function withRates(stated: readonly Rate[], others: readonly Rate[]): Rate[] {
  const isReplaced = ({ code, network }: Rate) => others.some((rate) => rate.code === code && rate.network === network);
  return [...others, ...stated.filter((rate) => !isReplaced(rate))];
}

function isCalendarChanged({ startDate, program, phases }: Change): boolean {
  return startDate !== undefined || program !== undefined || phases !== undefined;
}

function asItIs(given: EstimateCase): CarriedOn {
  return { case: given, assumptions: [] };
}
