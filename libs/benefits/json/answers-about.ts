import type { StatedAnswer, StatedPerson, StatedRejection, StatedRow } from '../statement';

/** What all answers of one message share. */
export type AnswerHead = Omit<StatedAnswer, 'rejections' | 'rows' | 'dependent'>;

/**
 * The answers of a message whose rows are about the patient: the dependent if there is one, else the subscriber. Beside a
 * dependent the subscriber is answered when rejected, and the dependent only if anything is said of them then.
 */
export function answersAbout(message: {
  readonly head: AnswerHead;
  readonly dependent?: StatedPerson;
  readonly rejections: readonly StatedRejection[];
  readonly rows: readonly StatedRow[];
}): StatedAnswer[] {
  const { head, dependent, rejections, rows } = message;
  if (dependent === undefined) return [{ ...head, rejections, rows }];
  const above = rejections.filter(({ level }) => level === 'payer' || level === 'provider');
  const ofSubscriber = rejections.filter(({ level }) => level === 'subscriber');
  const ofDependent = rejections.filter(({ level }) => level !== 'subscriber');
  const aboutSubscriber =
    ofSubscriber.length > 0 ? [{ ...head, rejections: [...above, ...ofSubscriber], rows: [] }] : [];
  const isAnswered = rows.length > 0 || ofDependent.length > 0 || ofSubscriber.length === 0;
  return [...aboutSubscriber, ...(isAnswered ? [{ ...head, dependent, rejections: ofDependent, rows }] : [])];
}
