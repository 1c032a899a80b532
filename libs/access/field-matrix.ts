import type { Role } from './principal';

const readers: readonly Role[] = ['coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine'];
/** Those who work with the patient; an auditor reads what was done, by ids. */
const workers: readonly Role[] = ['coordinator', 'supervisor', 'biller', 'admin', 'machine'];
/** Those who mend a request. */
const askers: readonly Role[] = ['coordinator', 'supervisor', 'admin', 'machine'];

/**
 * Every field of a verification as it is read, and who sees it (minimum necessary, 45 CFR 164.502(b)). A field that is not here fails the tests;
 * what identifies the patient, or was sent about them in free words, is seen by those alone who need it.
 */
export const fieldMatrix: Readonly<Record<string, readonly Role[]>> = {
  ...Object.fromEntries(
    [
      ...['id', 'createdAt', 'updatedAt', 'round', 'status', 'reason', 'neededBy', 'promisedBy', 'atRisk', 'needs'],
      ...['payer', 'chain', 'program', 'startDate', 'decision', 'estimate', 'basis', 'conflicts', 'authorization'],
      ...['attendance', 'costCents', 'resultOf', 'changes', 'goodUntil', 'recheckOn', 'nextRecheck', 'links'],
      ...['priority', 'assignee', 'dueAt'],
    ].map((field) => [field, readers]),
  ),
  patient: workers,
  lastNote: workers,
  reference: workers,
  unusable: askers,
};

/**
 * A payer's answer word for word holds more about the patient than a verification needs: it is read one by one, by those who settle disputes,
 * appeals and faults of reading.
 */
export const rawAnswerReaders: readonly Role[] = ['supervisor', 'biller', 'admin', 'machine'];

/** What stands in a payer's answer as it was read and is not for everybody who may read answers. */
export const answerFieldMatrix: Readonly<Record<string, readonly Role[]>> = {
  subscriber: workers,
  patient: workers,
  // What came in place of an answer, for whoever has to find out why.
  raw: askers,
};

/** A verification as a role may see it. */
export function seenBy(role: Role, body: Record<string, unknown>): Record<string, unknown> {
  return fieldsFor(role, body, fieldMatrix);
}

/** An exchange with a payer as a role may see it. */
export function answerSeenBy(role: Role, exchange: Record<string, unknown>): Record<string, unknown> {
  const { answer } = exchange;
  if (typeof answer !== 'object' || answer === null) return exchange;
  return { ...exchange, answer: fieldsFor(role, answer, answerFieldMatrix) };
}

function fieldsFor(role: Role, body: object, matrix: typeof fieldMatrix): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([field]) => matrix[field]?.includes(role) ?? true));
}
