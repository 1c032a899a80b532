import { addDays, type CivilDate, type Rejection } from '@openvob/benefits';

/** Days that a payer asks to wait before it is asked again (AAA04). Source: `reference/benefits.md` 1.11. */
const daysByFollowUp: Readonly<Record<string, number>> = { W: 30, X: 10 };

/** The day from which a payer may be asked again that asked for patience. */
export function recheckAfterRejection(rejections: readonly Rejection[], today: CivilDate): CivilDate | undefined {
  const days = rejections.flatMap(({ followUp }) => daysByFollowUp[followUp ?? ''] ?? []);
  return days.length > 0 ? addDays(today, Math.max(...days)) : undefined;
}

/**
 * The day on which an admission is to be asked about that the payer would not speak of yet: payers answer to the end of the current month, so the first of
 * the admission's month, or the admission itself where that month has begun.
 */
export function recheckBeforeAdmission(startDate: CivilDate, today: CivilDate): CivilDate | undefined {
  if (startDate <= today) return undefined;
  const first = `${startDate.slice(0, 8)}01`;
  return first > today ? first : startDate;
}

/** The earlier of two days, either of which may be missing. */
export function earlier(one: CivilDate | undefined, other: CivilDate | undefined): CivilDate | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
