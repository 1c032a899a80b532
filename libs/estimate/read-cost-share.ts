import type { CostShare, CostShareOrder, CostShareRule, Matcher } from './estimate-case';
import {
  cents,
  choice,
  jsonObject,
  list,
  onlyTrue,
  optional,
  percent,
  type Reader,
  record,
  refuse,
  text,
  trueOrFalse,
} from './readers';

type Amount = 'copayCents' | 'coinsurancePercent';

/** The amounts that an order names; they must be given. Source: estimate contract, `CostShare`. */
const AMOUNTS_NAMED: Record<CostShareOrder, readonly Amount[]> = {
  copay: ['copayCents'],
  deductible_then_coinsurance: ['coinsurancePercent'],
  deductible_then_copay: ['copayCents'],
  copay_then_coinsurance: ['copayCents', 'coinsurancePercent'],
};

const anyShare = record<CostShare>({
  order: choice('copay', 'deductible_then_coinsurance', 'deductible_then_copay', 'copay_then_coinsurance'),
  coinsurancePercent: optional(percent),
  copayCents: optional(cents),
  copayPer: optional(choice('service', 'day', 'week', 'episode')),
  copayOnDayDeductibleIsMet: optional(trueOrFalse),
  coinsuranceCapCents: optional(cents),
  coinsuranceCapPer: optional(choice('day', 'week')),
});

/** A share with the amounts that its order names. Source: estimate contract, `CostShare`. */
export const costShare: Reader<CostShare> = (value, path) => {
  const share = anyShare(value, path);
  for (const amount of AMOUNTS_NAMED[share.order]) {
    if (share[amount] === undefined) refuse('missing', `${path}/${amount}`, `${amount} is needed by ${share.order}`);
  }
  return share;
};

/** `any`, or kinds of service and procedure codes. */
export const appliesTo: Reader<Matcher['appliesTo']> = (value, path) => {
  if (typeof value === 'string') return choice('any')(value, path);
  return list(text)(value, path);
};

const matcher = record<Matcher>({
  appliesTo,
  setting: optional(choice('in_person', 'virtual')),
});

/** By its first key of `notCovered`, `unknown`, `oneOf`; else a cost share. Source: estimate contract, `CostShareRule`. */
export const costShareRule: Reader<CostShareRule> = (value, path) => {
  const given = jsonObject(value, path);
  const about = matcher(value, path);
  if (given.notCovered !== undefined) return { ...about, notCovered: onlyTrue(given.notCovered, `${path}/notCovered`) };
  if (given.unknown !== undefined) return { ...about, unknown: onlyTrue(given.unknown, `${path}/unknown`) };
  if (given.oneOf === undefined) return { ...about, ...costShare(value, path) };
  return { ...about, oneOf: list(costShare, { least: 1 })(given.oneOf, `${path}/oneOf`) };
};
