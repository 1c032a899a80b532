import { type CivilDate, daysBetween } from '@openvob/benefits';
import type { Chosen, IopBenefit } from '@openvob/coverage';
import type { Amounts } from '../estimate-case';
import type { BankCode } from './bank';
import { BY_PHONE } from './by-phone';
import type { SideWords } from './coverage-words';
import type { StatedAmounts, Statement } from './hear';
import { sourceOf } from './heard-snapshot';
import type { Referee } from './referee';

/** The accumulators of a decision, with the question of the bank and the place in a case of each. */
const ACCUMULATORS = [
  { key: 'deductibleIndividual', code: 'deductible_individual', place: 'deductible/individual' },
  { key: 'deductibleFamily', code: 'deductible_family', place: 'deductible/family' },
  { key: 'outOfPocketIndividual', code: 'out_of_pocket_individual', place: 'outOfPocket/individual' },
  { key: 'outOfPocketFamily', code: 'out_of_pocket_family', place: 'outOfPocket/family' },
] as const satisfies readonly { key: keyof IopBenefit; code: BankCode; place: string }[];

export interface HearingSide {
  readonly words: SideWords;
  readonly referee: Referee;
  /** JSON Pointer to the side in the case. */
  readonly path: string;
  /** The day of the electronic answer. */
  readonly answeredOn: CivilDate;
  /** The answer's share is of behavioral health, not of the plan as a whole. */
  readonly isShareOfProgram: boolean;
}

/** What is left moves with every claim: figures this many days apart may both have been right. */
const DAYS_APART = 7;

/** A decision's deductibles and maximums with what was said of them by phone. */
export function heardAccumulators(iop: IopBenefit, hearing: HearingSide): IopBenefit {
  return ACCUMULATORS.reduce((heard, { key, code, place }) => {
    const said = hearing.words.own.amounts(code);
    if (!said) return heard;
    const chosen = heardAmounts(heard[key], said, { ...hearing, code, path: `${hearing.path}/periods/0/${place}` });
    const { [key]: _, ...rest } = heard;
    return chosen ? { ...rest, [key]: chosen } : rest;
  }, iop);
}

function heardAmounts(
  electronic: Chosen | undefined,
  said: StatedAmounts,
  hearing: HearingSide & { readonly code: BankCode },
): Chosen | undefined {
  // Of another benefit year no more than the limit is left, and only where the answer states nothing of its own.
  if (said.isOfOtherYear && electronic) return electronic;
  const phone = said.value === 'none' ? noAmounts(hearing.path) : amountsOf(said.value);
  if (!phone) return electronic;
  const limit = disputed('limitCents', electronic, { ...said, value: phone.limitCents }, hearing);
  const remaining = disputed('remainingCents', electronic, { ...said, value: phone.remainingCents }, hearing);
  const value = {
    ...(limit.cents === undefined ? {} : { limitCents: limit.cents }),
    ...(remaining.cents === undefined ? {} : { remainingCents: bounded(remaining.cents, limit.cents) }),
  };
  const isPhone = [limit, remaining].some(({ from }) => from === 'phone');
  if (!isPhone) return electronic;
  return {
    value,
    rule: BY_PHONE,
    // The rows that the figure stood on still tell of its year and of how members share it.
    source: [sourceOf(said.said), ...(electronic?.source ?? [])],
    alternatives: electronic ? [{ value: electronic.value, source: electronic.source, why: BY_PHONE }] : [],
  };
}

/** No deductible is a deductible of nothing; no maximum is none. */
function noAmounts(path: string): { limitCents: number; remainingCents: number } | undefined {
  return path.includes('/deductible/') ? { limitCents: 0, remainingCents: 0 } : undefined;
}

function amountsOf({ limitCents, usedCents, remainingCents }: Amounts): {
  limitCents?: number;
  remainingCents?: number;
} {
  const computed =
    limitCents !== undefined && usedCents !== undefined ? Math.max(0, limitCents - usedCents) : undefined;
  const remaining = remainingCents ?? computed;
  return {
    ...(limitCents === undefined ? {} : { limitCents }),
    ...(remaining === undefined ? {} : { remainingCents: remaining }),
  };
}

interface Figure {
  readonly cents: number | undefined;
  readonly from: 'phone' | 'electronic' | undefined;
}

function disputed(
  key: 'limitCents' | 'remainingCents',
  electronic: Chosen | undefined,
  said: Statement<number | undefined>,
  { referee, path, answeredOn, code }: HearingSide & { readonly code: BankCode },
): Figure {
  const stated = electronic?.value[key];
  if (said.value === undefined) return { cents: stated, from: stated === undefined ? undefined : 'electronic' };
  if (stated === undefined || stated === said.value) return { cents: said.value, from: 'phone' };
  if (key === 'remainingCents' && hasMoved({ electronic: stated, phone: said.value, on: said.said.on, answeredOn })) {
    const isPhoneNewer = said.said.on > answeredOn;
    return isPhoneNewer ? { cents: said.value, from: 'phone' } : { cents: stated, from: 'electronic' };
  }
  const phone = { ...said, value: said.value };
  const used = referee.used({ path: `${path}/${key}`, code, electronic: stated, phone });
  return { cents: used === 'phone' ? said.value : stated, from: used };
}

/** Less is left a week or more later: claims were posted between the two, and both may have been right on their day. */
function hasMoved(figures: { electronic: number; phone: number; on: CivilDate; answeredOn: CivilDate }): boolean {
  const { electronic, phone, on, answeredOn } = figures;
  const days = daysBetween(answeredOn, on);
  if (Math.abs(days) < DAYS_APART) return false;
  return days > 0 ? phone <= electronic : electronic <= phone;
}

/** No more can be left than there is. */
function bounded(remaining: number, limit: number | undefined): number {
  return limit === undefined ? remaining : Math.min(remaining, limit);
}
