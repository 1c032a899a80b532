import type { IopBenefit } from '@openvob/coverage';
import { assumption } from '../case-from-benefits/case-notes';
import type { Accumulator, BenefitPeriod, Benefits, SettledAuthorization } from '../estimate-case';
import { BY_PHONE } from './by-phone';
import { type CaseEdits, forget, restate, settleUnknown } from './case-edits';
import { agreed } from './coverage-words';
import type { StatedAmounts, Statement } from './hear';
import { heardRules, type SideHearing } from './heard-rules';

/** The four of one side with what was said of it by phone. */
export function heardBenefits(benefits: Benefits, iop: IopBenefit | undefined, hearing: SideHearing): Benefits {
  noteAmounts(iop, hearing);
  const periods = benefits.periods.map((period, at) => heardPeriod(period, at, hearing));
  const structured = { ...benefits, periods };
  const authorization = heardAuthorization(benefits.authorization, iop, hearing);
  return {
    ...structured,
    costShares: heardRules(structured, hearing),
    ...(authorization ? { authorization } : {}),
  };
}

const AMOUNTS = [
  {
    code: 'deductible_individual',
    key: 'deductibleIndividual',
    kind: 'deductible',
    whose: 'individual',
    place: 'deductible/individual',
  },
  {
    code: 'deductible_family',
    key: 'deductibleFamily',
    kind: 'deductible',
    whose: 'family',
    place: 'deductible/family',
  },
  {
    code: 'out_of_pocket_individual',
    key: 'outOfPocketIndividual',
    kind: 'outOfPocket',
    whose: 'individual',
    place: 'outOfPocket/individual',
  },
  {
    code: 'out_of_pocket_family',
    key: 'outOfPocketFamily',
    kind: 'outOfPocket',
    whose: 'family',
    place: 'outOfPocket/family',
  },
] as const;

/** Each amount stands on the call or on the answer, whichever said the figure that is used. */
function noteAmounts(iop: IopBenefit | undefined, { words, path, coverage, edits }: SideHearing): void {
  for (const { code, key, place } of AMOUNTS) {
    const said = words.own.amounts(code);
    const chosen = iop?.[key];
    if (!said || (said.isOfOtherYear && chosen && chosen.rule !== BY_PHONE)) continue;
    if (said.value === 'none') {
      noteNone(place, said, { path, coverage, edits });
      continue;
    }
    const { limitCents, usedCents, remainingCents } = said.value;
    const left =
      remainingCents ?? (limitCents !== undefined && usedCents !== undefined ? limitCents - usedCents : undefined);
    const value = chosen?.value;
    const figure = `${path}/periods/0/${place}`;
    noteFigure(`${figure}/limitCents`, limitCents !== undefined && value?.limitCents === limitCents);
    noteFigure(`${figure}/remainingCents`, left !== undefined && value?.remainingCents === Math.max(0, left));
    noteFigure(`${path}/periods/1/${place}/limitCents`, limitCents !== undefined && value?.limitCents === limitCents);
    function noteFigure(at: string, isSaid: boolean): void {
      if (!edits.sources.some((source) => source.path === at)) return;
      if (isSaid && said) noteSaid(edits, at, said, coverage);
      else edits.sources = edits.sources.map((source) => (source.path === at ? withoutCalls(source) : source));
    }
  }
}

/** A limit of another benefit year is taken to be the one of this. */
function noteSaid(edits: CaseEdits, at: string, { said, isOfOtherYear }: StatedAmounts, coverage: number): void {
  restate(edits, at, said, coverage);
  if (isOfOtherYear) edits.assumptions.push(assumption('same_limit_next_period', at));
}

function withoutCalls<T extends { readonly source: readonly { call?: unknown }[] }>(stated: T): T {
  return { ...stated, source: stated.source.filter(({ call }) => call === undefined) };
}

