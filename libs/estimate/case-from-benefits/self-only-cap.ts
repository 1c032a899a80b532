import { remainingOf } from '../amounts';
import type { BenefitPeriod } from '../estimate-case';
import { COST_SHARING_LIMITS, selfOnlyLimitCents } from '../law/cost-sharing-limits';
import { amountsOfYear } from '../law/law-source';
import { assume, type CaseNotes } from './case-notes';

/**
 * The law's limit for one person, where it binds below a family maximum that counts alone: in network, in a family plan of which no
 * amount for one person counts. What of it is used was not stated, so it is counted in full: it can only lower what is owed.
 *
 * Not where the family maximum is past the law's own for a family: such a plan is not under it (grandfathered, short-term). Whether
 * a plan is grandfathered no answer says, so that it is a named assumption. Source: benefits reference 2, "Embedded rule".
 */
export function selfOnlyCap(
  { from, outOfPocket }: Pick<BenefitPeriod, 'from' | 'outOfPocket'>,
  path: string,
  notes: CaseNotes,
): Pick<BenefitPeriod, 'selfOnlyCapRemainingCents'> {
  const capCents = selfOnlyLimitCents(from);
  if (capCents === undefined || outOfPocket?.structure !== 'aggregate') return {};
  const familyLimit = amountsOfYear(COST_SHARING_LIMITS, from)?.familyCents ?? 0;
  const room = remainingOf(outOfPocket.family, 'larger');
  const isUnderTheLaw = (outOfPocket.family?.limitCents ?? room ?? 0) <= familyLimit;
  if (!isUnderTheLaw || room === undefined || room <= capCents) return {};
  assume(notes, 'self_only_limit_of_law', `${path}/selfOnlyCapRemainingCents`);
  return { selfOnlyCapRemainingCents: capCents };
}
