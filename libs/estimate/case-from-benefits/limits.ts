import type { Limit as StatedLimit } from '@openvob/benefits';
import type { ServiceKind } from '@openvob/programs';
import type { Limit } from '../estimate-case';
import { assume, type CaseNotes, cite, leaveUnknown } from './case-notes';

/** Care that a limit on visits or days counts; medication is dispensed, not attended. */
const CARE: readonly ServiceKind[] = [
  'iop_day',
  'individual_therapy',
  'family_therapy',
  'medication_management',
  'assessment',
];

/** A quantity of one visit or day bounds no program. */
const OF_ONE_DATE: readonly StatedLimit['period'][] = ['visit', 'day'];
/** The estimate contract counts a limit over a whole benefit period. */
const NOT_COUNTED: readonly StatedLimit['period'][] = ['week', 'month'];

/**
 * The limits of a payer's answer that the arithmetic can count: days and visits as dates of service, dollars as what the plan pays.
 * Hours, and what starts again every week or month, cannot be counted and are left as an unknown.
 *
 * Source: benefits reference 1.7 and 3.10.
 */
export function caseLimits(limits: readonly StatedLimit[], path: string, notes: CaseNotes): Limit[] {
  const counted: Limit[] = [];
  for (const stated of limits.filter(({ period }) => !OF_ONE_DATE.includes(period))) {
    const limit = caseLimit(stated, `${path}/${counted.length}`, notes);
    if (limit) counted.push(limit);
    else leaveUnknown(notes, 'limits');
  }
  return counted;
}

function caseLimit(stated: StatedLimit, path: string, notes: CaseNotes): Limit | undefined {
  const kind = kindOf(stated);
  const remaining = remainingOf(stated);
  if (!kind || remaining === undefined || NOT_COUNTED.includes(stated.period)) return undefined;
  cite(notes, `${path}/remaining`, stated.source);
  if (stated.remaining === undefined && stated.used === undefined)
    assume(notes, 'nothing_used_assumed', `${path}/remaining`);
  if (stated.unit === 'visits') assume(notes, 'visit_counted_as_day', `${path}/kind`);
  assume(notes, 'limit_counts_care_not_medication', `${path}/appliesTo`);
  return { kind, appliesTo: CARE, remaining };
}

function kindOf({ unit }: StatedLimit): Limit['kind'] | undefined {
  if (unit === 'dollars') return 'plan_dollars';
  return unit === 'days' || unit === 'visits' ? 'days' : undefined;
}

/** Whole and not below 0. */
function remainingOf({ allowed, used, remaining }: StatedLimit): number | undefined {
  const left = remaining ?? (allowed === undefined ? undefined : allowed - (used ?? 0));
  return left === undefined ? undefined : Math.max(0, Math.floor(left));
}
