import type { Rejection, RejectionClass, Snapshot } from '@openvob/benefits';
import type { EventKind } from './lifecycle';

/** AAA codes that mean the payer does not know the person: patient not found, subscriber not found. */
const notFoundCodes: ReadonlySet<string> = new Set(['67', '75']);

/** What a rejection's class leads to (`contract/http.md`, status table), gravest last: of several, the first listed decides. */
const precedence: readonly RejectionClass[] = [
  'transient',
  'configuration',
  'provider_enrollment',
  'do_not_resend',
  'member_data',
  'request',
  'date',
  'business',
];

/** The event of a rejected inquiry, with the rejection that decided. */
export function outcomeOfRejections(rejections: readonly Rejection[]): {
  event: EventKind;
  reason: string;
  decisive?: Rejection;
} {
  const decisive = [...rejections].sort((a, b) => precedence.indexOf(a.class) - precedence.indexOf(b.class))[0];
  if (!decisive) return { event: 'benefits_incomplete', reason: 'rejected_without_reason' };
  if (
    decisive.class !== 'transient' &&
    rejections.some((one) => notFoundCodes.has(one.code) && one.class === 'member_data')
  ) {
    return { event: 'member_not_found', reason: 'member_not_found', decisive };
  }
  return { event: eventOf(decisive.class), reason: decisive.class, decisive };
}

/**
 * The payer does not know the participant identification (79), and nothing else is wrong with the set-up: an outage of the payer's, or a fault of ours,
 * which one answer does not tell.
 *
 * Source: `reference/benefits.md` 1.11.
 */
export function isParticipantUnknown(rejections: readonly Rejection[]): boolean {
  const { event, decisive } = outcomeOfRejections(rejections);
  if (event !== 'gave_up' || decisive?.class !== 'configuration') return false;
  return rejections.every(({ class: rejectionClass, code }) => rejectionClass !== 'configuration' || code === '79');
}

/** An answer whose rejection only says that the payer cannot answer now; the caller waits instead of concluding. */
export function isTransientRejection(snapshot: Snapshot): boolean {
  return snapshot.outcome === 'rejected' && outcomeOfRejections(snapshot.rejections).event === 'payer_unavailable';
}

function eventOf(rejectionClass: RejectionClass): EventKind {
  switch (rejectionClass) {
    case 'transient':
      return 'payer_unavailable';
    case 'configuration':
    case 'provider_enrollment':
      return 'gave_up';
    case 'member_data':
    case 'request':
    case 'date':
      return 'correctable_rejection';
    case 'business':
    case 'do_not_resend':
      return 'benefits_incomplete';
  }
}
