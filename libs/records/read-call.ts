import { type GivenAnswer, readAnswer, type Said } from '@openvob/estimate';
import { todayIn } from '@openvob/platform';
import type { CallContent, NewRecord, RecordContext } from '@openvob/store';
import { askedOf } from '@openvob/verification';
import { readBody, refused } from './body';

const mostAnswers = 200;
const longest = { name: 120, reference: 120, words: 4000, questionId: 60 };
/** A clock that runs a little ahead is no call from the future. */
const leewayMs = 5 * 60_000;
const daysBack = 400;

type CallBody = Omit<CallContent, 'meanings'> & { readonly amends?: string };

/**
 * Reads the record of a call, in shape.
 *
 * @throws Problem `validation_failed`
 */
export function readCallBody(body: unknown, now: Date): CallBody {
  return readBody(body, (fields) => {
    fields.only('representative', 'referenceNumber', 'startedAt', 'endedAt', 'answers', 'amends');
    const representative = fields.text('representative', longest.name, 'needed') ?? '';
    const referenceNumber = fields.text('referenceNumber', longest.reference, 'needed') ?? '';
    const startedAt = fields.instant('startedAt', 'needed') ?? '';
    const endedAt = fields.instant('endedAt', 'needed') ?? '';
    const amends = fields.text('amends', 60);
    if (startedAt && endedAt && endedAt < startedAt)
      fields.fault('endedAt', 'out_of_range', 'must not lie before startedAt');
    if (endedAt && Date.parse(endedAt) > now.getTime() + leewayMs)
      fields.fault('endedAt', 'in_the_future', 'must not lie in the future');
    if (startedAt && Date.parse(startedAt) < now.getTime() - daysBack * 86_400_000)
      fields.fault('startedAt', 'out_of_range', `must not lie more than ${daysBack} days back`);
    const seen = new Set<string>();
    const answers = fields.list('answers', mostAnswers, (answer): GivenAnswer => {
      answer.only('questionId', 'value', 'words', 'settles');
      const questionId = answer.text('questionId', longest.questionId, 'needed') ?? '';
      if (questionId !== '' && seen.has(questionId))
        answer.fault('questionId', 'duplicate', 'is answered twice in this call');
      seen.add(questionId);
      const value = answer.any('value', 'needed');
      const words = answer.text('words', longest.words);
      const settles = answer.flag('settles');
      return { questionId, value, ...(words ? { words } : {}), ...(settles ? { settles } : {}) };
    });
    return { representative, referenceNumber, startedAt, endedAt, answers, ...(amends ? { amends } : {}) };
  });
}

/**
 * A call as it is kept: each answer with what it means, read against the estimate that it was asked for.
 *
 * @param by who recorded it: the call of somebody who may approve calls counts at once
 * @throws Problem `validation_failed`
 */
export function readCall(
  { amends, ...call }: CallBody,
  context: RecordContext,
  by: { readonly mayApprove: boolean },
): NewRecord & { content: CallContent } {
  if (amends !== undefined && !context.amendable.some(({ id }) => id === amends))
    throw refused([
      {
        pointer: '/amends',
        code: 'unknown_value',
        detail: 'must be the id of a call of this verification',
      },
    ]);
  const { ground, recorded, today, timeZone, id } = context;
  const asked = ground ? askedOf(ground, recorded, today) : { cases: [], positions: [] };
  const { representative, referenceNumber, endedAt } = call;
  const on = todayIn(timeZone, new Date(endedAt));
  const said: Omit<Said, 'words'> = { call: id, at: endedAt, on, representative, referenceNumber };
  const read = call.answers.map((answer) => readAnswer(answer, asked, said));
  const faults = read.flatMap((one, index) => {
    if (one.ok) return [];
    const { code, path, message } = one.error;
    return [{ pointer: `/answers/${index}${path}`, code, detail: message }];
  });
  if (faults.length > 0) throw refused(faults);
  const meanings = read.flatMap((one) => {
    if (!one.ok) return [];
    const payer = ground?.payers[one.answer.coverage]?.id;
    return [payer ? { ...one.answer, payer } : one.answer];
  });
  const needsApproval = context.callApproval && !by.mayApprove;
  return { content: { ...call, meanings }, needsApproval, ...(amends ? { amends } : {}) };
}
