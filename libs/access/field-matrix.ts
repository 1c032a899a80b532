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
  reference: workers,
  unusable: askers,
};

/** A verification as a role may see it. */
export function seenBy(role: Role, body: Record<string, unknown>): Record<string, unknown> {
  const fields = Object.entries(body).filter(([field]) => fieldMatrix[field]?.includes(role) ?? true);
  return Object.fromEntries(fields);
}
