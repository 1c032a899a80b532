import { type GivenAnswer, readAnswer, type Said } from '@openvob/estimate';
import { todayIn } from '@openvob/platform';
import type { CallContent, CallRecipient, NewRecord, RecordContext } from '@openvob/store';
import { askedOf } from '@openvob/verification';
import { readBody, refused } from './body';

const mostAnswers = 200;
const longest = { name: 120, payer: 200, reference: 120, words: 4000, questionId: 60 };
/** A clock that runs a little ahead is no call from the future. */
const leewayMs = 5 * 60_000;
const daysBack = 400;

/** Whom somebody says that they called. */
export interface CalledPayer {
  readonly id?: string;
  readonly name?: string;
}

/** A call as it was sent, whoever it was to. */
export type CallBody = Omit<CallContent, 'meanings' | 'payer'> & {
  readonly amends?: string;
  readonly payer?: CalledPayer;
};

/**
 * Reads the record of a call, in shape.
 *
 * @throws Problem `validation_failed`
 */
export function readCallBody(body: unknown, now: Date): CallBody {
  return readBody(body, (fields) => {
    fields.only('representative', 'referenceNumber', 'startedAt', 'endedAt', 'payer', 'answers', 'amends');
    const representative = fields.text('representative', longest.name, 'needed') ?? '';
    const referenceNumber = fields.text('referenceNumber', longest.reference, 'needed') ?? '';
    const startedAt = fields.instant('startedAt', 'needed') ?? '';
    const endedAt = fields.instant('endedAt', 'needed') ?? '';
    const amends = fields.text('amends', 60);
    const payer = fields.object('payer', (named): CalledPayer => {
      named.only('id', 'name');
      const id = named.text('id', longest.payer);
      const name = named.text('name', longest.payer);
      if (id === undefined && name === undefined) named.fault('id', 'required', 'is needed, or a name');
      return { ...(id ? { id } : {}), ...(name ? { name } : {}) };
    });
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
    const call = { representative, referenceNumber, startedAt, endedAt, answers };
    return { ...call, ...(payer ? { payer } : {}), ...(amends ? { amends } : {}) };
  });
}

/**
 * A call as it is kept: each answer with what it means, read against the estimate that it was asked for.
 *
 * @param by who recorded it: the call of somebody who may approve calls counts at once
 * @throws Problem `validation_failed`
 */
export function readCall(
  { amends, ...call }: Omit<CallBody, 'payer'> & Pick<CallContent, 'payer'>,
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
  const tells = { startedAt: call.startedAt, recipients: recipientsOf(call.payer, meanings, context) };
  return { content: { ...call, meanings }, needsApproval, tells, ...(amends ? { amends } : {}) };
}

/** Who was told of the patient: whoever the call says, else the payers of the coverages that it answers about, else the first payer. */
function recipientsOf(
  payer: CallContent['payer'],
  meanings: CallContent['meanings'],
  { ground, request }: RecordContext,
): CallRecipient[] {
  if (payer) return [payer.id === undefined ? { name: payer.name } : { payerId: payer.id }];
  const answered = meanings.flatMap((one) => (one.payer === undefined ? [] : [one.payer]));
  const [first] = ground?.payers ?? [];
  const payerIds = answered.length > 0 ? answered : first?.id ? [first.id] : [];
  if (payerIds.length > 0) return [...new Set(payerIds)].map((payerId) => ({ payerId }));
  const named = request.coverages[0]?.payer;
  return [named?.id ? { payerId: named.id } : { name: named?.name ?? 'a payer' }];
}
