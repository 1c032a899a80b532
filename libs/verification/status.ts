/** Where a verification stands. */
export const underWay = ['received', 'queued', 'asking_payer', 'waiting_for_payer'] as const;
export const waitingForPerson = ['needs_information', 'needs_consent', 'needs_call'] as const;
export const done = ['verified', 'inactive', 'not_found', 'failed', 'cancelled'] as const;

export type Status = (typeof underWay)[number] | (typeof waitingForPerson)[number] | (typeof done)[number];

export const statuses: readonly Status[] = [...underWay, ...waitingForPerson, ...done];

/** True when nothing moves until a person acts, or ever again. */
export function isResting(status: Status): boolean {
  return !(underWay as readonly string[]).includes(status);
}
