import { type Snapshot, type Accumulator as StatedAccumulator, tells } from '@openvob/benefits';
import type { Chosen } from '@openvob/coverage';
import type { Accumulator, Amounts } from '../estimate-case';
import { assume, type CaseNotes, citeChosen, leaveUnknown } from './case-notes';
import { rowsOf } from './stated-rows';

/** The chosen individual and family figure of a deductible or an out-of-pocket maximum. */
export interface ChosenPair {
  readonly kind: 'deductible' | 'out_of_pocket';
  readonly individual: Chosen | undefined;
  readonly family: Chosen | undefined;
}

interface Stating {
  readonly snapshot: Snapshot;
  readonly path: string;
  readonly notes: CaseNotes;
}

/**
 * An accumulator of the period that the payer's figures are of. An individual limit of 0 beside a family limit is "not
 * applicable", so the family amount counts alone.
 *
 * Source: benefits reference 1.10, rules 8 to 10, and 3.5.
 */
export function accumulatorNow(pair: ChosenPair, stating: Stating): Accumulator | undefined {
  return accumulatorOf(pair, stating, (chosen, path) => amountsNow(chosen, { ...stating, path }, pair.kind));
}

/**
 * The same accumulator in a later period: its limit with nothing used. Where the payer stated only what is left, a deductible is at
 * least that, and an out-of-pocket maximum is not known.
 *
 * Source: benefits reference 3.9.
 */
export function accumulatorLater(pair: ChosenPair, stating: Stating): Accumulator | undefined {
  return accumulatorOf(pair, stating, (chosen, path) => amountsLater(chosen, { ...stating, path }, pair.kind));
}

/** Rows that a pair was taken from, the individual one first. */
export function rowsOfPair({ individual, family }: ChosenPair, { accumulators }: Snapshot): StatedAccumulator[] {
  return [...rowsOf(accumulators, individual), ...rowsOf(accumulators, family)];
}

function accumulatorOf(
  pair: ChosenPair,
  { snapshot, path, notes }: Stating,
  amountsOf: (chosen: Chosen, path: string) => Amounts | undefined,
): Accumulator | undefined {
  const structure = structureOf(pair, snapshot);
  if (!structure) return undefined;
  if (structure === 'aggregate') {
    assume(
      notes,
      isIndividualZero(pair, snapshot) ? 'individual_zero_means_aggregate' : 'family_amount_counts_alone',
      `${path}/structure`,
    );
  }
  const individual =
    structure !== 'aggregate' && pair.individual ? amountsOf(pair.individual, `${path}/individual`) : undefined;
  const family = structure !== 'individual' && pair.family ? amountsOf(pair.family, `${path}/family`) : undefined;
  if (!individual && !family) return undefined;
  return { structure, ...(individual ? { individual } : {}), ...(family ? { family } : {}) };
}

function structureOf(pair: ChosenPair, snapshot: Snapshot): Accumulator['structure'] | undefined {
  if (!pair.family) return pair.individual ? 'individual' : undefined;
  const isAggregate = rowsOfPair(pair, snapshot).some(({ messages }) => tells(messages, 'family_aggregate'));
  return !pair.individual || isAggregate || isIndividualZero(pair, snapshot) ? 'aggregate' : 'embedded';
}

/** An individual limit of 0 beside a family limit; a decision may have left it out for that. */
function isIndividualZero({ kind, individual, family }: ChosenPair, { accumulators }: Snapshot): boolean {
  if ((family?.value.limitCents ?? 0) === 0) return false;
  if (individual) return individual.value.limitCents === 0;
  return accumulators.some((row) => row.kind === kind && row.level === 'individual' && row.limitCents === 0);
}

function amountsNow(chosen: Chosen, { snapshot, path, notes }: Stating, kind: ChosenPair['kind']): Amounts | undefined {
  const { limitCents, remainingCents } = believed(chosen);
  const amounts: Amounts = disagreeingAmounts(chosen, snapshot) ?? {
    ...(limitCents === undefined ? {} : { limitCents }),
    ...(remainingCents === undefined ? {} : { remainingCents }),
  };
  for (const key of Object.keys(amounts)) citeChosen(notes, `${path}/${key}`, chosen);
  if (remainingCents !== undefined) return amounts;
  leaveUnknown(notes, `${kind}_remaining`);
  if (limitCents === undefined) return undefined;
  assume(notes, 'nothing_used_assumed', `${path}/limitCents`);
  return amounts;
}

/** Amounts below 0 are not believed. Source: benefits reference 1.10, rule 8. */
function believed({ value: { limitCents, remainingCents } }: Chosen): Pick<Amounts, 'limitCents' | 'remainingCents'> {
  return {
    ...(limitCents !== undefined && limitCents >= 0 ? { limitCents } : {}),
    ...(remainingCents !== undefined && remainingCents >= 0 ? { remainingCents } : {}),
  };
}

/** Limit, used and remaining as the payer stated them, where they do not agree: the estimate works both out. */
function disagreeingAmounts(chosen: Chosen, { accumulators }: Snapshot): Amounts | undefined {
  const rows = rowsOf(accumulators, chosen);
  const stated = (key: 'limitCents' | 'usedCents' | 'remainingCents') =>
    rows.find((row) => row[key] !== undefined)?.[key];
  const [limitCents, usedCents, remainingCents] = [stated('limitCents'), stated('usedCents'), stated('remainingCents')];
  if (limitCents === undefined || usedCents === undefined || remainingCents === undefined) return undefined;
  const isPossible = limitCents === chosen.value.limitCents && usedCents >= 0 && remainingCents >= 0;
  const isBelieved = isPossible && remainingCents <= limitCents;
  const isAgreed = remainingCents === Math.max(0, limitCents - usedCents);
  return isBelieved && !isAgreed ? { limitCents, usedCents, remainingCents } : undefined;
}

function amountsLater(chosen: Chosen, { path, notes }: Stating, kind: ChosenPair['kind']): Amounts | undefined {
  const { limitCents, remainingCents } = believed(chosen);
  if (limitCents !== undefined) {
    citeChosen(notes, `${path}/limitCents`, chosen);
    assume(notes, 'same_limit_next_period', `${path}/limitCents`);
    return { limitCents };
  }
  leaveUnknown(notes, kind);
  if (kind === 'out_of_pocket' || remainingCents === undefined) {
    assume(notes, 'next_out_of_pocket_not_stated', path);
    return undefined;
  }
  citeChosen(notes, `${path}/limitCents`, chosen);
  assume(notes, 'next_deductible_at_least_remaining', `${path}/limitCents`);
  return { limitCents: remainingCents };
}
