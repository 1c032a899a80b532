import type { AskingParts, Question, Settled } from './asking';
import { delay } from './delay';
import { inquiryOf } from './inquiry-of';
import type { RecordedInquiry } from './ports';
import { reuseWish } from './reusing';

/** How often a run looks whether the same question, asked by another one, was answered. */
const underWayLookMs = 300;

/**
 * An answer to the same question that was given lately, when this is the first round: who asks for another round wants the payer asked. A question that is
 * being asked just now, by somebody else of the facility, is waited for.
 *
 * @param patienceMs how long to wait for that
 */
export async function reusedAnswer(
  { store, clock, log, reuseForMs }: AskingParts,
  { question, row, patienceMs }: { question: Question; row: RecordedInquiry; patienceMs: number },
  signal: AbortSignal,
): Promise<Settled | 'superseded' | undefined> {
  const { claim, connection } = question;
  if (reuseForMs <= 0 || claim.round > 1 || row.sends > 0) return undefined;
  const inquiry = inquiryOf({ ...question, request: claim.request, facility: claim.facility }, row);
  const at = { timeZone: claim.facility.timeZone, maxAgeMs: reuseForMs };
  const patienceEnds = performance.now() + patienceMs;
  for (;;) {
    const now = clock.now();
    const reuse = await store.reuse(claim.fence, reuseWish(inquiry, connection.id, { ...at, now }), now);
    if (!reuse) return 'superseded';
    if (reuse.kind === 'answer') {
      log.info('inquiry.reused', { inquiryId: row.id, connectionId: connection.id, costCents: connection.costCents });
      const { answer } = reuse;
      return answer.kind === 'benefits' || answer.kind === 'rejected' ? answer : undefined;
    }
    if (reuse.kind === 'none' || signal.aborted || performance.now() > patienceEnds) return undefined;
    await delay(underWayLookMs, signal);
  }
}
