import type { AskingParts, Question, Settled } from './asking';
import { delay } from './delay';
import { inquiryOf } from './inquiry-of';
import type { RecordedInquiry } from './ports';
import { questionOf, reuseWish } from './reusing';

/** How often a run looks whether the same question, asked by another one, was answered. */
const underWayLookMs = 300;

/** Whether an earlier answer may stand in for asking: in the first round; who asks for another round wants the payer asked. */
function mayReuse({ reuseForMs }: AskingParts, { claim }: Question): boolean {
  return reuseForMs > 0 && claim.round === 1;
}

/** What a question asks, where an answer that was given to it before may serve; holds patient data and is only ever kept as a keyed hash. */
export function askedBefore(parts: AskingParts, question: Question): string | undefined {
  if (!mayReuse(parts, question)) return undefined;
  const { claim, connection } = question;
  const inquiry = inquiryOf({ ...question, request: claim.request, facility: claim.facility }, { id: '', trace: '' });
  return questionOf(inquiry, connection.id);
}

/**
 * An answer to the same question that was given lately. A question that is being asked just now, by somebody else of the facility, is waited for.
 *
 * @param patienceMs how long to wait for that
 */
export async function reusedAnswer(
  parts: AskingParts,
  { question, row, patienceMs }: { question: Question; row: RecordedInquiry; patienceMs: number },
  signal: AbortSignal,
): Promise<Settled | 'superseded' | undefined> {
  const { store, clock, log, reuseForMs } = parts;
  const { claim, connection } = question;
  if (!mayReuse(parts, question) || row.sends > 0 || row.isFirstToAsk) return undefined;
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
