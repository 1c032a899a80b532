import { Problem } from '@openvob/platform';
import { type CallReviewContent, lastForms, type NewRecord, type RecordContext } from '@openvob/store';
import { readBody } from './body';

const longestReason = 1000;

/**
 * Reads what a supervisor decided about a call. Whoever sends one back says why.
 *
 * @throws Problem `validation_failed`
 */
export function readReviewBody(body: unknown): CallReviewContent {
  return readBody(body, (fields) => {
    fields.only('verdict', 'reason');
    const verdict = fields.choice('verdict', ['approved', 'sent_back'] as const, 'needed') ?? 'approved';
    const reason = fields.text('reason', longestReason, verdict === 'sent_back' ? 'needed' : undefined);
    return { verdict, ...(reason === undefined ? {} : { reason }) };
  });
}

/**
 * The review of a call as it is kept: of one that waits for it, in its last form, by somebody else than recorded it.
 *
 * @param by who reviews, as records name people
 * @throws Problem `not_found`, `wrong_state`
 */
export function readReview(
  content: CallReviewContent,
  { callId, by }: { readonly callId: string; readonly by: string },
  { calls }: Pick<RecordContext, 'calls'>,
): NewRecord {
  const call = calls.find(({ id }) => id === callId);
  if (!call) throw new Problem('not_found');
  if (call.review?.state !== 'awaiting')
    throw new Problem('wrong_state', { detail: 'This call does not wait for approval.' });
  if (!lastForms(calls).includes(call))
    throw new Problem('wrong_state', { detail: 'This call was amended meanwhile: its later form waits for approval.' });
  if (call.recordedBy === by)
    throw new Problem('wrong_state', { detail: 'Somebody else has to approve a call that you recorded.' });
  return { content, reviews: { callId, verdict: content.verdict } };
}
