import type { ScheduledDay } from '@openvob/programs';
import type { Account } from './account';
import type { Authorization } from './estimate-case';

/** How the primary's authorization stands on a date: `extended` is past the approval, as if an extension had come. */
export type AuthorizationStanding = 'in_order' | 'extended' | 'penalty' | 'provider_liable' | 'patient_liable';

/**
 * Rule 8: a date is past the approval when at least `approvedDays` program days lie before it. Without an extension the plan
 * takes its penalty percent, if there is one; else the line is the provider's loss or the patient's. Without `approvedDays` a
 * penalty percent is taken on every covered line: surely when an authorization is required, as a hypothesis when that is unknown.
 *
 * Source: estimate contract, rule 8.
 */
export function authorizationStanding(account: Account, day: ScheduledDay): AuthorizationStanding {
  const { authorization, isWithoutAuthorization } = account;
  if (!authorization || authorization.required === 'no') return 'in_order';
  if (authorization.approvedDays === undefined) return withoutApproval(authorization, isWithoutAuthorization);
  if (day.programDaysBefore < authorization.approvedDays && !isInGap(account, day)) return 'in_order';
  return isWithoutAuthorization ? withoutExtension(authorization) : 'extended';
}

/** A date that stands with a program day which no approval covers, though a later one is approved. */
export function isInGap({ authorization }: Account, { programDaysBefore }: ScheduledDay): boolean {
  return authorization?.gaps?.includes(programDaysBefore) ?? false;
}

/** What happens past the approval if no extension comes. Source: estimate contract, rule 8. */
export function withoutExtension({
  noAuthorizationPenaltyPercent,
  afterApproved,
}: Authorization): Exclude<AuthorizationStanding, 'in_order' | 'extended'> {
  return noAuthorizationPenaltyPercent === undefined ? (afterApproved ?? 'provider_liable') : 'penalty';
}

function withoutApproval(
  { required, noAuthorizationPenaltyPercent }: Authorization,
  isWithoutAuthorization: boolean,
): AuthorizationStanding {
  if (noAuthorizationPenaltyPercent === undefined) return 'in_order';
  return required === 'yes' || isWithoutAuthorization ? 'penalty' : 'in_order';
}
