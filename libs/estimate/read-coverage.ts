import type {
  Accumulator,
  ActiveSpan,
  Amounts,
  Authorization,
  BenefitPeriod,
  Benefits,
  Coverage,
  Limit,
} from './estimate-case';
import { appliesTo, costShareRule } from './read-cost-share';
import {
  cents,
  choice,
  civilDate,
  list,
  optional,
  percent,
  type Reader,
  record,
  refuse,
  refuseBackwards,
  type Shape,
  wholeNumber,
} from './readers';

export const MOST_PERIODS = 6;
export const MOST_RULES = 60;

const amounts = record<Amounts>({
  limitCents: optional(cents),
  usedCents: optional(cents),
  remainingCents: optional(cents),
});

const accumulator = record<Accumulator>({
  structure: choice('individual', 'embedded', 'aggregate'),
  individual: optional(amounts),
  family: optional(amounts),
});

const anyPeriod = record<BenefitPeriod>({
  from: civilDate,
  to: civilDate,
  deductible: optional(accumulator),
  outOfPocket: optional(accumulator),
  selfOnlyCapRemainingCents: optional(cents),
  deductibleCarryover: optional(choice('fourth_quarter', 'fourth_quarter_if_unmet')),
});

const period = forwards(anyPeriod);
const activeSpan = forwards(record<ActiveSpan>({ from: civilDate, to: optional(civilDate) }));

/** In order: a period may not begin before the one before it in the list has ended. */
const periods: Reader<BenefitPeriod[]> = (value, path) => {
  const read = list(period, { least: 1, most: MOST_PERIODS })(value, path);
  read.forEach(({ from }, index) => {
    const before = read[index - 1];
    if (before && from <= before.to) {
      refuse(
        'overlapping_periods',
        `${path}/${index}`,
        'a period that begins after the one before it has ended is expected',
      );
    }
  });
  return read;
};

const limit = record<Limit>({
  kind: choice('days', 'plan_dollars'),
  appliesTo,
  remaining: wholeNumber(0),
});

const authorization = record<Authorization>({
  required: choice('yes', 'no', 'unknown'),
  approvedDays: optional(wholeNumber(0)),
  afterApproved: optional(choice('provider_liable', 'patient_liable')),
  noAuthorizationPenaltyPercent: optional(percent),
});

const BENEFITS: Shape<Benefits> = {
  periods,
  costShares: list(costShareRule, { most: MOST_RULES }),
  limits: optional(list(limit)),
  authorization: optional(authorization),
};

/** Source: estimate contract, `Coverage` and "Errors". */
export const coverage: Reader<Coverage> = record<Coverage>({
  network: choice('in', 'out', 'unknown'),
  active: list(activeSpan),
  ...BENEFITS,
  outOfNetwork: optional(record<Benefits>(BENEFITS)),
  coordination: optional(choice('standard', 'maintenance_of_benefits', 'non_duplication')),
});

function forwards<T extends ActiveSpan>(reader: Reader<T>): Reader<T> {
  return (value, path) => {
    const span = reader(value, path);
    refuseBackwards(span, path);
    return span;
  };
}
