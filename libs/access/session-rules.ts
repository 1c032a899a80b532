/** 45 CFR 164.312(a)(2)(iii): automatic log-off. */
export const idleMs = 15 * 60_000;
export const absoluteMs = 12 * 3_600_000;
/** Activity is noted at most so often. */
const noteEveryMs = 20_000;
/** By so much clocks of several machines may differ. */
const clockToleranceMs = 5 * 60_000;

/** The moments of a session that decide whether it still holds. */
export interface SessionTimes {
  createdAt: Date;
  lastSeenAt: Date;
}

export type SessionEnd = 'idle' | 'too_old' | 'clock';

/** Why a session holds no more; undefined while it does. A session from the future is one whose clock cannot be trusted. */
export function sessionEnd({ createdAt, lastSeenAt }: SessionTimes, now: Date): SessionEnd | undefined {
  const at = now.getTime();
  if (Math.max(createdAt.getTime(), lastSeenAt.getTime()) > at + clockToleranceMs) return 'clock';
  if (at >= createdAt.getTime() + absoluteMs) return 'too_old';
  return at >= lastSeenAt.getTime() + idleMs ? 'idle' : undefined;
}

/** When a session ends without further activity, and at the latest. */
export function sessionEnds({ createdAt, lastSeenAt }: SessionTimes): { idleAt: Date; endsAt: Date } {
  const endsAt = createdAt.getTime() + absoluteMs;
  return { idleAt: new Date(Math.min(lastSeenAt.getTime() + idleMs, endsAt)), endsAt: new Date(endsAt) };
}

/** Whether activity is worth a write. */
export function isWorthNoting({ lastSeenAt }: SessionTimes, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= noteEveryMs;
}
