import { type Snapshot, tells } from '@openvob/benefits';
import type { Chosen } from '@openvob/coverage';
import type { Accumulator, BenefitPeriod, CopayPer, CostShare } from '../estimate-case';
import type { CaseAssumptionCode } from './case-notes';
import { rowsOf } from './stated-rows';

/** A share with what it stands on: the figures' sources by key, and what was assumed by key. */
export interface StatedShare {
  readonly share: CostShare;
  readonly figures: readonly { readonly key: string; readonly chosen: Chosen }[];
  readonly assumptions: readonly { readonly key: string; readonly code: CaseAssumptionCode }[];
}

/** What a share is worked out beside. */
export interface BesideShare {
  readonly snapshot: Snapshot;
  /** Of the side that the share is of. */
  readonly periods: readonly BenefitPeriod[];
}

/** How a copay's unit is counted. Source: benefits reference 1.5. */
const COPAY_UNITS: Record<string, { per: readonly CopayPer[]; code?: CaseAssumptionCode }> = {
  visit: { per: ['day'], code: 'copay_visit_is_a_day' },
  day: { per: ['day'] },
  week: { per: ['week'] },
  month: { per: ['episode', 'week'], code: 'copay_month_between_episode_and_week' },
  admission: { per: ['episode'] },
  episode: { per: ['episode'] },
  year: { per: ['episode'], code: 'copay_year_is_the_episode' },
};
const COPAY_UNIT_NOT_STATED = { per: ['day'], code: 'copay_unit_not_stated' } as const;

/** The patient owes all of the allowed amount, until the out-of-pocket maximum is met. */
const WHOLE_AMOUNT: CostShare = { order: 'copay_then_coinsurance', copayCents: 0, coinsurancePercent: 100 };

/**
 * The hypotheses of a copay: as often as its unit may be taken, and, beside a deductible above 0, without the deductible before it
 * (the likely one) and with it, unless the payer said which.
 *
 * Source: benefits reference 1.5 and 3.2 ("deductible before copay: unknown").
 */
export function copayShares(chosen: Chosen, beside: BesideShare): StatedShare[] {
  const { amountCents, per } = chosen.value;
  if (amountCents === undefined) return [];
  const stated = (per === undefined ? undefined : COPAY_UNITS[per]) ?? COPAY_UNIT_NOT_STATED;
  const unit = amountCents === 0 ? { per: ['day'] as const } : stated;
  const unitAssumed = 'code' in unit && unit.code ? [{ key: 'copayPer', code: unit.code }] : [];
  const { orders, assumed } = copayOrders(chosen, beside);
  return orders.flatMap((order) =>
    unit.per.map((copayPer) => ({
      share: { order, copayCents: amountCents, copayPer },
      figures: [{ key: 'copayCents', chosen }],
      assumptions: [...unitAssumed, ...(assumed ? [{ key: 'order', code: assumed }] : [])],
    })),
  );
}

/** Coinsurance after the deductible, unless the payer said that it is not taken: then coinsurance alone. */
export function coinsuranceShares(chosen: Chosen, { snapshot }: BesideShare): StatedShare[] {
  if (chosen.value.percent === undefined) return [];
  const percent = fourDecimals(chosen.value.percent);
  const figures = [{ key: 'coinsurancePercent', chosen }];
  const messages = messagesOf(chosen, snapshot);
  if (tells(messages, 'deductible_waived')) {
    const share: CostShare = { order: 'copay_then_coinsurance', copayCents: 0, coinsurancePercent: percent };
    return [{ share, figures, assumptions: [{ key: 'copayCents', code: 'deductible_waived' }] }];
  }
  const share: CostShare = { order: 'deductible_then_coinsurance', coinsurancePercent: percent };
  const assumed = tells(messages, 'deductible_first') ? 'deductible_stated_first' : 'deductible_first';
  return [{ share, figures, assumptions: [{ key: 'order', code: assumed }] }];
}

/**
 * What is owed if a deductible that comes first but that nobody stated takes every day of the program: the whole allowed amount,
 * which a stated out-of-pocket maximum bounds. None where a deductible was stated or none comes first.
 *
 * A case has no word for an accumulator of unknown size: left out it is not there, so that the shares alone would show the least
 * that can be owed as if it were all. Any bound in between (another network's or the family's deductible) would be a guess; between
 * none and all of it lies the truth, and the range that stays open says that it has to be asked.
 */
export function unstatedDeductibleShares(shares: readonly StatedShare[], { periods }: BesideShare): StatedShare[] {
  if (periods.every(({ deductible }) => deductible !== undefined)) return [];
  const isLess = ({ share }: StatedShare) => comesAfterDeductible(share) && share.coinsurancePercent !== 100;
  if (!shares.some(isLess)) return [];
  const code = 'deductible_not_stated';
  const assumptions = ['copayCents', 'coinsurancePercent'].map((key) => ({ key, code }) as const);
  return [{ share: WHOLE_AMOUNT, figures: [], assumptions }];
}

/** What the payer said in words beside a chosen figure. */
export function messagesOf(chosen: Chosen | undefined, snapshot: Snapshot): string[] {
  return rowsOf(snapshot.costShares, chosen).flatMap(({ messages }) => messages ?? []);
}

interface CopayOrders {
  readonly orders: readonly ('copay' | 'deductible_then_copay')[];
  readonly assumed?: CaseAssumptionCode;
}

function copayOrders(chosen: Chosen, { snapshot, periods }: BesideShare): CopayOrders {
  const messages = messagesOf(chosen, snapshot);
  if (tells(messages, 'deductible_waived')) return { orders: ['copay'], assumed: 'deductible_waived' };
  if (tells(messages, 'deductible_first')) {
    return { orders: ['deductible_then_copay'], assumed: 'deductible_stated_first' };
  }
  if (!periods.some(({ deductible }) => isAboveZero(deductible))) return { orders: ['copay'] };
  return { orders: ['copay', 'deductible_then_copay'], assumed: 'copay_without_deductible' };
}

/** Also where nothing of it is left now: a later period takes all of it again. */
function isAboveZero(deductible: Accumulator | undefined): boolean {
  return [deductible?.individual, deductible?.family].some(
    (amounts) => (amounts?.limitCents ?? 0) > 0 || (amounts?.remainingCents ?? 0) > 0,
  );
}

function comesAfterDeductible({ order }: CostShare): boolean {
  return order === 'deductible_then_coinsurance' || order === 'deductible_then_copay';
}

/** As many as a case may have. */
function fourDecimals(percent: number): number {
  return Math.round(percent * 10_000) / 10_000;
}