/** There is no maximum: nothing bounds what is owed, and nothing is left to ask. */
function noteNone(
  place: string,
  said: Statement<unknown>,
  { path, coverage, edits }: Pick<SideHearing, 'path' | 'coverage' | 'edits'>,
): void {
  if (place !== 'outOfPocket/individual') return;
  restate(edits, `${path}/periods/0/outOfPocket`, said.said, coverage);
  settleUnknown(edits, 'out_of_pocket', 'out_of_pocket_remaining');
}

function heardPeriod(period: BenefitPeriod, at: number, { words, path, coverage, edits }: SideHearing): BenefitPeriod {
  const structure = words.own.word('accumulator_structure');
  const carryover = words.own.word('fourth_quarter_carryover');
  const place = `${path}/periods/${at}`;
  const { deductibleCarryover: _, ...rest } = period;
  const credited = carryover && at > 0 ? carryoverOf(carryover.value) : {};
  if (carryover && at > 0) restate(edits, `${place}/deductibleCarryover`, carryover.said, coverage);
  const kinds = (['deductible', 'outOfPocket'] as const).flatMap((kind) => {
    const accumulator = period[kind];
    if (!structure || !accumulator?.family) return [];
    const path = `${place}/${kind}/structure`;
    forget(edits, path);
    restate(edits, path, structure.said, coverage);
    return [[kind, structured(accumulator, structure.value)]];
  });
  const heard = { ...(carryover ? rest : period), ...credited, ...Object.fromEntries(kinds) };
  return at > 0 ? withLaterAmounts(heard, place, { words, coverage, edits }) : heard;
}

/** What was said in a later benefit year is of that one. */
function withLaterAmounts(
  period: BenefitPeriod,
  place: string,
  { words, coverage, edits }: Pick<SideHearing, 'words' | 'coverage' | 'edits'>,
): BenefitPeriod {
  const heard: Partial<Record<'deductible' | 'outOfPocket', Accumulator>> = {};
  for (const { code, kind, whose, place: at } of AMOUNTS) {
    const said = words.own.laterAmounts(code);
    if (!said || said.value === 'none' || said.said.on < period.from || said.said.on > period.to) continue;
    const known = heard[kind] ?? period[kind] ?? { structure: whose === 'family' ? 'aggregate' : 'individual' };
    restate(edits, `${place}/${at}`, said.said, coverage);
    heard[kind] = { ...known, [whose]: { ...known[whose], ...said.value } };
  }
  return { ...period, ...heard };
}

function carryoverOf(word: string): Pick<BenefitPeriod, 'deductibleCarryover'> {
  return word === 'fourth_quarter' || word === 'fourth_quarter_if_unmet' ? { deductibleCarryover: word } : {};
}

/** Embedded needs an amount of the individual; without one the family's counts alone whatever was said. */
function structured(accumulator: Accumulator, word: string): Accumulator {
  if (word === 'aggregate') return { ...accumulator, structure: 'aggregate' };
  return accumulator.individual ? { ...accumulator, structure: 'embedded' } : accumulator;
}

/** What becomes of days without an authorization, and how many are approved at first. */
function heardAuthorization(
  authorization: SettledAuthorization | undefined,
  iop: IopBenefit | undefined,
  { words, path, coverage, edits }: SideHearing,
): SettledAuthorization | undefined {
  const place = `${path}/authorization`;
  const required = words.views.flatMap((view) => view.word('authorization_required') ?? [])[0];
  if (required && iop && (required.value === 'yes') === (iop.authorization === 'yes')) {
    restate(edits, `${place}/required`, required.said, coverage);
    settleUnknown(edits, 'authorization');
  }
  const without = agreed(words.views, 'without_authorization');
  if (!authorization || authorization.required === 'no' || !without) return authorization;
  if (without.value === 'provider_liable' || without.value === 'patient_liable') {
    restate(edits, `${place}/afterApproved`, without.said, coverage);
    return { ...authorization, afterApproved: without.value };
  }
  const percent = words.views.flatMap((view) => view.number('penalty_percent') ?? [])[0];
  if (!percent) return authorization;
  restate(edits, `${place}/noAuthorizationPenaltyPercent`, percent.said, coverage);
  return { ...authorization, noAuthorizationPenaltyPercent: percent.value };
}
