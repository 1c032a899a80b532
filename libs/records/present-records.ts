import { bankQuestion } from '@openvob/estimate';
import type { AttendanceContent, AuthorizationContent, CallContent, KeptRecord, ReviewedCall } from '@openvob/store';

/** A record as callers read it, with the one that it amends and the one that amends it. */
export function presentRecords<Content extends object>(
  records: readonly KeptRecord<Content>[],
  present: (content: Content) => object,
): object[] {
  const amendedBy = new Map(records.flatMap(({ id, amends }) => (amends ? [[amends, id] as const] : [])));
  return records.map(({ id, recordedAt, recordedBy, amends, content }) => {
    const later = amendedBy.get(id);
    return {
      id,
      recordedAt: recordedAt.toISOString(),
      recordedBy,
      ...(amends ? { amends } : {}),
      ...(later ? { amendedBy: later } : {}),
      ...present(content),
    };
  });
}

/** Calls as they were sent, with where their approval stands if they need one. */
export function presentCalls(calls: readonly ReviewedCall[]): object[] {
  const reviews = calls.map(({ review }) =>
    review ? { review: { ...review, ...(review.at ? { at: review.at.toISOString() } : {}) } } : {},
  );
  return presentRecords(calls, asSent).map((call, index) => ({ ...call, ...reviews[index] }));
}

function asSent({ meanings: _, answers, ...call }: CallContent): object {
  return { ...call, answers: answers.map((answer) => ({ ...answer, ...wordsOf(answer.questionId) })) };
}

/** The question as it was put, and what kind of answer it takes, for pages that show no codes. */
function wordsOf(questionId: string): { ask?: string; kind?: string } {
  const question = bankQuestion(questionId.split(':', 1)[0] ?? '');
  if (!question) return {};
  const ask = question.ask.replace('{program}', 'the program').replace('{start}', 'the first day');
  return { ask, kind: question.value.kind };
}

export function presentAuthorization(authorization: AuthorizationContent): object {
  return authorization;
}

/** What counts of a date, and what was recorded of it before. */
export function presentAttendance(sheets: readonly KeptRecord<AttendanceContent>[]): object[] {
  const lines = sheets.flatMap(({ recordedAt, recordedBy, content }) =>
    content.days.map((day) => ({ ...day, recordedAt: recordedAt.toISOString(), recordedBy })),
  );
  const dates = [...new Set(lines.map(({ date }) => date))].sort();
  return dates.flatMap((date) => {
    const own = lines.filter((line) => line.date === date);
    const last = own.at(-1);
    return last ? [{ ...last, ...(own.length > 1 ? { before: own.slice(0, -1) } : {}) }] : [];
  });
}
