import { type CivilDate, formatUsd } from '@openvob/benefits';
import type { Account } from './account';
import type { Disagreement } from './amounts';
import type { Ledger } from './ledger';
import type { LedgerLine } from './ledger-line';
import type { LikelyView } from './likely-view';
import { periodIndexOn } from './open-period';
import type { Warning } from './worksheet';

const ACCUMULATOR_NAMES: Record<Disagreement['what'], string> = {
  deductible: 'deductible',
  out_of_pocket: 'out-of-pocket maximum',
};

/**
 * What a coordinator must look at, each code at most once.
 *
 * Source: estimate contract, table of warnings.
 */
export function warningsOf(view: LikelyView): Warning[] {
  return [
    ...accumulatorConflict(view),
    ...unknownsPruned(view),
    ...noPeriod(view.ledger),
    ...noCostShare(view.ledger),
    ...costShareUnknown(view),
  ];
}

/** True when the likely hypothesis rests on a share that nobody stated. Source: estimate contract, "Not stated". */
export function isCostShareUnknown({ adjudications }: Pick<LikelyView, 'adjudications'>): boolean {
  return adjudications.some(({ covered }) => covered.nobodyStatedIt);
}

/** Names both figures of every disagreement. */
export function disagreementText({ whose, what, statedCents, computedCents }: Disagreement): string {
  const stated = `${formatUsd(statedCents)} stated as remaining`;
  return `${whose} ${ACCUMULATOR_NAMES[what]}: ${stated}, ${formatUsd(computedCents)} by limit less used`;
}

function accumulatorConflict({ unknowns }: LikelyView): Warning[] {
  return unknowns.flatMap((unknown) => {
    if (unknown.code !== 'accumulator_conflict') return [];
    const both = unknown.disagreements.map(disagreementText).join('; ');
    return [{ code: unknown.code, text: `What is left disagrees: ${both}.` }];
  });
}

function unknownsPruned({ leftOut }: LikelyView): Warning[] {
  if (leftOut.length === 0) return [];
  const ids = leftOut.map(({ id }) => id).join(', ');
  return [{ code: 'unknowns_pruned', text: `Too many unknowns for one estimate; left at their first answer: ${ids}.` }];
}

function noPeriod({ days }: Ledger): Warning[] {
  const dates = days.flatMap(({ day, active }) =>
    active.some((account) => !hasPeriodOn(account, day.date)) ? [day.date] : [],
  );
  const [first] = dates;
  if (first === undefined) return [];
  return [
    {
      code: 'no_period',
      text: `No benefit period holds ${datesText(first, dates.length)}: no deductible and no maximum is counted.`,
    },
  ];
}

function noCostShare({ days }: Ledger): Warning[] {
  const codes = new Set<string>();
  for (const { lines } of days) {
    for (const line of lines) if (lacksRule(line)) codes.add(line.service.code);
  }
  if (codes.size === 0) return [];
  const text = `No cost share was stated for ${[...codes].join(', ')}: counted as not covered.`;
  return [{ code: 'no_cost_share', text }];
}

function costShareUnknown(view: LikelyView): Warning[] {
  if (!isCostShareUnknown(view)) return [];
  return [
    { code: 'cost_share_unknown', text: 'Nobody stated the cost share: only a range can be given, no likely total.' },
  ];
}

/** An active coverage has no rule that matches a line with an allowed amount; the second one is asked about every such line. */
function lacksRule({ primary, second }: LedgerLine): boolean {
  if (primary.allowedCents === 0) return false;
  const { ruling } = primary;
  const lacksPrimary = ruling.kind === 'not_covered' && ruling.because.kind === 'no_rule';
  return lacksPrimary || second?.coverage.kind === 'no_rule';
}

function hasPeriodOn({ side }: Account, date: CivilDate): boolean {
  return periodIndexOn(side.benefits.periods, date) !== undefined;
}

function datesText(first: CivilDate, count: number): string {
  return count === 1 ? first : `${first} and ${count - 1} more dates of service`;
}
