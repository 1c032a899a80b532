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
  const { copay, coinsurance } = choices;
  const deductible = chosenOf(choices.deductible);
  const outOfPocket = chosenOf(choices.outOfPocket);
  const unsaid: string[] = [];
  const note = (unknown: string, applies: boolean) => {
    if (applies) unsaid.push(unknown);
  };
  note('behavioral_coverage', choices.behavioral === 'silent');
  note('cost_share', copay === undefined && coinsurance === undefined);
  note('copay_unit', isUnitUnsaid(copay));
  note('deductible', deductible.length === 0);
  note('deductible_remaining', deductible.some(isRemainingUnsaid));
  note('out_of_pocket', outOfPocket.length === 0);
  note('out_of_pocket_remaining', outOfPocket.some(isRemainingUnsaid));
  note('authorization', choices.authorization === 'unknown');
  note('network', isNetworkUnsaid(copay) || isNetworkUnsaid(coinsurance));
  note('tier', dependsOnTier(choices));
  note('limits', choices.limits.some(isOpenLimit));
  note('plan_year', isPlanYearUnsaid(snapshot, [...deductible, ...outOfPocket]));
  return unsaid;
}

function chosenOf({ individual, family }: AccumulatorChoices): Choice[] {
  const chosen: Choice[] = [];
  if (individual !== undefined) chosen.push(individual);
  if (family !== undefined) chosen.push(family);
  return chosen;
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
