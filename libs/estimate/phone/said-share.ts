import type { CopayPer, CostShare } from '../estimate-case';
import type { Heard, Statement } from './hear';

/** What was said by phone of the share of the program day, for one track. */
export type SaidShare = ShareWords & Pick<Statement, 'said' | 'isSettled' | 'wasSettled'>;

type ShareWords =
  /** Hypotheses, the likely one first: what was not said of it stays open. */
  | {
      readonly kind: 'shares';
      readonly shares: readonly CostShare[];
      /** What was not said of it. */
      readonly assumed?: 'copay_without_deductible' | 'deductible_first';
    }
  | { readonly kind: 'not_covered' }
  /** A copay or coinsurance, but not how much. */
  | { readonly kind: 'unknown' };

type Kind = 'copay' | 'coinsurance' | 'copay_and_coinsurance' | 'nothing';

const NOTHING: CostShare = { order: 'copay', copayCents: 0 };

/** How often a copay is taken; a program day is one visit. */
const UNITS: Readonly<Record<string, CopayPer>> = {
  service: 'service',
  visit: 'day',
  day: 'day',
  week: 'week',
  episode: 'episode',
  admission: 'episode',
};

/**
 * The share that was stated, whole or part by part; `undefined` where neither its kind nor an amount was.
 *
 * @param hasDeductible the side has a deductible that may come first
 * @param answeredUnit how often a copay is taken by the electronic answer, where the call does not say
 */
export function saidShare(
  heard: Heard,
  { hasDeductible, answeredUnit }: { readonly hasDeductible: boolean; readonly answeredUnit: string | undefined },
): SaidShare | undefined {
  const whole = heard.shares.find(({ scope }) => scope === 'program')?.statement;
  const parts = partsOf(heard, copayUnit(heard) ?? (answeredUnit === undefined ? undefined : UNITS[answeredUnit]));
  if (whole && (!parts || parts.latest.said.at <= whole.said.at)) return wholeShare(whole);
  if (!parts) return undefined;
  const shares = sharesOf(parts, hasDeductible);
  const { value: _, ...latest } = parts.latest;
  if (shares.length === 0) return { kind: 'unknown', ...latest };
  const assumed = assumedOf(shares, heard);
  return { kind: 'shares', shares, ...(assumed ? { assumed } : {}), ...latest };
}

function assumedOf(
  shares: readonly CostShare[],
  heard: Heard,
): 'copay_without_deductible' | 'deductible_first' | undefined {
  if (heard.word('deductible_applies')) return undefined;
  if (shares.length > 1) return 'copay_without_deductible';
  return shares[0]?.order === 'deductible_then_coinsurance' ? 'deductible_first' : undefined;
}

/** What the words of the payer say of how often a copay is taken. */
export function copayUnit(heard: Heard): CopayPer | undefined {
  const word = heard.word('copay_per')?.value;
  return word === undefined ? undefined : UNITS[word];
}

function wholeShare({ value, ...said }: Statement<CostShare | 'not_covered'>): SaidShare {
  return value === 'not_covered' ? { kind: 'not_covered', ...said } : { kind: 'shares', shares: [value], ...said };
}

interface Parts {
  readonly kind: Kind;
  readonly copayCents: number | undefined;
  readonly percent: number | undefined;
  readonly unit: CopayPer | undefined;
  readonly heard: Heard;
  /** What was said last of them. */
  readonly latest: Statement;
}

function partsOf(heard: Heard, unit: CopayPer | undefined): Parts | undefined {
  const kind = heard.word('share_kind');
  const copay = heard.number('copay');
  const coinsurance = heard.number('coinsurance');
  // Of one call the words of the amount rather than those of its kind.
  const [latest] = [copay, coinsurance, kind]
    .filter((statement) => statement !== undefined)
    .sort((a, b) => b.said.at.localeCompare(a.said.at));
  if (!latest) return undefined;
  const stated = kind?.value ?? kindOf(copay !== undefined, coinsurance !== undefined);
  return { kind: stated as Kind, copayCents: copay?.value, percent: coinsurance?.value, unit, heard, latest };
}

function kindOf(hasCopay: boolean, hasCoinsurance: boolean): Kind {
  if (hasCopay && hasCoinsurance) return 'copay_and_coinsurance';
  return hasCopay ? 'copay' : 'coinsurance';
}

function sharesOf(parts: Parts, hasDeductible: boolean): CostShare[] {
  const { kind, copayCents, percent } = parts;
  switch (kind) {
    case 'nothing':
      return [NOTHING];
    case 'copay':
      return copayCents === undefined ? [] : copayShares(copayCents, parts, hasDeductible);
    case 'coinsurance':
      return percent === undefined ? [] : [coinsuranceShare(percent, parts.heard)];
    case 'copay_and_coinsurance':
      return copayCents === undefined || percent === undefined ? [] : bothShares(copayCents, percent, parts);
  }
}

/** Without a word on the deductible it may come first or not; a copay of nothing waits for no deductible. */
function copayShares(copayCents: number, { unit, heard }: Parts, hasDeductible: boolean): CostShare[] {
  const deductible = heard.word('deductible_applies')?.value;
  const per = unit ? { copayPer: unit } : {};
  const flat: CostShare = { order: 'copay', copayCents, ...per };
  const onDay = heard.word('copay_on_day_deductible_is_met')?.value;
  const after: CostShare = {
    order: 'deductible_then_copay',
    copayCents,
    ...per,
    ...(onDay === undefined ? {} : { copayOnDayDeductibleIsMet: onDay === 'yes' }),
  };
  if (deductible === 'yes') return [after];
  return deductible === 'no' || !hasDeductible || copayCents === 0 ? [flat] : [flat, after];
}

/** Coinsurance comes after the deductible unless it was said that none applies. */
function coinsuranceShare(coinsurancePercent: number, heard: Heard): CostShare {
  const cap = capOf(heard);
  return heard.word('deductible_applies')?.value === 'no'
    ? { order: 'copay_then_coinsurance', copayCents: 0, coinsurancePercent, ...cap }
    : { order: 'deductible_then_coinsurance', coinsurancePercent, ...cap };
}

/** A case has no word for a deductible before both of them: then it is either of the two that it has words for. */
function bothShares(copayCents: number, coinsurancePercent: number, { unit, heard }: Parts): CostShare[] {
  const both: CostShare = {
    order: 'copay_then_coinsurance',
    copayCents,
    coinsurancePercent,
    ...(unit ? { copayPer: unit } : {}),
    ...capOf(heard),
  };
  if (heard.word('deductible_applies')?.value !== 'yes') return [both];
  return [coinsuranceShare(coinsurancePercent, heard), both];
}

function capOf(heard: Heard): Pick<CostShare, 'coinsuranceCapCents' | 'coinsuranceCapPer'> {
  const cap = heard.number('coinsurance_cap')?.value;
  if (cap === undefined) return {};
  const per = heard.word('coinsurance_cap_per')?.value;
  return { coinsuranceCapCents: cap, ...(per === 'day' || per === 'week' ? { coinsuranceCapPer: per } : {}) };
}
