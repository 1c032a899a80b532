import type { Snapshot } from '@openvob/benefits';
import { type Choices, dependsOnTier } from './choices';
import type { AccumulatorChoices } from './choose-accumulator';
import { isOpenLimit } from './choose-limits';
import type { Choice } from './ranking';
import { RULES } from './rules';

/**
 * What the payer left unsaid that an estimate needs, in the order of the contract: `behavioral_coverage`, `cost_share`,
 * `copay_unit`, `deductible`, `deductible_remaining`, `out_of_pocket`, `out_of_pocket_remaining`, `authorization`,
 * `network`, `tier`, `limits`, `plan_year`.
 */
export function unknownsOf(snapshot: Snapshot, choices: Choices): string[] {
  const { copay, coinsurance, deductible, outOfPocket } = choices;
  const unsaid: readonly (readonly [string, boolean])[] = [
    ['behavioral_coverage', choices.behavioral === 'silent'],
    ['cost_share', copay === undefined && coinsurance === undefined],
    ['copay_unit', isUnitUnsaid(copay)],
    ['deductible', chosenOf(deductible).length === 0],
    ['deductible_remaining', chosenOf(deductible).some(isRemainingUnsaid)],
    ['out_of_pocket', chosenOf(outOfPocket).length === 0],
    ['out_of_pocket_remaining', chosenOf(outOfPocket).some(isRemainingUnsaid)],
    ['authorization', choices.authorization === 'unknown'],
    ['network', [copay, coinsurance].some(isNetworkUnsaid)],
    ['tier', dependsOnTier(choices)],
    ['limits', choices.limits.some(isOpenLimit)],
    ['plan_year', isPlanYearUnsaid(snapshot, [...chosenOf(deductible), ...chosenOf(outOfPocket)])],
  ];
  return unsaid.flatMap(([unknown, applies]) => (applies ? [unknown] : []));
}

function chosenOf({ individual, family }: AccumulatorChoices): Choice[] {
  return [individual, family].flatMap((choice) => choice ?? []);
}

/** A copay of nothing needs no unit. */
function isUnitUnsaid(copay: Choice | undefined): boolean {
  const value = copay?.chosen.value;
  return value !== undefined && (value.amountCents ?? 0) > 0 && value.per === undefined;
}

function isRemainingUnsaid({ chosen: { value } }: Choice): boolean {
  return value.remainingCents === undefined && value.limitCents !== 0;
}

/** The share stands on a row that says nothing of the network. */
function isNetworkUnsaid(choice: Choice | undefined): boolean {
  return choice?.candidate.ranks.some(({ rule, rank }) => rule === RULES.network && rank === 1) ?? false;
}

/** When the figures start again: calendar year, the row's own dates, or the plan's dates for any other year. */
function isPlanYearUnsaid(snapshot: Snapshot, choices: readonly Choice[]): boolean {
  if (choices.length === 0) return false;
  const sources = new Set(choices.flatMap(({ chosen }) => chosen.source));
  const rows = snapshot.accumulators.filter(({ source }) => source.some((each) => sources.has(each)));
  if (rows.some(({ period, from, to }) => period === 'calendar_year' || (from !== undefined && to !== undefined)))
    return false;
  const planBegins = [...(snapshot.basis?.planDates ?? []), ...snapshot.spans.filter(({ what }) => what === 'plan')];
  return !(planBegins.some(({ from }) => from !== undefined) && rows.every(({ period }) => period !== 'unspecified'));
}
